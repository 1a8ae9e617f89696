//! The tools of the call: the customer's phone, my own devices, the ways out.

use super::stage::{self, Stage};
use super::{customer, me};
use crate::call::Still;
use crate::engine::use_engine;
use crate::pages::agent::desk::{Who, use_desk};
use crate::text::{agent_call as words, ink, photo};
use crate::widgets::{Button, Kind, SplitTool, Tool, Toolbar};
use farhand_shared::client::{Gesture, View};
use farhand_shared::ink::Tool as Held;
use farhand_shared::session::{Ask, Camera, Lens, Mic, Mode, Person, Torch, ZoomRange};
use leptos::prelude::*;

/// One press of the lens' zoom.
const LENS_STEP: f32 = 1.5;

/// What the dock knows of the customer's phone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Phone {
    lens: Option<Lens>,
    torch: Torch,
    asked: Option<Ask>,
}

/// The customer's phone, while the customer is here.
pub fn phone(view: &View) -> Option<(Option<Lens>, Torch)> {
    let person = present(view)?;
    Some((lens(person), person.torch))
}

fn present(view: &View) -> Option<&Person> {
    customer(view.session.as_ref()?).filter(|person| person.connected)
}

const fn lens(person: &Person) -> Option<Lens> {
    match person.camera {
        Camera::Live(lens) => Some(lens),
        _ => None,
    }
}

/// Whether there is a live picture of the customer to freeze.
pub fn can_freeze(view: &View) -> bool {
    let video = view
        .session
        .as_ref()
        .is_some_and(|session| session.mode() == Mode::Video);
    video && present(view).is_some_and(|person| lens(person).is_some() && !person.hides())
}

fn of_phone(view: &View) -> Phone {
    let person = present(view);
    Phone {
        lens: person.and_then(lens),
        torch: person.map_or(Torch::None, |person| person.torch),
        asked: person.and_then(|person| person.asked).map(|(what, _)| what),
    }
}

/// The dock. Its last tool leaves, for me alone, and has the end for everyone in its menu: the heavier step takes one
/// press more.
#[component]
pub fn Dock(stage: Stage) -> impl IntoView {
    view! {
        <Toolbar label=words::TOOLS class="toolbar dock">
            <InkTools hand=stage.tool still=stage.still />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <PhoneTools />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <MyTools shows=may_show() />
            <span class="toolbar-gap" aria-hidden="true"></span>
            <Exits />
        </Toolbar>
    }
}

/// What points and draws on the live picture.
#[component]
pub fn InkTools(hand: RwSignal<Option<Held>>, still: Still) -> impl IntoView {
    let tools = [
        ("pointer", ink::POINTER, stage::POINTER),
        ("pen", ink::DRAW, stage::DRAW),
        ("arrow", ink::ARROW, stage::ARROW),
    ];
    tools.map(|(icon, label, tool)| {
        view! {
            <Tool
                icon
                label
                pressed=Signal::derive(move || Some(hand.get() == Some(tool)))
                off=Signal::derive(move || still.is_open())
                on_press=move |()| stage::take(hand, tool)
            />
        }
    })
}

#[component]
fn PhoneTools() -> impl IntoView {
    let engine = use_engine();
    let phone = engine.read(of_phone);
    let asked = move |is: fn(&Ask) -> bool| Signal::derive(move || phone.get().asked.as_ref().is_some_and(is));
    let zoom = move || phone.get().lens.and_then(|lens| lens.zoom);
    let ask_zoom = move |larger: bool| {
        if let Some(ZoomRange { min, max, now }) = untrack(zoom) {
            let wanted = if larger { now * LENS_STEP } else { now / LENS_STEP };
            engine.dispatch(Gesture::AskZoom(wanted.max(min).min(max)));
        }
    };
    let live = engine.read(can_freeze);
    view! {
        <Tool
            icon="screenshot"
            label=photo::SCREENSHOT
            off=Signal::derive(move || !live.get())
            on_press=move |()| engine.dispatch(Gesture::TakeStill)
        />
        <Tool
            icon="light"
            label=words::LIGHT
            pressed=Signal::derive(move || Some(phone.get().torch == Torch::On))
            off=Signal::derive(move || phone.get().torch == Torch::None)
            busy=asked(|ask| matches!(ask, Ask::Torch(_)))
            on_press=move |()| engine.dispatch(Gesture::AskLight(phone.get_untracked().torch != Torch::On))
        />
        <Tool
            icon="flip"
            label=words::FLIP
            off=Signal::derive(move || phone.get().lens.is_none())
            busy=asked(|ask| matches!(ask, Ask::Flip))
            on_press=move |()| engine.dispatch(Gesture::AskFlip)
        />
        <Tool
            icon="lens-out"
            label=words::LENS_OUT
            off=Signal::derive(move || zoom().is_none_or(|zoom| zoom.now <= zoom.min))
            busy=asked(|ask| matches!(ask, Ask::Zoom(_)))
            on_press=move |()| ask_zoom(false)
        />
        <Tool
            icon="lens-in"
            label=words::LENS_IN
            off=Signal::derive(move || zoom().is_none_or(|zoom| zoom.now >= zoom.max))
            busy=asked(|ask| matches!(ask, Ask::Zoom(_)))
            on_press=move |()| ask_zoom(true)
        />
    }
}

/// The gesture that switches my microphone over.
pub fn toggle_mic(view: &View) -> Gesture {
    Gesture::Microphone(view.mic != Mic::On)
}

/// The gesture that switches my camera over.
pub const fn toggle_camera(view: &View) -> Gesture {
    match view.camera.camera {
        Camera::Live(_) => Gesture::TurnOffCamera,
        _ => Gesture::TurnOnCamera,
    }
}

/// Whether the operator lets this agent show a camera.
pub fn may_show() -> bool {
    use_desk()
        .who
        .with_untracked(|who| !matches!(who, Who::Agent(me) if !me.cameras))
}

/// Microphone; camera and pause for those who `shows` say may be seen.
#[component]
pub fn MyTools(shows: bool) -> impl IntoView {
    let engine = use_engine();
    let mic = engine.read(|view| view.mic == Mic::On);
    let silenced = engine.read(|view| me(view).is_some_and(|me| !me.grants.speak));
    let camera = engine.read(|view| {
        (
            matches!(view.camera.camera, Camera::Live(_)),
            view.camera.camera == Camera::Asking,
        )
    });
    let paused = engine.read(|view| view.camera.paused);
    let toggle = move |gesture: fn(&View) -> Gesture| {
        if let Some(gesture) = engine.peek(gesture) {
            engine.dispatch(gesture);
        }
    };
    view! {
        <Tool
            icon="mic"
            label=words::MIC
            pressed=Signal::derive(move || Some(mic.get()))
            off=silenced
            on_press=move |()| toggle(toggle_mic)
        />
        {shows.then(|| view! {
            <Tool
                icon="camera"
                label=words::CAMERA
                class="tool tool-camera"
                pressed=Signal::derive(move || Some(camera.get().0))
                busy=Signal::derive(move || camera.get().1)
                on_press=move |()| toggle(toggle_camera)
            />
            <Tool
                icon="pause"
                label=words::PAUSE
                pressed=Signal::derive(move || Some(paused.get()))
                off=Signal::derive(move || !camera.get().0 && !paused.get())
                on_press=move |()| engine.dispatch(Gesture::Pause(!paused.get_untracked()))
            />
        })}
    }
}

#[component]
fn Exits() -> impl IntoView {
    let engine = use_engine();
    let wants = move |gesture: fn() -> Gesture| Callback::new(move |()| engine.dispatch(gesture()));
    view! {
        <SplitTool
            icon="leave"
            label=words::LEAVE
            class="tool tool-leave"
            on_press=wants(|| Gesture::Leave)
            more=words::WAYS_OUT
            items=vec![(words::END, wants(|| Gesture::End))]
        />
    }
}

/// The ways out before the call.
#[component]
pub fn WayOut() -> impl IntoView {
    let engine = use_engine();
    let ending = engine.in_session(|session| session.ending().is_some());
    let is_ending = Signal::derive(move || ending.get() == Some(true));
    view! {
        <div class="way-out">
            <Button label=words::LEAVE icon="leave" on_press=move |()| engine.dispatch(Gesture::Leave) />
            <Show
                when=move || is_ending.get()
                fallback=move || view! {
                    <Button label=words::END kind=Kind::Quiet on_press=move |()| engine.dispatch(Gesture::End) />
                }
            >
                <p role="status">{words::ENDING}</p>
                <Button label=words::STAY on_press=move |()| engine.dispatch(Gesture::Stay) />
            </Show>
        </div>
    }
}
