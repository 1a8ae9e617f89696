//! The agent console: the door, home, one session, the outbox, administration.

mod account;
mod admin;
mod api;
mod ask;
mod copy;
mod desk;
mod help;
mod home;
mod invite_fields;
mod keep;
mod outbox;
mod record;
mod ring;
pub mod route;
mod session;
mod shell;
mod site;
mod to;
mod visit;
mod waited;
mod waiting;

use crate::platform::{focus, page};
use crate::text::{agent as words, agent_account, agent_call, help as help_words, record as record_words, visits};
use crate::widgets::{Announcer, Button, Kind, LiveRegions};
use desk::{Desk, Who, use_desk};
use leptos::prelude::*;
use route::Route;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Screen {
    Asking,
    Unreachable,
    Page(Route),
}

fn screen(who: &Who, route: Route) -> Screen {
    match (who, route) {
        // These work for anybody, and a printed or mailed link must not lead elsewhere.
        (_, Route::Verify | Route::NewPassword | Route::FirstAdmin | Route::Visit) => Screen::Page(route),
        (Who::Asking, _) => Screen::Asking,
        (Who::Unreachable, _) => Screen::Unreachable,
        (Who::Nobody, route) if route.is_door() => Screen::Page(route),
        // The asked page follows after signing in.
        (Who::Nobody, _) => Screen::Page(Route::SignIn),
        (Who::Agent(_), route) if route.is_door() => Screen::Page(Route::Home),
        (Who::Agent(me), Route::Admin) if !me.admin => Screen::Page(Route::Unknown),
        (Who::Agent(_), route) => Screen::Page(route),
    }
}

/// Everything an agent sees.
#[component]
pub fn AgentApp() -> impl IntoView {
    let desk = Desk::start();
    let announcer = Announcer::default();
    provide_context(announcer);
    let shown = Memo::new(move |_| desk.who.with(|who| screen(who, desk.router.now())));
    follow(desk, shown);
    waiting::watch(desk);
    waiting::tell(desk);
    view! {
        <LiveRegions announcer />
        {move || match shown.get() {
            Screen::Asking => view! { <Asking /> }.into_any(),
            Screen::Unreachable => view! { <Unreachable /> }.into_any(),
            Screen::Page(route) => show(route),
        }}
    }
}

fn show(route: Route) -> AnyView {
    match route {
        Route::SignIn => account::SignInPage().into_any(),
        Route::SignUp => account::SignUpPage().into_any(),
        Route::Forgot => account::ForgotPage().into_any(),
        Route::Verify => account::VerifyPage().into_any(),
        Route::NewPassword => account::NewPasswordPage().into_any(),
        Route::FirstAdmin => account::FirstAdminPage().into_any(),
        Route::Home => home::HomePage().into_any(),
        Route::Outbox => outbox::OutboxPage().into_any(),
        Route::Admin => admin::AdminPage().into_any(),
        Route::Session(session) => view! { <session::SessionPage session /> }.into_any(),
        Route::Record(session) => view! { <record::RecordPage session /> }.into_any(),
        Route::Browsers => help::BrowsersPage().into_any(),
        Route::Help => help::HelpPage().into_any(),
        Route::Visit => visit::VisitPage().into_any(),
        Route::Join => home::JoinPage().into_any(),
        Route::Visitor => site::VisitorPage().into_any(),
        Route::Unknown => Unknown().into_any(),
    }
}

/// On every change of screen: title, and the keyboard's place at the new heading.
fn follow(desk: Desk, shown: Memo<Screen>) {
    Effect::new(move || {
        let title = title(shown.get());
        let badge = match desk.waiting.count() + desk.unread.get() {
            0 => String::new(),
            new => ["(", &new.to_string(), ") "].concat(),
        };
        page::set_title(&[&badge, title, " – ", words::PRODUCT].concat());
    });
    Effect::new(move |before: Option<Screen>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now && before != Screen::Asking) {
            focus::to_heading();
        }
        now
    });
}

const fn title(screen: Screen) -> &'static str {
    match screen {
        Screen::Asking => agent_account::ASKING,
        Screen::Unreachable => agent_account::UNREACHABLE_TITLE,
        Screen::Page(route) => match route {
            Route::Home => words::HOME_TITLE,
            Route::SignIn => agent_account::SIGN_IN,
            Route::SignUp => agent_account::SIGN_UP_TITLE,
            Route::Forgot | Route::NewPassword => agent_account::FORGOT_TITLE,
            Route::Verify => agent_account::VERIFY_TITLE,
            Route::FirstAdmin => agent_account::FIRST_TITLE,
            Route::Outbox => words::OUTBOX_TITLE,
            Route::Admin => words::ADMIN_TITLE,
            Route::Session(_) => agent_call::SESSION_TITLE,
            Route::Record(_) => record_words::TITLE,
            Route::Browsers => help_words::BROWSERS,
            Route::Help => help_words::HELP,
            Route::Visit => visits::TITLE,
            Route::Join => words::JOIN_TITLE,
            Route::Visitor => words::VISITOR_TITLE,
            Route::Unknown => words::UNKNOWN_TITLE,
        },
    }
}

#[component]
fn Asking() -> impl IntoView {
    view! { <main class="door-wait"><h1 tabindex="-1">{agent_account::ASKING}</h1></main> }
}

#[component]
fn Unreachable() -> impl IntoView {
    let desk = use_desk();
    view! {
        <main class="door-wait">
            <h1 tabindex="-1">{agent_account::UNREACHABLE_TITLE}</h1>
            <p>{agent_account::UNREACHABLE}</p>
            <Button label=agent_account::TRY_AGAIN kind=Kind::Plain on_press=move |()| desk.ask_who() />
        </main>
    }
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <shell::Shell heading=words::UNKNOWN_TITLE>
            <p><to::To route=Route::Home>{words::GO_HOME}</to::To></p>
        </shell::Shell>
    }
}
