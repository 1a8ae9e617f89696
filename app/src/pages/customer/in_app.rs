//! Inside of another app: the way to a real browser, before the camera is asked for.

use super::camera_help::PhotosInstead;
use crate::platform::{clipboard, page, spawn};
use crate::text::{camera, customer as words};
use crate::widgets::{Button, Kind};
use farhand_shared::device::InApp;
use leptos::prelude::*;

/// Copy the link, or try here anyway.
#[component]
pub fn InAppCard(app: InApp, #[prop(into)] on_anyway: Callback<()>) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{words::in_app(camera::app_name(app))}</h2>
            <p>{words::IN_APP_NEXT}</p>
            <CopyLink />
            <PhotosInstead />
            <Button label=words::IN_APP_ANYWAY kind=Kind::Quiet on_press=on_anyway />
        </section>
    }
}

/// Copies this page's own address, secret included: it is the customer's own.
#[component]
pub fn CopyLink() -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let copy = move |()| {
        let address = page::address();
        spawn(async move {
            let done = clipboard::copy(address).await;
            copied.try_set(Some(done));
        });
    };
    view! {
        <Button label=words::COPY_LINK kind=Kind::Large icon="copy" on_press=copy />
        <p role="status">
            {move || copied.get().map(|done| if done { words::COPIED } else { words::NOT_COPIED })}
        </p>
        <Show when=move || copied.get() == Some(false)>
            <p class="mono address">{page::address()}</p>
        </Show>
    }
}
