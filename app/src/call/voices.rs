//! Everybody's sound, each in an element of its own: videos stay muted, so that they always may start.

use crate::engine::use_engine;
use crate::platform::stream::Stream;
use crate::platform::video;
use crate::text::customer as words;
use farhand_shared::session::Person;
use leptos::html;
use leptos::prelude::*;

/// Plays what everybody says who may be heard. Where the browser wants a tap first, it asks for one.
#[component]
pub fn Voices() -> impl IntoView {
    let engine = use_engine();
    let peers = engine.read(|view| {
        let session = view.session.as_ref();
        let heard = |person| {
            session
                .and_then(|session| session.person(person))
                .is_none_or(Person::is_heard)
        };
        let peers = view.peers.iter().filter(|peer| heard(peer.person));
        peers.map(|peer| (peer.person, peer.connection)).collect::<Vec<_>>()
    });
    view! {
        <For each=move || peers.get() key=|peer| *peer let((person, connection))>
            <Voice stream=Signal::derive_local(move || engine.sound_from(person, connection)) />
        </For>
    }
}

#[component]
fn Voice(#[prop(into)] stream: Signal<Option<Stream>, LocalStorage>) -> impl IntoView {
    let element = NodeRef::<html::Audio>::new();
    let refused = RwSignal::new(false);
    Effect::new(move || {
        let (Some(element), stream) = (element.get(), stream.get()) else {
            return;
        };
        refused.set(false);
        video::show(&element, stream.as_ref(), move || {
            refused.try_set(true);
        });
    });
    let start = move |_| {
        if let Some(element) = element.get_untracked() {
            refused.set(false);
            video::play(&element, move || {
                refused.try_set(true);
            });
        }
    };
    view! {
        <audio node_ref=element autoplay></audio>
        <Show when=move || refused.get()>
            <button type="button" class="button tap-to-hear" on:click=start>{words::TAP_TO_HEAR}</button>
        </Show>
    }
}
