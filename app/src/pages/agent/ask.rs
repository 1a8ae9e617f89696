//! One request at a time, with what to say while it runs and when it fails.

use super::api::Answer;
use super::desk::{Desk, use_desk};
use crate::platform::http::HttpFault;
use crate::platform::timer::Interval;
use crate::platform::{page, spawn};
use crate::text::{Say, http as http_text};
use crate::widgets::Icon;
use core::time::Duration;
use leptos::prelude::*;

/// The state of a form's request.
#[derive(Clone, Copy)]
pub struct Ask {
    desk: Desk,
    /// It runs.
    pub busy: RwSignal<bool>,
    /// What went wrong with the last one.
    pub fault: RwSignal<Option<Say>>,
}

impl Ask {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self {
            desk: use_desk(),
            busy: RwSignal::new(false),
            fault: RwSignal::new(None),
        }
    }

    /// Runs `work` unless something runs already; `done` gets what it brings.
    pub fn run<T: 'static>(self, work: impl Future<Output = Answer<T>> + 'static, done: impl FnOnce(T) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        spawn(async move {
            let answer = work.await;
            self.busy.try_set(false);
            match answer {
                Ok(brought) => done(brought),
                Err(fault) => {
                    self.desk.notice(&fault);
                    self.fault.try_set(Some(http_text::fault(&fault)));
                }
            }
        });
    }
}

/// How often a list that is shown is asked for again.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// What was asked for again and again: the latest that came, and what went wrong with the last asking.
pub struct Known<T: Send + Sync + 'static> {
    /// None until the first answer.
    pub now: RwSignal<Option<T>>,
    /// None while all is well.
    pub fault: RwSignal<Option<Say>>,
}

// Signals are copied whatever they hold, which `derive` does not know.
impl<T: Send + Sync + 'static> Copy for Known<T> {}
impl<T: Send + Sync + 'static> Clone for Known<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + PartialEq + 'static> Known<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            now: RwSignal::new(None),
            fault: RwSignal::new(None),
        }
    }

    /// Takes an answer in; one that says nothing new wakes nobody.
    pub fn take(self, desk: Desk, answer: Answer<T>) {
        let Self { now, fault } = self;
        match answer {
            Ok(found) => {
                if now.try_with_untracked(|known| known.as_ref() != Some(&found)) == Some(true) {
                    now.try_set(Some(found));
                }
                if fault.try_with_untracked(Option::is_some) == Some(true) {
                    fault.try_set(None);
                }
            }
            Err(problem) => {
                desk.notice(&problem);
                fault.try_set(Some(http_text::fault(&problem)));
            }
        }
    }

    /// Asks at once and again and again, while this tab is in front and the component lives.
    pub fn keep_asking<F: Future<Output = Answer<T>> + 'static>(ask: impl Fn() -> F + 'static) -> Self {
        let (desk, known) = (use_desk(), Self::new());
        let look = move || {
            let answer = ask();
            spawn(async move { known.take(desk, answer.await) });
        };
        look();
        let timer = Interval::every(LOOK_AGAIN, move || {
            if !page::is_hidden() {
                look();
            }
        });
        StoredValue::new_local(timer);
        known
    }
}

/// Whether the server does not know us any more.
pub fn is_signed_out(fault: &HttpFault) -> bool {
    matches!(fault, HttpFault::Refused(problem) if problem.error == "not_signed_in")
}

/// What went wrong, for eyes and readers. The region is there from the start.
#[component]
pub fn FaultLine(#[prop(into)] fault: Signal<Option<Say>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || fault.get().map(|say| view! {
                <div class="banner banner-danger">
                    <Icon name="warning" />
                    <p><strong>{say.what}</strong> " " {say.next}</p>
                </div>
            })}
        </div>
    }
}
