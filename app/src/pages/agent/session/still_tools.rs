//! The agent's tools while a picture is open, in place of those of the live picture.

use crate::call::{CloseTool, DeleteTool, HeldTools, RedoTool, Still, UndoAllTool, UndoTool};
use crate::text::still as words;
use crate::widgets::{Tool, Toolbar};
use farhand_shared::ink::{StrokeTool, Tool as Held};
use farhand_shared::session::FileStage;
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
    let unsent = move || still.stage.get() != Some(FileStage::Stored);
    view! {
        <Toolbar label=words::TOOLS class="toolbar still-desk">
            <HeldTools still tools=&HELD />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <UndoTool still />
            <RedoTool still />
            <UndoAllTool still />
            <Tool
                icon="clear"
                label=words::CLEAR
                off=Signal::derive(move || !still.can.get().clear)
                on_press=move |()| still.clear()
            />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <DeleteTool still />
            <Tool
                icon="send"
                label=words::SEND_TO_CHAT
                class="tool tool-send"
                off=Signal::derive(unsent)
                busy=still.sending
                on_press=move |()| still.send()
            />
            <CloseTool still />
        </Toolbar>
    }
}
