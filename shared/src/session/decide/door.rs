//! Coming in and going out: invitations, knocks, seats, names.

use super::super::event::Event;
use super::super::reject::Rejection;
use super::super::state::{Channel, Delivery, Device, EndReason, Grants, Person, Seat, Session, Status};
use super::{Context, Decision, Seats, call, changed, text};
use crate::id::{AgentId, InvitationId, PersonId};
use crate::limit;
use crate::role::Role;

/// Somebody who takes a seat; the server has checked their right to it.
pub(super) struct Newcomer<'a> {
    pub(super) person: PersonId,
    pub(super) role: Role,
    pub(super) account: Option<AgentId>,
    pub(super) name: &'a str,
    pub(super) device: Option<&'a Device>,
}

pub(super) fn invite(session: &Session, invitation: InvitationId, channel: Channel, to: &str) -> Decision {
    if session.status.is_over() {
        return Err(Rejection::SessionOver);
    }
    if session.invitations.iter().any(|i| i.id == invitation) {
        return Ok(Vec::new());
    }
    if session.invitations.len() >= limit::INVITATIONS {
        return Err(Rejection::TooManyInvitations);
    }
    let to = text::optional(to, limit::NAME_CHARS)?;
    Ok(vec![Event::Invited {
        invitation,
        channel,
        to,
    }])
}

/// Providers report late and out of order, so an invitation only ever gets further.
pub(super) fn move_invitation(session: &Session, id: InvitationId, delivery: Delivery) -> Decision {
    let mut invitations = session.invitations.iter();
    let now = invitations
        .find(|i| i.id == id)
        .ok_or(Rejection::NoSuchInvitation)?
        .delivery;
    Ok(changed(rank(delivery) > rank(now), || Event::InvitationMoved {
        invitation: id,
        delivery,
    }))
}

/// A link that was tapped or taken back says more than any provider; a failure or a refusal may still be followed by good news.
const fn rank(delivery: Delivery) -> u8 {
    match delivery {
        Delivery::Made => 0,
        Delivery::Sent => 1,
        Delivery::Failed => 2,
        Delivery::Delivered => 3,
        Delivery::Declined => 4,
        Delivery::Opened => 5,
        Delivery::Revoked => 6,
    }
}

pub(super) fn knock(session: &Session, person: PersonId, role: Role, name: &str, device: Option<&Device>) -> Decision {
    if session.status.is_over() {
        return Err(Rejection::SessionOver);
    }
    let before = session.person(person);
    if before.is_some_and(|p| p.holds_seat() || matches!(p.seat, Seat::Knocking { .. })) {
        return Ok(Vec::new());
    }
    let waiting = session
        .people
        .iter()
        .filter(|p| matches!(p.seat, Seat::Knocking { .. }))
        .count();
    let remembered = session.people.len();
    if waiting >= limit::KNOCKERS || (before.is_none() && remembered >= limit::PEOPLE) {
        return Err(Rejection::TooManyKnocks);
    }
    let name = text::optional(name, limit::NAME_CHARS)?;
    let device = device.map(text::device);
    Ok(vec![Event::Knocked {
        person,
        role,
        name,
        device,
    }])
}

pub(super) fn admit(session: &Session, person: PersonId, seats: Seats) -> Decision {
    let knocker = knocker(session, person)?;
    let mut events = room_for(session, knocker.id, knocker.role, seats)?;
    events.push(Event::Admitted { person });
    Ok(events)
}

pub(super) fn decline(session: &Session, person: PersonId) -> Decision {
    knocker(session, person)?;
    Ok(vec![Event::Declined { person }])
}

/// Once is enough.
pub(super) fn ask_patience(session: &Session, person: PersonId) -> Decision {
    let noticed = knocker(session, person)?.noticed;
    Ok(changed(!noticed, || Event::PatienceAsked { person }))
}

/// Customers and agents are never sent away: their sessions end, or they leave.
pub(super) fn eject(session: &Session, person: PersonId) -> Decision {
    let person = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    match person.role {
        Role::Guest | Role::Viewer if person.holds_seat() => Ok(vec![Event::Ejected { person: person.id }]),
        Role::Guest | Role::Viewer => Ok(Vec::new()),
        Role::Customer | Role::Agent => Err(Rejection::NotAllowed),
    }
}

/// Only guests are let do less than their role; at the door already, so that they come in with it.
pub(super) fn grant(session: &Session, person: PersonId, grants: Grants) -> Decision {
    let person = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    match person.role {
        Role::Guest if person.seat.is_gone() => Err(Rejection::NotPossibleNow),
        Role::Guest => Ok(changed(person.grants != grants, || Event::Granted {
            person: person.id,
            grants,
        })),
        Role::Customer | Role::Agent | Role::Viewer => Err(Rejection::NotAllowed),
    }
}

/// A picture can be hidden of those who show theirs to agents. Who looks on shows none, and agents are their own masters.
pub(super) fn hold(session: &Session, person: PersonId, on: bool) -> Decision {
    let person = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    match person.role {
        Role::Customer | Role::Guest if !person.holds_seat() => Err(Rejection::NotPossibleNow),
        Role::Customer | Role::Guest if person.held == on => Ok(Vec::new()),
        Role::Customer | Role::Guest => Ok(vec![Event::Held { person: person.id, on }]),
        Role::Agent | Role::Viewer => Err(Rejection::NotAllowed),
    }
}

fn knocker(session: &Session, person: PersonId) -> Result<&Person, Rejection> {
    let person = session.person(person).ok_or(Rejection::NoSuchPerson)?;
    match person.seat {
        Seat::Knocking { .. } => Ok(person),
        _ => Err(Rejection::NotKnocking),
    }
}

/// Takes a seat, or the same seat again. An ended session takes people in as long as it can be rejoined.
pub(super) fn join(session: &Session, newcomer: &Newcomer, ctx: &Context) -> Decision {
    let before = session.person(newcomer.person);
    if before.is_some_and(Person::holds_seat) {
        return Ok(Vec::new());
    }
    match session.status {
        Status::Requested | Status::Confirmed | Status::InProgress { .. } => {}
        Status::Done { at, .. } if ctx.now <= at.plus(limit::REJOIN) => {}
        Status::Done { .. } => return Err(Rejection::TooLateToRejoin),
        Status::Cancelled { .. } => return Err(Rejection::SessionOver),
    }
    let full = before.is_none() && session.people.len() >= limit::PEOPLE;
    let mut events = match full {
        true => return Err(too_many(newcomer.role)),
        false => room_for(session, newcomer.person, newcomer.role, ctx.seats)?,
    };
    let typed = text::optional(newcomer.name, limit::NAME_CHARS)?;
    let name = match before {
        Some(before) if typed.is_empty() => before.name.clone(),
        _ => typed,
    };
    events.push(Event::Joined {
        person: newcomer.person,
        role: newcomer.role,
        account: newcomer.account,
        name,
        device: newcomer.device.map(text::device),
    });
    Ok(events)
}

/// Checks that there is a free seat. There is one customer's seat: a customer whose browser is gone gives it up to one
/// who may come in now, since that is nearly always the same person with another browser.
fn room_for(session: &Session, newcomer: PersonId, role: Role, seats: Seats) -> Decision {
    let others = |p: &&Person| p.role == role && p.id != newcomer && p.holds_seat();
    let most = match role {
        Role::Customer => {
            let seated = session.people.iter().filter(others);
            let mut gone = Vec::new();
            for customer in seated {
                if customer.connected {
                    return Err(Rejection::CustomerPresent);
                }
                gone.push(Event::Left { person: customer.id });
            }
            return Ok(gone);
        }
        Role::Agent => seats.agents,
        Role::Guest => seats.guests,
        Role::Viewer => seats.viewers,
    };
    match session.people.iter().filter(others).count() {
        seated if seated < most => Ok(Vec::new()),
        _ => Err(too_many(role)),
    }
}

const fn too_many(role: Role) -> Rejection {
    match role {
        Role::Customer => Rejection::CustomerPresent,
        Role::Agent => Rejection::TooManyAgents,
        Role::Guest => Rejection::TooManyGuests,
        Role::Viewer => Rejection::TooManyViewers,
    }
}

pub(super) fn rename(me: &Person, name: &str) -> Decision {
    let name = text::optional(name, limit::NAME_CHARS)?;
    Ok(changed(me.name != name, || Event::Renamed { person: me.id, name }))
}

/// Goes without ending the session, unless a running call would be left without an agent.
pub(super) fn leave(session: &Session, me: &Person) -> Vec<Event> {
    let mut events = vec![Event::Left { person: me.id }];
    let running = matches!(session.status, Status::InProgress { .. });
    if me.role == Role::Agent && running && !call::another_agent_is_there(session, me) {
        events.extend(call::ended(session, EndReason::AgentsLeft));
    }
    events
}
