//! My own camera and microphone before the call: try them, and choose among cameras.

use super::dock::MyTools;
use super::my_trouble::MyTrouble;
use super::stage::OwnPicture;
use crate::text::agent_call as words;
use crate::widgets::Toolbar;
use leptos::prelude::*;

/// Nobody sees or hears anything of it before the call runs.
#[component]
pub fn MyDevices(shows: bool) -> impl IntoView {
    let title = if shows { words::MY_DEVICES } else { words::MY_MIC };
    view! {
        <section class="card my-devices" aria-labelledby="my-devices-title">
            <h2 id="my-devices-title">{title}</h2>
            <p class="muted">{words::MY_DEVICES_LEAD}</p>
            <MyTrouble />
            <OwnPicture />
            <Toolbar label=title><MyTools shows /></Toolbar>
        </section>
    }
}
