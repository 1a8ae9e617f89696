//! The outbox: what would have been sent while no provider is set up.

use super::api;
use super::ask::{Ask, FaultLine};
use super::copy::CopyButton;
use super::shell::Shell;
use crate::platform::clock;
use crate::text::agent as words;
use farhand_shared::session::Channel;
use farhand_shared::wire::http::accounts::OutboxItem;
use leptos::prelude::*;

/// The page.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let ask = Ask::new();
    let items = RwSignal::new(None::<Vec<OutboxItem>>);
    ask.run(api::outbox(), move |list| {
        items.try_set(Some(list));
    });
    let rows = move || {
        let list = items.get().unwrap_or_default();
        list.into_iter().map(|item| view! { <Message item /> }).collect_view()
    };
    view! {
        <Shell heading=words::OUTBOX_TITLE>
            <p class="muted">{words::OUTBOX_LEAD}</p>
            <FaultLine fault=ask.fault />
            <Show when=move || items.with(|items| items.as_ref().is_some_and(Vec::is_empty))>
                <p>{words::OUTBOX_EMPTY}</p>
            </Show>
            <ul role="list" class="outbox">{rows}</ul>
        </Shell>
    }
}

#[component]
fn Message(item: OutboxItem) -> impl IntoView {
    let way = match item.channel {
        Channel::Sms => words::BY_SMS,
        Channel::Email => words::BY_EMAIL,
        Channel::Link => words::BY_LINK,
        Channel::Site => words::BY_SITE,
    };
    let link = link_in(&item.text).map(str::to_owned);
    view! {
        <li class="card">
            <p class="outbox-head">
                <span class="pill">{way}</span>
                <strong>{item.to}</strong>
                <span class="muted">{clock::time_of_day(item.at)}</span>
            </p>
            {(!item.subject.is_empty()).then(|| view! { <h2>{item.subject}</h2> })}
            <p class="outbox-text">{item.text}</p>
            {link.map(|link| view! {
                <p class="outbox-link">
                    <a href=link.clone()>{words::OPEN_LINK}</a>
                    <CopyButton label=words::COPY_LINK text=Signal::stored(link) />
                </p>
            })}
        </li>
    }
}

/// The first link of a text, without what ends its sentence.
fn link_in(text: &str) -> Option<&str> {
    let words = text.split_whitespace();
    let mut links = words.filter(|word| word.starts_with("https://") || word.starts_with("http://"));
    links.next().map(|link| link.trim_end_matches(['.', ',', ';']))
}
