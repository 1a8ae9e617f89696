//! The agent's tools while a picture is open, in place of those of the live picture.

use crate::call::Still;
use crate::text::still as words;
use crate::widgets::{Tool, Toolbar};
use farhand_shared::ink::{StrokeTool, Tool as Held};
use farhand_shared::session::{FileStage, FileStep, MarkStep};
use leptos::prelude::*;

const DRAW: Held = Held::Stroke(StrokeTool::Line);
const ARROW: Held = Held::Stroke(StrokeTool::Arrow);
const BOX: Held = Held::Stroke(StrokeTool::Rect);
const ELLIPSE: Held = Held::Stroke(StrokeTool::Ellipse);
const HIGHLIGHT: Held = Held::Stroke(StrokeTool::Highlight);
const BLUR: Held = Held::Stroke(StrokeTool::Blur);

const HELD: [(&str, &str, Held); 8] = [
    ("pen", words::DRAW, DRAW),
    ("arrow", words::ARROW, ARROW),
    ("box", words::BOX, BOX),
    ("ellipse", words::ELLIPSE, ELLIPSE),
    ("text", words::TEXT, Held::Text),
    ("number", words::NUMBER, Held::Number),
    ("highlight", words::HIGHLIGHT, HIGHLIGHT),
    ("blur", words::BLUR, BLUR),
];

/// The letters that take the tools while the picture has the focus.
pub const KEYS: &[(&str, Held)] = &[
    ("d", DRAW),
    ("a", ARROW),
    ("b", BOX),
    ("e", ELLIPSE),
    ("t", Held::Text),
    ("n", Held::Number),
    ("h", HIGHLIGHT),
    ("x", BLUR),
];

/// The toolbar.
#[component]
pub fn StillTools(still: Still) -> impl IntoView {
    // Made inside the toolbar, whose keys they share.
    let held = move |(icon, label, tool): (&'static str, &'static str, Held)| {
        view! {
            <Tool
                icon
                label
                pressed=Signal::derive(move || Some(still.tool.get() == Some(tool)))
                on_press=move |()| still.take(tool)
            />
        }
    };
    view! {
        <Toolbar label=words::TOOLS class="toolbar still-desk">
            {HELD.map(held)}
            <span class="toolbar-gap" aria-hidden="true"></span>
            <Undoing still />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <Leaving still />
        </Toolbar>
    }
}

#[component]
fn Undoing(still: Still) -> impl IntoView {
    let can = still.can;
    view! {
        <Tool
            icon="undo"
            label=words::UNDO
            off=Signal::derive(move || !can.get().undo)
            on_press=move |()| still.undo()
        />
        <Tool
            icon="redo"
            label=words::REDO
            off=Signal::derive(move || !can.get().redo)
            on_press=move |()| still.step(MarkStep::Redo)
        />
        <Tool
            icon="undo-all"
            label=words::UNDO_ALL
            off=Signal::derive(move || !can.get().undo)
            on_press=move |()| still.step(MarkStep::UndoAll)
        />
        <Tool
            icon="clear"
            label=words::CLEAR
            off=Signal::derive(move || !can.get().clear)
            on_press=move |()| still.clear()
        />
    }
}

#[component]
fn Leaving(still: Still) -> impl IntoView {
    let unsent = move || still.stage.get() != Some(FileStage::Stored);
    view! {
        <Tool
            icon="trash"
            label=words::DELETE
            class="tool tool-delete"
            on_press=move |()| still.leave(FileStep::Delete)
        />
        <Tool
            icon="send"
            label=words::SEND_TO_CHAT
            class="tool tool-send"
            off=Signal::derive(unsent)
            busy=still.sending
            on_press=move |()| still.send()
        />
        <Tool icon="close" label=words::CLOSE on_press=move |()| still.leave(FileStep::Close) />
    }
}
