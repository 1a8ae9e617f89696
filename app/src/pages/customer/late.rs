//! The late part: what nobody needs before the camera runs. It travels in a file of its own, so that less has to arrive
//! between the tap on the link and the picture. It is fetched when the camera runs, or when a screen of it is wanted.
//!
//! Something belongs to the late part when nothing but [`make`] makes it: give it a line there, and show it with
//! [`LatePiece`], or as a screen of [`super::Screen`].

use super::{camera_help, ended, home, in_app, in_call, ringing, waiting};
use crate::call::chat::Sheet;
use crate::call::{Notices, SavedWish};
use crate::engine::use_engine;
use crate::platform::{first, spawn, worker};
use crate::text::customer as words;
use crate::widgets::{Button, Kind};
use core::pin::Pin;
use farhand_shared::device::InApp;
use farhand_shared::wire::Closing;
use leptos::prelude::*;

/// What the late part can show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Late {
    /// What is below the number on the home page.
    HomeRest,
    /// Why the camera does not run.
    Trouble,
    /// The way out of another app's browser; true once the person wants to go on anyway.
    InApp(InApp, RwSignal<bool>),
    /// What belongs to no screen: sending files, the chat's sheet, and what happened just now.
    Beside,
    Knocking,
    Waiting,
    Ringing,
    InCall,
    Ended,
    Left,
    Refused(Closing),
}

/// Makes something of the late part. Only the late part's entry may name this function.
pub fn make(what: Late) -> AnyView {
    match what {
        Late::HomeRest => home::HomeRest().into_any(),
        Late::Trouble => camera_help::CameraTrouble().into_any(),
        Late::InApp(app, warned) => view! { <in_app::InAppCard app on_anyway=move |()| warned.set(true) /> }.into_any(),
        Late::Beside => view! { <Beside /> }.into_any(),
        Late::Knocking => waiting::Knocking().into_any(),
        Late::Waiting => waiting::Waiting().into_any(),
        Late::Ringing => ringing::Ringing().into_any(),
        Late::InCall => in_call::InCall().into_any(),
        Late::Ended => ended::Ended().into_any(),
        Late::Left => ended::Left().into_any(),
        Late::Refused(why) => view! { <ended::Refused why /> }.into_any(),
    }
}

#[component]
fn Beside() -> impl IntoView {
    use_engine().open_desk();
    view! { <Sheet /><Notices /><SavedWish /> }
}

/// [`make`], once its file is there.
pub type Make = fn(Late) -> AnyView;
/// Fetches the file and hands out [`make`]; none when it did not arrive.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Option<Make>>>>;

#[derive(Clone, Copy)]
enum State {
    Away,
    Coming,
    Here(Make),
    Lost,
}

/// Whether the late part is here, and the way to it.
#[derive(Clone, Copy)]
pub struct LatePart {
    fetch: Fetch,
    state: RwSignal<State>,
}

/// The late part of this page.
pub fn use_late() -> LatePart {
    expect_context::<LatePart>()
}

impl LatePart {
    /// Fetches nothing yet, and makes itself known.
    pub fn start(fetch: Fetch) -> Self {
        let part = Self {
            fetch,
            state: RwSignal::new(State::Away),
        };
        provide_context(part);
        part
    }

    /// Whether it can be shown.
    pub fn is_here(self) -> bool {
        matches!(self.state.get(), State::Here(_))
    }

    /// Fetches it, unless it is here or on its way.
    pub fn want(self) {
        if matches!(self.state.get_untracked(), State::Coming | State::Here(_)) {
            return;
        }
        self.state.set(State::Coming);
        spawn(async move {
            let style = first::late_style();
            let made = (self.fetch)().await;
            style.await;
            self.state.try_set(made.map_or(State::Lost, State::Here));
            if made.is_some() {
                // Keeps the whole page for the next visit. It downloads all of it, so it comes after what matters now.
                worker::register("/c/sw.js", "/");
            }
        });
    }

    /// What it makes; the way to try again when it did not arrive, and nothing while it is on its way.
    pub fn show(self, what: Late) -> Option<AnyView> {
        match self.state.get() {
            State::Here(make) => Some(make(what)),
            State::Lost => self.lost(),
            State::Away | State::Coming => None,
        }
    }

    /// The way to try again, when it did not arrive.
    pub fn lost(self) -> Option<AnyView> {
        matches!(self.state.get(), State::Lost).then(|| view! { <Lost /> }.into_any())
    }
}

/// One piece of the late part inside of a screen that is not.
#[component]
pub fn LatePiece(what: Late) -> impl IntoView {
    let part = use_late();
    part.want();
    move || part.show(what)
}

#[component]
fn Lost() -> impl IntoView {
    let part = use_late();
    view! {
        <section class="card" role="alert">
            <p>{words::LATE_LOST}</p>
            <Button label=words::TRY_AGAIN kind=Kind::Primary icon="refresh" on_press=move |()| part.want() />
        </section>
    }
}
