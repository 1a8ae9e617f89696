//! Camera and microphone: opened once, driven, watched, and really closed.
//!
//! Which camera to open when, and what a failure means, is decided by `farhand_shared::camera`; this does as told.

use super::listener::Listener;
use super::stream::Stream;
use super::{cameras, js, lens, window};
use core::cell::{Cell, RefCell};
use farhand_shared::client::{MediaInput, MediaWish, Track};
use farhand_shared::session::Facing;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MediaStream, MediaStreamTrack};

/// The open tracks, for the peer connections.
#[derive(Clone, Default)]
pub struct Tracks {
    pub(super) camera: Option<MediaStreamTrack>,
    pub(super) microphone: Option<MediaStreamTrack>,
}

/// Camera and microphone of this browser. Dropping it switches both off.
pub struct Media {
    inner: Rc<Inner>,
}

struct Inner {
    report: Box<dyn Fn(u32, MediaInput)>,
    camera: Slot,
    microphone: Slot,
    preview: RefCell<Option<Stream>>,
    light: Cell<Option<bool>>,
    zoom: Cell<Option<f32>>,
    /// The way that was wished last.
    facing: Cell<Option<Facing>>,
    /// The open camera, by the browser's own name, when it does not say which way it looks.
    unsided: RefCell<Option<String>>,
}

/// Where one open device lives.
struct Slot {
    track: Track,
    /// The newest attempt; the results of older ones are stopped at once.
    wanted: Cell<u32>,
    enabled: Cell<bool>,
    source: RefCell<Option<Source>>,
}

struct Source {
    media: MediaStreamTrack,
    _listeners: [Listener; 3],
}

impl Drop for Source {
    fn drop(&mut self) {
        self.media.stop();
    }
}

impl Slot {
    const fn new(track: Track) -> Self {
        Self {
            track,
            wanted: Cell::new(0),
            enabled: Cell::new(true),
            source: RefCell::new(None),
        }
    }

    fn media(&self) -> Option<MediaStreamTrack> {
        // Not `.clone()`, which is the browser's own method: that makes a second track, and nobody would stop it.
        self.source.borrow().as_ref().map(|source| Clone::clone(&source.media))
    }

    fn close(&self) {
        self.wanted.set(0);
        self.source.take();
    }

    fn enable(&self, on: bool) {
        self.enabled.set(on);
        if let Some(media) = self.media() {
            media.set_enabled(on);
        }
    }
}

impl Media {
    /// Nothing is open yet. `report` is told what happens, with the number of the attempt it belongs to.
    pub fn new(report: impl Fn(u32, MediaInput) + 'static) -> Self {
        Self {
            inner: Rc::new(Inner {
                report: Box::new(report),
                camera: Slot::new(Track::Camera),
                microphone: Slot::new(Track::Microphone),
                preview: RefCell::new(None),
                light: Cell::new(None),
                zoom: Cell::new(None),
                facing: Cell::new(None),
                unsided: RefCell::new(None),
            }),
        }
    }

    /// Opens what is wished.
    pub fn open(&self, attempt: u32, wish: MediaWish) {
        let Some(devices) = js::get(&window().navigator(), "mediaDevices") else {
            (self.inner.report)(attempt, MediaInput::Unsupported);
            return;
        };
        for slot in self.inner.slots(wish) {
            slot.wanted.set(attempt);
        }
        let turned_from = self.inner.turns(wish);
        let inner = Rc::downgrade(&self.inner);
        super::spawn(async move {
            if let Some(open) = &turned_from {
                cameras::choose_after(open).await;
            }
            let answer = js::call_later(&devices, "getUserMedia", &[&constraints(wish)]).await;
            let Some(inner) = inner.upgrade() else {
                if let Ok(stream) = answer {
                    stop_all(stream.unchecked_ref());
                }
                return;
            };
            match answer {
                Ok(stream) => inner.opened(attempt, wish, stream.unchecked_ref()),
                Err(error) => {
                    if let Some(open) = turned_from {
                        // Back to it; that is no turn.
                        cameras::choose(&open);
                        inner.facing.set(None);
                    }
                    (inner.report)(attempt, MediaInput::Failed(asked_for(wish), js::failure(&error)));
                }
            }
        });
    }

    /// Switches the camera off.
    pub fn stop_camera(&self) {
        self.inner.camera.close();
        self.inner.preview.take();
        self.inner.light.set(None);
        self.inner.zoom.set(None);
    }

    /// Switches the microphone off.
    pub fn stop_microphone(&self) {
        self.inner.microphone.close();
    }

    /// Shows or blanks the picture, opens or mutes the microphone, without closing either.
    pub fn enable(&self, camera: bool, microphone: bool) {
        self.inner.camera.enable(camera);
        self.inner.microphone.enable(microphone);
    }

    /// Switches the lens's light.
    pub fn light(&self, on: bool) {
        let before = self.inner.light.replace(Some(on));
        self.drive(move |inner, driven| match driven {
            Some(driven) if driven.light.unwrap_or(on) == on => MediaInput::LightIs(on),
            _ => {
                inner.light.set(before);
                MediaInput::LightFailed
            }
        });
    }

    /// Zooms the lens.
    pub fn zoom(&self, factor: f32) {
        let before = self.inner.zoom.replace(Some(factor));
        self.drive(move |inner, driven| {
            let now = match driven {
                Some(driven) => driven.zoom.unwrap_or(factor),
                None => {
                    inner.zoom.set(before);
                    before.unwrap_or(1.0)
                }
            };
            MediaInput::ZoomIs(now)
        });
    }

    fn drive(&self, to_input: impl FnOnce(&Inner, Option<lens::Driven>) -> MediaInput + 'static) {
        let inner = self.inner.clone();
        super::spawn(async move {
            let attempt = inner.camera.wanted.get();
            let driven = match inner.camera.media() {
                Some(media) => lens::drive(&media, inner.light.get(), inner.zoom.get()).await.ok(),
                None => None,
            };
            // A camera opened meanwhile has its own light and zoom.
            if inner.camera.wanted.get() == attempt {
                let input = to_input(&inner, driven);
                (inner.report)(attempt, input);
            }
        });
    }

    /// Makes the preview attach itself anew.
    pub fn reattach(&self) {
        let renewed = self.inner.preview.borrow().as_ref().map(Stream::renewed);
        self.inner.preview.replace(renewed);
    }

    /// My own picture, to show to myself.
    pub fn preview(&self) -> Option<Stream> {
        self.inner.preview.borrow().clone()
    }

    /// What is open now.
    pub fn tracks(&self) -> Tracks {
        Tracks {
            camera: self.inner.camera.media(),
            microphone: self.inner.microphone.media(),
        }
    }
}

impl Inner {
    /// The camera that is open, when another one is wished of a device whose cameras do not say which way they look, as those
    /// of computers: there it is the next one.
    fn turns(&self, wish: MediaWish) -> Option<String> {
        let MediaWish::Camera { facing, .. } = wish else {
            return None;
        };
        let before = self.facing.replace(Some(facing))?;
        self.unsided.borrow().clone().filter(|_| before != facing)
    }

    /// The slots that a wish fills.
    fn slots(&self, wish: MediaWish) -> impl Iterator<Item = &Slot> {
        let (camera, microphone) = match wish {
            MediaWish::Camera { microphone, .. } => (true, microphone),
            MediaWish::Microphone => (false, true),
        };
        let camera = camera.then_some(&self.camera);
        camera.into_iter().chain(microphone.then_some(&self.microphone))
    }

    fn opened(self: &Rc<Self>, attempt: u32, wish: MediaWish, stream: &MediaStream) {
        let mut news = Vec::new();
        for track in stream.get_tracks().iter() {
            let media: MediaStreamTrack = track.unchecked_into();
            let slot = if media.kind() == "video" {
                &self.camera
            } else {
                &self.microphone
            };
            if slot.wanted.get() != attempt {
                media.stop();
                continue;
            }
            media.set_enabled(slot.enabled.get());
            news.push(match (slot.track, wish) {
                (Track::Camera, MediaWish::Camera { facing, .. }) => {
                    js::set(&media, "contentHint", "detail");
                    lens::ask_size(&media);
                    self.unsided.replace(lens::unsided(&media));
                    self.preview.replace(Stream::of(&media));
                    MediaInput::CameraOpened(lens::read(&media, facing))
                }
                _ => MediaInput::MicrophoneOpened,
            });
            slot.source.replace(Some(self.watched(attempt, slot.track, media)));
        }
        for what in news {
            (self.report)(attempt, what);
        }
    }

    fn watched(self: &Rc<Self>, attempt: u32, track: Track, media: MediaStreamTrack) -> Source {
        let listen = |kind, what: MediaInput| {
            let inner = Rc::downgrade(self);
            Listener::new(&media, kind, move |_| {
                if let Some(inner) = inner.upgrade() {
                    (inner.report)(attempt, what.clone());
                }
            })
        };
        let listeners = [
            listen("mute", MediaInput::Muted(track)),
            listen("unmute", MediaInput::Unmuted(track)),
            listen("ended", MediaInput::Ended(track)),
        ];
        Source {
            media,
            _listeners: listeners,
        }
    }
}

pub(super) fn stop_all(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

const fn asked_for(wish: MediaWish) -> Track {
    match wish {
        MediaWish::Camera { .. } => Track::Camera,
        MediaWish::Microphone => Track::Microphone,
    }
}

/// `ideal` for phones and no sizes: `exact` fails on odd ones, and sizes make some pick a worse lens.
fn constraints(wish: MediaWish) -> JsValue {
    let voice = || {
        js::object([
            ("echoCancellation", true.into()),
            ("noiseSuppression", true.into()),
            ("autoGainControl", true.into()),
        ])
    };
    match wish {
        MediaWish::Camera {
            facing,
            microphone,
            any,
        } => {
            let way = if facing == Facing::Front { "user" } else { "environment" };
            let video = if any {
                JsValue::TRUE
            } else if let Some(id) = cameras::chosen() {
                // Only cameras that do not say which way they look are chosen like this. Chromium does not heed a mere ideal; one that is gone since is too strict a
                // wish, and then any camera is asked for.
                js::object([("deviceId", js::object([("exact", id.into())]))])
            } else {
                js::object([("facingMode", js::object([("ideal", way.into())]))])
            };
            let audio = if microphone { voice() } else { JsValue::FALSE };
            js::object([("video", video), ("audio", audio)])
        }
        MediaWish::Microphone => js::object([("video", JsValue::FALSE), ("audio", voice())]),
    }
}
