//! Inputs in, outputs out: where link, peers, devices and replica meet.
//!
//! Every step has two halves: the input goes to the machine it is for, then [`settle`](super) makes everything agree with
//! the session again. So a reload, a resume or a restart of the relay need no code of their own.

use super::ask::Asking;
use super::input::Unsent;
use super::network::Network;
use super::notices::Notices;
use super::{Dice, Input, Notice, Output, PeerInput, View};
use crate::camera::Devices;
use crate::id::{CommandId, FileId, PersonId, Seq};
use crate::ink::LiveScene;
use crate::link::Link;
use crate::peer::{Numbers, Peer};
use crate::quality::Quality;
use crate::role::Role;
use crate::session::{Camera, Command, Device, Facing, Person, Rejection, Session, Talk};
use crate::time::Time;
use crate::wire::{Closing, IceConfig, PinNow, Settings};
use core::time::Duration;

/// What the page knows before the relay has said anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What this page is for; the session's own word wins once it is known.
    pub role: Role,
    /// How they will talk, from the invitation: decides whether the first question includes the microphone.
    pub talk: Talk,
    /// Whether a reload may be asked for when other pages are needed; false right after such a reload, so that it cannot loop.
    pub may_reload: bool,
}

impl Options {
    /// A customer's page.
    pub const fn customer() -> Self {
        Self {
            role: Role::Customer,
            talk: Talk::PhoneCall,
            may_reload: true,
        }
    }

    /// The page of a guest or viewer.
    pub const fn visitor() -> Self {
        Self {
            role: Role::Guest,
            talk: Talk::PhoneCall,
            may_reload: true,
        }
    }

    /// An agent's page.
    pub const fn agent() -> Self {
        Self {
            role: Role::Agent,
            talk: Talk::PhoneCall,
            may_reload: true,
        }
    }
}

/// What the person has pressed to get into the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Nothing,
    WithCamera,
    WithoutCamera,
}

/// What was open when the call ended, to be opened again with a rejoin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub(super) camera: bool,
    pub(super) microphone: bool,
}

/// What one step may use.
pub(super) struct Turn<'a> {
    pub(super) now: Time,
    pub(super) dice: &'a mut dyn Dice,
    pub(super) out: Vec<Output>,
}

/// One browser's brain.
#[derive(Debug)]
pub struct Client {
    pub(super) options: Options,
    pub(super) device: Option<Device>,
    pub(super) now: Time,
    pub(super) link: Link,
    pub(super) session: Option<Session>,
    pub(super) you: Option<PersonId>,
    pub(super) knocking: bool,
    pub(super) noticed: bool,
    /// Welcomed for the first time on this page and not looked around yet.
    pub(super) new_here: bool,
    pub(super) closed: Option<Closing>,
    pub(super) clock_offset: i64,
    pub(super) pin: Option<PinNow>,
    pub(super) ice: Option<IceConfig>,
    pub(super) devices: Devices,
    pub(super) peers: Vec<Peer>,
    pub(super) numbers: Numbers,
    pub(super) hidden: bool,
    pub(super) wish: Wish,
    /// Chosen on this page before the session was known.
    pub(super) talk: Option<Talk>,
    pub(super) before: Before,
    pub(super) was_over: bool,
    pub(super) asking: Option<Asking>,
    pub(super) refused_reports: Vec<Command>,
    pub(super) report_after: Option<Time>,
    pub(super) lost_at: Option<Time>,
    pub(super) notices: Notices,
    pub(super) settings: Settings,
    pub(super) network: Network,
    pub(super) ink: LiveScene,
    /// Pictures that the shell was asked to make.
    pub(super) captured: Vec<FileId>,
    pub(super) waiting_photos: u16,
    pub(super) read_up_to: Option<Seq>,
    /// What the shell keeps.
    pub(super) unsent: Vec<Unsent>,
    pub(super) awake: bool,
    pub(super) ringing: bool,
}

impl Client {
    /// A browser that has no seat yet.
    pub fn new(options: Options) -> Self {
        let facing = match options.role {
            Role::Customer | Role::Guest => Facing::Rear,
            Role::Agent | Role::Viewer => Facing::Front,
        };
        Self {
            options,
            device: None,
            now: Time::default(),
            link: Link::new(options.may_reload),
            session: None,
            you: None,
            knocking: false,
            noticed: false,
            new_here: false,
            closed: None,
            clock_offset: 0,
            pin: None,
            ice: None,
            devices: Devices::new(facing),
            peers: Vec::new(),
            numbers: Numbers::default(),
            hidden: false,
            wish: Wish::Nothing,
            talk: None,
            before: Before::default(),
            was_over: false,
            asking: None,
            refused_reports: Vec::new(),
            report_after: None,
            lost_at: None,
            notices: Notices::default(),
            settings: Settings::default(),
            network: Network::default(),
            ink: LiveScene::default(),
            captured: Vec::new(),
            waiting_photos: 0,
            read_up_to: None,
            unsent: Vec::new(),
            awake: false,
            ringing: false,
        }
    }

    /// The session as the relay has it: without what is still under way from here.
    pub const fn replica(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// What this page was made for.
    pub const fn options(&self) -> Options {
        self.options
    }

    /// Takes in one thing that happened at `now` and says what to do, in order. `now` is this browser's clock; it should
    /// not step back (a step back is taken for standing still).
    #[must_use]
    pub fn step(&mut self, now: Time, dice: &mut dyn Dice, input: Input) -> Vec<Output> {
        self.now = self.now.max(now);
        let mut turn = Turn {
            now: self.now,
            dice,
            out: Vec::new(),
        };
        match input {
            Input::Seated(seat) => self.seated(seat, &mut turn),
            Input::Device(device) => {
                self.link.set_device(device.clone());
                self.device = Some(device);
            }
            Input::Gesture(gesture) => self.gesture(gesture, &mut turn),
            Input::Socket { generation, what } => {
                let (dice, out) = (&mut *turn.dice, &mut turn.out);
                let news = self.link.socket(generation, what, turn.now, dice, out);
                self.news(news, &mut turn);
            }
            Input::Page(what) => self.page(what, &mut turn),
            Input::Media { attempt, what } => self.devices.input(attempt, what, turn.now),
            Input::Peer {
                peer,
                what: PeerInput::Ink(ink),
                ..
            } => self.heard_ink(peer, ink),
            Input::Peer { peer, connection, what } => {
                self.with_peer(peer, |peer, scene| peer.browser(connection, what, scene));
            }
            Input::Measured(took) => self.network.measured(took, turn.now),
            Input::Hint(hint) => self.network.hinted(hint),
            Input::PhotosWaiting(photos) => self.waiting_photos = photos,
            Input::Unsent(unsent) => self.restore_unsent(unsent, &mut turn),
            Input::Tick => {}
        }
        self.tick(&mut turn);
        self.settle(&mut turn);
        turn.out
    }

    /// When [`Input::Tick`] is wanted at the latest, by this browser's clock; none while nothing is waited for. May lie in the past.
    pub fn timeout(&self) -> Option<Time> {
        let peers = self.peers.iter().filter_map(Peer::timeout);
        let asking = self.asking.and_then(|asking| asking.until());
        let rejoin = self.rejoin_until().filter(|_| self.is_rejoining());
        let rejoin = rejoin.map(|until| self.own_time(until).plus(Duration::from_millis(1)));
        let own = [
            self.link.timeout(),
            self.devices.timeout(),
            asking,
            self.report_after,
            self.ink.timeout(),
            self.network.timeout(),
            rejoin,
        ];
        own.into_iter().flatten().chain(peers).min()
    }

    fn tick(&mut self, turn: &mut Turn<'_>) {
        let news = self.link.tick(turn.now, turn.dice, &mut turn.out);
        self.news(news, turn);
        self.devices.tick(turn.now);
        self.with_peers(Peer::tick);
        self.report_after = self.report_after.filter(|at| *at > turn.now);
        self.ink.expire(turn.now);
    }

    /// What the person sees now.
    pub fn view(&self) -> View {
        let (session, sending) = self.overlaid().unzip();
        let phase = self.phase(session.as_ref());
        View {
            phase,
            link: self.link.view(),
            noticed: self.noticed,
            you: self.you,
            session,
            sending: sending.unwrap_or_default(),
            pin: self.pin,
            camera: self.devices.view(),
            mic: self.devices.mic(),
            peers: self.peers.iter().map(Peer::view).collect(),
            weakest: self.weakest(),
            notices: self.notices.all(),
            clock_offset: self.clock_offset,
            settings: self.settings,
            offers_video: self.offers_video(),
            hint: self.customers_hint(),
            saves_data: self.network.saves_data(),
        }
    }

    /// What moves and fades on the pictures; what stays stands in the session.
    pub const fn ink(&self) -> &LiveScene {
        &self.ink
    }

    /// Whose connection is worst, if it is not good.
    fn weakest(&self) -> Option<(Option<PersonId>, Quality)> {
        let mine = (None, self.own_quality());
        let theirs = self.peers.iter().map(|peer| {
            let view = peer.view();
            let said = self
                .session
                .as_ref()
                .and_then(|s| s.person(view.person))
                .map(|p| p.quality);
            (Some(view.person), view.quality.max(said.unwrap_or_default()))
        });
        let worst = theirs.fold(mine, |worst, next| {
            // Customers hear of their own side first, agents of the other.
            let other_first = self.role() == Role::Agent && next.1 == worst.1;
            if next.1 > worst.1 || other_first { next } else { worst }
        });
        (worst.1 > Quality::Good).then_some(worst)
    }

    // What the other halves of the client use.

    /// My own line in the session, as the relay knows it.
    pub(super) fn me(&self) -> Option<&Person> {
        self.session.as_ref()?.person(self.you?)
    }

    pub(super) fn role(&self) -> Role {
        self.me().map_or(self.options.role, |me| me.role)
    }

    pub(super) fn talk_now(&self) -> Talk {
        let chosen = self.talk.unwrap_or(self.options.talk);
        self.session.as_ref().map_or(chosen, Session::talk)
    }

    /// Whether the person has done their part to get into the call.
    pub(super) fn is_ready(&self) -> bool {
        match self.wish {
            Wish::Nothing => false,
            Wish::WithCamera => matches!(self.devices.camera(), Camera::Live(_) | Camera::Interrupted(_)),
            Wish::WithoutCamera => true,
        }
    }

    /// The relay's clock at a time of ours.
    pub(super) const fn relay_time(&self, ours: Time) -> Time {
        Time::from_millis(ours.millis().saturating_add_signed(self.clock_offset))
    }

    /// Our clock at a time of the relay's.
    const fn own_time(&self, theirs: Time) -> Time {
        Time::from_millis(theirs.millis().saturating_add_signed(-self.clock_offset))
    }

    /// Wants something of the session.
    pub(super) fn command(&mut self, command: Command, turn: &mut Turn<'_>) {
        let id = CommandId::from_u128(turn.dice.bits());
        if self.link.enqueue(id, command, turn.now).is_err() {
            self.notices.add(Notice::Refused(Rejection::TooFast));
        }
    }
}
