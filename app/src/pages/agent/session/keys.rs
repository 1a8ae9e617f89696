//! Shortcuts. Single letters work only while the stage has the focus, so that nobody triggers them by talking or typing.

use super::dock::{can_freeze, may_show, phone, toggle_camera, toggle_mic};
use super::panel::Tab;
use super::stage::{self, Stage};
use super::still_tools::KEYS;
use crate::call::Keys;
use crate::engine::Handle;
use crate::platform::{focus, full_screen, storage};
use crate::text::{agent_call as words, still};
use crate::widgets::{Button, Dialog, Kind};
use farhand_shared::client::Gesture;
use farhand_shared::session::{FileStep, Torch};
use leptos::prelude::*;

/// Where this browser remembers that single letters mean nothing.
const NO_LETTERS: &str = "farhand.no-letters";

/// How far an arrow key moves the picture, in pixels.
const MOVE: f64 = 40.0;

/// Listens for the shortcuts with Ctrl or ⌘ as long as the call is shown.
pub fn everywhere(engine: Handle) {
    let shows = may_show();
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        let key = event.key().to_lowercase();
        let gesture = match (key.as_str(), event.shift_key()) {
            ("d", false) => engine.peek(toggle_mic),
            ("e", false) if shows => engine.peek(toggle_camera),
            ("x", true) => Some(Gesture::End),
            _ => None,
        };
        if let Some(gesture) = gesture {
            event.prevent_default();
            engine.dispatch(gesture);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether single letters do anything: who dictates, or types by accident, can switch them off for this browser.
fn has_letters() -> bool {
    !storage::is_set(NO_LETTERS)
}

/// The letters that take the tools for an open picture; none while single keys do nothing.
pub fn of_still() -> Keys {
    if has_letters() { KEYS } else { &[] }
}

/// A key while the stage has the focus.
pub fn on_stage(engine: Handle, stage: Stage, event: &leptos::ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    // Space also presses whatever button has the focus.
    let freezes = event.key() == " " && focus::is_on_group();
    if stage.still.file.get_untracked().is_some() {
        if freezes {
            stage.still.leave(FileStep::Close);
            event.prevent_default();
        } else if stage.still.key(event, of_still()) {
            event.prevent_default();
        }
        return;
    }
    if freezes && engine.peek(can_freeze) == Some(true) {
        engine.dispatch(Gesture::TakeStill);
        event.prevent_default();
        return;
    }
    if !event.shift_key() && stage.board.pen.key(&event.key()) {
        event.prevent_default();
        return;
    }
    let is_letter = event.key().chars().count() == 1;
    if is_letter && !has_letters() {
        return;
    }
    let look = stage.look;
    match event.key().to_lowercase().as_str() {
        "l" => {
            if let Some((_, torch)) = engine.peek(phone).flatten().filter(|(_, torch)| *torch != Torch::None) {
                engine.dispatch(Gesture::AskLight(torch != Torch::On));
            }
        }
        "c" if engine.peek(phone).flatten().is_some_and(|(lens, _)| lens.is_some()) => {
            engine.dispatch(Gesture::AskFlip)
        }
        "s" if engine.peek(can_freeze) == Some(true) => engine.dispatch(Gesture::TakeStill),
        "f" => {
            if let Some(element) = stage.element.get_untracked() {
                full_screen::toggle(&element);
            }
        }
        "o" => stage.apart.toggle(),
        "p" => stage.take(stage::POINTER),
        "d" => stage.take(stage::DRAW),
        "a" => stage.take(stage::ARROW),
        "0" => look.update(|look| look.fit()),
        "+" | "=" => look.update(|look| look.step(true)),
        "-" => look.update(|look| look.step(false)),
        "arrowleft" => look.update(|look| look.shift(MOVE, 0.0)),
        "arrowright" => look.update(|look| look.shift(-MOVE, 0.0)),
        "arrowup" => look.update(|look| look.shift(0.0, MOVE)),
        "arrowdown" => look.update(|look| look.shift(0.0, -MOVE)),
        "r" => look.update(|look| look.turn()),
        "m" => look.update(|look| look.mirrored = !look.mirrored),
        "1" => stage.panel.go(Tab::Chat),
        "2" => stage.panel.go(Tab::Customer),
        "3" => stage.panel.go(Tab::Pictures),
        "4" => stage.panel.go(Tab::Notes),
        "?" => stage.help.set(true),
        _ => return,
    }
    event.prevent_default();
}

/// The list of shortcuts.
#[component]
pub fn Sheet(open: RwSignal<bool>) -> impl IntoView {
    let shows = may_show();
    let rows = move |list: &[(&'static str, &'static str)]| {
        let rows = list
            .iter()
            .filter(|(_, what)| shows || *what != words::CAMERA_KEY)
            .map(|(keys, what)| view! { <dt><kbd>{*keys}</kbd></dt><dd>{*what}</dd> });
        rows.collect_view()
    };
    view! {
        <Dialog open title=words::SHORTCUTS>
            <h3>{words::EVERYWHERE_TITLE}</h3>
            <dl class="facts shortcuts">{rows(&words::EVERYWHERE)}</dl>
            <h3>{words::ON_STAGE_TITLE}</h3>
            <label class="check">
                <input
                    type="checkbox"
                    checked=has_letters()
                    on:change=move |event| storage::set(NO_LETTERS, !event_target_checked(&event))
                />
                <span>{words::LETTERS}</span>
            </label>
            <dl class="facts shortcuts">{rows(&words::ON_STAGE)}</dl>
            <h3>{still::SCREEN}</h3>
            <dl class="facts shortcuts">{rows(&still::KEYS)}</dl>
            <Button label=words::CLOSE kind=Kind::Large on_press=move |()| open.set(false) />
        </Dialog>
    }
}
