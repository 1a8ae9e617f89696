//! The customer's picture, large, and how the agent looks at it.

use super::apart::{Apart, ElsewhereNote};
use super::camera_choice::CameraChoice;
use super::commands::Commands;
use super::details::to_customer;
use super::dock::Dock;
use super::keys;
use super::matters::{Matters, picture_is_old};
use super::my_trouble::MyTrouble;
use super::panel::Panel;
use super::parts::Part;
use super::photo::{NewestPhoto, PhotoBar, PhotoNote};
use super::still_tools::StillTools;
use super::strip::{Cameras, Strip, large};
use super::tools::StageTools;
use crate::call::{Board, BoardSetup, CoachHint, Finished, InkLayer, Picture, Still, StillView, TakeBack, Voices};
use crate::engine::{Handle, use_engine};
use crate::plain::{Look, Pinch};
use crate::platform::stream::Stream;
use crate::text::agent_call as words;
use crate::widgets::{Button, Kind};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::ink::{StrokeTool, Surface, Tool};
use farhand_shared::session::{Camera, Mode, Session};
use leptos::html;
use leptos::prelude::*;

/// The stage as its parts know it.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The way of looking.
    pub look: RwSignal<Look>,
    /// The element that full screen fills.
    pub element: NodeRef<html::Div>,
    /// The list of shortcuts is open.
    pub help: RwSignal<bool>,
    /// What the mouse does on the picture; nothing only looks.
    pub tool: RwSignal<Option<Tool>>,
    /// The picture as it is drawn on.
    pub board: Board,
    /// The panel beside it.
    pub panel: Panel,
    /// The picture that is open in its place.
    pub still: Still,
    /// Whose picture it is.
    cameras: Cameras,
    /// Where all of it is shown.
    pub apart: Apart,
}

/// The tools for live video. They fade, so there is nothing to take back.
pub const POINTER: Tool = Tool::Pointer;
pub const DRAW: Tool = Tool::Stroke(StrokeTool::Line);
pub const ARROW: Tool = Tool::Stroke(StrokeTool::Arrow);

impl Stage {
    fn new(engine: Handle) -> Self {
        let look = RwSignal::new(Look::default());
        let tool = RwSignal::new(Some(POINTER));
        let cameras = Cameras::start();
        Self {
            look,
            element: NodeRef::new(),
            help: RwSignal::new(false),
            tool,
            board: live_board(engine, cameras, look, tool),
            panel: expect_context::<Panel>(),
            still: Still::new(engine),
            cameras,
            apart: Apart::new(),
        }
    }

    /// Takes this tool; pressed again it is put away.
    pub fn take(self, tool: Tool) {
        take(self.tool, tool);
    }
}

/// Takes `tool` in the hand; pressed again it is put away.
pub fn take(hand: RwSignal<Option<Tool>>, tool: Tool) {
    hand.update(|held| *held = if *held == Some(tool) { None } else { Some(tool) });
}

/// The customer's live picture as it is drawn on. On other people's nobody draws: they would not see it.
pub fn live_board(engine: Handle, cameras: Cameras, look: RwSignal<Look>, tool: RwSignal<Option<Tool>>) -> Board {
    let setup = BoardSetup {
        on: engine.read(move |view| {
            let (customer, _) = to_customer(view).filter(|_| !picture_is_old(view))?;
            let (shown, ..) = large(view, cameras.active.get())?;
            if shown != customer {
                return None;
            }
            let video = view.session.as_ref()?.mode() == Mode::Video;
            video.then_some(Surface::Live(customer))
        }),
        look: look.into(),
        tool: tool.into(),
        on_pinch: Callback::new(move |(pinch, view): (Pinch, (f32, f32))| {
            let view = (f64::from(view.0), f64::from(view.1));
            look.update(|look| look.pinch(pinch.factor, pinch.at, pinch.by, view));
        }),
        on_finish: Callback::new(move |finished: Finished| finished.make(engine)),
        on_choose: Callback::new(|_| {}),
    };
    Board::new(engine, setup)
}

/// Stage, tools, end banner, dock.
#[component]
pub fn CallMiddle() -> impl IntoView {
    let engine = use_engine();
    let stage = Stage::new(engine);
    keys::everywhere(engine);
    // A picture that opens is to be seen, whatever part a phone shows.
    let open = Memo::new(move |_| stage.still.is_open());
    Effect::new(move || {
        if open.get() {
            stage.panel.part.set(Part::Picture);
        }
    });
    view! {
        <ElsewhereNote apart=stage.apart />
        <div class="call-parts" node_ref=stage.apart.parts>
            <Matters />
            <MyTrouble />
            <Window stage />
            <PhotoBar />
            <Show when=move || stage.still.is_open() fallback=move || view! { <StageTools stage /> }>
                <StillTools still=stage.still />
            </Show>
            <TakeBack />
            <Ending />
            <Dock stage />
            <keys::Sheet open=stage.help />
            <Commands stage />
        </div>
        <Voices />
    }
}

/// The large picture's stream. The last one stays when a connection goes: its last picture is better than black.
pub fn picture(engine: Handle, cameras: Cameras) -> Signal<Option<Stream>, LocalStorage> {
    let peer = engine.read(move |view| large(view, cameras.active.get()));
    let last = StoredValue::new_local(None::<Stream>);
    Signal::derive_local(move || {
        let now = peer
            .get()
            .and_then(|(person, connection, _)| engine.picture_from(person, connection));
        if now.is_some() {
            last.set_value(now.clone());
        }
        now.or_else(|| last.get_value())
    })
}

/// How the large picture is called.
pub fn label(engine: Handle, cameras: Cameras) -> Signal<String> {
    let label = engine.read(move |view| large(view, cameras.active.get()).map(|(.., label)| label));
    Signal::derive(move || label.get().unwrap_or_else(|| words::STAGE.to_owned()))
}

#[component]
fn Window(stage: Stage) -> impl IntoView {
    let engine = use_engine();
    let (stream, label) = (picture(engine, stage.cameras), label(engine, stage.cameras));
    let old = engine.read(move |view| stage.cameras.active.get().is_none() && picture_is_old(view));
    let photo = engine.in_session(|session: &Session| session.mode() == Mode::Photo);
    let (look, still) = (stage.look, stage.still);
    view! {
        <div
            node_ref=stage.element
            class="stage"
            class:zoomed=move || !look.get().is_fit()
            class:stage-looking=move || still.is_open()
            role="group"
            tabindex=move || if still.is_open() { "-1" } else { "0" }
            aria-label=words::STAGE
            on:keydown=move |event| keys::on_stage(engine, stage, &event)
            on:wheel=move |event| {
                event.prevent_default();
                look.update(|look| look.step(event.delta_y() < 0.0));
            }
        >
            <div
                class="stage-picture"
                class:actual=move || look.get().actual && !still.is_open()
                class:sideways=move || look.get().sideways() && !still.is_open()
                class:old=move || old.get()
                style:transform=move || if still.is_open() { "none".to_owned() } else { look.get().transform() }
            >
                <Picture stream label element=stage.board.video size=stage.board.picture />
                <NewestPhoto />
            </div>
            <Show
                when=move || still.is_open()
                fallback=move || view! { <InkLayer board=stage.board /> }
            >
                <StillView still keys=keys::of_still() />
            </Show>
            <Show when=move || stream.with(Option::is_none) && photo.get() != Some(true)>
                <p class="stage-empty">{words::NO_PICTURE}</p>
            </Show>
            <PhotoNote />
            <div class="stage-coach">
                <CoachHint light=|| Gesture::AskLight(true) />
            </div>
            <Strip />
            <OwnPicture />
        </div>
    }
}

/// What the customer sees of me, while my camera is on.
#[component]
pub fn OwnPicture() -> impl IntoView {
    let engine = use_engine();
    let on = engine.read(|view| {
        // At the door there is no session yet: then it is what the others will see.
        let sent = view.session.as_ref().is_none_or(|session| !session.is_fallen_back());
        sent && matches!(view.camera.camera, Camera::Live(_)) && !view.camera.paused
    });
    view! {
        <Show when=move || on.get()>
            <div class="stage-own">
                <Picture
                    stream=Signal::derive_local(move || engine.preview())
                    label=words::MY_CAMERA
                    mirrored=Signal::stored(true)
                />
                <CameraChoice />
            </div>
        </Show>
    }
}

/// Five seconds to take the end back, instead of a question.
#[component]
fn Ending() -> impl IntoView {
    let engine = use_engine();
    let ending = engine.read(|view| matches!(view.phase, Phase::Ending { .. }));
    view! {
        <div role="alert">
            <Show when=move || ending.get()>
                <div class="ending">
                    <p>{words::ENDING}</p>
                    <Button label=words::STAY kind=Kind::Plain on_press=move |()| engine.dispatch(Gesture::Stay) />
                </div>
            </Show>
        </div>
    }
}
