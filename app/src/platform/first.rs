//! What happened on the first screen before the program was there (see `app/first.js`).

use super::{js, window};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// What `first.js` leaves behind.
fn first() -> Option<JsValue> {
    js::get(&window(), "farhandFirst")
}

/// The server's answer to the look at the invitation, as it came: its status was good, and its text.
/// None when there was nothing to look at, or nothing came.
pub async fn look() -> Option<(bool, String)> {
    let pending = js::get(&first()?, "look")?;
    let answer = js::settle(pending).await.ok()?;
    Some((js::flag(&answer, "ok"), js::text(&answer, "text")?))
}

/// Whether the one button was tapped already.
pub fn was_tapped() -> bool {
    first().is_some_and(|first| js::flag(&first, "tapped"))
}

/// What was typed into the code field already.
pub fn typed_code() -> String {
    first().and_then(|first| js::text(&first, "code")).unwrap_or_default()
}

/// The element that the pages fill, empty now; none when the page has no such element.
pub fn take_root() -> Option<HtmlElement> {
    if let Some(first) = first() {
        let _ = js::call(&first, "leave", &[]);
    }
    let root = window().document()?.get_element_by_id("app")?;
    root.set_inner_html("");
    root.dyn_into().ok()
}

/// Fetches the style sheet of the late part, which the page names without asking for it; over when it is there, or did
/// not come.
pub fn late_style() -> impl Future<Output = ()> {
    let wanted = wanted_style().map(|link| {
        let arrived = Promise::new(&mut |arrived, failed| {
            link.set_onload(Some(&arrived));
            link.set_onerror(Some(&failed));
            let _ = link.set_attribute("rel", "stylesheet");
        });
        (link, arrived)
    });
    async move {
        let Some((link, arrived)) = wanted else { return };
        if JsFuture::from(arrived).await.is_err() {
            // The next try asks again.
            let _ = link.set_attribute("rel", "late-stylesheet");
        }
    }
}

/// The link to it, unless it is followed already.
fn wanted_style() -> Option<HtmlElement> {
    let link = window().document()?.get_element_by_id("late-style")?;
    let link: HtmlElement = link.dyn_into().ok()?;
    (link.get_attribute("rel")? != "stylesheet").then_some(link)
}
