//! The open picture on the stage: whose colour is whose, the picture with what is drawn on it, larger and smaller.

use super::state::{Keys, Still, described};
use super::words::WordsField;
use crate::call::InkLayer;
use crate::paint::Source;
use crate::plain::Look;
use crate::platform::pointer;
use crate::platform::transfer::PictureSize;
use crate::text::{ink, still as words};
use crate::widgets::Icon;
use farhand_shared::client::View;
use farhand_shared::id::FileId;
use farhand_shared::role::{Act, Role};
use farhand_shared::session::{FileStage, Seat};
use leptos::html;
use leptos::prelude::*;

/// Fills a positioned element. `keys` are the tools that single letters take while the picture has the focus.
#[component]
pub fn StillView(still: Still, #[prop(optional)] keys: Keys) -> impl IntoView {
    let scene = still.scene();
    view! {
        <div
            class="still"
            role="group"
            tabindex="0"
            aria-label=words::SCREEN
            data-scene=move || scene.get()
            data-file=move || still.file.get().map(|file| file.to_string())
            on:keydown=move |event| {
                if still.key(&event, keys) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
        >
            <Legend still />
            <div
                class="still-picture"
                on:wheel=move |event| {
                    event.prevent_default();
                    event.stop_propagation();
                    turn_wheel(still, &event);
                }
            >
                <Pixels still />
                <InkLayer board=still.board />
                <WordsField still />
                <Wait still />
                <Sizes still />
            </div>
        </div>
    }
}

/// One notch of the wheel.
const NOTCH: f64 = 1.25;

fn turn_wheel(still: Still, event: &leptos::ev::WheelEvent) {
    let (left, top, width, height) = pointer::place_of_target(event);
    let at = pointer::grip(event);
    let factor = if event.delta_y() < 0.0 { NOTCH } else { 1.0 / NOTCH };
    let place = (at.x - left, at.y - top);
    still
        .look
        .update(|look| look.pinch(factor, place, (0.0, 0.0), (width, height)));
}

/// Who draws in which colour. Everybody who is in, I first.
#[component]
fn Legend(still: Still) -> impl IntoView {
    let people = still.engine.read(drawers);
    let line = still.engine.read(line);
    let chips = move || {
        let chip = |(name, role): (String, Role)| {
            view! {
                <li class="ink-chip">
                    <span class=["ink-dot ink-dot-", class(role)].concat() aria-hidden="true"></span>
                    {name}
                </li>
            }
        };
        people.get().into_iter().map(chip).collect_view()
    };
    view! {
        <div class="still-top">
            <ul class="ink-legend">{chips}</ul>
            <p class="still-line">{move || line.get()}</p>
        </div>
    }
}

const fn class(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Agent => "agent",
        Role::Guest | Role::Viewer => "guest",
    }
}

fn drawers(view: &View) -> Vec<(String, Role)> {
    let people = view.session.iter().flat_map(|session| session.people());
    let mut drawers: Vec<_> = people
        .filter(|person| person.seat == Seat::Ready && person.may(Act::Draw))
        .map(|person| {
            let me = Some(person.id) == view.you;
            let name = if me { words::YOU.to_owned() } else { ink::name(person) };
            (!me, name, person.role)
        })
        .collect();
    drawers.sort_by_key(|(other, ..)| *other);
    drawers.into_iter().map(|(_, name, role)| (name, role)).collect()
}

/// What the customer is told: nothing is lost.
fn line(view: &View) -> Option<&'static str> {
    let me = view.session.as_ref()?.person(view.you?)?;
    (me.role == Role::Customer).then_some(words::GOES_ON)
}

/// The picture's pixels: the small one at once, the sharp one behind it when it is there. The browser decodes them as an
/// image; they are painted on the canvas.
#[component]
fn Pixels(still: Still) -> impl IntoView {
    let alt = still.engine.read(|view| {
        let session = view.session.as_ref()?;
        Some(described(session, view.you, session.looking()?))
    });
    view! {
        {move || still.file.get().map(|file| view! { <Image still file alt /> })}
    }
}

#[component]
fn Image(still: Still, file: FileId, alt: Memo<Option<String>>) -> impl IntoView {
    let address = still.engine.picture(file, PictureSize::Whole);
    let image = NodeRef::<html::Img>::new();
    let loaded = move |_| {
        if let Some(source) = image.get_untracked().and_then(|image| Source::image(&image)) {
            still.board.picture.set(source.size());
            still.board.base.set(Some(source));
        }
    };
    view! {
        <img
            node_ref=image
            class="still-source"
            src=move || address.get()
            alt=move || alt.get()
            on:load=loaded
        />
    }
}

/// What is awaited, as long as something is.
#[component]
fn Wait(still: Still) -> impl IntoView {
    let words = move || match (still.stage.get()?, still.board.picture.get().0 > 0.0) {
        (FileStage::Expected, _) => Some(words::TAKING),
        (FileStage::Preview, true) => Some(words::SHARPENING),
        (_, false) => Some(words::COMING),
        _ => None,
    };
    view! { <p class="still-wait" role="status">{words}</p> }
}

/// Larger and smaller without two fingers.
#[component]
fn Sizes(still: Still) -> impl IntoView {
    let look = still.look;
    let size = move |icon: &'static str, label: &'static str, change: fn(&mut Look)| {
        view! {
            <button
                type="button"
                class="still-size"
                aria-label=label
                title=label
                on:click=move |_| look.update(change)
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="still-sizes">
            {size("zoom-in", words::LARGER, |look| look.step(true))}
            {size("zoom-out", words::SMALLER, |look| look.step(false))}
            <Show when=move || !look.get().is_fit()>
                {size("fit", words::WHOLE, Look::fit)}
            </Show>
        </div>
    }
}
