//! What a guest may do: ticked when they stand at the door, and at any time later.

use crate::engine::use_engine;
use crate::text::visits as words;
use farhand_shared::client::Gesture;
use farhand_shared::id::PersonId;
use farhand_shared::session::Grants;
use leptos::prelude::*;

/// One choice: its words, how it is read and how it is changed.
type Choice = (&'static str, fn(Grants) -> bool, fn(Grants) -> Grants);

const CHOICES: [Choice; 3] = [
    (words::MAY_DRAW, |now| now.draw, |now| Grants { draw: !now.draw, ..now }),
    (
        words::MAY_SPEAK,
        |now| now.speak,
        |now| Grants {
            speak: !now.speak,
            ..now
        },
    ),
    (
        words::SEES_CHAT,
        |now| now.chat,
        |now| Grants { chat: !now.chat, ..now },
    ),
];

/// Three boxes to tick for one guest.
#[component]
pub fn GrantChoices(person: PersonId, #[prop(into)] name: String) -> impl IntoView {
    let engine = use_engine();
    let now = engine.in_session(move |session| session.person(person).map(|guest| guest.grants));
    let now = Memo::new(move |_| now.get().flatten().unwrap_or_default());
    let boxes = CHOICES.map(|(label, is_on, toggled)| {
        let toggle = move |_| {
            let grants = toggled(now.get_untracked());
            engine.dispatch(Gesture::Grant { person, grants });
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || is_on(now.get()) on:change=toggle />
                <span>{label}</span>
            </label>
        }
    });
    view! { <div class="grants" role="group" aria-label=words::grants_of(&name)>{boxes.into_iter().collect_view()}</div> }
}
