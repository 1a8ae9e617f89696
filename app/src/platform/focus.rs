//! Moving the keyboard's and the reader's place, and dialogs.

use super::{js, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Moves the focus to the screen's heading, so that readers start there.
pub fn to_heading() {
    to("h1[tabindex='-1']");
}

/// Moves the focus to the first element of this CSS selector, once the screen is laid out.
pub fn to(selector: &'static str) {
    after_drawing(move || now(selector));
}

/// Moves the focus to the first element of this CSS selector that is there already: the next key goes to it.
pub fn now(selector: &str) {
    let found = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(found) = found {
        let calm = js::object([("preventScroll", true.into())]);
        let _ = js::call(&found, "focus", &[&calm]);
    }
}

/// Opens a dialog over everything else; the browser keeps the focus inside it and gives it back afterwards.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub fn close_dialog(dialog: &HtmlDialogElement) {
    dialog.close();
}

/// Does it after what has just changed is laid out.
pub fn after_drawing(then: impl FnOnce() + 'static) {
    super::spawn(async {
        super::timer::sleep(core::time::Duration::ZERO).await;
        then();
    });
}

/// Whether an element has the focus.
pub fn is_on(element: &web_sys::Element) -> bool {
    let active = window().document().and_then(|document| document.active_element());
    active.as_ref() == Some(element)
}

/// Whether a `focusout` leaves `whole` with all that is in it.
pub fn leaves(event: &web_sys::FocusEvent, whole: &web_sys::Element) -> bool {
    let to = event.related_target();
    !to.is_some_and(|to| to.dyn_ref::<web_sys::Node>().is_some_and(|to| whole.contains(Some(to))))
}

/// Puts the focus on an element.
pub fn on(element: &web_sys::Element) {
    let _ = js::call(element.unchecked_ref(), "focus", &[]);
}

/// Whether the focus is where somebody writes: keys then belong to the text.
pub fn is_writing() -> bool {
    let focused = window().document().and_then(|document| document.active_element());
    focused.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

/// Whether the focus is on a group as a whole, such as a picture, and not on something in it that a key would press.
pub fn is_on_group() -> bool {
    let focused = window().document().and_then(|document| document.active_element());
    focused.is_some_and(|element| element.get_attribute("role").as_deref() == Some("group"))
}
