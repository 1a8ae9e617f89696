//! The customer's chat: a sheet over the lower part of the screen, the picture stays visible above it.

use super::{Talk, lines, use_chat};
use crate::engine::use_engine;
use crate::platform::keyboard::KeyboardWatch;
use crate::platform::{device, focus};
use crate::text::chat as words;
use crate::widgets::Icon;
use farhand_shared::client::Phase;
use farhand_shared::session::DeviceKind;
use leptos::prelude::*;

/// The sheet, while it is open and somebody can be written to. It belongs to no screen, so that it stays when the
/// waiting becomes a call.
#[component]
pub fn Sheet() -> impl IntoView {
    let (engine, chat) = (use_engine(), use_chat());
    chat.watch();
    let can_write = engine.read(lines::can_write);
    let shown = Memo::new(move |_| chat.open.get() && can_write.get());
    Effect::new(move || {
        // Another session starts with the chat closed.
        if !can_write.get() {
            chat.open.set(false);
        }
    });
    view! {
        <Show when=move || shown.get()>
            <OpenSheet />
        </Show>
    }
}

#[component]
fn OpenSheet() -> impl IntoView {
    let (engine, chat) = (use_engine(), use_chat());
    let in_call = engine.read(|view| matches!(view.phase, Phase::Live | Phase::Ending { .. }));
    let covered = RwSignal::new(0);
    let keyboard = KeyboardWatch::start(move |pixels| {
        covered.try_set(pixels);
    });
    let _keyboard = StoredValue::new_local(keyboard);
    // A phone's keyboard comes only when one wants to write.
    focus::to(if device::now().device.kind == DeviceKind::Desktop {
        "#chat-field"
    } else {
        "#chat-title"
    });
    let close = move || {
        chat.open.set(false);
        focus::to("[aria-controls='chat']");
    };
    view! {
        <section
            id="chat"
            class="sheet"
            class:call=move || in_call.get()
            aria-labelledby="chat-title"
            style:--covered=move || [&covered.get().to_string(), "px"].concat()
            on:keydown=move |event| if event.key() == "Escape" { close() }
        >
            <header class="sheet-top">
                <h2 id="chat-title" tabindex="-1">{words::CHAT}</h2>
                <button type="button" class="button" aria-label=words::CLOSE on:click=move |_| close()>
                    <Icon name="close" />
                </button>
            </header>
            <Talk />
        </section>
    }
}

/// Opens the chat, outside of the call.
#[component]
pub fn ChatButton() -> impl IntoView {
    let (engine, chat) = (use_engine(), use_chat());
    let can_write = engine.read(lines::can_write);
    view! {
        <Show when=move || can_write.get()>
            <button
                type="button"
                class="button chat-button"
                aria-controls="chat"
                aria-expanded=move || if chat.open.get() { "true" } else { "false" }
                on:click=move |_| chat.open.update(|open| *open = !*open)
            >
                <Icon name="chat" />
                <span>{words::CHAT}</span>
                <Unread />
            </button>
        </Show>
    }
}

/// How many messages are new, beside the word "Chat".
#[component]
pub fn Unread() -> impl IntoView {
    let unread = use_chat().unread();
    move || {
        let count = unread.get();
        (count > 0).then(|| {
            view! {
                <span class="badge" aria-hidden="true">{count}</span>
                <span class="visually-hidden">{words::unread(count)}</span>
            }
        })
    }
}
