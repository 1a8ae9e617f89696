//! The second half of every step: everything that follows from how things are, whatever made them so.

use super::step::{Before, Client, Turn, Wish};
use super::{Output, Phase};
use crate::camera::Act as CameraAct;
use crate::id::PersonId;
use crate::peer::{Act as PeerAct, Expect, Peer, Scene};
use crate::role::Role;
use crate::session::{Camera, Command, Facing, Mic, Mode, Person, Seat, Session, Status, Talk};
use crate::wire::FromClient;

impl Client {
    pub(super) fn settle(&mut self, turn: &mut Turn<'_>) {
        if core::mem::take(&mut self.new_here) {
            self.look_around(turn);
        }
        self.devices.hold(self.me().is_some_and(|me| me.held));
        self.settle_end();
        self.settle_talk();
        self.serve_asks(turn);
        self.do_device_acts(turn);
        self.start_when_ready(turn);
        self.settle_peers(turn);
        self.settle_network(turn);
        self.report(turn);
        self.keep_unsent(turn);
        self.link.flush(turn.now, &mut turn.out);
        self.do_peer_acts(turn);
        self.settle_page(turn);
        self.settle_leave(turn);
    }

    /// First look at the session from this page, maybe after a reload in the middle of it.
    fn look_around(&mut self, turn: &mut Turn<'_>) {
        let Some((session, me)) = self.session.as_ref().zip(self.me()) else {
            return;
        };
        let (camera, mic, paused) = (me.camera, me.mic, me.paused);
        let (seat, role, over) = (me.seat, me.role, session.status().is_over());
        if let Some(chosen) = self.talk.filter(|chosen| *chosen != session.talk() && !over) {
            self.command(Command::SetTalk(chosen), turn);
        }
        let was_open = matches!(camera, Camera::Live(_) | Camera::Interrupted(_) | Camera::Dead);
        let spoke = matches!(mic, Mic::On | Mic::Muted);
        if over {
            self.before = Before {
                camera: was_open,
                microphone: spoke,
            };
        }
        if over || seat != Seat::Ready {
            return;
        }
        // In the call already: the page was loaded again.
        self.wish = Wish::WithCamera;
        self.devices.pause(paused);
        let was_asked = role == Role::Customer && matches!(camera, Camera::Asking | Camera::Unknown);
        if was_open || was_asked {
            let facing = match camera {
                Camera::Live(lens) => lens.facing,
                _ if role == Role::Agent => Facing::Front,
                _ => Facing::Rear,
            };
            self.devices.restore(facing, spoke && role != Role::Agent, turn.now);
        } else {
            self.devices.adopt(camera);
        }
        if spoke && (role == Role::Agent || !was_open) {
            self.devices.set_microphone(mic == Mic::On);
        }
    }

    /// When the session is over the camera goes off, unless the person is on the way back into it.
    fn settle_end(&mut self) {
        let Some(session) = &self.session else { return };
        let over = session.status().is_over() && !self.is_rejoining();
        if over && !core::mem::replace(&mut self.was_over, true) {
            if self.devices.is_wanted() || self.devices.mic() != Mic::None {
                self.before = Before {
                    camera: self.devices.is_wanted(),
                    microphone: matches!(self.devices.mic(), Mic::On | Mic::Muted),
                };
            }
            self.wish = Wish::Nothing;
        } else if !over {
            self.was_over = false;
        }
        if over || self.is_gone() || self.closed.is_some() {
            self.devices.close_all();
        }
    }

    /// Left, declined, ejected, or Leave pressed.
    fn is_gone(&self) -> bool {
        let leaving = self.link.outbox().iter().any(|entry| entry.command == Command::Leave);
        leaving || self.me().is_some_and(|me| me.seat.is_gone())
    }

    /// An agent lets this guest look on, but not be heard.
    pub(super) fn is_silenced(&self) -> bool {
        self.me().is_some_and(|me| !me.grants.speak)
    }

    /// Voices travel one way only: by phone or by page.
    fn settle_talk(&mut self) {
        let by_phone = self.session.as_ref().is_some_and(|s| s.talk() == Talk::PhoneCall);
        let pending = self
            .link
            .outbox()
            .iter()
            .any(|e| matches!(e.command, Command::SetTalk(_)));
        if self.is_silenced() || (by_phone && !pending && self.role() != Role::Agent) {
            self.devices.drop_microphone();
        }
    }

    /// People press their one button long before there is a seat.
    fn start_when_ready(&mut self, turn: &mut Turn<'_>) {
        let Some((session, me)) = self.session.as_ref().zip(self.me()) else {
            return;
        };
        let open = matches!(session.status(), Status::Confirmed | Status::InProgress { .. });
        let may = me.role != Role::Viewer && me.seat == Seat::Lobby;
        let asked = self.link.outbox().iter().any(|entry| entry.command == Command::Start);
        if !open || !may || asked || !self.is_ready() || self.is_gone() {
            return;
        }
        // An agent's one press also opens the microphone, where it is used.
        let speaks = me.role == Role::Agent && session.talk() == Talk::Page && self.devices.mic() == Mic::None;
        self.command(Command::Start, turn);
        if speaks {
            self.devices.set_microphone(true);
            self.do_device_acts(turn);
        }
    }

    fn do_device_acts(&mut self, turn: &mut Turn<'_>) {
        loop {
            let acts = self.devices.take_acts();
            if acts.is_empty() {
                return;
            }
            for act in acts {
                match act {
                    CameraAct::Do(output) => turn.out.push(Output::Media(output)),
                    CameraAct::TracksChanged => self.with_peers(|peer, _| peer.refresh_tracks()),
                    CameraAct::Told(told) => self.told(told, turn),
                }
            }
        }
    }

    // Peers.

    /// Runs something on every peer.
    pub(super) fn with_peers(&mut self, mut run: impl FnMut(&mut Peer, &mut Scene<'_>)) {
        let relay_now = self.relay_time(self.now);
        let mut scene = Scene {
            now: self.now,
            relay_now,
            ice: self.ice.as_ref(),
            numbers: &mut self.numbers,
        };
        for peer in &mut self.peers {
            run(peer, &mut scene);
        }
    }

    /// Runs something on the peer of one person, if there is one.
    pub(super) fn with_peer(&mut self, person: PersonId, run: impl FnOnce(&mut Peer, &mut Scene<'_>)) {
        let mut run = Some(run);
        self.with_peers(|peer, scene| {
            if let Some(run) = run.take_if(|_| peer.person() == person) {
                run(peer, scene);
            }
        });
    }

    /// One connection with everybody who is in the call.
    fn settle_peers(&mut self, turn: &mut Turn<'_>) {
        let live = self.link.is_live();
        let others = self.others();
        let stays = |peer: &Peer| others.iter().any(|other| other.person == peer.person());
        let (kept, gone) = core::mem::take(&mut self.peers)
            .into_iter()
            .partition(|peer| stays(peer));
        self.peers = kept;
        let gone: Vec<Peer> = gone;
        for mut peer in gone {
            peer.close();
            turn.out.extend(self.peer_outputs(&mut peer));
        }
        for other in &others {
            if !self.peers.iter().any(|peer| peer.person() == other.person) {
                let Some(me) = self.you else { return };
                self.peers.push(Peer::new(me, other.person, other.at_once, turn.now));
            }
            self.with_peer(other.person, |peer, scene| {
                peer.expect(other.expect);
                peer.set_reachable(live && other.connected, scene);
            });
        }
    }

    fn others(&self) -> Vec<Other> {
        let Some((session, me)) = self.session.as_ref().zip(self.you) else {
            return Vec::new();
        };
        if self.is_gone() || self.closed.is_some() {
            return Vec::new();
        }
        let own = session.person(me).is_some_and(|me| shows(session, me));
        // A call that was running before this page came to know it: the others may hold old connections with us.
        let started = match session.status() {
            Status::InProgress { since } => since,
            _ => session.created_at(),
        };
        let at_once = self.relay_time(self.now).since(started).as_millis() > 1000;
        let other = |person: &Person| Other {
            person: person.id,
            connected: person.connected,
            at_once,
            expect: Expect {
                media: shows(session, person) || speaks(person),
                picture: shows(session, person),
                own_picture: own,
            },
        };
        session.peers_of(me).map(other).collect()
    }

    fn do_peer_acts(&mut self, turn: &mut Turn<'_>) {
        let mut peers = core::mem::take(&mut self.peers);
        for peer in &mut peers {
            turn.out.extend(self.peer_outputs(peer));
        }
        self.peers = peers;
    }

    fn peer_outputs(&self, peer: &mut Peer) -> Vec<Output> {
        let to = peer.person();
        let mut out = Vec::new();
        for act in peer.take_acts() {
            match act {
                PeerAct::Tell(signal) => self.link.send(FromClient::Signal { to, signal }, &mut out),
                PeerAct::RenewIce => self.link.send(FromClient::RenewIce, &mut out),
                PeerAct::Do(connection, what) => out.push(Output::Peer {
                    peer: to,
                    connection,
                    what,
                }),
            }
        }
        out
    }

    // The page.

    fn settle_page(&mut self, turn: &mut Turn<'_>) {
        let phase = self.phase(self.overlaid().as_ref().map(|(session, _)| session));
        let in_call = matches!(phase, Phase::Live | Phase::Ending { .. });
        self.link.set_in_call(in_call);
        let awake = in_call || phase == Phase::Waiting;
        if core::mem::replace(&mut self.awake, awake) != awake {
            turn.out.push(Output::WakeLock(awake));
        }
        let ringing = matches!(phase, Phase::Ringing { .. });
        if core::mem::replace(&mut self.ringing, ringing) != ringing {
            turn.out.push(Output::Ring(ringing));
        }
    }

    /// Gone for good: nothing is left to do with the seat.
    fn settle_leave(&mut self, turn: &mut Turn<'_>) {
        let left = self.me().is_some_and(|me| me.seat == Seat::Left);
        if left && self.link.seat().is_some() {
            self.link.unseat(&mut turn.out);
            turn.out.push(Output::ForgetSeat);
        }
    }
}

/// Somebody I share the call with.
struct Other {
    person: PersonId,
    connected: bool,
    at_once: bool,
    expect: Expect,
}

/// Whether a picture should come from this person now.
fn shows(session: &Session, person: &Person) -> bool {
    let running = matches!(person.camera, Camera::Live(_));
    session.mode() == Mode::Video && running && !person.hides() && person.away.is_none()
}

/// Whether sound should.
fn speaks(person: &Person) -> bool {
    person.mic == Mic::On && person.away.is_none()
}
