//! The call: the rear camera fills the screen, letterboxed; status at the top, controls at the thumb.

use super::camera_help::CameraTrouble;
use super::photo::{PhotoDeck, Taken};
use crate::call::chat::Latest;
use crate::call::{
    Banner, Board, BoardSetup, Bubble, CallBar, CameraWatch, CoachHint, Finished, Gallery, InkLayer, LightButton,
    ModeSwitch, PhoneTools, Picture, QualityPill, Still, StillView, TakeBack, Voices,
};
use crate::engine::{Handle, use_engine};
use crate::plain::Look;
use crate::text::{Agent, customer as words, ink};
use crate::widgets::{Button, Icon, Kind, Segmented};
use farhand_shared::client::{Gesture, LinkView, MediaFlow, Phase, View};
use farhand_shared::ink::{StrokeTool, Surface, Tool};
use farhand_shared::session::{Camera, Facing, Mode};
use leptos::prelude::*;

/// The whole call screen.
#[component]
pub fn InCall() -> impl IntoView {
    let engine = use_engine();
    let runs = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)) || view.camera.busy);
    let front = engine.read(|view| view.camera.lens.is_some_and(|lens| lens.facing == Facing::Front));
    let ending = engine.read(|view| matches!(view.phase, Phase::Ending { .. }));
    let photo = engine.in_session(|session| session.mode() == Mode::Photo);
    let photo = move || photo.get() == Some(true);
    let tool = RwSignal::new(Tool::Pointer);
    let board = own_picture(engine, front, tool);
    let still = Still::new(engine);
    let looking = move || still.is_open();
    view! {
        <div class="call" class:call-looking=looking>
            <TopBar />
            <main class="call-stage">
                <h1 tabindex="-1" class="visually-hidden">{words::CALL_TITLE}</h1>
                <Show when=move || runs.get() fallback=|| view! { <div class="call-help"><CameraTrouble /></div> }>
                    <Picture
                        stream=Signal::derive_local(move || engine.preview())
                        label=words::MY_PICTURE
                        mirrored=front
                        element=board.video
                        size=board.picture
                    />
                    <CameraWatch video=board.video />
                    <Show when=move || !looking() && !photo()>
                        <InkLayer board keys=ink::BY_KEYS />
                        <div class="ink-tools"><InkTools tool /></div>
                    </Show>
                </Show>
                <Show when=looking>
                    <StillView still />
                </Show>
                // Photo Mode has a list of its own.
                <Show when=move || !looking() && !photo()>
                    <Gallery live=true class="gallery-strip" />
                </Show>
                <div class="call-status">
                    <Banner />
                    <QualityPill />
                    <CoachHint light=|| Gesture::Light(true) />
                </div>
                <Bubble />
                <Latest />
                <Voices />
            </main>
            <Taken />
            <PhotoDeck />
            <Show when=move || ending.get()>
                <Ending />
            </Show>
            <TakeBack />
            <Show when=looking fallback=CallBar>
                <PhoneTools still />
            </Show>
        </div>
    }
}

/// My own picture, to point at and draw on. It is never turned or zoomed here.
fn own_picture(engine: Handle, front: Memo<bool>, tool: RwSignal<Tool>) -> Board {
    let setup = BoardSetup {
        on: engine.read(|view| {
            let video = view.session.as_ref()?.mode() == Mode::Video && !view.camera.paused;
            view.you.filter(|_| video).map(Surface::Live)
        }),
        look: Signal::derive(move || Look {
            mirrored: front.get(),
            ..Look::default()
        }),
        tool: Signal::derive(move || Some(tool.get())),
        on_pinch: Callback::new(|_| {}),
        on_finish: Callback::new(move |finished: Finished| finished.make(engine)),
        on_choose: Callback::new(|_| {}),
    };
    Board::new(engine, setup)
}

#[component]
fn InkTools(tool: RwSignal<Tool>) -> impl IntoView {
    let choices = vec![
        (Tool::Pointer, ink::POINT),
        (Tool::Stroke(StrokeTool::Line), ink::DRAW),
        (Tool::Stroke(StrokeTool::Arrow), ink::ARROW),
    ];
    view! { <Segmented name="ink" label=ink::TOOLS choices chosen=tool on_choose=move |chosen| tool.set(chosen) /> }
}

#[component]
fn TopBar() -> impl IntoView {
    let engine = use_engine();
    let agent = engine.agent_name();
    let seen = engine.read(is_seen);
    view! {
        <header class="call-top">
            <div class="call-top-start">
                <ModeSwitch />
                <LightButton />
            </div>
            <p class="pill pill-video" role="status">
                <span class="dot" class:dot-live=move || seen.get()></span>
                {move || words::seen(&Agent(agent.get()), seen.get())}
            </p>
            <button
                type="button"
                class="button call-close"
                aria-label=words::CLOSE
                on:click=move |_| engine.dispatch(Gesture::End)
            >
                <Icon name="close" />
            </button>
        </header>
    }
}

/// Whether somebody gets the picture right now.
fn is_seen(view: &View) -> bool {
    let on = matches!(view.camera.camera, Camera::Live(_)) && !view.camera.paused;
    let video = view
        .session
        .as_ref()
        .is_some_and(|session| session.mode() == Mode::Video);
    let flows = view.peers.iter().any(|peer| peer.flow == MediaFlow::Flowing);
    on && video && flows && view.link != LinkView::Closed
}

/// Five seconds to take the end back, instead of a question.
#[component]
fn Ending() -> impl IntoView {
    let engine = use_engine();
    view! {
        <div class="ending" role="alert">
            <p>{words::ENDING}</p>
            <Button label=words::STAY kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Stay) />
        </div>
    }
}
