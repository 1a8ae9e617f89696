//! How far the newest invitation has come, as dots on a line with words and times.

use super::customer;
use crate::engine::use_engine;
use crate::text::{agent as home_words, agent_call as words, duration};
use farhand_shared::client::View;
use farhand_shared::session::{Camera, Channel, Delivery, Invitation, Status};
use farhand_shared::time::Time;
use leptos::prelude::*;

/// Dots on the line.
const STEPS: usize = 5;
/// When each was reached, as far as this page knows.
type Times = [Option<Time>; STEPS];

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Progress {
    channel: Channel,
    /// Dots that are reached: 0 to [`STEPS`].
    reached: usize,
    /// When the message was made and when the provider or the link last had news.
    made_at: Time,
    moved_at: Time,
    delivery: Delivery,
}

/// The newest invitation that was not taken back.
pub fn newest(view: &View) -> Option<&Invitation> {
    let invitations = view.session.as_ref()?.invitations().iter().rev();
    invitations.into_iter().find(|one| one.delivery != Delivery::Revoked)
}

fn progress(view: &View) -> Option<Progress> {
    let session = view.session.as_ref()?;
    let invitation = newest(view)?;
    let asked = customer(session).is_some_and(|person| person.camera != Camera::Unknown);
    let live = matches!(session.status(), Status::InProgress { .. });
    let message = match invitation.delivery {
        Delivery::Made if matches!(invitation.channel, Channel::Link | Channel::Site) => 1,
        Delivery::Made | Delivery::Revoked => 0,
        Delivery::Sent | Delivery::Failed => 1,
        Delivery::Delivered | Delivery::Declined => 2,
        Delivery::Opened => 3,
    };
    let reached = match (live, asked) {
        (true, _) => STEPS,
        (false, true) => 4,
        (false, false) => message,
    };
    Some(Progress {
        channel: invitation.channel,
        reached,
        made_at: invitation.made_at,
        moved_at: invitation.moved_at,
        delivery: invitation.delivery,
    })
}

/// Notes when steps were reached: from the log where it says so, else when this page saw it happen.
fn note(times: &mut Times, before: Option<Progress>, now: Progress, clock: Time) {
    if now.reached > 0 {
        times[0] = times[0].or(Some(now.made_at));
    }
    match now.delivery {
        Delivery::Sent | Delivery::Failed => times[0] = Some(now.moved_at),
        Delivery::Delivered => times[1] = Some(now.moved_at),
        Delivery::Opened => times[2] = Some(now.moved_at),
        Delivery::Made | Delivery::Declined | Delivery::Revoked => {}
    }
    if let Some(before) = before {
        for time in &mut times[before.reached.min(now.reached)..now.reached] {
            *time = time.or(Some(clock));
        }
    }
}

/// The line. Nobody can tell whether a bare link or a mail was delivered: those dots fall away.
#[component]
pub fn InviteProgress() -> impl IntoView {
    let engine = use_engine();
    let state = engine.read(progress);
    let times = RwSignal::new(Times::default());
    Effect::new(move |before: Option<Option<Progress>>| {
        let now = state.get();
        if let Some(now) = now {
            let clock = untrack(|| engine.relay_now());
            times.update(|times| note(times, before.flatten(), now, clock));
        }
        now
    });
    let line = move || {
        let now = state.get()?;
        let labels = [
            words::first_step(now.channel),
            words::STEP_DELIVERED,
            words::STEP_OPENED,
            words::STEP_CAMERA,
            words::STEP_LIVE,
        ];
        let shown = labels.into_iter().enumerate();
        let shown = shown.filter(|(index, _)| *index != 1 || matches!(now.channel, Channel::Sms | Channel::Site));
        let steps = shown.map(|(index, label)| {
            let reached = index < now.reached;
            let when = move || {
                let at = times.get()[index].filter(|_| reached)?;
                Some(home_words::ago(&duration::words(engine.relay_now().since(at))))
            };
            view! {
                <li class="dot-step" class:reached=reached>
                    <span class="dot-step-word">{label}</span>
                    <span class="visually-hidden">{if reached { words::STEP_DONE } else { words::STEP_OPEN }}</span>
                    <span class="dot-step-time muted">{when}</span>
                </li>
            }
        });
        Some(view! { <ol role="list" class="dot-line">{steps.collect_view()}</ol> })
    };
    view! {
        <section class="card" aria-labelledby="progress-title">
            <h2 id="progress-title">{words::PROGRESS}</h2>
            {line}
            <div role="alert">
                {move || {
                    let words = match state.get()?.delivery {
                        Delivery::Failed => words::FAILED,
                        Delivery::Declined => words::DECLINED,
                        _ => return None,
                    };
                    Some(view! { <p class="banner banner-danger">{words}</p> })
                }}
            </div>
        </section>
    }
}
