//! The picture of who helps in a small window that can be moved out of the way, by dragging or by a menu.

use super::Picture;
use crate::engine::use_engine;
use crate::platform::pointer;
use crate::text::{Agent, customer as words};
use crate::widgets::Menu;
use farhand_shared::role::Role;
use farhand_shared::session::Camera;
use leptos::html;
use leptos::prelude::*;

/// Where the bubble rests: across, then down; false is left or top.
type Corner = (bool, bool);

const CORNERS: [Corner; 4] = [(false, false), (true, false), (false, true), (true, true)];

/// The bubble, while an agent or a guest shows themselves.
#[component]
pub fn Bubble() -> impl IntoView {
    let engine = use_engine();
    let shown = engine.read(|view| {
        let session = view.session.as_ref().filter(|session| !session.is_fallen_back())?;
        // There is room for one: an agent before a guest.
        [Role::Agent, Role::Guest].into_iter().find_map(|role| {
            view.peers.iter().find_map(|peer| {
                let person = session.person(peer.person)?;
                let shows = person.role == role && matches!(person.camera, Camera::Live(_)) && !person.hides();
                shows.then(|| (peer.person, peer.connection, person.name.clone()))
            })
        })
    });
    let corner = RwSignal::new((true, false));
    view! {
        {move || shown.get().map(|(person, connection, name)| {
            let stream = Signal::derive_local(move || engine.picture_from(person, connection));
            let label = Agent((!name.is_empty()).then_some(name)).first().to_owned();
            view! {
                <Floating corner>
                    <Picture stream label class="bubble-picture" />
                </Floating>
            }
        })}
    }
}

/// Something that follows the pointer while it is dragged and then snaps to the nearest corner.
#[component]
fn Floating(corner: RwSignal<Corner>, children: Children) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    let start = StoredValue::new(None::<(f64, f64)>);
    let moved = RwSignal::new((0.0, 0.0));
    let down = move |event: leptos::ev::PointerEvent| {
        let grip = pointer::grip(&event);
        start.set_value(Some((grip.x, grip.y)));
        pointer::capture(&event);
    };
    let drag = move |event: leptos::ev::PointerEvent| {
        if let Some((x, y)) = start.get_value() {
            let grip = pointer::grip(&event);
            moved.set((grip.x - x, grip.y - y));
        }
    };
    let drop = move |_| {
        if start.try_update_value(Option::take).flatten().is_none() {
            return;
        }
        if let Some(element) = element.get_untracked() {
            let (left, top, width, height) = pointer::place(&element);
            let (across, down) = pointer::window_size();
            corner.set((left + width / 2.0 > across / 2.0, top + height / 2.0 > down / 2.0));
        }
        moved.set((0.0, 0.0));
    };
    let pixels = |length: f64| [(length as i32).to_string().as_str(), "px"].concat();
    let items = words::BUBBLE_CORNERS
        .into_iter()
        .zip(CORNERS)
        .map(|(word, place)| (word, Callback::new(move |()| corner.set(place))))
        .collect();
    view! {
        <div
            node_ref=element
            class="bubble"
            class:bubble-right=move || corner.get().0
            class:bubble-bottom=move || corner.get().1
            style:--moved-x=move || pixels(moved.get().0)
            style:--moved-y=move || pixels(moved.get().1)
        >
            <div
                class="bubble-grip"
                on:pointerdown=down
                on:pointermove=drag
                on:pointerup=drop
                on:pointercancel=drop
                on:touchmove=move |event| pointer::without_fling(&event)
            >
                {children()}
            </div>
            <Menu label=words::MOVE_BUBBLE items />
        </div>
    }
}
