//! The frame around every page of a signed-in agent.

use super::desk::{Desk, use_desk};
use super::route::Route;
use super::to::To;
use crate::platform::{focus, notify};
use crate::text::agent as words;
use crate::widgets::{Announcer, Menu, menu};
use farhand_shared::wire::http::handovers::DeskStatus;
use leptos::prelude::*;

/// On every change of screen the keyboard's place is at the new heading.
pub fn heading_follows<T: Copy + PartialEq + Send + Sync + 'static>(shown: Memo<T>) {
    Effect::new(move |before: Option<T>| {
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            focus::to_heading();
        }
        now
    });
}

/// Header, heading, content.
#[component]
pub fn Shell(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="desk">
            <Header />
            <main class="desk-main">
                <h1 tabindex="-1">{heading}</h1>
                {children()}
            </main>
        </div>
    }
}

/// Logo, status switch, profile.
#[component]
pub fn Header() -> impl IntoView {
    view! {
        <header class="desk-top">
            <To route=Route::Home class="desk-logo">
                <svg class="logo" aria-hidden="true" viewBox="0 0 24 24"><use href="#logo"></use></svg>
                <span class="visually-hidden">{words::HOME_LINK}</span>
                <span aria-hidden="true">{words::PRODUCT}</span>
            </To>
            <StatusSwitch />
            <Profile />
        </header>
    }
}

/// Being online is a press of a button, because browsers allow sound only after one.
#[component]
fn StatusSwitch() -> impl IntoView {
    let desk = use_desk();
    let announcer = expect_context::<Announcer>();
    let press = move |_| {
        let online = !desk.online.get_untracked();
        desk.online.set(online);
        desk.away.set(false);
        announcer.say(if online { go_online(desk) } else { words::NOW_OFFLINE });
    };
    view! {
        <div class="status-switch">
            <button
                type="button"
                role="switch"
                class="switch"
                aria-checked=move || if desk.online.get() { "true" } else { "false" }
                on:click=press
            >
                <span class="switch-track" aria-hidden="true"></span>
                {words::GO_ONLINE}
            </button>
            <p
                class="pill"
                class:pill-ok=move || desk.status() == DeskStatus::Online
                class:pill-warn=move || matches!(desk.status(), DeskStatus::Busy | DeskStatus::Away)
            >
                <span class="dot"></span>
                {move || words::desk_status(desk.status())}
                {move || desk.ring.silent.get().then_some(words::SILENT)}
            </p>
        </div>
    }
}

fn go_online(desk: Desk) -> &'static str {
    notify::ask();
    let sound = desk.sound();
    if sound.unlock() {
        sound.tick();
        words::SOUND_ON
    } else {
        words::NO_SOUND
    }
}

#[component]
fn Profile() -> impl IntoView {
    let desk = use_desk();
    let announcer = expect_context::<Announcer>();
    let name = desk.agent(|me| me.name.clone());
    let admin = desk.agent(|me| me.admin);
    let go = move |route| Callback::new(move |()| desk.router.go(route));
    move || {
        let mut items = vec![(words::OUTBOX, go(Route::Outbox))];
        if admin.get() == Some(true) {
            items.push((words::ADMIN, go(Route::Admin)));
        }
        if desk.online.get() {
            let away = desk.away.get();
            items.push((
                if away { words::GO_BACK } else { words::GO_AWAY },
                Callback::new(move |()| {
                    desk.away.set(!away);
                    announcer.say(if away { words::NOW_BACK } else { words::NOW_AWAY });
                }),
            ));
        }
        let (silent, soft) = (desk.ring.silent.get(), desk.ring.soft.get());
        items.push((
            if silent { words::RING_AGAIN } else { words::NO_RING },
            Callback::new(move |()| {
                desk.ring.hush();
                announcer.say(if silent { words::RINGS_AGAIN } else { words::NO_RING_NOW });
            }),
        ));
        let turned = if soft { words::RING_LOUDLY } else { words::RING_SOFTLY };
        items.push((turned, Callback::new(move |()| desk.ring.turn())));
        items.push((words::SIGN_OUT, Callback::new(move |()| desk.sign_out())));
        view! {
            <div class="profile">
                <span class="profile-name">{move || name.get()}</span>
                <Menu label=words::PROFILE items=menu::fixed(items) />
            </div>
        }
    }
}
