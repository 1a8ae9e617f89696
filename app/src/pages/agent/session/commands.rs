//! Everything that can be done in a call, by name: Ctrl or ⌘ + K, a few letters, Enter.

use super::dock::{can_freeze, may_show, phone, toggle_camera, toggle_mic};
use super::panel::Tab;
use super::parts::Part;
use super::stage::Stage;
use crate::engine::{Handle, use_engine};
use crate::platform::{focus, full_screen};
use crate::text::{agent_call as words, chat, photo, record, still, visits};
use crate::widgets::{Dialog, TextField};
use farhand_shared::client::{Gesture, View};
use farhand_shared::session::{Mode, Session, Torch};
use leptos::prelude::*;

/// One of them.
#[derive(Clone, Copy)]
struct Command {
    name: &'static str,
    /// Whether it would do anything now.
    can: fn(&View) -> bool,
    act: fn(Handle, Stage),
}

const fn always(_: &View) -> bool {
    true
}

fn has_light(view: &View) -> bool {
    phone(view).is_some_and(|(_, torch)| torch != Torch::None)
}

fn has_lens(view: &View) -> bool {
    phone(view).is_some_and(|(lens, _)| lens.is_some())
}

fn is_in(view: &View, mode: Mode) -> bool {
    view.session.as_ref().map(Session::mode) == Some(mode)
}

fn do_as(engine: Handle, gesture: fn(&View) -> Gesture) {
    if let Some(gesture) = engine.peek(gesture) {
        engine.dispatch(gesture);
    }
}

const fn here(name: &'static str, act: fn(Handle, Stage)) -> Command {
    Command { name, can: always, act }
}

/// In the order in which they are offered.
const ALL: [Command; 20] = [
    Command {
        name: photo::SCREENSHOT,
        can: can_freeze,
        act: |engine, _| engine.dispatch(Gesture::TakeStill),
    },
    Command {
        name: words::LIGHT,
        can: has_light,
        act: |engine, _| {
            do_as(engine, |view| {
                Gesture::AskLight(phone(view).is_some_and(|(_, torch)| torch != Torch::On))
            })
        },
    },
    Command {
        name: words::FLIP,
        can: has_lens,
        act: |engine, _| engine.dispatch(Gesture::AskFlip),
    },
    here(words::MIC, |engine, _| do_as(engine, toggle_mic)),
    here(words::CAMERA, |engine, _| do_as(engine, toggle_camera)),
    Command {
        name: words::TO_PHOTO_MODE,
        can: |view| is_in(view, Mode::Video),
        act: |engine, _| engine.dispatch(Gesture::SetMode(Mode::Photo)),
    },
    Command {
        name: words::TO_VIDEO_MODE,
        can: |view| is_in(view, Mode::Photo),
        act: |engine, _| engine.dispatch(Gesture::SetMode(Mode::Video)),
    },
    here(chat::CHAT, |_, stage| stage.panel.go(Tab::Chat)),
    here(words::CUSTOMER, |_, stage| stage.panel.go(Tab::Customer)),
    here(still::PICTURES, |_, stage| stage.panel.go(Tab::Pictures)),
    here(record::NOTES, |_, stage| stage.panel.go(Tab::Notes)),
    here(words::FIT, |_, stage| stage.look.update(|look| look.fit())),
    here(words::ROTATE, |_, stage| stage.look.update(|look| look.turn())),
    here(words::MIRROR, |_, stage| {
        stage.look.update(|look| look.mirrored = !look.mirrored)
    }),
    here(words::FULL_SCREEN, |_, stage| {
        if let Some(element) = stage.element.get_untracked() {
            full_screen::toggle(&element);
        }
    }),
    here(words::POP_OUT, |_, stage| stage.apart.toggle()),
    here(visits::ADD, |_, stage| {
        stage.panel.part.set(Part::People);
        stage.panel.people.set(true);
    }),
    here(words::SHORTCUTS, |_, stage| stage.help.set(true)),
    here(words::LEAVE, |engine, _| engine.dispatch(Gesture::Leave)),
    here(words::END, |engine, _| engine.dispatch(Gesture::End)),
];

/// The commands whose names contain `typed`; that for my camera only if `shows`.
fn fitting(view: &View, typed: &str, shows: bool) -> Vec<usize> {
    let typed = typed.trim().to_lowercase();
    let fits = |command: &Command| {
        let may = shows || command.name != words::CAMERA;
        may && (command.can)(view) && command.name.to_lowercase().contains(&typed)
    };
    (0..ALL.len()).filter(|place| fits(&ALL[*place])).collect()
}

/// Opens with Ctrl or ⌘ + K as long as the call is shown.
#[component]
pub fn Commands(stage: Stage) -> impl IntoView {
    let engine = use_engine();
    let (open, typed) = (RwSignal::new(false), RwSignal::new(String::new()));
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        let held = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if held && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            typed.set(String::new());
            open.set(true);
            focus::to("#command");
        }
    });
    on_cleanup(move || listener.remove());
    let shows = may_show();
    let found = engine.read(move |view| typed.with(|typed| fitting(view, typed, shows)));
    let run = move |place: usize| {
        open.set(false);
        // The dialog gives the focus back first; the command may want it elsewhere.
        focus::after_drawing(move || (ALL[place].act)(engine, stage));
    };
    let first = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(place) = found.with_untracked(|found| found.first().copied()) {
            run(place);
        }
    };
    view! {
        <Dialog open title=words::COMMANDS>
            <form on:submit=first>
                <TextField id="command" label=words::FIND_COMMAND hint=words::FIND_COMMAND_HINT value=typed />
            </form>
            <ul role="list" class="commands" aria-label=words::COMMANDS>
                <For each=move || found.get() key=|place| *place let(place)>
                    <li>
                        <button type="button" class="button button-large" on:click=move |_| run(place)>
                            {ALL[place].name}
                        </button>
                    </li>
                </For>
            </ul>
            <p class="muted" role="status">
                {move || found.with(Vec::is_empty).then_some(words::NO_COMMAND)}
            </p>
        </Dialog>
    }
}
