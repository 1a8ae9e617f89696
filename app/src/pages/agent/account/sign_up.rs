//! Creating an account, for people whose domain an administrator has allowed.

use super::frame::{DoorForm, DoorFrame};
use crate::pages::agent::api;
use crate::pages::agent::ask::Ask;
use crate::pages::agent::route::Route;
use crate::pages::agent::to::To;
use crate::platform::http::HttpFault;
use crate::text::agent_account as words;
use crate::widgets::TextField;
use farhand_shared::limit;
use farhand_shared::wire::http::accounts::{PASSWORD_MAX_CHARS, SignUp};
use leptos::prelude::*;

/// Name, e-mail and password; then a mail.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let sent = RwSignal::new(false);
    move || {
        if sent.get() {
            view! {
                <DoorFrame heading=words::MAIL_SENT_TITLE lead=words::SIGN_UP_SENT>
                    <p>{words::NO_MAIL}</p>
                    <p class="door-links"><To route=Route::SignIn>{words::SIGN_IN}</To></p>
                </DoorFrame>
            }
            .into_any()
        } else {
            view! { <Form sent /> }.into_any()
        }
    }
}

#[component]
fn Form(sent: RwSignal<bool>) -> impl IntoView {
    let ask = Ask::new();
    let (name, email) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let password = RwSignal::new(String::new());
    let wrong_domain = RwSignal::new(false);
    let send = move |()| {
        wrong_domain.set(false);
        let body = SignUp {
            email: email.get_untracked(),
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        let work = async move {
            let answer = api::sign_up(body).await;
            if matches!(&answer, Err(HttpFault::Refused(problem)) if problem.error == "invalid_email_domain") {
                wrong_domain.try_set(true);
            }
            answer
        };
        ask.run(work, move |()| {
            sent.try_set(true);
        });
    };
    view! {
        <DoorFrame heading=words::SIGN_UP_TITLE lead=words::SIGN_IN_LEAD>
            <DoorForm ask button=words::CREATE on_send=send>
                <TextField
                    id="name"
                    label=words::NAME
                    hint=words::NAME_HINT
                    value=name
                    autocomplete="name"
                    most_chars=limit::NAME_CHARS
                />
                <TextField
                    id="email"
                    label=words::EMAIL
                    hint=words::EMAIL_HINT
                    value=email
                    kind="email"
                    autocomplete="username"
                />
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
            <Show when=move || wrong_domain.get()>
                <ul class="help-list">{lines(words::DOMAIN_HELP)}</ul>
            </Show>
            <p class="door-links"><To route=Route::SignIn>{words::HAVE_ACCOUNT}</To></p>
        </DoorFrame>
    }
}

fn lines(lines: [&'static str; 3]) -> impl IntoView {
    lines.map(|line| view! { <li>{line}</li> }).into_iter().collect_view()
}
