//! Where one writes.

use super::attach::{Attach, AttachFault};
use super::use_chat;
use crate::engine::use_engine;
use crate::platform::{device, focus};
use crate::text::chat as words;
use crate::widgets::{Icon, Menu, menu};
use farhand_shared::client::Gesture;
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::DeviceKind;
use leptos::html;
use leptos::prelude::*;

/// Ready-made words, the field, Send. `sent` is called after everything that is sent from here.
#[component]
pub fn Composer(#[prop(into)] sent: Callback<()>) -> impl IntoView {
    let (engine, chat) = (use_engine(), use_chat());
    let field = NodeRef::<html::Textarea>::new();
    let customer = engine.of_me(|me| me.role == Role::Customer);
    let say = move |text: String| {
        if limit::clean_lines(&text, limit::MESSAGE_CHARS).is_ok() {
            engine.dispatch(Gesture::Say { text, file: None });
            sent.run(());
        }
    };
    let send = move || {
        say(chat.draft.get_untracked());
        chat.draft.set(String::new());
        if let Some(field) = field.get_untracked() {
            focus::on(&field);
        }
    };
    // On a phone's keyboard Enter is the only way to a new line; there the button sends.
    let enter_sends = device::now().device.kind == DeviceKind::Desktop;
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if enter_sends && event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        }
    };
    let ready = move |list: &'static [&'static str]| {
        let each = list
            .iter()
            .map(|text| (*text, Callback::new(move |()| say((*text).to_owned()))));
        each.collect::<Vec<_>>()
    };
    let fault = RwSignal::new(None);
    view! {
        <AttachFault fault />
        <Show when=move || customer.get() == Some(true)>
            <QuickReplies replies=ready(&words::QUICK_REPLIES) />
        </Show>
        <Show when=move || customer.get() == Some(false)>
            <div class="phrases"><Menu label=words::PHRASES items=menu::fixed(ready(&words::CANNED)) /></div>
        </Show>
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <Attach fault sent />
            <textarea
                node_ref=field
                id="chat-field"
                class="input composer-field"
                rows="1"
                dir="auto"
                aria-label=words::MESSAGE
                placeholder=words::MESSAGE
                maxlength=limit::MESSAGE_CHARS
                bind:value=chat.draft
                on:keydown=on_key
            ></textarea>
            // The keyboard of a phone stays open while one message follows the other.
            <button
                type="submit"
                class="button button-primary composer-send"
                aria-label=words::SEND
                title=words::SEND
                on:pointerdown=move |event| event.prevent_default()
            >
                <Icon name="send" />
            </button>
        </form>
    }
}

#[component]
fn QuickReplies(replies: Vec<(&'static str, Callback<()>)>) -> impl IntoView {
    let buttons = replies.into_iter().map(|(text, send)| {
        view! { <button type="button" class="button quick" on:click=move |_| send.run(())>{text}</button> }
    });
    view! { <div class="quicks" role="group" aria-label=words::QUICK>{buttons.collect_view()}</div> }
}
