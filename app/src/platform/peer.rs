//! One `RTCPeerConnection`: the primitives of perfect negotiation. When to use which is decided by `farhand_shared::peer`.
//!
//! There is one place for sound and one for pictures, both ways, from the first offer on: opening or closing a camera
//! later only swaps the track in its place and needs no new negotiation. Whoever offers makes the places; whoever
//! answers takes over those of the offer (places made before an offer arrives would never be matched with it).

use super::ink_channel::InkChannel;
use super::listener::Listener;
use super::media::Tracks;
use super::stream::Stream;
use super::timer::Interval;
use super::{encoder, js, stats};
use core::cell::{Cell, RefCell};
use core::time::Duration;
use farhand_shared::client::{Failure, PeerInput};
use farhand_shared::ink::Ink;
use farhand_shared::peer::PeerState;
use farhand_shared::quality::Encoding;
use farhand_shared::wire::IceConfig;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MediaStreamTrack, RtcPeerConnection, RtcRtpTransceiver};

/// How often statistics are read: a dead path must be seen, and another be found, within 1.5 s.
const STATS_EVERY: Duration = Duration::from_millis(250);

/// What comes from the other side.
#[derive(Clone, Default, PartialEq)]
pub struct Remote {
    /// Their picture.
    pub picture: Option<Stream>,
    /// Their sound.
    pub sound: Option<Stream>,
}

/// A connection that closes when it is dropped; after that it reports nothing.
pub struct Peer {
    inner: Rc<Inner>,
    _listeners: Vec<Listener>,
    _stats: Interval,
}

struct Inner {
    connection: RtcPeerConnection,
    report: Box<dyn Fn(PeerInput)>,
    tracks: RefCell<Tracks>,
    /// What is asked of the picture's encoder; none: no picture.
    encoding: Cell<Option<Encoding>>,
    places: RefCell<Option<Places>>,
    remote: RefCell<Remote>,
    reading: Cell<bool>,
    /// None where the browser has no data channels.
    channel: Option<InkChannel>,
}

/// The two transceivers.
#[derive(Clone)]
struct Places {
    sound: RtcRtpTransceiver,
    picture: RtcRtpTransceiver,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.connection.close();
    }
}

impl Peer {
    /// A connection that uses these servers and will send these tracks.
    ///
    /// # Errors
    /// The browser has no WebRTC, or refuses the configuration.
    pub fn open(config: &IceConfig, tracks: Tracks, report: impl Fn(PeerInput) + 'static) -> Result<Self, Failure> {
        let class = js::get(&js_sys::global(), "RTCPeerConnection").ok_or_else(no_web_rtc)?;
        let arguments = js_sys::Array::of1(&configuration(config));
        let class: js_sys::Function = class.unchecked_into();
        let connection: RtcPeerConnection = js_sys::Reflect::construct(&class, &arguments)
            .map_err(|error| js::failure(&error))?
            .unchecked_into();
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| Inner {
            channel: {
                let weak = weak.clone();
                InkChannel::open(&connection, move |news| {
                    if let Some(inner) = weak.upgrade() {
                        (inner.report)(news);
                    }
                })
            },
            connection,
            report: Box::new(report),
            tracks: RefCell::new(tracks),
            encoding: Cell::new(Some(Encoding::default())),
            places: RefCell::new(None),
            remote: RefCell::new(Remote::default()),
            reading: Cell::new(false),
        });
        let listeners = Inner::listen(&inner);
        let weak = Rc::downgrade(&inner);
        let stats = Interval::every(STATS_EVERY, move || {
            if let Some(inner) = weak.upgrade() {
                inner.read_stats();
            }
        });
        Ok(Self {
            inner,
            _listeners: listeners,
            _stats: stats,
        })
    }

    /// Servers for the coming restart.
    pub fn set_servers(&self, config: &IceConfig) {
        // A browser that refuses keeps the old ones, which may still work.
        let _ = js::call(&self.inner.connection, "setConfiguration", &[&configuration(config)]);
    }

    /// Looks for a new path; the browser then asks for a negotiation.
    pub fn restart_ice(&self) {
        let _ = js::call(&self.inner.connection, "restartIce", &[]);
    }

    /// Makes and sets an offer or an answer, as the state wants, and reports it.
    pub fn describe(&self) {
        let inner = self.inner.clone();
        if inner.signaling_state() == "stable" {
            inner.make_places();
        }
        // Called at once, not in the task: the browser queues these calls in the order in which they are made.
        let setting = js::call(&inner.connection, "setLocalDescription", &[]);
        super::spawn(async move {
            match wait(setting).await {
                Ok(_) => inner.report_description(),
                Err(error) => inner.report_failure(&error),
            }
        });
    }

    /// Takes the other side's description, rolling an own offer back if there is one.
    pub fn apply(&self, offer: bool, sdp: &str) {
        let inner = self.inner.clone();
        let kind = if offer { "offer" } else { "answer" };
        let description = js::object([("type", kind.into()), ("sdp", sdp.into())]);
        let setting = js::call(&inner.connection, "setRemoteDescription", &[&description]);
        super::spawn(async move {
            match wait(setting).await {
                Ok(_) => {
                    if offer {
                        inner.adopt_places();
                    } else {
                        // Some browsers have encoders only from now on.
                        inner.shape();
                    }
                    (inner.report)(PeerInput::RemoteApplied);
                }
                Err(error) => inner.report_failure(&error),
            }
        });
    }

    /// Takes one of the other side's candidates; an empty one ends them.
    pub fn add_candidate(&self, candidate: &str, mid: Option<&str>, line: Option<u16>) {
        let candidate = js::object([
            ("candidate", candidate.into()),
            ("sdpMid", mid.map_or(JsValue::NULL, JsValue::from_str)),
            ("sdpMLineIndex", line.map_or(JsValue::NULL, JsValue::from)),
        ]);
        let adding = js::call(&self.inner.connection, "addIceCandidate", &[&candidate]);
        super::spawn(async move {
            // One with older credentials fails, and nothing can be done about it.
            let _ = wait(adding).await;
        });
    }

    /// Sends these tracks from now on.
    pub fn send(&self, tracks: Tracks) {
        self.inner.tracks.replace(tracks);
        self.inner.fill_places();
    }

    /// Asks this of the picture's encoder from now on; none: no picture.
    pub fn encode(&self, encoding: Option<Encoding>) {
        let before = self.inner.encoding.replace(encoding);
        if before.is_some() == encoding.is_some() {
            self.inner.shape();
        } else {
            self.inner.fill_places();
        }
    }

    /// Sends ink, if the line can take it now.
    pub fn send_ink(&self, ink: &Ink) {
        if let Some(channel) = &self.inner.channel {
            channel.send(ink);
        }
    }

    /// What comes from the other side.
    pub fn remote(&self) -> Remote {
        self.inner.remote.borrow().clone()
    }
}

impl Inner {
    fn listen(this: &Rc<Self>) -> Vec<Listener> {
        let on = |kind, heard: fn(&Self, &JsValue)| {
            let weak: Weak<Self> = Rc::downgrade(this);
            Listener::new(&this.connection, kind, move |event| {
                if let Some(inner) = weak.upgrade() {
                    heard(&inner, &event);
                }
            })
        };
        vec![
            on("negotiationneeded", |inner, _| {
                (inner.report)(PeerInput::NegotiationNeeded)
            }),
            on("icecandidate", Self::candidate),
            on("connectionstatechange", |inner, _| {
                (inner.report)(PeerInput::State(inner.state()));
            }),
            on("track", Self::track),
        ]
    }

    fn candidate(&self, event: &JsValue) {
        let (candidate, mid, line) = match js::get(event, "candidate") {
            Some(candidate) => (
                js::text(&candidate, "candidate").unwrap_or_default(),
                js::text(&candidate, "sdpMid"),
                js::number(&candidate, "sdpMLineIndex").map(|line| line as u16),
            ),
            None => (String::new(), None, None),
        };
        (self.report)(PeerInput::Candidate { candidate, mid, line });
    }

    fn track(&self, event: &JsValue) {
        let Some(track) = js::get(event, "track") else { return };
        let track: MediaStreamTrack = track.unchecked_into();
        let stream = Stream::of(&track);
        let mut remote = self.remote.borrow_mut();
        if track.kind() == "video" {
            remote.picture = stream;
        } else {
            remote.sound = stream;
        }
        drop(remote);
        // The windows onto streams are refreshed after every piece of news.
        (self.report)(PeerInput::State(self.state()));
    }

    fn state(&self) -> PeerState {
        match js::text(&self.connection, "connectionState").as_deref() {
            Some("connected") => PeerState::Connected,
            Some("disconnected") => PeerState::Disconnected,
            Some("failed") => PeerState::Failed,
            Some("closed") => PeerState::Closed,
            _ => PeerState::Connecting,
        }
    }

    fn signaling_state(&self) -> String {
        js::text(&self.connection, "signalingState").unwrap_or_default()
    }

    fn report_description(&self) {
        let Some(description) = js::get(&self.connection, "localDescription") else {
            return;
        };
        let offer = js::text(&description, "type").as_deref() == Some("offer");
        let sdp = js::text(&description, "sdp").unwrap_or_default();
        (self.report)(PeerInput::LocalDescription { offer, sdp });
    }

    fn report_failure(&self, error: &JsValue) {
        (self.report)(PeerInput::Failed(js::failure(error)));
    }

    /// Before the first offer: one place for sound, one for pictures.
    fn make_places(&self) {
        if self.places.borrow().is_some() {
            return;
        }
        let place = |kind: &str| self.connection.add_transceiver_with_str(kind);
        let places = Places {
            sound: place("audio"),
            picture: place("video"),
        };
        encoder::prefer_vp8(&places.picture);
        self.places.replace(Some(places));
        self.fill_places();
    }

    /// After an offer: take its places over and send in them too.
    fn adopt_places(&self) {
        if self.places.borrow().is_none() {
            let (mut sound, mut picture) = (None, None);
            for place in self.connection.get_transceivers().iter() {
                let place: RtcRtpTransceiver = place.unchecked_into();
                let kind = place.receiver().track().kind();
                let slot = if kind == "video" { &mut picture } else { &mut sound };
                slot.get_or_insert(place);
            }
            let (Some(sound), Some(picture)) = (sound, picture) else {
                return;
            };
            for place in [&sound, &picture] {
                js::set(place, "direction", "sendrecv");
            }
            encoder::prefer_vp8(&picture);
            self.places.replace(Some(Places { sound, picture }));
        }
        self.fill_places();
    }

    /// Puts the open tracks into the places; nothing into those without one.
    fn fill_places(&self) {
        let places = self.places.borrow().clone();
        let Some(places) = places else { return };
        let tracks = self.tracks.borrow().clone();
        let put = |place: &RtcRtpTransceiver, track: &Option<MediaStreamTrack>| {
            let track = track.as_ref().map_or(JsValue::NULL, |track| JsValue::clone(track));
            js::ignore(js::call(&place.sender(), "replaceTrack", &[&track]));
        };
        put(&places.sound, &tracks.microphone);
        put(
            &places.picture,
            &tracks.camera.filter(|_| self.encoding.get().is_some()),
        );
        encoder::sound_first(&places.sound);
        self.shape();
    }

    /// Tells the picture's encoder what is asked of it.
    fn shape(&self) {
        if let (Some(places), Some(encoding)) = (self.places.borrow().as_ref(), self.encoding.get()) {
            encoder::shape(&places.picture, encoding);
        }
    }

    fn read_stats(self: &Rc<Self>) {
        // A slow browser must not pile up questions.
        if self.reading.replace(true) {
            return;
        }
        let inner = self.clone();
        super::spawn(async move {
            let report = wait(js::call(&inner.connection, "getStats", &[])).await;
            inner.reading.set(false);
            if let Ok(report) = report {
                (inner.report)(PeerInput::Stats(stats::read(&report)));
            }
        });
    }
}

async fn wait(promise: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    js::settle(promise?).await
}

fn no_web_rtc() -> Failure {
    Failure {
        name: "NotSupportedError".to_owned(),
        message: "no RTCPeerConnection".to_owned(),
    }
}

fn configuration(config: &IceConfig) -> JsValue {
    let servers = js_sys::Array::new();
    for server in &config.servers {
        let urls: js_sys::Array = server.urls.iter().map(|url| JsValue::from_str(url)).collect();
        let entry = js::object([("urls", urls.into())]);
        if let (Some(username), Some(credential)) = (&server.username, &server.credential) {
            js::set(&entry, "username", username.as_str());
            js::set(&entry, "credential", credential.as_str());
        }
        servers.push(&entry);
    }
    let policy = if config.relay_only { "relay" } else { "all" };
    js::object([
        ("iceServers", servers.into()),
        ("iceTransportPolicy", policy.into()),
        ("bundlePolicy", "max-bundle".into()),
    ])
}
