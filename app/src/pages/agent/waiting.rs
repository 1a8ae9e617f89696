//! Who waits: customers in sessions without an agent, colleagues who ask to take theirs over, and people at the door of the session that is open. Wherever in the
//! console the agent is, they ring, stand in the tab's title and are shown. While a call runs nothing rings: a soft tick
//! is all that the two who talk can bear.

use super::api;
use super::ask::Known;
use super::desk::{Desk, Who};
use super::route::Route;
use crate::platform::storage::{self, Keep};
use crate::platform::timer::Interval;
use crate::platform::{notify, page, spawn};
use crate::text::{Say, agent as words};
use core::time::Duration;
use farhand_shared::id::SessionId;
use farhand_shared::wire::http::handovers::DeskStatus;
use farhand_shared::wire::http::sessions::RecentSession;
use leptos::prelude::*;

/// How often to look while online: a waiting customer should ring at once.
const ONLINE: Duration = Duration::from_secs(3);
/// How often while offline: only the list at home is to be roughly right.
const OFFLINE: Duration = Duration::from_secs(20);

/// What is known of those who wait. Copied freely; lives as long as the console.
#[derive(Clone, Copy)]
pub struct Waiting {
    /// The agent's sessions and the customers who wait, once they are known.
    pub list: RwSignal<Option<Vec<RecentSession>>>,
    /// Why the list is not known, or may be old.
    pub fault: RwSignal<Option<Say>>,
    /// People at the door of the session that is open.
    pub at_door: RwSignal<usize>,
    /// A call runs in the session that is open.
    pub in_call: RwSignal<bool>,
    /// Sessions whose customers this agent leaves to the others: they ring here no more.
    left: RwSignal<Vec<SessionId>>,
}

/// Where this tab remembers [`Waiting::left`]: what was declined does not ring again after a reload.
const LEFT: &str = "farhand.left-to-others";

fn left_before() -> Vec<SessionId> {
    let kept = storage::read(Keep::Tab, LEFT).unwrap_or_default();
    kept.split(' ').filter_map(|id| id.parse().ok()).collect()
}

impl Waiting {
    /// Nobody, as far as is known.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(None),
            fault: RwSignal::new(None),
            at_door: RwSignal::new(0),
            in_call: RwSignal::new(false),
            left: RwSignal::new(left_before()),
        }
    }

    /// Customers in sessions without an agent, or with one who asks to take it over.
    pub fn customers(self) -> Vec<RecentSession> {
        let waits = |one: &&RecentSession| self.rings(one);
        self.list
            .with(|list| list.iter().flatten().filter(waits).cloned().collect())
    }

    /// This agent cannot come: it rings here no more.
    pub fn leave_to_others(self, session: SessionId) {
        self.left.update(|left| left.push(session));
        let left = self
            .left
            .with_untracked(|left| left.iter().map(SessionId::to_string).collect::<Vec<_>>());
        storage::write(Keep::Tab, LEFT, &left.join(" "));
    }

    /// Somebody else sits here from now on.
    pub fn clear(self) {
        self.list.try_set(None);
        self.left.try_set(Vec::new());
        storage::remove(Keep::Tab, LEFT);
    }

    fn rings(self, one: &RecentSession) -> bool {
        let waits = one.waiting.is_some() && self.left.with(|left| !left.contains(&one.session));
        one.open && (waits || one.asked_by.is_some())
    }

    /// Takes an asking off the list at once: it was declined here.
    pub fn drop_asked(self, session: SessionId) {
        self.list.update(|list| {
            let asked = list.iter_mut().flatten().find(|one| one.session == session);
            if let Some(one) = asked {
                one.asked_by = None;
            }
        });
    }

    /// How many they are.
    fn customers_count(self) -> usize {
        self.list
            .with(|list| list.iter().flatten().filter(|one| self.rings(one)).count())
    }

    /// Everybody, for the tab's title.
    pub fn count(self) -> usize {
        self.customers_count() + self.at_door.get()
    }
}

/// Colleagues are shown who is at their desk: it is said on every change, and again this often.
const SAY_AGAIN: Duration = Duration::from_secs(60);

/// Says to the server whether calls are taken here, for as long as somebody is signed in.
pub fn tell(desk: Desk) {
    let signed_in = Memo::new(move |_| desk.who.with(|who| matches!(who, Who::Agent(_))));
    let status = Memo::new(move |_| signed_in.get().then(|| desk.status()));
    let say = move || {
        if let Some(status) = status.get_untracked() {
            spawn(async move {
                // Said again anyway.
                let _ = api::at_desk(status).await;
            });
        }
    };
    let again = StoredValue::new_local(None::<Interval>);
    Effect::new(move |before: Option<Option<DeskStatus>>| {
        let now = status.get();
        let at_desk = now.is_some_and(|now| now != DeskStatus::Offline);
        if at_desk || before.flatten().is_some() {
            say();
        }
        again.set_value(at_desk.then(|| Interval::every(SAY_AGAIN, say)));
        now
    });
}

/// Looks the sessions up for as long as the console is shown, and sounds.
pub fn watch(desk: Desk) {
    let wanted = Memo::new(move |_| {
        let signed_in = desk.who.with(|who| matches!(who, Who::Agent(_)));
        let home = desk.router.now() == Route::Home;
        let every = match (signed_in, desk.online.get()) {
            (false, _) => None,
            (true, true) => Some(ONLINE),
            (true, false) => home.then_some(OFFLINE),
        };
        // Coming home looks at once, whatever the pace.
        (every, home)
    });
    let timer = StoredValue::new_local(None::<Interval>);
    Effect::new(move || {
        let (every, _) = wanted.get();
        if every.is_some() {
            look(desk);
        }
        timer.set_value(every.map(|every| {
            Interval::every(every, move || {
                // Somebody online must hear the ring in another tab too.
                if desk.online.try_get_untracked() == Some(true) || !page::is_hidden() {
                    look(desk);
                }
            })
        }));
    });
    Effect::new(move |before: Option<usize>| {
        let waiting = desk.waiting;
        let customers = if desk.takes_calls() {
            waiting.customers_count()
        } else {
            0
        };
        let count = customers + waiting.at_door.get();
        let (sound, in_call) = (desk.sound(), waiting.in_call.get());
        if count == 0 || in_call || desk.ring.silent.get() {
            sound.quiet();
        } else {
            sound.ring(desk.ring.loudness());
        }
        if count > before.unwrap_or(0) {
            if in_call {
                sound.tick();
            }
            if page::is_hidden() {
                notify::show(words::SOMEBODY_WAITS);
            }
        }
        count
    });
}

fn look(desk: Desk) {
    let Waiting { list, fault, .. } = desk.waiting;
    let known = Known { now: list, fault };
    spawn(async move { known.take(desk, api::recent().await) });
}
