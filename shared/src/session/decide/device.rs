//! What browsers and phones report, and what agents ask of them.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{Answer, Ask, Away, Camera, Device, Lens, Mic, Person, Seat, Session, Status, Torch};
use super::{Decision, changed, text};
use crate::id::PersonId;
use crate::quality::Quality;
use crate::role::Role;

/// Viewers are not seen, nor are agents where the operator does not want it.
pub(super) fn camera(me: &Person, camera: &Camera, agents_may: bool) -> Decision {
    let camera = sound(*camera);
    let may = match me.role {
        Role::Viewer => false,
        Role::Agent => agents_may,
        Role::Customer | Role::Guest => true,
    };
    if !may && matches!(camera, Camera::Asking | Camera::Live(_)) {
        return Err(Rejection::NotAllowed);
    }
    Ok(changed(me.camera != camera, || Event::CameraChanged {
        person: me.id,
        camera,
    }))
}

/// A camera whose numbers are numbers. JSON cannot carry infinity or NaN, so one of them in an event would make the
/// whole log unreadable.
fn sound(camera: Camera) -> Camera {
    let Camera::Live(lens) = camera else { return camera };
    let zoom = lens.zoom.filter(|zoom| {
        let finite = zoom.min.is_finite() && zoom.max.is_finite() && zoom.now.is_finite();
        finite && zoom.min <= zoom.max
    });
    Camera::Live(Lens { zoom, ..lens })
}

/// Viewers are not heard.
pub(super) fn mic(me: &Person, mic: Mic) -> Decision {
    if me.role == Role::Viewer && mic == Mic::On {
        return Err(Rejection::NotAllowed);
    }
    Ok(changed(me.mic != mic, || Event::MicChanged { person: me.id, mic }))
}

/// The light of an open lens that has one. Who asked for it is only believed when somebody did.
pub(super) fn torch(me: &Person, torch: Torch, asked_by: Option<PersonId>) -> Decision {
    let Camera::Live(Lens { torch: true, .. }) = me.camera else {
        return Err(Rejection::NotPossibleNow);
    };
    let on = match torch {
        Torch::None => return Err(Rejection::NotPossibleNow),
        Torch::Off => false,
        Torch::On => true,
    };
    let asked = me.asked.filter(|(what, _)| *what == Ask::Torch(on));
    if me.torch != torch {
        return Ok(vec![Event::TorchChanged {
            person: me.id,
            torch,
            asked_by: asked.map(|(_, by)| by).filter(|by| Some(*by) == asked_by),
        }]);
    }
    Ok(changed(asked.is_some(), || Event::AskAnswered {
        person: me.id,
        what: Ask::Torch(on),
        answer: Answer::Done,
    }))
}

pub(super) fn quality(me: &Person, quality: Quality) -> Vec<Event> {
    changed(me.quality != quality, || Event::QualityChanged {
        person: me.id,
        quality,
    })
}

pub(super) fn away(me: &Person, away: Option<Away>) -> Vec<Event> {
    changed(me.away.map(|(why, _)| why) != away, || Event::AwayChanged {
        person: me.id,
        away,
    })
}

/// Asks something of a customer's phone: only while it is in the call, reachable, and its lens can do it.
pub(super) fn ask(session: &Session, me: &Person, of: PersonId, what: Ask) -> Decision {
    let phone = session.person(of).ok_or(Rejection::NoSuchPerson)?;
    let in_call = matches!(session.status, Status::InProgress { .. }) && phone.seat == Seat::Ready;
    let Camera::Live(lens) = phone.camera else {
        return Err(Rejection::NotPossibleNow);
    };
    let lens_can = match what {
        Ask::Torch(_) => lens.torch,
        Ask::Flip => true,
        Ask::Zoom(factor) => lens.zoom.is_some_and(|zoom| zoom.min <= factor && factor <= zoom.max),
    };
    if phone.role != Role::Customer || !in_call || !phone.connected || !lens_can {
        return Err(Rejection::NotPossibleNow);
    }
    let wanted_already = match phone.asked {
        Some(asked) => asked == (what, me.id),
        None => is_so(phone.torch, lens, what),
    };
    Ok(changed(!wanted_already, || Event::Asked { by: me.id, of, what }))
}

/// Whether the phone already is as asked.
fn is_so(torch: Torch, lens: Lens, what: Ask) -> bool {
    match what {
        Ask::Torch(on) => torch == if on { Torch::On } else { Torch::Off },
        Ask::Flip => false,
        Ask::Zoom(factor) => lens.zoom.is_some_and(|zoom| zoom.now == factor),
    }
}

pub(super) fn answer(me: &Person, what: Ask, answer: Answer) -> Decision {
    match me.asked {
        Some((asked, _)) if asked == what => Ok(vec![Event::AskAnswered {
            person: me.id,
            what,
            answer,
        }]),
        _ => Err(Rejection::NotAsked),
    }
}

/// A socket for this seat. Also at the door and after the end, but not for somebody who went or was not let in: they
/// come back by the door they came through.
pub(super) fn connect(session: &Session, person: PersonId, device: Option<&Device>) -> Decision {
    let me = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    if me.seat.is_gone() {
        return Err(Rejection::NoSeat);
    }
    let device = device.map(text::device);
    let news = !me.connected || me.away.is_some() || (device.is_some() && device != me.device);
    Ok(changed(news, || Event::Connected { person, device }))
}

pub(super) fn disconnect(session: &Session, person: PersonId) -> Decision {
    let me = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    Ok(changed(me.connected, || Event::Disconnected { person }))
}

/// A beacon only knows that the page is hidden; what the page itself said before is better.
pub(super) fn beacon(session: &Session, person: PersonId) -> Decision {
    let me = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    let here = !me.seat.is_gone();
    Ok(changed(here && me.away.is_none(), || Event::AwayChanged {
        person,
        away: Some(Away::Hidden),
    }))
}
