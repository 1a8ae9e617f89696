//! Where in the console this tab is.

use crate::platform::listener::Listener;
use crate::platform::page;
use leptos::prelude::*;

pub use crate::plain::Route;

/// The secret of the link that led here; empty when there is none.
pub fn secret() -> String {
    let fragment = page::fragment();
    fragment
        .split_once('=')
        .map(|(_, secret)| secret.to_owned())
        .unwrap_or_default()
}

/// Shows pages without loading anything.
#[derive(Clone, Copy)]
pub struct Router {
    route: RwSignal<Route>,
    _back: StoredValue<Listener, LocalStorage>,
}

impl Router {
    /// Starts at the tab's address and follows Back and Forward.
    pub fn start() -> Self {
        let here = || Route::read(&page::path(), &page::fragment());
        let route = RwSignal::new(here());
        let back = page::on_back(move || {
            route.try_set(here());
        });
        Self {
            route,
            _back: StoredValue::new_local(back),
        }
    }

    /// Where we are.
    pub fn now(self) -> Route {
        self.route.get()
    }

    /// Where we are, without being woken when that changes.
    pub fn now_untracked(self) -> Route {
        self.route.get_untracked()
    }

    /// Goes there.
    pub fn go(self, route: Route) {
        page::show_address(&route.path());
        self.route.set(route);
    }
}
