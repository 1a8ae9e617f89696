//! The conversation: what was written, newest below, and the composer.

use super::composer::Composer;
use super::lines;
use super::message::Bubble;
use super::use_chat;
use crate::engine::use_engine;
use crate::platform::in_view::InView;
use crate::platform::page;
use crate::text::chat as words;
use crate::widgets::Icon;
use farhand_shared::client::Gesture;
use farhand_shared::role::Role;
use leptos::html;
use leptos::prelude::*;

/// The conversation.
#[component]
pub fn Talk() -> impl IntoView {
    let engine = use_engine();
    let log = NodeRef::<html::Div>::new();
    let end = NodeRef::<html::Div>::new();
    let at_end = RwSignal::new(true);
    read_what_is_shown(end, at_end);
    let shown = engine.read(lines::lines);
    let customer = engine.of_me(|me| me.role == Role::Customer);
    // The list stands on its end (see chat.css): its zero is the newest message.
    let to_newest = move || {
        if let Some(log) = log.get_untracked() {
            log.set_scroll_top(0);
        }
    };
    view! {
        <div class="talk">
            <div node_ref=log class="talk-log" role="log" aria-live="off" aria-label=words::MESSAGES tabindex="0">
                <div class="talk-all">
                    <Show when=move || shown.with(Vec::is_empty)>
                        <p class="talk-empty muted">
                            {move || if customer.get() == Some(true) { words::EMPTY_CUSTOMER } else { words::EMPTY_AGENT }}
                        </p>
                    </Show>
                    <ol class="messages" role="list">
                        <For each=move || shown.get() key=|line| line.key let(line)>
                            <Bubble line />
                        </For>
                    </ol>
                    <div node_ref=end class="talk-end"></div>
                </div>
            </div>
            <Show when=move || !at_end.get()>
                <button type="button" class="button talk-newest" on:click=move |_| to_newest()>
                    <Icon name="down" />
                    {words::TO_NEWEST}
                </button>
            </Show>
            <Composer sent=move |()| to_newest() />
        </div>
    }
}

/// What stands on the screen of a page that is in front has been read.
fn read_what_is_shown(end: NodeRef<html::Div>, at_end: RwSignal<bool>) {
    let (engine, chat) = (use_engine(), use_chat());
    let hidden = RwSignal::new(page::is_hidden());
    let turned = page::on_turn(move || {
        hidden.try_set(page::is_hidden());
    });
    let _turned = StoredValue::new_local(turned);
    let in_view = RwSignal::new(false);
    let watch = StoredValue::new_local(None::<InView>);
    Effect::new(move || {
        let Some(end) = end.get() else { return };
        watch.set_value(InView::watch(&end, move |seen| {
            in_view.try_set(seen);
            at_end.try_set(seen);
        }));
    });
    let newest = engine.read(lines::newest);
    Effect::new(move || {
        let newest = newest.get();
        if in_view.get() && !hidden.get() && newest > chat.read.get_untracked() {
            chat.read.set(newest);
            engine.dispatch(Gesture::ReadChat);
        }
    });
}
