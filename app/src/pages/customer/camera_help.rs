//! A camera that does not run: what is the matter, the steps for this very browser, and the way out.

use super::entry::use_entry;
use super::in_app::CopyLink;
use crate::engine::use_engine;
use crate::platform::user_media::{self, CameraButton};
use crate::platform::{device, page};
use crate::text::camera::{self, Way};
use crate::text::customer as words;
use crate::widgets::{Button, Icon, Kind, Steps};
use farhand_shared::client::Gesture;
use farhand_shared::session::{Blocked, Camera, Mode};
use leptos::html;
use leptos::prelude::*;

/// The card; nothing while the camera runs.
#[component]
pub fn CameraTrouble() -> impl IntoView {
    let engine = use_engine();
    let state = engine.read(|view| (view.camera.camera, view.camera.answer_slow));
    move || {
        let (now, slow) = state.get();
        let insecure = now == Camera::Unsupported && !page::is_secure();
        let say = if insecure {
            camera::INSECURE
        } else {
            camera::trouble(now, slow)?
        };
        let steps = camera::blocked(now).filter(|_| !insecure);
        let severe = !matches!(now, Camera::Unknown | Camera::Off | Camera::Asking);
        Some(view! {
            <section class="card trouble" role=if severe { "alert" } else { "status" }>
                <h2>
                    <Icon name=if severe { "warning" } else { "camera" } />
                    <span>{say.what}</span>
                </h2>
                <p>{say.next}</p>
                {(now == Camera::Blocked(Blocked::Site) && user_media::is_known()).then(|| view! { <BrowsersButton /> })}
                {steps.map(|why| view! { <BlockedSteps why /> })}
                <WayOut way=camera::way_out(now) reload=steps == Some(Blocked::Site) />
                {(severe || slow || now == Camera::Off).then(|| view! { <PhotosInstead /> })}
            </section>
        })
    }
}

/// The browser's own button: one tap instead of the steps.
#[component]
fn BrowsersButton() -> impl IntoView {
    let engine = use_engine();
    let place = NodeRef::<html::Div>::new();
    let button = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(place) = place.get() {
            let allowed = move || engine.dispatch(Gesture::TurnOnCamera);
            button.set_value(CameraButton::put_into(&place, allowed));
        }
    });
    view! {
        <p>{words::BROWSERS_BUTTON}</p>
        <div class="browsers-button" node_ref=place></div>
    }
}

#[component]
fn WayOut(way: Way, reload: bool) -> impl IntoView {
    let engine = use_engine();
    match way {
        Way::Wait => ().into_any(),
        Way::OtherBrowser => view! { <CopyLink /> }.into_any(),
        Way::Try(label) => view! {
            <Button
                label
                kind=Kind::Primary
                icon="camera"
                on_press=move |()| engine.dispatch(Gesture::TurnOnCamera)
            />
            {reload.then(|| view! {
                <Button label=words::LOAD_AGAIN kind=Kind::Quiet on_press=move |()| page::reload() />
            })}
        }
        .into_any(),
    }
}

/// Photos need no camera of the page: the device's own camera app and its gallery do.
#[component]
pub fn PhotosInstead() -> impl IntoView {
    let (engine, entry) = (use_engine(), use_entry());
    let send = move |()| {
        engine.dispatch(Gesture::SetMode(Mode::Photo));
        entry.go_without_camera();
    };
    view! { <Button label=words::PHOTOS_INSTEAD kind=Kind::Large icon="photo" on_press=send /> }
}

/// The steps to unblock the camera in this browser, under the name of the device.
#[component]
pub fn BlockedSteps(why: Blocked) -> impl IntoView {
    let detected = device::now();
    let device = &detected.device;
    let line = [&device.system, " · ", &device.browser].concat();
    let steps = camera::unblock(why, detected.family, detected.system);
    view! {
        <p class="muted">{line}</p>
        <Steps steps />
    }
}
