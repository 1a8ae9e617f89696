//! The cameras of everybody else, small, beside the customer's large picture.

use super::customer;
use crate::call::Picture;
use crate::engine::use_engine;
use crate::text::{ink, visits as words};
use farhand_shared::client::View;
use farhand_shared::id::PersonId;
use farhand_shared::session::Camera;
use leptos::prelude::*;

/// One of them.
#[derive(Clone, PartialEq)]
struct Tile {
    person: PersonId,
    connection: u32,
    name: String,
}

/// Everybody but the customer and me whose camera is on. They scroll when there are more than fit.
fn tiles(view: &View) -> Vec<Tile> {
    let Some(session) = &view.session else {
        return Vec::new();
    };
    let large = customer(session).map(|customer| customer.id);
    let peers = view.peers.iter().filter(|peer| Some(peer.person) != large);
    let tile = |(person, connection)| {
        let person = session.person(person)?;
        let shown = matches!(person.camera, Camera::Live(_)) && !person.hides() && person.away.is_none();
        shown.then(|| Tile {
            person: person.id,
            connection,
            name: ink::name(person),
        })
    };
    peers.filter_map(|peer| tile((peer.person, peer.connection))).collect()
}

/// The strip; nothing while nobody's camera is on.
#[component]
pub fn Strip() -> impl IntoView {
    let engine = use_engine();
    let tiles = engine.read(tiles);
    view! {
        <Show when=move || tiles.with(|tiles| !tiles.is_empty())>
            <ul role="list" class="strip" aria-label=words::PEOPLE>
                <For each=move || tiles.get() key=|tile| (tile.person, tile.connection) let(tile)>
                    <li>
                        <Picture
                            stream=Signal::derive_local(move || engine.picture_from(tile.person, tile.connection))
                            label=tile.name.clone()
                        />
                        <span class="strip-name" aria-hidden="true">{tile.name.clone()}</span>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
