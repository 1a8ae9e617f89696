//! Photo Mode at the desk: the newest photo on the stage, the trigger of the customer's shutter, asking for a photo.

use super::customer;
use crate::engine::use_engine;
use crate::platform::transfer::PictureSize;
use crate::text::{agent_call, photo as words};
use crate::widgets::{Button, Icon, Kind};
use farhand_shared::client::{Gesture, View};
use farhand_shared::id::FileId;
use farhand_shared::limit;
use farhand_shared::session::{Camera, File, FileKind, FileStage, Mode};
use leptos::prelude::*;

fn in_photo_mode(view: &View) -> bool {
    view.session
        .as_ref()
        .is_some_and(|session| session.mode() == Mode::Photo)
}

/// Photos and pictures by the customer that are there or coming, oldest first.
fn photos(view: &View) -> impl Iterator<Item = &File> {
    let from = view.session.as_ref().and_then(customer).map(|person| person.id);
    let files = view.session.iter().flat_map(|session| session.files());
    files.filter(move |file| Some(file.from) == from && matches!(file.kind, FileKind::Photo | FileKind::Picture))
}

/// The newest one to be seen, and whether it is sharp.
fn newest(view: &View) -> Option<(FileId, bool)> {
    let newest = photos(view).filter(|file| file.is_there()).last()?;
    Some((newest.id, newest.stage == FileStage::Stored))
}

/// The newest photo, in place of the live picture.
#[component]
pub fn NewestPhoto() -> impl IntoView {
    let engine = use_engine();
    let shown = engine.read(|view| newest(view).filter(|_| in_photo_mode(view)).map(|(file, _)| file));
    view! {
        {move || shown.get().map(|file| {
            let source = engine.picture(file, PictureSize::Whole);
            view! { <img class="picture stage-photo" src=move || source.get() alt=words::NEWEST draggable="false" /> }
        })}
    }
}

/// What there is to say about it.
#[component]
pub fn PhotoNote() -> impl IntoView {
    let engine = use_engine();
    let note = engine.read(|view| {
        if !in_photo_mode(view) {
            return None;
        }
        let coming = photos(view).any(|file| file.stage == FileStage::Expected);
        match (newest(view), coming) {
            (_, true) => Some(words::ON_ITS_WAY),
            (None, false) => Some(words::NONE_YET),
            (Some((_, false)), false) => Some(words::SHARP_SOON),
            (Some((_, true)), false) => None,
        }
    });
    let empty = engine.read(|view| newest(view).is_none());
    view! {
        <div class="stage-note" class:stage-note-low=move || !empty.get() role="status">
            {move || note.get().map(|note| view! { <p>{note}</p> })}
        </div>
    }
}

/// The tools of Photo Mode.
#[component]
pub fn PhotoBar() -> impl IntoView {
    let engine = use_engine();
    let photo = engine.read(in_photo_mode);
    let off = engine.read(|view| {
        let person = view.session.as_ref().and_then(customer);
        !person.is_some_and(|p| p.connected && !p.hides() && matches!(p.camera, Camera::Live(_)))
    });
    view! {
        {move || photo.get().then(|| view! {
            <section class="photo-bar" aria-label=words::PHOTO_TOOLS>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || off.get().then_some("true")
                    on:click=move |_| if !off.get_untracked() { engine.dispatch(Gesture::TakePhoto) }
                >
                    <Icon name="photo" />
                    {words::TAKE}
                </button>
                <AskForm />
                <Button
                    label=agent_call::BACK_TO_VIDEO
                    kind=Kind::Quiet
                    on_press=move |()| engine.dispatch(Gesture::SetMode(Mode::Video))
                />
            </section>
        })}
    }
}

#[component]
fn AskForm() -> impl IntoView {
    let engine = use_engine();
    let asked = engine.in_session(|session| session.photo_ask().map(|ask| ask.text.clone()));
    let typed = RwSignal::new(String::new());
    let ask = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wish = typed.get_untracked().trim().to_owned();
        if !wish.is_empty() {
            engine.dispatch(Gesture::AskPhoto(wish));
            typed.set(String::new());
        }
    };
    view! {
        <form class="photo-ask" on:submit=ask>
            <label for="photo-ask">{words::ASK_LABEL}</label>
            <input
                id="photo-ask"
                class="input"
                type="text"
                autocomplete="off"
                maxlength=limit::PHOTO_ASK_CHARS
                bind:value=typed
            />
            <button type="submit" class="button">{words::ASK}</button>
        </form>
        <div class="photo-asked" role="status">
            {move || asked.get().flatten().map(|what| view! {
                <p>{words::asking(&what)}</p>
                <Button
                    label=words::ASK_NO_MORE
                    kind=Kind::Quiet
                    on_press=move |()| engine.dispatch(Gesture::AskPhoto(String::new()))
                />
            })}
        </div>
    }
}
