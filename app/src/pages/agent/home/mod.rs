//! Home: who waits, start, join, recent.

mod join;
mod rate;
mod recent;
mod start;

use super::desk::use_desk;
use super::route::Route;
use super::shell::Shell;
use super::site::{self, SiteCard};
use super::to::To;
use super::{api, ask};
use crate::platform::{page, spawn};
use crate::text::{agent as words, help};
use crate::widgets::Icon;
use leptos::prelude::*;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    site::stays_open();
    view! {
        <Shell heading=words::HOME_TITLE>
            <recent::Incoming />
            <SiteCard />
            <OutboxNotice />
            <div class="home-cards">
                <start::StartCard />
                <div class="home-side">
                    <join::JoinCard />
                    <recent::LiveCard />
                    <recent::RecentCard />
                    <rate::RateCard />
                    <section class="card" aria-labelledby="look-up-title">
                        <h2 id="look-up-title">{help::HELP}</h2>
                        <p><To route=Route::Browsers>{help::BROWSERS_CARD}</To></p>
                        <p><To route=Route::Help>{help::HELP}</To></p>
                    </section>
                </div>
            </div>
        </Shell>
    }
}

/// Joining by number alone.
#[component]
pub fn JoinPage() -> impl IntoView {
    view! {
        <Shell heading=words::JOIN_TITLE>
            <join::JoinCard />
        </Shell>
    }
}

/// Says that nothing is really sent, where that is so: something lies in the outbox.
#[component]
fn OutboxNotice() -> impl IntoView {
    let desk = use_desk();
    let shown = RwSignal::new(false);
    spawn(async move {
        match api::outbox().await {
            Ok(items) => {
                shown.try_set(!items.is_empty());
            }
            Err(fault) if ask::is_signed_out(&fault) => desk.notice(&fault),
            // Only a notice: without it nothing is lost.
            Err(_) => {}
        }
    });
    view! {
        <Show when=move || shown.get()>
            <div class="banner">
                <Icon name="info" />
                <p>{words::OUTBOX_NOTICE} " " <To route=Route::Outbox>{words::OUTBOX_LINK}</To></p>
            </div>
        </Show>
    }
}

/// The name people type to get here.
fn host() -> String {
    page::host()
}
