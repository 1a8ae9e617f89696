//! Pages behind mailed and printed links. Opening one changes nothing; its button does.

use super::frame::{DoorForm, DoorFrame};
use crate::pages::agent::api;
use crate::pages::agent::ask::Ask;
use crate::pages::agent::desk::use_desk;
use crate::pages::agent::route::{self, Route};
use crate::pages::agent::to::To;
use crate::text::agent_account as words;
use crate::widgets::TextField;
use farhand_shared::limit;
use farhand_shared::wire::http::accounts::{ConfirmReset, FirstAdmin, PASSWORD_MAX_CHARS, RequestReset, Verify};
use leptos::prelude::*;

/// Asks for a link to choose a new password.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let ask = Ask::new();
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(false);
    let send = move |()| {
        let body = RequestReset {
            email: email.get_untracked(),
        };
        ask.run(api::request_reset(body), move |()| {
            sent.try_set(true);
        });
    };
    view! {
        <DoorFrame heading=words::FORGOT_TITLE lead=words::FORGOT_LEAD>
            <DoorForm ask button=words::SEND_LINK on_send=send>
                <TextField id="email" label=words::EMAIL value=email kind="email" autocomplete="username" />
            </DoorForm>
            <div role="status">
                <Show when=move || sent.get()>
                    <p class="banner banner-ok">{words::RESET_SENT} " " {words::NO_MAIL}</p>
                </Show>
            </div>
            <p class="door-links"><To route=Route::SignIn>{words::SIGN_IN}</To></p>
        </DoorFrame>
    }
}

/// Chooses a new password by the mailed link.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let token = StoredValue::new(route::secret());
    let password = RwSignal::new(String::new());
    let send = move |()| {
        let body = ConfirmReset {
            token: token.get_value(),
            password: password.get_untracked(),
        };
        ask.run(api::confirm_reset(body), move |()| desk.router.go(Route::SignIn));
    };
    view! {
        <DoorFrame heading=words::FORGOT_TITLE lead=words::PASSWORD_HINT>
            <DoorForm ask button=words::SET_PASSWORD on_send=send>
                <TextField
                    id="password"
                    label=words::NEW_PASSWORD
                    value=password
                    kind="password"
                    autocomplete="new-password"
                    most_chars=PASSWORD_MAX_CHARS
                />
            </DoorForm>
        </DoorFrame>
    }
}

/// Proves the address of a new account by the mailed link.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let token = StoredValue::new(route::secret());
    let password = RwSignal::new(String::new());
    let send = move |()| {
        let body = Verify {
            token: token.get_value(),
            password: password.get_untracked(),
        };
        ask.run(api::verify(body), move |me| desk.welcome(me));
    };
    view! {
        <DoorFrame heading=words::VERIFY_TITLE lead=words::VERIFY_LEAD>
            <DoorForm ask button=words::VERIFY on_send=send>
                <TextField
                    id="password"
                    label=words::PASSWORD
                    value=password
                    kind="password"
                    autocomplete="current-password"
                    most_chars=PASSWORD_MAX_CHARS
                />
            </DoorForm>
        </DoorFrame>
    }
}

/// Makes the first administrator by the link that the server printed.
#[component]
pub fn FirstAdminPage() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let token = StoredValue::new(route::secret());
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let password = RwSignal::new(String::new());
    let send = move |()| {
        let body = FirstAdmin {
            token: token.get_value(),
            email: email.get_untracked(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        ask.run(api::first_admin(body), move |me| desk.welcome(me));
    };
    view! {
        <DoorFrame heading=words::FIRST_TITLE lead=words::FIRST_LEAD>
            <DoorForm ask button=words::FIRST on_send=send>
                <TextField
                    id="name"
                    label=words::NAME
                    hint=words::NAME_HINT
                    value=name
                    autocomplete="name"
                    most_chars=limit::NAME_CHARS
                />
                <TextField id="email" label=words::EMAIL value=email kind="email" autocomplete="username" />
                <TextField
                    id="password"
                    label=words::PASSWORD
                    hint=words::PASSWORD_HINT
                    value=password
                    kind="password"
                    autocomplete="new-password"
                    most_chars=PASSWORD_MAX_CHARS
                />
            </DoorForm>
        </DoorFrame>
    }
}
