//! A moving picture, never cropped: what an agent points at must be what the customer sees.

use crate::platform::stream::Stream;
use crate::platform::video;
use crate::text::customer as words;
use leptos::html;
use leptos::prelude::*;

/// Shows `stream`. Where the browser refuses to start it (low power mode), a tap does.
#[component]
pub fn Picture(
    #[prop(into)] stream: Signal<Option<Stream>, LocalStorage>,
    #[prop(into)] label: Signal<String>,
    /// Mirrored, as people expect of their own face; never what is sent.
    #[prop(optional, into)]
    mirrored: Signal<bool>,
    #[prop(default = "picture")] class: &'static str,
    /// For those who draw on it.
    #[prop(optional)]
    element: NodeRef<html::Video>,
    /// Told how many pixels its pictures have, whenever that changes (a phone that is turned).
    #[prop(optional)]
    size: Option<RwSignal<(f32, f32)>>,
) -> impl IntoView {
    let measure = move || {
        if let (Some(size), Some(element)) = (size, element.get_untracked()) {
            size.set(video::size(&element));
        }
    };
    let refused = RwSignal::new(false);
    Effect::new(move || {
        let (Some(element), stream) = (element.get(), stream.get()) else {
            return;
        };
        video::mute(&element);
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
        <video
            node_ref=element
            class=class
            class:mirrored=move || mirrored.get()
            aria-label=move || label.get()
            autoplay
            playsinline
            muted
            disablepictureinpicture
            on:loadedmetadata=move |_| measure()
            on:resize=move |_| measure()
        ></video>
        <Show when=move || refused.get()>
            <button type="button" class="button tap-to-see" on:click=start>{words::TAP_TO_SEE}</button>
        </Show>
    }
}
