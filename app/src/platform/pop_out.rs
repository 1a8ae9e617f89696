//! A part of the page in a window of its own, for another monitor: one that stays in front of all others where the browser
//! has them (Document Picture-in-Picture), else a plain window.

use super::listener::Listener;
use super::{frame_loop, js, spawn, window};
use core::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Window};

/// CSS pixels of a new window.
const SIZE: (u32, u32) = (960, 720);
/// The tab's own style sheets and drawings, which the new window needs as well.
const SHARED: &str = "link[rel=stylesheet], style, svg:has(> symbol)";

/// The way back of what is in the window; whoever is first takes it.
type Back = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

/// The open window; dropped, it closes, and what is in it comes back.
pub struct PopOut {
    other: Window,
    back: Back,
    /// Somebody closes the window, or the page itself goes.
    _ends: [Listener; 2],
}

impl Drop for PopOut {
    fn drop(&mut self) {
        come_back(&self.back);
        let _ = self.other.close();
    }
}

fn come_back(back: &Back) {
    let back = back.take();
    if let Some(back) = back {
        back();
    }
}

/// Moves `element` into a window of its own, under these classes; `opened` gets it, or nothing where the browser refuses.
/// When that window is closed, by whomever, the element comes back to its place and `back` runs. Must begin inside a tap
/// or key press.
pub fn open(
    element: &Element,
    title: &str,
    classes: &'static str,
    opened: impl FnOnce(Option<PopOut>) + 'static,
    back: impl FnOnce() + 'static,
) {
    let asked = request();
    let (element, title) = (element.clone(), title.to_owned());
    spawn(async move {
        let other = match asked {
            Some(asked) => js::settle(asked).await.ok(),
            None => None,
        };
        // A window of another document: no class of ours knows it.
        let other = other.map(JsValue::unchecked_into::<Window>);
        opened(other.and_then(|other| {
            let place = furnish(&other, &title, classes)?;
            move_into(other, &place, element, back)
        }));
    });
}

/// Asks for a window: one in front where there is such a thing, else a plain one.
fn request() -> Option<JsValue> {
    let (width, height) = SIZE;
    if let Some(in_front) = js::get(&window(), "documentPictureInPicture") {
        let size = js::object([("width", width.into()), ("height", height.into())]);
        return js::call(&in_front, "requestWindow", &[&size]).ok();
    }
    let features = ["popup,width=", &width.to_string(), ",height=", &height.to_string()].concat();
    let opened = window().open_with_url_and_target_and_features("", "farhand-stage", &features);
    opened.ok().flatten().map(Into::into)
}

/// Gives the window our looks: style sheets, drawings, language, direction, size of text; and a place under a heading.
fn furnish(other: &Window, title: &str, classes: &str) -> Option<Element> {
    let (here, there) = (window().document()?, other.document()?);
    there.set_title(title);
    for name in ["lang", "dir", "class", "style"] {
        if let Some(value) = here.document_element()?.get_attribute(name) {
            there.document_element()?.set_attribute(name, &value).ok()?;
        }
    }
    let body = there.body()?;
    let shared = here.query_selector_all(SHARED).ok()?;
    for at in 0..shared.length() {
        let copy = there.import_node_with_deep(&shared.get(at)?, true).ok()?;
        if copy.node_name() == "svg" {
            body.append_child(&copy).ok()?;
        } else {
            head(&there)?.append_child(&copy).ok()?;
        }
    }
    let (main, heading) = (there.create_element("main").ok()?, there.create_element("h1").ok()?);
    main.set_class_name(classes);
    heading.set_class_name("visually-hidden");
    heading.set_text_content(Some(title));
    main.append_child(&heading).ok()?;
    body.append_child(&main).ok()?;
    Some(main)
}

fn head(document: &Document) -> Option<Element> {
    document.query_selector("head").ok()?
}

fn move_into(other: Window, home: &Element, element: Element, back: impl FnOnce() + 'static) -> Option<PopOut> {
    let place = window().document()?.create_comment("popped out");
    element.replace_with_with_node_1(&place).ok()?;
    home.append_child(&element).ok()?;
    play_on(&element);
    // A tab behind others gets no frames, but this window is in front.
    frame_loop::follow(Some(other.clone()));
    let back: Back = Rc::new(RefCell::new(Some(Box::new(move || {
        frame_loop::follow(None);
        let _ = place.replace_with_with_node_1(&element);
        play_on(&element);
        back();
    }))));
    let closed = {
        let back = back.clone();
        Listener::new(&other, "pagehide", move |_| come_back(&back))
    };
    let gone = {
        let other = other.clone();
        Listener::new(&window(), "pagehide", move |_| {
            let _ = other.close();
        })
    };
    Some(PopOut {
        other,
        back,
        _ends: [closed, gone],
    })
}

/// Pictures and sounds that are moved to another document stop.
fn play_on(element: &Element) {
    let Ok(players) = element.query_selector_all("video, audio") else {
        return;
    };
    for at in 0..players.length() {
        if let Some(player) = players.get(at) {
            js::ignore(js::call(&player, "play", &[]));
        }
    }
}
