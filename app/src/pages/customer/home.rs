//! Home: enter a number, come back, start an own session, and help.

use super::entry::use_entry;
use super::frame::Frame;
use super::late::{Late, LatePiece};
use crate::engine::use_engine;
use crate::platform::first;
use crate::platform::storage::{self, Keep};
use crate::text::customer as words;
use crate::widgets::{Button, Dialog, Kind, PinField, Steps};
use farhand_shared::session::Mode;
use leptos::prelude::*;

/// Where the last session's words are kept for the Rejoin card.
pub const CARD: &str = "farhand.card";

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    view! {
        <Frame heading=words::HOME_TITLE>
            <p class="muted">{words::HOME_LEAD}</p>
            <CodeForm />
            <LatePiece what=Late::HomeRest />
        </Frame>
    }
}

/// The other ways in, and help.
#[component]
pub fn HomeRest() -> impl IntoView {
    let has_seat = use_engine().kept_seat().is_some();
    view! {
        {has_seat.then(|| view! { <RejoinCard /> })}
        <StartOwn />
        <Help />
    }
}

#[component]
fn CodeForm() -> impl IntoView {
    let entry = use_entry();
    let code = RwSignal::new(crate::widgets::grouped(&first::typed_code()));
    let error = Signal::derive(move || entry.fault.get().map(|say| [&say.what, " ", &say.next].concat()));
    view! {
        <form
            class="card"
            on:submit=move |event| {
                event.prevent_default();
                entry.knock(&code.get_untracked());
            }
        >
            <PinField id="code" label=words::CODE_LABEL hint=words::CODE_HINT value=code error />
            <button
                type="submit"
                class="button button-primary button-large"
                aria-disabled=move || entry.busy.get().then_some("true")
            >
                {words::JOIN}
            </button>
        </form>
    }
}

#[component]
fn RejoinCard() -> impl IntoView {
    let entry = use_entry();
    view! {
        <section class="card" aria-labelledby="rejoin-title">
            <h2 id="rejoin-title">{words::REJOIN_TITLE}</h2>
            <p class="muted">{storage::read(Keep::Always, CARD)}</p>
            <Button label=words::REJOIN kind=Kind::Large on_press=move |()| entry.rejoin_kept() />
        </section>
    }
}

#[component]
fn StartOwn() -> impl IntoView {
    let entry = use_entry();
    let open = RwSignal::new(false);
    let choice = move |mode: Mode, name: &'static str, hint: &'static str| {
        view! {
            <button
                type="button"
                class="button choice"
                on:click=move |_| {
                    open.set(false);
                    entry.walk_in(mode);
                }
            >
                <strong>{name}</strong>" "
                <span class="muted">{hint}</span>
            </button>
        }
    };
    view! {
        <section class="start-own">
            <Button
                label=words::START_OWN
                kind=Kind::Large
                busy=entry.busy
                on_press=move |()| open.set(true)
            />
            <p class="muted">{words::START_OWN_HINT}</p>
            <Dialog open title=words::CHOOSE_MODE>
                {choice(Mode::Video, words::VIDEO_MODE, words::VIDEO_MODE_HINT)}
                {choice(Mode::Photo, words::PHOTO_MODE, words::PHOTO_MODE_HINT)}
                <Button label=words::CANCEL kind=Kind::Quiet on_press=move |()| open.set(false) />
            </Dialog>
        </section>
    }
}

#[component]
fn Help() -> impl IntoView {
    let browsers = words::BROWSERS.map(|line| view! { <li>{line}</li> });
    view! {
        <section class="help">
            <details class="more">
                <summary>{words::WHICH_BROWSERS}</summary>
                <ul>{browsers.into_iter().collect_view()}</ul>
            </details>
            <details class="more">
                <summary>{words::HOME_SCREEN}</summary>
                <h2>{words::HOME_SCREEN_IOS}</h2>
                <Steps steps=words::HOME_SCREEN_IOS_STEPS />
                <h2>{words::HOME_SCREEN_ANDROID}</h2>
                <Steps steps=words::HOME_SCREEN_ANDROID_STEPS />
            </details>
        </section>
    }
}
