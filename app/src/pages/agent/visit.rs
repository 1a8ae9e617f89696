//! The page of guests and viewers: they come by a link, without an account. A guest types a name, reads four digits out
//! and is let in; a viewer looks on at once.
//!
//! | Phase of the machine | Screen |
//! |---|---|
//! | no seat yet | who invites, and a field for the name |
//! | Knocking | the digits to read out |
//! | Waiting | in, and the call has not started |
//! | Live, Ending | the stage; for guests with tools and chat |
//! | Ended, Left, Refused | what happened |

use super::account::DoorForm;
use super::api;
use super::ask::{Ask, FaultLine};
use super::session::dock::{InkTools, MyTools};
use super::session::me;
use super::session::my_devices::MyDevices;
use super::session::my_trouble::MyTrouble;
use super::session::photo::NewestPhoto;
use super::session::rail::PeopleList;
use super::session::stage::{self, OwnPicture, POINTER};
use super::session::strip::{Cameras, Strip};
use super::shell::heading_follows;
use crate::call::chat::{Chat, Talk};
use crate::call::{HeldTools, InkLayer, Notices, Picture, RedoTool, Still, StillView, UndoAllTool, UndoTool, Voices};
use crate::engine::{Handle, Setup, use_engine};
use crate::plain::Look;
use crate::platform::{device, page};
use crate::text::{agent as home, agent_call, chat, customer, refusals, still as still_words, visits as words};
use crate::widgets::{TextField, Tool, Toolbar};
use farhand_shared::client::{Gesture, Phase};
use farhand_shared::ink::{StrokeTool, Tool as Held};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Mode, Session};
use farhand_shared::wire::http::visits::{OpenVisit, VisitAs, VisitLook};
use leptos::prelude::*;

/// What this page knows of its visit beyond the session.
#[derive(Clone, Copy)]
struct Visit {
    secret: StoredValue<String>,
    look: RwSignal<Option<VisitLook>>,
    /// What a guest reads out.
    code: RwSignal<String>,
    /// A seat was taken, now or before a reload.
    seated: RwSignal<bool>,
}

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Screen {
    Door,
    Knocking,
    Waiting,
    Call(Role),
    Over(Phase),
}

/// The page, with an engine of its own.
#[component]
pub fn VisitPage() -> impl IntoView {
    let secret = page::fragment();
    let engine = Handle::start(Setup::visitor(&secret));
    engine.open_desk();
    Chat::start().watch();
    let visit = Visit {
        secret: StoredValue::new(secret),
        look: RwSignal::new(None),
        code: RwSignal::new(String::new()),
        seated: RwSignal::new(false),
    };
    provide_context(visit);
    let come = Ask::new();
    come_again(engine, visit, come);
    let state = engine.read(|view| {
        let me = view
            .session
            .as_ref()
            .zip(view.you)
            .and_then(|(session, me)| session.person(me));
        (view.phase, me.map(|me| me.role))
    });
    let shown = Memo::new(move |_| match state.get() {
        (phase @ (Phase::Ended { .. } | Phase::Left | Phase::Refused(_)), _) => Screen::Over(phase),
        _ if !visit.seated.get() => Screen::Door,
        (Phase::Knocking, _) => Screen::Knocking,
        (Phase::Live | Phase::Ending { .. }, Some(role)) => Screen::Call(role),
        _ => Screen::Waiting,
    });
    heading_follows(shown);
    view! {
        <div class="visit">
            <header class="desk-top">
                <span class="desk-logo">
                    <svg class="logo" aria-hidden="true" viewBox="0 0 24 24"><use href="#logo"></use></svg>
                    <span>{home::PRODUCT}</span>
                </span>
                <p class="muted">{move || visit.look.get().map(|look| look.company)}</p>
            </header>
            {move || match shown.get() {
                Screen::Door => Door().into_any(),
                Screen::Knocking => Knocking().into_any(),
                Screen::Waiting => view! { <Message title=words::NOT_STARTED line="" /> }.into_any(),
                Screen::Call(role) => view! { <Call guest=role == Role::Guest /> }.into_any(),
                Screen::Over(phase) => view! { <Over phase /> }.into_any(),
            }}
        </div>
    }
}

/// After a reload this tab goes on as the same person; the server says the digits again.
fn come_again(engine: Handle, visit: Visit, ask: Ask) {
    let Some(seat) = engine.kept_seat() else { return };
    visit.seated.set(true);
    engine.take_seat(seat.clone());
    engine.dispatch(Gesture::Start);
    let body = OpenVisit {
        secret: visit.secret.get_value(),
        seat: Some(seat),
        // Known to the session already; the server wants one of newcomers.
        name: home::PRODUCT.to_owned(),
        device: None,
    };
    ask.run(api::open_visit(body), move |visiting| {
        visit.code.try_set(visiting.code);
    });
}

#[component]
fn Door() -> impl IntoView {
    let visit = expect_context::<Visit>();
    let (looking, ask) = (Ask::new(), Ask::new());
    let name = RwSignal::new(String::new());
    looking.run(api::look_at_visit(visit.secret.get_value()), move |look| {
        visit.look.try_set(Some(look));
    });
    let engine = use_engine();
    let send = move |()| {
        let body = OpenVisit {
            secret: visit.secret.get_value(),
            seat: None,
            name: name.get_untracked(),
            device: Some(device::now().device),
        };
        ask.run(api::open_visit(body), move |visiting| {
            visit.code.set(visiting.code);
            visit.seated.set(true);
            engine.take_seat(visiting.seat);
            // A guest takes part as soon as they are in; a viewer has nothing to press.
            if visiting.role == VisitAs::Guest {
                engine.dispatch(Gesture::Start);
            }
        });
    };
    let heading = move || match visit.look.get() {
        Some(look) => words::invites(&look.agent, look.role),
        None if looking.fault.with(Option::is_some) => words::BROKEN.to_owned(),
        None => words::LOOKING.to_owned(),
    };
    let button = move || match visit.look.get().map(|look| look.role) {
        Some(VisitAs::Viewer) => words::WATCH,
        _ => words::ASK_IN,
    };
    view! {
        <main class="desk-main">
            <h1 tabindex="-1">{heading}</h1>
            <FaultLine fault=looking.fault />
            <Show when=move || visit.look.with(Option::is_some)>
                <DoorForm ask button=Signal::derive(button) on_send=send>
                    <TextField
                        id="visitor"
                        label=words::NAME
                        hint=words::NAME_HINT
                        value=name
                        autocomplete="name"
                        most_chars=limit::NAME_CHARS
                    />
                </DoorForm>
            </Show>
        </main>
    }
}

#[component]
fn Knocking() -> impl IntoView {
    let visit = expect_context::<Visit>();
    let noticed = use_engine().read(|view| view.noticed);
    view! {
        <main class="desk-main">
            <h1 tabindex="-1">{words::WAIT_TITLE}</h1>
            <section class="card">
                <p class="visit-code mono" role="status">{move || visit.code.get()}</p>
                <p role="status">{move || if noticed.get() { customer::NOTICED } else { words::WAIT }}</p>
            </section>
            <MyDevices shows=true />
        </main>
    }
}

#[component]
fn Message(#[prop(into)] title: String, #[prop(into)] line: String) -> impl IntoView {
    view! {
        <main class="desk-main">
            <h1 tabindex="-1">{title}</h1>
            <p>{line}</p>
        </main>
    }
}

#[component]
fn Over(phase: Phase) -> impl IntoView {
    let (title, line) = match phase {
        Phase::Ended { reason, .. } => (words::ENDED_TITLE, agent_call::ended(reason).to_owned()),
        Phase::Refused(why) => {
            let say = refusals::closing(why);
            (words::OUT_TITLE, [&*say.what, " ", &say.next].concat())
        }
        _ => (words::LEFT_TITLE, words::AGAIN.to_owned()),
    };
    view! { <Message title line /> }
}

/// The tools that a guest holds over a frozen picture.
const HELD: [(&str, &str, Held); 4] = [
    ("pen", still_words::DRAW, Held::Stroke(StrokeTool::Line)),
    ("arrow", still_words::ARROW, Held::Stroke(StrokeTool::Arrow)),
    ("ellipse", still_words::ELLIPSE, Held::Stroke(StrokeTool::Ellipse)),
    ("text", still_words::TEXT, Held::Text),
];

/// The customer's picture; for guests with what they may do.
#[component]
fn Call(guest: bool) -> impl IntoView {
    let engine = use_engine();
    let look = RwSignal::new(Look::default());
    let hand = RwSignal::new(guest.then_some(POINTER));
    let cameras = Cameras::start();
    let board = stage::live_board(engine, cameras, look, hand);
    let still = Still::new(engine);
    let (stream, label) = (stage::picture(engine, cameras), stage::label(engine, cameras));
    let photo = engine.in_session(|session: &Session| session.mode() == Mode::Photo);
    let held = engine.read(|view| view.camera.held);
    let grants = engine.read(|view| me(view).map(|me| me.grants).unwrap_or_default());
    let draws = Memo::new(move |_| guest && grants.get().draw);
    // What was in the hand when the agent took the ink away falls out of it.
    Effect::new(move || {
        if !draws.get() {
            hand.set(None);
            still.tool.set(None);
        }
    });
    let line = move || match guest {
        _ if held.get() => words::HELD.to_owned(),
        true => words::guest_line(grants.get()),
        false => words::VIEWER_LINE.to_owned(),
    };
    view! {
        <main class="console-middle call">
            <h1 tabindex="-1" class="visually-hidden">{words::CALL}</h1>
            <p class="visit-line" role="status">{line}</p>
            <MyTrouble link=true />
            <div
                class="stage"
                class:stage-looking=move || still.is_open()
                role="group"
                tabindex="0"
                aria-label=agent_call::STAGE
            >
                <div
                    class="stage-picture"
                    style:transform=move || if still.is_open() { "none".to_owned() } else { look.get().transform() }
                >
                    <Picture stream label element=board.video size=board.picture />
                    <NewestPhoto />
                </div>
                <Show when=move || still.is_open() fallback=move || view! { <InkLayer board /> }>
                    <StillView still />
                </Show>
                <Show when=move || stream.with(Option::is_none) && photo.get() != Some(true)>
                    <p class="stage-empty">{agent_call::NO_PICTURE}</p>
                </Show>
                <Strip />
                <OwnPicture />
            </div>
            <Show when=move || draws.get() && still.is_open()>
                <Toolbar label=still_words::TOOLS class="toolbar still-desk">
                    <HeldTools still tools=&HELD />
                    <UndoTool still />
                    <RedoTool still />
                    <UndoAllTool still />
                </Toolbar>
            </Show>
            <Toolbar label=agent_call::TOOLS class="toolbar dock">
                <Show when=move || draws.get()><InkTools hand still /></Show>
                {guest.then(|| view! { <MyTools shows=true /> })}
                <Tool
                    icon="leave"
                    label=words::LEAVE
                    class="tool tool-leave"
                    on_press=move |()| engine.dispatch(Gesture::Leave)
                />
            </Toolbar>
            <Voices />
            <Notices />
        </main>
        <aside class="visit-panel" tabindex="0" aria-label=words::PANEL>
            <section aria-labelledby="people-title">
                <h2 id="people-title">{agent_call::PEOPLE}</h2>
                <PeopleList tools=|_| ().into_any() />
            </section>
            <Show when=move || guest && grants.get().chat>
                <section class="visit-chat" aria-label=chat::CHAT><Talk /></section>
            </Show>
        </aside>
    }
}
