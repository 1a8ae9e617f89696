//! The toolbar of the picture: fit, 100 %, zoom, rotate, mirror, full screen, a window of its own, shortcuts.

use super::stage::Stage;
use crate::platform::full_screen;
use crate::text::agent_call as words;
use crate::widgets::{Tool, Toolbar};
use leptos::prelude::*;

/// The toolbar.
#[component]
pub fn StageTools(stage: Stage) -> impl IntoView {
    let look = stage.look;
    let fills = move || {
        if let Some(element) = stage.element.get_untracked() {
            full_screen::toggle(&element);
        }
    };
    view! {
        <Toolbar label=words::STAGE_TOOLS class="toolbar stage-tools">
            <Tool
                icon="fit"
                label=words::FIT
                pressed=Signal::derive(move || Some(look.get().is_fit()))
                on_press=move |()| look.update(|look| look.fit())
            />
            <Tool
                icon="actual"
                label=words::ACTUAL
                pressed=Signal::derive(move || Some(look.get().actual))
                on_press=move |()| look.update(|look| look.actual_size())
            />
            <Tool icon="zoom-out" label=words::ZOOM_OUT on_press=move |()| look.update(|look| look.step(false)) />
            <Tool icon="zoom-in" label=words::ZOOM_IN on_press=move |()| look.update(|look| look.step(true)) />
            <span class="toolbar-word" role="status">{move || look.get().percent()}</span>
            <Tool icon="rotate" label=words::ROTATE on_press=move |()| look.update(|look| look.turn()) />
            <Tool
                icon="mirror"
                label=words::MIRROR
                pressed=Signal::derive(move || Some(look.get().mirrored))
                on_press=move |()| look.update(|look| look.mirrored = !look.mirrored)
            />
            <Tool icon="full-screen" label=words::FULL_SCREEN on_press=move |()| fills() />
            <Tool
                icon="pop-out"
                label=words::POP_OUT
                pressed=Signal::derive(move || Some(stage.apart.is_out.get()))
                on_press=move |()| stage.apart.toggle()
            />
            <Tool icon="keyboard" label=words::SHORTCUTS on_press=move |()| stage.help.set(true) />
        </Toolbar>
    }
}
