//! Commands to events, or a refusal. The order of the questions is always the same: may the role do this at all, does
//! the person hold a seat, does the status allow it, and only then what the command itself asks.
//!
//! | Status | What people may do |
//! |---|---|
//! | Requested | all but `Start` and `Rejoin` |
//! | Confirmed, InProgress | all but `Rejoin` |
//! | Done | `Rejoin`, `DeclineCall` (of a rejoin that rings), `SetName`, `SetCase`, reports, `Leave` |
//! | Cancelled | `SetName`, `SetCase`, reports, `Leave` |
//!
//! A command that would change nothing makes no events and is no error: browsers repeat what they are not sure of.

mod call;
mod chat;
mod device;
mod door;
mod files;
mod marks;
mod text;

use super::command::{Command, Intake};
use super::event::Event;
use super::reject::Rejection;
use super::state::{Creator, Mode, ModeWhy, Person, Seat, Session, Status, Talk};
use crate::id::{PersonId, SessionId};
use crate::limit;
use crate::role::Act;
use crate::time::Time;

pub(super) use call::ended;

/// What a decision may depend on besides the session and the command.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The server's clock.
    pub now: Time,
    /// How many people the operator allows.
    pub seats: Seats,
    /// Whether the operator lets agents show a camera of their own.
    pub agent_cameras: bool,
}

impl Context {
    /// As operators have it who change nothing.
    pub fn at(now: Time) -> Self {
        Self {
            now,
            seats: Seats::default(),
            agent_cameras: true,
        }
    }
}

/// How many people of each role may hold a seat at the same time. There is one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seats {
    /// Agents.
    pub agents: usize,
    /// Guests.
    pub guests: usize,
    /// Viewers.
    pub viewers: usize,
}

impl Default for Seats {
    fn default() -> Self {
        Self {
            agents: limit::AGENTS,
            guests: limit::GUESTS,
            viewers: limit::VIEWERS,
        }
    }
}

/// What a decision comes to: events in order (none when nothing would change), or a refusal.
type Decision = Result<Vec<Event>, Rejection>;

/// The first events of a session. Agent-made and walk-in sessions start confirmed.
///
/// # Errors
/// [`Rejection::TextTooLong`].
pub fn create(
    id: SessionId,
    creator: Creator,
    company: &str,
    mode: Mode,
    talk: Talk,
    case_id: Option<&str>,
    _ctx: &Context,
) -> Result<Vec<Event>, Rejection> {
    let case_id = text::optional(case_id.unwrap_or_default(), limit::CASE_ID_CHARS)?;
    Ok(vec![Event::Created {
        session: id,
        creator,
        company: text::optional(company, limit::COMPANY_CHARS)?,
        mode,
        talk,
        case_id: Some(case_id).filter(|case_id| !case_id.is_empty()),
    }])
}

/// Decides a person's command.
///
/// # Errors
/// A [`Rejection`]; nothing has changed.
pub fn by_person(session: &Session, who: PersonId, command: &Command, ctx: &Context) -> Result<Vec<Event>, Rejection> {
    let me = session.person(who).ok_or(Rejection::NoSuchPerson)?;
    let act = command.act();
    if !me.may(act) {
        return Err(Rejection::NotAllowed);
    }
    seat_allows(me.seat, act)?;
    status_allows(session.status, act)?;
    match command {
        Command::SetName(name) => door::rename(me, name),
        Command::SetCase(case_id) => set_case(session, case_id),
        Command::SetMode(mode) => files::set_mode(session, *mode, ModeWhy::Chosen),
        Command::AdaptMode(mode) => files::set_mode(session, *mode, ModeWhy::Network),
        Command::SetTalk(talk) => Ok(changed(session.talk != *talk, || Event::TalkChanged { talk: *talk })),
        Command::Start => call::start(session, me, ctx.now),
        Command::DeclineCall => call::decline(session, me),
        Command::ReportCamera(camera) => device::camera(me, camera, ctx.agent_cameras),
        Command::ReportMic(mic) => device::mic(me, *mic),
        Command::ReportTorch { torch, asked_by } => device::torch(me, *torch, *asked_by),
        Command::ReportHint(hint) => Ok(changed(me.hint != *hint, || Event::HintChanged {
            person: me.id,
            hint: *hint,
        })),
        Command::ReportQuality(quality) => Ok(device::quality(me, *quality)),
        Command::ReportAway(away) => Ok(device::away(me, *away)),
        Command::ReportWaiting(photos) => Ok(chat::waiting(me, *photos)),
        Command::ReportSeen(seen) => Ok(chat::seen(session, me, *seen)),
        Command::Ask { of, what } => device::ask(session, me, *of, *what),
        Command::AnswerAsk { what, answer } => device::answer(me, *what, *answer),
        Command::Pause(on) => Ok(changed(me.paused != *on, || Event::Paused { person: me.id, on: *on })),
        Command::Admit(person) => door::admit(session, *person, ctx.seats),
        Command::Decline(person) => door::decline(session, *person),
        Command::AskPatience(person) => door::ask_patience(session, *person),
        Command::Eject(person) => door::eject(session, *person),
        Command::Grant { person, grants } => door::grant(session, *person, *grants),
        Command::Hold { person, on } => door::hold(session, *person, *on),
        Command::Leave => Ok(door::leave(session, me)),
        Command::End => Ok(call::end(session, me, ctx.now)),
        Command::Stay => call::stay(session, me),
        Command::Rejoin => call::rejoin(session, me, ctx.now),
        together => look_together(session, me, together, ctx),
    }
}

/// Pictures, ink and chat.
fn look_together(session: &Session, me: &Person, command: &Command, ctx: &Context) -> Decision {
    match command {
        Command::TakeStill { file } => files::take_still(session, me, *file),
        Command::TakePhoto { file } => files::take_photo(session, me, *file),
        Command::AskPhoto(wish) => files::ask_photo(session, me, wish),
        Command::Share {
            file,
            kind,
            name,
            bytes,
            of,
        } => {
            let announced = files::Announced {
                file: *file,
                kind: *kind,
                name,
                bytes: *bytes,
                of: *of,
            };
            files::share(session, me, &announced)
        }
        Command::File { file, step } => files::step(session, *file, *step, ctx.now),
        Command::FailFile { file } => files::fail(session, me, *file),
        Command::Mark { file, mark, shape } => marks::mark(session, me, *file, *mark, shape),
        Command::Marks { file, step } => marks::step(session, me, *file, *step),
        Command::ClearMarks { file } => marks::clear(session, *file),
        Command::RestoreMarks { file } => marks::restore(session, *file, ctx.now),
        Command::Draw { on, mark, shape } => marks::draw(session, me, *on, *mark, shape),
        Command::Say { text, file } => chat::say(session, me, text, *file),
        _ => Ok(Vec::new()),
    }
}

/// Decides what the server's own doors want.
///
/// # Errors
/// A [`Rejection`]; nothing has changed.
pub fn by_server(session: &Session, intake: &Intake, ctx: &Context) -> Result<Vec<Event>, Rejection> {
    match intake {
        Intake::Invite {
            invitation,
            channel,
            to,
        } => door::invite(session, *invitation, *channel, to),
        Intake::MoveInvitation { invitation, delivery } => door::move_invitation(session, *invitation, *delivery),
        Intake::Knock {
            person,
            role,
            name,
            device,
        } => door::knock(session, *person, *role, name, device.as_ref()),
        Intake::Join {
            person,
            role,
            account,
            name,
            device,
        } => {
            let newcomer = door::Newcomer {
                person: *person,
                role: *role,
                account: *account,
                name,
                device: device.as_ref(),
            };
            door::join(session, &newcomer, ctx)
        }
        Intake::Connect { person, device } => device::connect(session, *person, device.as_ref()),
        Intake::Disconnect { person } => device::disconnect(session, *person),
        Intake::Away { person } => device::beacon(session, *person),
        Intake::FileStored {
            person,
            file,
            part,
            bytes,
            width,
            height,
        } => files::stored(session, *person, *file, *part, (*bytes, *width, *height)),
    }
}

/// A knocker may say who they are and how their device does; somebody who went, was not let in or was sent away may do nothing.
fn seat_allows(seat: Seat, act: Act) -> Result<(), Rejection> {
    match seat {
        Seat::Lobby | Seat::Ready => Ok(()),
        Seat::Knocking { .. } if matches!(act, Act::Rename | Act::Report) => Ok(()),
        Seat::Knocking { .. } | Seat::Left | Seat::Declined | Seat::Ejected => Err(Rejection::NoSeat),
    }
}

/// What an ended session still allows; see the table at the top.
fn status_allows(status: Status, act: Act) -> Result<(), Rejection> {
    let always = matches!(act, Act::Rename | Act::SetCase | Act::Report | Act::Leave);
    let coming_back = matches!(act, Act::Rejoin | Act::DeclineCall);
    match status {
        Status::Done { .. } if !always && !coming_back => Err(Rejection::SessionOver),
        Status::Cancelled { .. } if !always => Err(Rejection::SessionOver),
        _ => Ok(()),
    }
}

fn set_case(session: &Session, case_id: &str) -> Decision {
    let case_id = text::optional(case_id, limit::CASE_ID_CHARS)?;
    let case_id = Some(case_id).filter(|case_id| !case_id.is_empty());
    Ok(changed(session.case_id != case_id, || Event::CaseSet { case_id }))
}

/// One event if something changed, none if not.
fn changed(changed: bool, event: impl FnOnce() -> Event) -> Vec<Event> {
    if changed { vec![event()] } else { Vec::new() }
}
