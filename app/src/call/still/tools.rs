//! The tools of stills: each of those that both sides have, and a phone's toolbar with what fits under a thumb.

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

/// The tools that a hand holds: icon, label and which. Like all below they are made inside of a toolbar, whose keys they
/// share.
#[component]
pub fn HeldTools(still: Still, tools: &'static [(&'static str, &'static str, Held)]) -> impl IntoView {
    let held = |(icon, label, tool): &(&'static str, &'static str, Held)| {
        let (icon, label, tool) = (*icon, *label, *tool);
        view! {
            <Tool
                icon
                label
                pressed=Signal::derive(move || Some(still.tool.get() == Some(tool)))
                on_press=move |()| still.take(tool)
            />
        }
    };
    tools.iter().map(held).collect_view()
}

/// Takes my last step back.
#[component]
pub fn UndoTool(still: Still) -> impl IntoView {
    view! {
        <Tool
            icon="undo"
            label=words::UNDO
            off=Signal::derive(move || !still.can.get().undo)
            on_press=move |()| still.undo()
        />
    }
}

/// Takes all of mine back.
#[component]
pub fn UndoAllTool(still: Still) -> impl IntoView {
    view! {
        <Tool
            icon="undo-all"
            label=words::UNDO_ALL
            off=Signal::derive(move || !still.can.get().undo)
            on_press=move |()| still.step(MarkStep::UndoAll)
        />
    }
}

/// Brings back what I have undone.
#[component]
pub fn RedoTool(still: Still) -> impl IntoView {
    view! {
        <Tool
            icon="redo"
            label=words::REDO
            off=Signal::derive(move || !still.can.get().redo)
            on_press=move |()| still.step(MarkStep::Redo)
        />
    }
}

/// Deletes the picture for everybody.
#[component]
pub fn DeleteTool(still: Still) -> impl IntoView {
    view! {
        <Tool
            icon="trash"
            label=words::DELETE
            class="tool tool-delete"
            on_press=move |()| still.leave(FileStep::Delete)
        />
    }
}

/// Closes the picture for everybody.
#[component]
pub fn CloseTool(still: Still) -> impl IntoView {
    view! { <Tool icon="close" label=words::CLOSE on_press=move |()| still.leave(FileStep::Close) /> }
}

/// The customer's tools.
#[component]
pub fn PhoneTools(still: Still) -> impl IntoView {
    let unsent = move || still.sending.get() || still.stage.get() != Some(FileStage::Stored);
    view! {
        // A landmark, outside of the page's main part.
        <footer class="still-foot">
            <Toolbar label=words::TOOLS class="still-tools">
                <HeldTools still tools=&HELD />
                <UndoTool still />
                <DeleteTool still />
                <UndoAllTool still />
                <RedoTool still />
                <CloseTool still />
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
