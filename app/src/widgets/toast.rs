//! Short messages, one at a time.

use crate::platform::timer::Timeout;
use core::time::Duration;
use leptos::prelude::*;

/// How long a message stays; it waits while it is touched or holds the focus.
const STAY: Duration = Duration::from_secs(6);

/// Shows the oldest of `messages` (number and words) and calls `on_read` with its number when its time is over.
/// Readers hear it from the region that is always there; a toast never takes the focus.
#[component]
pub fn Toasts(
    #[prop(into)] oldest: Signal<Option<(u32, String)>>,
    #[prop(into)] on_read: Callback<u32>,
) -> impl IntoView {
    let timer = StoredValue::new_local(None::<Timeout>);
    let start = move || {
        let due = oldest.with_untracked(|oldest| oldest.as_ref().map(|(number, _)| *number));
        timer.try_set_value(due.map(|number| {
            Timeout::after(STAY, move || {
                on_read.try_run(number);
            })
        }));
    };
    let stop = move || {
        timer.try_set_value(None);
    };
    Effect::new(move || {
        oldest.track();
        start();
    });
    view! {
        <div class="toasts" role="status">
            {move || oldest.get().map(|(_, words)| view! {
                <p class="toast" on:pointerenter=move |_| stop() on:pointerleave=move |_| start()>{words}</p>
            })}
        </div>
    }
}
