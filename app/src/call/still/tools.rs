//! The tools of a phone: what fits under a thumb.

use super::state::{DRAW, Still};
use crate::text::still as words;
use crate::widgets::{Tool, Toolbar};
use farhand_shared::ink::{StrokeTool, Tool as Held};
use farhand_shared::session::{FileStage, FileStep, MarkStep};
use leptos::prelude::*;

const HELD: [(&str, &str, Held); 4] = [
    ("pen", words::DRAW, DRAW),
    ("arrow", words::ARROW, Held::Stroke(StrokeTool::Arrow)),
    ("ellipse", words::CIRCLE, Held::Stroke(StrokeTool::Ellipse)),
    ("text", words::TEXT, Held::Text),
];

/// The customer's tools.
#[component]
pub fn PhoneTools(still: Still) -> impl IntoView {
    let can = still.can;
    let unsent = move || still.sending.get() || still.stage.get() != Some(FileStage::Stored);
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
        // A landmark, outside of the page's main part.
        <footer class="still-foot">
            <Toolbar label=words::TOOLS class="still-tools">
                {HELD.map(held)}
                <Tool
                    icon="undo"
                    label=words::UNDO
                    off=Signal::derive(move || !can.get().undo)
                    on_press=move |()| still.undo()
                />
                <Tool
                    icon="trash"
                    label=words::DELETE
                    class="tool tool-delete"
                    on_press=move |()| still.leave(FileStep::Delete)
                />
                <Tool
                    icon="undo-all"
                    label=words::UNDO_ALL
                    off=Signal::derive(move || !can.get().undo)
                    on_press=move |()| still.step(MarkStep::UndoAll)
                />
                <Tool
                    icon="redo"
                    label=words::REDO
                    off=Signal::derive(move || !can.get().redo)
                    on_press=move |()| still.step(MarkStep::Redo)
                />
                <Tool icon="close" label=words::CLOSE on_press=move |()| still.leave(FileStep::Close) />
                <Tool
                    icon="send"
                    label=words::SEND
                    class="tool tool-send"
                    off=Signal::derive(unsent)
                    busy=still.sending
                    on_press=move |()| still.send()
                />
            </Toolbar>
        </footer>
    }
}
