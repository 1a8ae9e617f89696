//! What events do to one person.

use super::super::event::Event;
use super::super::state::{Ask, Camera, Grants, Lens, Mic, Person, Seat, Session, Torch};
use crate::id::{AgentId, PersonId, Seq};
use crate::quality::Quality;
use crate::role::Role;
use crate::time::Time;

/// Applies an event that names a person; anything else changes nothing.
pub(super) fn apply(session: &mut Session, event: &Event, at: Time) {
    match event {
        Event::Knocked {
            person,
            role,
            name,
            device,
        } => {
            let knocker = enter(session, *person, *role, None, name, at);
            knocker.seat = Seat::Knocking { since: at };
            knocker.noticed = false;
            knocker.device = device.clone().or(knocker.device.take());
        }
        Event::Joined {
            person,
            role,
            account,
            name,
            device,
        } => {
            let newcomer = enter(session, *person, *role, *account, name, at);
            newcomer.seat = Seat::Lobby;
            newcomer.device = device.clone().or(newcomer.device.take());
        }
        Event::Left { person } => {
            session.ringing = session.ringing.filter(|(caller, _)| caller != person);
            with(session, *person, |p| out(p, Seat::Left, at));
        }
        Event::Declined { person } => with(session, *person, |p| out(p, Seat::Declined, at)),
        Event::Ejected { person } => with(session, *person, |p| out(p, Seat::Ejected, at)),
        Event::PatienceAsked { person } => with(session, *person, |p| p.noticed = true),
        Event::Admitted { person } => with(session, *person, |p| p.seat = Seat::Lobby),
        Event::Readied { person } => with(session, *person, |p| p.seat = Seat::Ready),
        Event::Renamed { person, name } => with(session, *person, |p| p.name.clone_from(name)),
        Event::Connected { person, device } => with(session, *person, |p| {
            p.device = device.clone().or(p.device.take());
            p.away = None;
            connected(p, true, at);
        }),
        Event::Disconnected { person } => with(session, *person, |p| {
            p.asked = None;
            connected(p, false, at);
        }),
        Event::CameraChanged { person, camera } => with(session, *person, |p| camera_changed(p, *camera)),
        Event::MicChanged { person, mic } => with(session, *person, |p| p.mic = *mic),
        Event::TorchChanged { person, torch, .. } => with(session, *person, |p| {
            p.torch = *torch;
            p.asked = p.asked.filter(|(what, _)| !matches!(what, Ask::Torch(_)));
        }),
        Event::Asked { by, of, what } => with(session, *of, |p| p.asked = Some((*what, *by))),
        Event::AskAnswered { person, .. } => with(session, *person, |p| p.asked = None),
        Event::Paused { person, on } => with(session, *person, |p| p.paused = *on),
        Event::Granted { person, grants } => with(session, *person, |p| p.grants = *grants),
        Event::Held { person, on } => with(session, *person, |p| p.held = *on),
        Event::AwayChanged { person, away } => with(session, *person, |p| p.away = away.map(|why| (why, at))),
        Event::QualityChanged { person, quality } => with(session, *person, |p| p.quality = *quality),
        Event::HintChanged { person, hint } => with(session, *person, |p| p.hint = *hint),
        Event::WaitingChanged { person, photos } => with(session, *person, |p| p.waiting = *photos),
        Event::SeenChanged { person, seen } => with(session, *person, |p| p.seen = *seen),
        _ => {}
    }
}

fn with(session: &mut Session, id: PersonId, change: impl FnOnce(&mut Person)) {
    if let Some(person) = session.people.iter_mut().find(|p| p.id == id) {
        change(person);
    }
}

/// The person, new or come back, as nobody has heard of them since they came through a door.
fn enter<'a>(
    session: &'a mut Session,
    id: PersonId,
    role: Role,
    account: Option<AgentId>,
    name: &str,
    at: Time,
) -> &'a mut Person {
    let place = match session.people.iter().position(|p| p.id == id) {
        Some(place) => place,
        None => {
            session.people.push(newcomer(id, role, at));
            session.people.len() - 1
        }
    };
    let person = &mut session.people[place];
    if !person.connected {
        person.connected_at = at;
    }
    person.role = role;
    person.account = account;
    name.clone_into(&mut person.name);
    person
}

fn newcomer(id: PersonId, role: Role, at: Time) -> Person {
    Person {
        id,
        role,
        account: None,
        name: String::new(),
        device: None,
        seat: Seat::Lobby,
        noticed: false,
        connected: false,
        connected_at: at,
        away: None,
        paused: false,
        held: false,
        grants: Grants::default(),
        camera: Camera::Unknown,
        mic: Mic::None,
        torch: Torch::None,
        quality: Quality::Good,
        hint: None,
        asked: None,
        waiting: 0,
        seen: Seq::ZERO,
    }
}

/// Went or was sent away: nothing that was known of their devices holds any longer.
fn out(person: &mut Person, seat: Seat, at: Time) {
    connected(person, false, at);
    person.seat = seat;
    person.away = None;
    person.paused = false;
    person.held = false;
    person.camera = Camera::Unknown;
    person.mic = Mic::None;
    person.torch = Torch::None;
    person.quality = Quality::Good;
    person.hint = None;
    person.asked = None;
}

fn connected(person: &mut Person, connected: bool, at: Time) {
    if person.connected != connected {
        person.connected = connected;
        person.connected_at = at;
    }
}

/// The call is over for this person: ready for nothing, light out, picture not hidden, nothing asked.
pub(super) fn call_over(person: &mut Person) {
    if person.seat == Seat::Ready {
        person.seat = Seat::Lobby;
    }
    person.paused = false;
    person.held = false;
    person.asked = None;
    if person.torch == Torch::On {
        person.torch = Torch::Off;
    }
}

/// A lens that opens starts with its light off. What was asked of a lens that is gone is asked no longer, except for
/// a flip whose second lens needs the browser's question.
fn camera_changed(person: &mut Person, camera: Camera) {
    let same_lens = match (person.camera, camera) {
        (Camera::Live(before), Camera::Live(now)) => before.facing == now.facing,
        _ => false,
    };
    person.torch = match camera {
        Camera::Live(Lens { torch: true, .. }) if same_lens && person.torch != Torch::None => person.torch,
        Camera::Live(Lens { torch: true, .. }) => Torch::Off,
        _ => Torch::None,
    };
    person.asked = person.asked.filter(|(what, _)| match camera {
        Camera::Live(_) => true,
        Camera::Asking => *what == Ask::Flip,
        _ => false,
    });
    person.camera = camera;
}
