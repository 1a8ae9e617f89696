//! The picture of who helps in a small window that can be moved out of the way, by dragging or by a menu.

use super::Picture;
use crate::engine::use_engine;
use crate::platform::pointer;
use crate::text::{Agent, customer as words};
use crate::widgets::Menu;
use crate::widgets::menu::Choice;
use farhand_shared::client::View;
use farhand_shared::id::PersonId;
use farhand_shared::role::Role;
use farhand_shared::session::Camera;
use leptos::html;
use leptos::prelude::*;

/// Where the bubble rests: across, then down; false is left or top.
type Corner = (bool, bool);

const CORNERS: [Corner; 4] = [(false, false), (true, false), (false, true), (true, true)];

/// Somebody whose picture the bubble can show.
#[derive(Clone, PartialEq)]
struct Helper {
    person: PersonId,
    connection: u32,
    name: String,
}

/// Agents before guests.
fn helpers(view: &View) -> Vec<Helper> {
    let Some(session) = view.session.as_ref().filter(|session| !session.is_fallen_back()) else {
        return Vec::new();
    };
    let of_role = |role| {
        view.peers.iter().filter_map(move |peer| {
            let person = session.person(peer.person)?;
            let shows = person.role == role && matches!(person.camera, Camera::Live(_)) && !person.hides();
            shows.then(|| Helper {
                person: peer.person,
                connection: peer.connection,
                name: Agent((!person.name.is_empty()).then(|| person.name.clone()))
                    .first()
                    .to_owned(),
            })
        })
    };
    of_role(Role::Agent).chain(of_role(Role::Guest)).collect()
}

/// The bubble, while an agent or a guest shows themselves. There is room for one; its menu shows the others.
#[component]
pub fn Bubble() -> impl IntoView {
    let engine = use_engine();
    let all = engine.read(helpers);
    let chosen = RwSignal::new(None::<PersonId>);
    let shown = Memo::new(move |_| {
        all.with(|all| {
            let is_chosen = |one: &&Helper| Some(one.person) == chosen.get();
            all.iter().find(is_chosen).or(all.first()).cloned()
        })
    });
    let (corner, large) = (RwSignal::new((true, false)), RwSignal::new(false));
    let others = move |now: &Helper| {
        let others = all.get().into_iter().filter(|one| one.person != now.person);
        let show = |one: Helper| {
            let person = one.person;
            let show = Callback::new(move |()| chosen.set(Some(person)));
            (words::show_helper(&one.name).into(), show)
        };
        others.map(show).collect::<Vec<_>>()
    };
    view! {
        {move || shown.get().map(|helper| {
            let more = others(&helper);
            let Helper { person, connection, name } = helper;
            let stream = Signal::derive_local(move || engine.picture_from(person, connection));
            view! {
                <Floating corner large more>
                    <Picture stream label=name class="bubble-picture" />
                </Floating>
            }
        })}
    }
}

/// Something that follows the pointer while it is dragged and then snaps to the nearest corner.
#[component]
fn Floating(corner: RwSignal<Corner>, large: RwSignal<bool>, more: Vec<Choice>, children: Children) -> impl IntoView {
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
        .map(|(word, place)| (word.into(), Callback::new(move |()| corner.set(place))));
    let size = (
        words::BUBBLE_SIZE.into(),
        Callback::new(move |()| large.update(|large| *large = !*large)),
    );
    let items: Vec<Choice> = more.into_iter().chain([size]).chain(items).collect();
    view! {
        <div
            node_ref=element
            class="bubble"
            class:bubble-right=move || corner.get().0
            class:bubble-bottom=move || corner.get().1
            class:bubble-large=move || large.get()
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
