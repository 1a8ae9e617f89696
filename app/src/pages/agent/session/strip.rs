//! The cameras of everybody else, small, beside the large one; any of them can be made the large one.

use super::customer;
use crate::call::Picture;
use crate::engine::use_engine;
use crate::plain;
use crate::text::{agent_call, ink, visits as words};
use farhand_shared::client::View;
use farhand_shared::id::PersonId;
use farhand_shared::session::{Camera, Person, Session};
use leptos::prelude::*;

/// Small pictures that have room beside the large one.
const SMALL: usize = 3;
/// As many when they are larger.
const LARGER: usize = 1;

/// How this screen looks at everybody's cameras; nobody else's changes with it. Copied freely.
#[derive(Clone, Copy)]
pub struct Cameras {
    /// Who was made large; none is the customer.
    pub active: RwSignal<Option<PersonId>>,
    larger: RwSignal<bool>,
    /// Which of the small ones are shown, when not all fit.
    page: RwSignal<usize>,
}

impl Cameras {
    /// The customer large, all others small; makes itself known to everything below.
    pub fn start() -> Self {
        let cameras = Self {
            active: RwSignal::new(None),
            larger: RwSignal::new(false),
            page: RwSignal::new(0),
        };
        provide_context(cameras);
        cameras
    }
}

/// Whose picture is large, by which connection, and how it is called.
pub fn large(view: &View, active: Option<PersonId>) -> Option<(PersonId, u32, String)> {
    let session = view.session.as_ref()?;
    let chosen = active
        .and_then(|person| session.person(person))
        .filter(|person| is_shown(person));
    let label = chosen.map_or_else(|| agent_call::STAGE.to_owned(), ink::name);
    let person = chosen.or_else(|| customer(session))?.id;
    let peer = view.peers.iter().find(|peer| peer.person == person)?;
    Some((person, peer.connection, label))
}

fn is_shown(person: &Person) -> bool {
    matches!(person.camera, Camera::Live(_)) && !person.hides() && person.away.is_none()
}

/// One of the small ones.
#[derive(Clone, PartialEq)]
struct Tile {
    person: PersonId,
    connection: u32,
    name: String,
    /// What [`Cameras::active`] becomes when it is made large.
    active: Option<PersonId>,
}

/// Everybody but me and whoever is large, if their camera is on.
fn tiles(view: &View, active: Option<PersonId>) -> Vec<Tile> {
    let Some(session) = &view.session else {
        return Vec::new();
    };
    let large = large(view, active).map(|(person, ..)| person);
    let of_customer = Session::customer(session).map(|customer| customer.id);
    let peers = view.peers.iter().filter(|peer| {
        // The customer without a picture is not one of the others.
        let stays_large = large.is_none() && of_customer == Some(peer.person);
        Some(peer.person) != large && !stays_large
    });
    let tile = |(person, connection)| {
        let person = session.person(person).filter(|person| is_shown(person))?;
        Some(Tile {
            person: person.id,
            connection,
            name: ink::name(person),
            active: (of_customer != Some(person.id)).then_some(person.id),
        })
    };
    peers.filter_map(|peer| tile((peer.person, peer.connection))).collect()
}

/// The strip; nothing while nobody's camera is on.
#[component]
pub fn Strip() -> impl IntoView {
    let engine = use_engine();
    let cameras = expect_context::<Cameras>();
    let Cameras { active, larger, page } = cameras;
    let tiles = engine.read(move |view| tiles(view, active.get()));
    let paged = Memo::new(move |_| {
        let most = if larger.get() { LARGER } else { SMALL };
        plain::paged(&tiles.read(), page.get(), most)
    });
    let shown = move || paged.get().0;
    let (at, pages) = (move || paged.get().1, move || paged.get().2);
    let size = move || if larger.get() { words::SMALLER } else { words::LARGER };
    view! {
        <Show when=move || tiles.with(|tiles| !tiles.is_empty())>
            <div class="strip-box" class:larger=move || larger.get()>
                <ul role="list" class="strip" aria-label=words::PEOPLE>
                    <For each=shown key=|tile| (tile.person, tile.connection) let(tile)>
                        <Small tile />
                    </For>
                </ul>
                <Show when=move || { pages() > 1 }>
                    <button type="button" class="button" on:click=move |_| page.set((at() + 1) % pages().max(1))>
                        {move || words::more_people(at() + 1, pages())}
                    </button>
                </Show>
                <button type="button" class="button" on:click=move |_| larger.update(|larger| *larger = !*larger)>
                    {size}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn Small(tile: Tile) -> impl IntoView {
    let engine = use_engine();
    let cameras = expect_context::<Cameras>();
    let Tile {
        person,
        connection,
        name,
        active,
    } = tile;
    view! {
        <li>
            <Picture
                stream=Signal::derive_local(move || engine.picture_from(person, connection))
                label=name.clone()
            />
            <span class="strip-name" aria-hidden="true">{name.clone()}</span>
            <button
                type="button"
                class="strip-pick"
                aria-label=words::make_large(&name)
                on:click=move |_| cameras.active.set(active)
            ></button>
        </li>
    }
}
