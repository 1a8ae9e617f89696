//! Photo Mode on the phone: the shutter, what was sent and how far it is, and what the agent asks for.

use crate::engine::{Handle, use_engine};
use crate::platform::spawn;
use crate::platform::timer::Timeout;
use crate::platform::transfer::PictureSize;
use crate::platform::{blob, pointer};
use crate::text::Agent;
use crate::text::photo::{self as words, Progress};
use crate::widgets::{Announcer, Button, Icon, Kind};
use core::time::Duration;
use farhand_shared::client::{Gesture, View};
use farhand_shared::id::FileId;
use farhand_shared::session::{Camera, File, FileKind, FileStage, FileStep, Mode};
use farhand_shared::upload::Upload;
use leptos::prelude::*;

/// How long a new photo is shown large.
const LARGE: Duration = Duration::from_millis(1200);
/// How long it is said that the agent has taken a picture.
const TOLD: Duration = Duration::from_secs(6);

/// One picture of this phone, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sent {
    file: FileId,
    progress: Progress,
}

/// Everything below the picture, in Photo Mode.
#[component]
pub fn PhotoDeck() -> impl IntoView {
    let engine = use_engine();
    let photo = engine.read(|view| view.session.as_ref().is_some_and(|s| s.mode() == Mode::Photo));
    view! {
        {move || photo.get().then(|| view! {
            <section class="deck" aria-label=words::DECK>
                <Asked />
                <Strip />
                <Waiting />
                <Shutter />
            </section>
        })}
    }
}

/// "Please take a photo of …".
#[component]
fn Asked() -> impl IntoView {
    let engine = use_engine();
    let asked = engine.read(|view| {
        let session = view.session.as_ref()?;
        let ask = session.photo_ask()?;
        let name = session.person(ask.by).map(|person| person.name.clone());
        Some(words::asked(&Agent(name.filter(|name| !name.is_empty())), &ask.text))
    });
    view! {
        <div role="status">
            {move || asked.get().map(|text| view! { <p class="deck-ask"><Icon name="photo" />{text}</p> })}
        </div>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let count = use_engine().photos_waiting();
    view! {
        <div role="status">
            {move || Some(count.get()).filter(|count| *count > 0).map(|count| view! {
                <p class="pill pill-warn">{words::waiting(count)}</p>
            })}
        </div>
    }
}

#[component]
fn Shutter() -> impl IntoView {
    let engine = use_engine();
    let live = engine.read(|view| matches!(view.camera.camera, Camera::Live(_)));
    let paused = engine.read(|view| view.camera.paused);
    let press = move |_| {
        if paused.get_untracked() {
            return;
        }
        pointer::buzz();
        engine.dispatch(Gesture::TakePhoto);
    };
    view! {
        {move || (live.get() && paused.get()).then(|| view! { <p class="deck-hint">{words::PAUSED}</p> })}
        <div class="deck-row">
            <Choose label=words::GALLERY camera=false />
            {move || if live.get() {
                view! {
                    <button
                        type="button"
                        class="shutter"
                        aria-label=words::TAKE
                        aria-disabled=move || paused.get().then_some("true")
                        on:click=press
                    ></button>
                }.into_any()
            } else {
                view! { <Choose label=words::TAKE_WITH_APP camera=true /> }.into_any()
            }}
            <span class="deck-balance" aria-hidden="true"></span>
        </div>
    }
}

/// Pictures of the phone: from its gallery, or by its own camera app where the page has no camera.
#[component]
fn Choose(label: &'static str, camera: bool) -> impl IntoView {
    let engine = use_engine();
    let chosen = move |event: leptos::ev::Event| {
        for picked in blob::picked(&event) {
            spawn(async move {
                engine.share(picked.blob, FileKind::Picture, String::new(), None).await;
            });
        }
    };
    view! {
        <label class="control deck-choose">
            <input
                type="file"
                class="visually-hidden"
                accept="image/*"
                capture=camera.then_some("environment")
                multiple=!camera
                on:change=chosen
            />
            <span class="control-face"><Icon name=if camera { "photo" } else { "gallery" } /></span>
            <span class="control-word">{label}</span>
        </label>
    }
}

/// What this phone has sent or is sending, oldest first.
fn sent(view: &View, uploads: &[Upload], seen: &[FileId]) -> Vec<Sent> {
    let (Some(session), Some(me)) = (view.session.as_ref(), view.you) else {
        return Vec::new();
    };
    let pictures = |kind| matches!(kind, FileKind::Photo | FileKind::Picture | FileKind::Still);
    let known = session
        .files()
        .iter()
        .filter(|file| file.from == me && pictures(file.kind));
    let known = known.filter(|file| !matches!(file.stage, FileStage::Deleted { .. }));
    let mut list: Vec<_> = known
        .map(|file| Sent {
            file: file.id,
            progress: progress(file, uploads.iter().find(|upload| upload.file == file.id), seen),
        })
        .collect();
    let new = uploads
        .iter()
        .filter(|upload| pictures(upload.kind) && session.file(upload.file).is_none());
    list.extend(new.map(|upload| Sent {
        file: upload.file,
        progress: on_its_way(Some(upload)),
    }));
    list
}

fn progress(file: &File, upload: Option<&Upload>, seen: &[FileId]) -> Progress {
    match file.stage {
        FileStage::Stored if seen.contains(&file.id) || !file.marks.is_empty() => Progress::Seen,
        FileStage::Stored => Progress::Sent,
        FileStage::Failed => Progress::Failed,
        FileStage::Expected | FileStage::Preview | FileStage::Deleted { .. } => on_its_way(upload),
    }
}

fn on_its_way(upload: Option<&Upload>) -> Progress {
    match upload {
        Some(upload) if upload.waiting => Progress::Waiting,
        Some(upload) => Progress::Sending((upload.sent * 100 / upload.total.max(1)).min(100) as u8),
        None => Progress::Sending(0),
    }
}

/// Small pictures with ticks. A tap opens one for all to look at.
#[component]
fn Strip() -> impl IntoView {
    let engine = use_engine();
    let looked_at = engine.in_session(|session| session.looking().map(|file| file.id));
    let seen = RwSignal::new(Vec::new());
    Effect::new(move || {
        if let Some(file) = looked_at.get().flatten() {
            seen.update(|seen| seen.push(file));
        }
    });
    let list = engine.read(move |view| {
        let uploads = engine.uploads();
        seen.with(|seen| sent(view, &uploads, seen))
    });
    let ids = Memo::new(move |_| list.with(|list| list.iter().map(|sent| sent.file).collect::<Vec<_>>()));
    let of = move |file: FileId| {
        list.with(|list| {
            let place = list.iter().position(|sent| sent.file == file)?;
            Some((place + 1, list.get(place)?.progress))
        })
    };
    view! {
        {move || (!ids.with(Vec::is_empty)).then(|| view! {
            <ul class="strip" aria-label=words::SENT_PHOTOS>
                <For each=move || ids.get() key=|file| *file let:file>
                    <Thumb engine file now=Signal::derive(move || of(file)) />
                </For>
            </ul>
        })}
    }
}

#[component]
fn Thumb(engine: Handle, file: FileId, now: Signal<Option<(usize, Progress)>>) -> impl IntoView {
    let source = engine.picture(file, PictureSize::Thumb);
    let words = move |(number, how)| (words::numbered(number, how), words::progress(how));
    let open = move |_| {
        engine.dispatch(Gesture::File {
            file,
            step: FileStep::Open,
        });
    };
    let tick = move || match now.get()?.1 {
        Progress::Sent => Some("check"),
        Progress::Seen => Some("seen"),
        Progress::Waiting | Progress::Sending(_) | Progress::Failed => None,
    };
    view! {
        <li>
            <button type="button" class="thumb" aria-label=move || now.get().map(words).unwrap_or_default().0 on:click=open>
                <img src=move || source.get() alt="" />
                <span class="thumb-word" aria-hidden="true">
                    {move || tick().map(|name| view! { <Icon name /> })}
                    {move || now.get().map(words).unwrap_or_default().1}
                </span>
            </button>
        </li>
    }
}

/// A new photo large for a moment, with the way to take it again; the shutter's flash; and, when an agent has taken a
/// picture, that the arm may rest. In every mode.
#[component]
pub fn Taken() -> impl IntoView {
    let engine = use_engine();
    let announcer = expect_context::<Announcer>();
    let (large, told) = (RwSignal::new(None::<FileId>), RwSignal::new(false));
    let flashes = RwSignal::new(0_u32);
    let timers = StoredValue::new_local((None::<Timeout>, None::<Timeout>));
    let newest = Memo::new(move |_| {
        let uploads = engine.uploads();
        let by_camera = |upload: &&Upload| matches!(upload.kind, FileKind::Photo | FileKind::Still);
        uploads
            .iter()
            .rev()
            .find(by_camera)
            .map(|upload| (upload.file, upload.kind))
    });
    Effect::new(move |seen: Option<Vec<FileId>>| {
        let first = seen.is_none();
        let mut seen = seen.unwrap_or_default();
        let Some((file, kind)) = newest.get() else { return seen };
        if seen.contains(&file) {
            return seen;
        }
        seen.push(file);
        // What an earlier page has taken is no news.
        if first {
            return seen;
        }
        flashes.update(|count| *count += 1);
        if kind == FileKind::Photo {
            large.set(Some(file));
            let over = Timeout::after(LARGE, move || {
                large.try_set(None);
            });
            timers.update_value(|timers| timers.0 = Some(over));
        }
        if engine.peek(|view| by_somebody_else(view, file)) == Some(true) {
            announcer.say(words::TAKEN_BY_AGENT);
            told.set(true);
            let over = Timeout::after(TOLD, move || {
                told.try_set(false);
            });
            timers.update_value(|timers| timers.1 = Some(over));
        }
        seen
    });
    view! {
        <For each=move || Some(flashes.get()).filter(|count| *count > 0) key=|count| *count let:_count>
            <div class="flash" aria-hidden="true"></div>
        </For>
        {move || told.get().then(|| view! { <p class="taken pill pill-video" aria-hidden="true">{words::TAKEN_BY_AGENT}</p> })}
        {move || large.get().map(|file| view! { <Large file large /> })}
    }
}

fn by_somebody_else(view: &View, file: FileId) -> bool {
    let by = view
        .session
        .as_ref()
        .and_then(|session| session.file(file))
        .map(|file| file.by);
    by.is_some() && by != view.you
}

#[component]
fn Large(file: FileId, large: RwSignal<Option<FileId>>) -> impl IntoView {
    let engine = use_engine();
    let source = engine.picture(file, PictureSize::Preview);
    let again = move |()| {
        large.set(None);
        engine.dispatch(Gesture::File {
            file,
            step: FileStep::Delete,
        });
        pointer::buzz();
        engine.dispatch(Gesture::TakePhoto);
    };
    view! {
        <div class="taken-large">
            <img src=move || source.get() alt=words::NEW_PHOTO />
            <Button label=words::RETAKE icon="refresh" kind=Kind::Plain on_press=again />
        </div>
    }
}
