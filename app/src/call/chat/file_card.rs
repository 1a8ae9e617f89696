//! A picture or document in the chat.

use crate::engine::use_engine;
use crate::platform::transfer::PictureSize;
use crate::text::chat as words;
use crate::widgets::Icon;
use farhand_shared::client::Gesture;
use farhand_shared::id::FileId;
use farhand_shared::session::{File, FileKind, FileStage, FileStep};
use leptos::html;
use leptos::prelude::*;

/// What the card shows of a file.
#[derive(Clone, PartialEq)]
struct Shown {
    document: bool,
    name: String,
    bytes: u64,
    stage: FileStage,
}

fn shown(file: &File) -> Shown {
    Shown {
        document: file.kind == FileKind::Document,
        name: file.name.clone(),
        bytes: file.bytes,
        stage: file.stage,
    }
}

/// The card: a picture opens for everybody, a document is kept on the device.
#[component]
pub fn FileCard(file: FileId) -> impl IntoView {
    let now = use_engine().in_session(move |session| session.file(file).map(shown));
    move || {
        let now = now.get().flatten();
        let gone = match now.as_ref().map(|now| now.stage) {
            None | Some(FileStage::Deleted { .. }) => Some(words::FILE_GONE),
            Some(FileStage::Failed) => Some(words::FILE_FAILED),
            Some(FileStage::Expected | FileStage::Preview | FileStage::Stored) => None,
        };
        match (now, gone) {
            (Some(now), None) if now.document => view! { <Document file now /> }.into_any(),
            (Some(_), None) => view! { <Picture file /> }.into_any(),
            (_, gone) => view! { <p class="file-gone">{gone}</p> }.into_any(),
        }
    }
}

#[component]
fn Picture(file: FileId) -> impl IntoView {
    let engine = use_engine();
    let source = engine.picture(file, PictureSize::Thumb);
    let open = move |_| {
        let step = FileStep::Open;
        engine.dispatch(Gesture::File { file, step });
    };
    view! {
        <button type="button" class="file-picture" on:click=open>
            {move || match source.get() {
                Some(source) => view! { <img src=source alt=words::OPEN_PICTURE /> }.into_any(),
                None => view! { <span class="file-wait">{words::PICTURE_COMES}</span> }.into_any(),
            }}
        </button>
    }
}

#[component]
fn Document(file: FileId, now: Shown) -> impl IntoView {
    let wanted = RwSignal::new(false);
    let stored = now.stage == FileStage::Stored;
    let about = [
        words::size(now.bytes).as_str(),
        if stored { "" } else { words::FILE_COMES },
    ]
    .concat();
    let name = now.name;
    let save_as = StoredValue::new(name.clone());
    view! {
        <button
            type="button"
            class="file-document"
            aria-disabled=(!stored).then_some("true")
            on:click=move |_| wanted.set(stored)
        >
            <Icon name="document" />
            <span class="file-name"><bdi>{name}</bdi></span>
            <span class="file-about">{about}</span>
        </button>
        <Show when=move || wanted.get()>
            <Save file name=save_as.get_value() done=move |()| wanted.set(false) />
        </Show>
    }
}

/// Fetches the document with this page's seat, which a plain link could not show, and hands it to the browser.
#[component]
fn Save(file: FileId, name: String, #[prop(into)] done: Callback<()>) -> impl IntoView {
    let source = use_engine().picture(file, PictureSize::Whole);
    let link = NodeRef::<html::A>::new();
    Effect::new(move || {
        if let (Some(link), Some(_)) = (link.get(), source.get()) {
            link.click();
            done.run(());
        }
    });
    view! {
        <p role="status">{words::FETCHING}</p>
        <a node_ref=link hidden download=name href=move || source.get()></a>
    }
}
