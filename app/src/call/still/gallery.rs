//! The pictures of the session: opened together during it, saved during and after it.

use super::state::{described, number};
use crate::engine::{Handle, use_engine};
use crate::platform::transfer::{self, PictureSize};
use crate::platform::{save, spawn};
use crate::text::still as words;
use crate::widgets::Icon;
use farhand_shared::client::{Gesture, View};
use farhand_shared::id::FileId;
use farhand_shared::session::{FileKind, FileStage, FileStep};
use leptos::prelude::*;

/// One picture of the list.
#[derive(Clone, Debug, PartialEq)]
struct Item {
    file: FileId,
    number: usize,
    described: String,
    whole: bool,
}

/// The list. While the call runs (`live`), a picture opens for everybody.
#[component]
pub fn Gallery(
    live: bool,
    #[prop(optional)] class: &'static str,
    /// What is said while there is none.
    #[prop(optional)]
    empty: &'static str,
) -> impl IntoView {
    let engine = use_engine();
    let items = engine.read(items);
    let any = Memo::new(move |_| items.with(|items| !items.is_empty()));
    view! {
        <Show when=move || any.get() fallback=move || view! { <p class="muted">{empty}</p> }>
            <ul class=["gallery ", class].concat() aria-label=words::PICTURES>
                <For each=move || items.get() key=|item| item.file let:item>
                    <Picture live item items />
                </For>
            </ul>
        </Show>
    }
}

fn items(view: &View) -> Vec<Item> {
    let session = view.session.iter();
    let items = session.flat_map(|session| {
        let pictures = session
            .files()
            .iter()
            .filter(|file| file.kind != FileKind::Document && file.is_there());
        pictures.map(|file| Item {
            file: file.id,
            number: number(session, file.id),
            described: described(session, view.you, file),
            whole: file.stage == FileStage::Stored,
        })
    });
    items.collect()
}

#[component]
fn Picture(live: bool, item: Item, items: Memo<Vec<Item>>) -> impl IntoView {
    let engine = use_engine();
    let Item { file, number, .. } = item;
    let whole = move || items.with(|items| items.iter().any(|item| item.file == file && item.whole));
    let address = engine.picture(file, PictureSize::Thumb);
    // Marks come and go without the picture being loaded anew.
    let described = move || {
        items.with(|items| {
            let item = items.iter().find(|item| item.file == file);
            item.map(|item| item.described.clone()).unwrap_or_default()
        })
    };
    // Inside of a button that says it all, the picture itself says nothing.
    let alt = move || if live { String::new() } else { described() };
    let image = move || {
        view! { <img class="gallery-picture" src=move || address.get() alt=alt width="96" height="72" /> }
    };
    let open = move |_| {
        engine.dispatch(Gesture::File {
            file,
            step: FileStep::Open,
        });
    };
    let saving = RwSignal::new(false);
    view! {
        <li class="gallery-item">
            {if live {
                view! {
                    <button type="button" class="gallery-open" aria-label=move || words::open(&described()) on:click=open>
                        {image()}
                    </button>
                }
                .into_any()
            } else {
                image().into_any()
            }}
            <button
                type="button"
                class="button gallery-save"
                aria-label=words::save(number)
                aria-disabled=move || (!whole() || saving.get()).then_some("true")
                on:click=move |_| if untrack(whole) && !saving.get_untracked() { keep(engine, file, number, saving) }
            >
                <Icon name="download" />
                <span>{words::SAVE}</span>
            </button>
        </li>
    }
}

/// Puts a picture among the person's own files.
fn keep(engine: Handle, file: FileId, number: usize, saving: RwSignal<bool>) {
    saving.set(true);
    spawn(async move {
        let seat = engine.kept_seat();
        if let Ok(blob) = transfer::load(seat.as_ref(), file, PictureSize::Whole).await {
            save::to_device(&blob, &words::file_name(number));
        }
        saving.try_set(false);
    });
}
