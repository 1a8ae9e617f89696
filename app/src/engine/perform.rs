//! Outputs to effects: the one `match` that touches the world.

use super::handle::SeatPlace;
use super::inbox::Inbox;
use super::pictures::Pictures;
use super::sending::{Desk, Make};
use super::store::Store;
use crate::json;
use crate::platform::media::Media;
use crate::platform::page;
use crate::platform::peer::{Peer, Remote};
use crate::platform::socket::{Socket, SocketNews};
use crate::platform::sound::{Loudness, Sound};
use crate::platform::storage::{self, Keep};
use crate::platform::stream::Stream;
use crate::platform::wake_lock::WakeLock;
use farhand_shared::client::{Input, MediaOutput, Output, PeerInput, PeerOutput, SocketInput};
use farhand_shared::id::{Generation, PersonId};
use farhand_shared::wire::http::sessions::AwayBeacon;
use farhand_shared::wire::{FromClient, IceConfig, SeatToken};
use std::rc::Rc;

/// Where the relay takes sockets.
const SOCKET_PATH: &str = "/ws";
/// Where the relay takes last words.
const BEACON_PATH: &str = "/api/beacon/away";
/// Marks that this tab has just been reloaded for newer pages.
pub(super) const RELOADED: &str = "farhand.reloaded";

/// Everything outside the brain.
pub(super) struct World {
    seat: SeatPlace,
    inbox: Inbox,
    socket: Option<(Generation, Socket)>,
    media: Media,
    peers: Vec<Line>,
    awake: Option<WakeLock>,
    sound: Sound,
    store: Store,
    desk: Desk,
    pictures: Rc<Pictures>,
}

/// One peer connection and whom it reaches.
struct Line {
    person: PersonId,
    connection: u32,
    peer: Peer,
}

impl World {
    pub(super) fn new(seat: SeatPlace, inbox: Inbox, store: Store) -> Self {
        let media = Media::new({
            let inbox = inbox.clone();
            move |attempt, what| inbox.push(Input::Media { attempt, what })
        });
        Self {
            seat,
            inbox,
            socket: None,
            media,
            peers: Vec::new(),
            awake: None,
            sound: Sound::default(),
            store,
            desk: Desk::default(),
            pictures: Rc::default(),
        }
    }

    /// Does one thing.
    pub(super) fn perform(&mut self, output: Output) {
        match output {
            Output::OpenSocket(generation) => self.open_socket(generation),
            Output::CloseSocket(generation) => self.close_socket(generation),
            Output::Send(generation, message) => self.send(generation, &message),
            Output::KeepSeat(seat) => {
                self.seat.write(&seat);
                self.desk.seated(seat);
            }
            Output::ForgetSeat => self.seat.clear(),
            Output::Media(what) => self.media(what),
            Output::Peer { peer, connection, what } => self.peer(peer, connection, what),
            Output::WakeLock(on) => self.stay_awake(on),
            Output::Ring(on) => self.ring(on),
            Output::AwayBeacon(seat) => beacon(seat),
            Output::KeepUnsent(unsent) => self.seat.write_unsent(&unsent),
            Output::Capture { file, kind } => self.desk.take(file, kind, self.media.tracks()),
            Output::Measure { seat, bytes } => self.desk.measure(seat, bytes),
            Output::Reload => reload(),
        }
    }

    fn open_socket(&mut self, generation: Generation) {
        // The older one closes first: the relay must not see two sockets of one seat.
        self.socket = None;
        let inbox = self.inbox.clone();
        let report = move |news| {
            let what = match news {
                SocketNews::Opened => SocketInput::Opened,
                SocketNews::Closed => SocketInput::Closed,
                SocketNews::Text(text) => match json::from_str(&text) {
                    Ok(message) => SocketInput::Received(message),
                    // Newer relays may say more than these pages know.
                    Err(_) => return,
                },
            };
            inbox.push(Input::Socket { generation, what });
        };
        match Socket::open(SOCKET_PATH, report) {
            Ok(socket) => self.socket = Some((generation, socket)),
            Err(_) => self.inbox.push(Input::Socket {
                generation,
                what: SocketInput::Closed,
            }),
        }
    }

    fn close_socket(&mut self, generation: Generation) {
        self.socket.take_if(|(open, _)| *open == generation);
    }

    fn send(&self, generation: Generation, message: &FromClient) {
        let open = self.socket.as_ref().filter(|(open, _)| *open == generation);
        if let (Some((_, socket)), Ok(text)) = (open, json::to_string(message)) {
            socket.send(&text);
        }
    }

    fn media(&self, what: MediaOutput) {
        match what {
            MediaOutput::Open { attempt, wish } => self.media.open(attempt, wish),
            MediaOutput::StopCamera => self.media.stop_camera(),
            MediaOutput::StopMicrophone => self.media.stop_microphone(),
            MediaOutput::Light(on) => self.media.light(on),
            MediaOutput::Zoom(factor) => self.media.zoom(factor),
            MediaOutput::Enable { camera, microphone } => self.media.enable(camera, microphone),
            MediaOutput::Reattach => self.media.reattach(),
        }
    }

    fn peer(&mut self, person: PersonId, connection: u32, what: PeerOutput) {
        if let PeerOutput::Open(config) = &what {
            self.hang_up(person, connection);
            return self.dial(person, connection, config);
        }
        let line = self
            .peers
            .iter()
            .find(|line| (line.person, line.connection) == (person, connection));
        let Some(Line { peer, .. }) = line else { return };
        match what {
            PeerOutput::Open(_) => {}
            PeerOutput::SetServers(config) => peer.set_servers(&config),
            PeerOutput::Describe => peer.describe(),
            PeerOutput::RestartIce => peer.restart_ice(),
            PeerOutput::Apply { offer, sdp } => peer.apply(offer, &sdp),
            PeerOutput::AddCandidate { candidate, mid, line } => peer.add_candidate(&candidate, mid.as_deref(), line),
            PeerOutput::RefreshTracks => peer.send(self.media.tracks()),
            PeerOutput::Encode(encoding) => peer.encode(encoding),
            PeerOutput::Ink(ink) => peer.send_ink(&ink),
            PeerOutput::Close => self.hang_up(person, connection),
        }
    }

    fn dial(&mut self, person: PersonId, connection: u32, config: &IceConfig) {
        let inbox = self.inbox.clone();
        let report = move |what| {
            inbox.push(Input::Peer {
                peer: person,
                connection,
                what,
            });
        };
        match Peer::open(config, self.media.tracks(), report.clone()) {
            Ok(peer) => self.peers.push(Line {
                person,
                connection,
                peer,
            }),
            Err(failure) => report(PeerInput::Failed(failure)),
        }
    }

    fn hang_up(&mut self, person: PersonId, connection: u32) {
        self.peers
            .retain(|line| (line.person, line.connection) != (person, connection));
    }

    fn stay_awake(&mut self, on: bool) {
        match (on, &self.awake) {
            (true, None) => self.awake = Some(WakeLock::hold()),
            (false, Some(_)) => self.awake = None,
            (true, Some(_)) | (false, None) => {}
        }
    }

    fn ring(&self, on: bool) {
        if on {
            self.sound.ring(Loudness::Loud)
        } else {
            self.sound.quiet()
        }
    }

    pub(super) fn preview(&self) -> Option<Stream> {
        self.media.preview()
    }

    /// What comes from whom, over which connection.
    pub(super) fn remotes(&self) -> Vec<(PersonId, u32, Remote)> {
        self.peers
            .iter()
            .map(|line| (line.person, line.connection, line.peer.remote()))
            .collect()
    }

    /// From now on files can be taken and sent.
    pub(super) fn open_desk(&mut self, make: Make) {
        self.desk
            .open(make, self.inbox.clone(), self.store, || self.media.tracks());
    }

    pub(super) const fn desk(&self) -> &Desk {
        &self.desk
    }

    pub(super) fn pictures(&self) -> Rc<Pictures> {
        self.pictures.clone()
    }

    pub(super) fn sound(&self) -> Sound {
        self.sound.clone()
    }
}

fn beacon(seat: SeatToken) {
    if let Ok(json) = json::to_string(&AwayBeacon { seat }) {
        page::beacon(BEACON_PATH, &json);
    }
}

fn reload() {
    storage::write(Keep::Tab, RELOADED, "1");
    page::reload();
}
