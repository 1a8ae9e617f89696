//! Signing in.

use super::frame::{DoorForm, DoorFrame};
use crate::pages::agent::api;
use crate::pages::agent::ask::Ask;
use crate::pages::agent::desk::use_desk;
use crate::pages::agent::route::Route;
use crate::pages::agent::to::To;
use crate::text::agent_account as words;
use crate::widgets::TextField;
use farhand_shared::wire::http::accounts::{PASSWORD_MAX_CHARS, SignIn};
use leptos::prelude::*;

/// E-mail and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let send = move |()| {
        let body = SignIn {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        ask.run(api::sign_in(body), move |me| desk.welcome(me));
    };
    view! {
        <DoorFrame heading=words::SIGN_IN lead=words::SIGN_IN_LEAD>
            <DoorForm ask button=words::SIGN_IN on_send=send>
                <TextField id="email" label=words::EMAIL value=email kind="email" autocomplete="username" />
                <TextField
                    id="password"
                    label=words::PASSWORD
                    value=password
                    kind="password"
                    autocomplete="current-password"
                    most_chars=PASSWORD_MAX_CHARS
                />
            </DoorForm>
            <p class="door-links">
                <To route=Route::Forgot>{words::FORGOT}</To>
                <To route=Route::SignUp>{words::SIGN_UP}</To>
            </p>
        </DoorFrame>
    }
}
