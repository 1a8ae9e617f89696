//! People whose browser runs no program of ours: they have a seat and no socket. Each page they load says that they are there
//! for a while.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use farhand_shared::id::{FileId, PersonId, SessionId};
use farhand_shared::limit;
use farhand_shared::session::{Camera, Command, FileKind, Mode, Person, Seat, Session};
use farhand_shared::wire::SeatToken;
use uuid::Uuid;

use super::{refused, seat};
use crate::error::ApiError;
use crate::files;
use crate::room::RoomError;
use crate::state::AppState;

/// How long a page that was loaded counts as being there: some of its own looks may be late on a bad line.
const STAYS: Duration = Duration::from_secs(30);
/// A photo of a phone; it is held in memory while it arrives.
const PHOTO_BYTES: u64 = 16 << 20;
/// Forms that may arrive at the same time: each holds one photo in memory.
const MOST_FORMS: usize = 16;

/// Somebody with a seat, and their session.
pub(crate) struct Visit {
    pub(crate) session: Session,
    pub(crate) person: Person,
}

impl Visit {
    /// Whether they are in a session that goes on; whoever waits at the door, was sent away or is late sees and sends nothing.
    pub(crate) fn is_in(&self) -> bool {
        self.person.holds_seat() && !self.session.status().is_over()
    }
}

/// Who holds this seat; none when it is good for nothing any more. They count as there.
pub(crate) async fn visit(state: &AppState, token: &SeatToken) -> Result<Option<Visit>, ApiError> {
    let Some(seat) = seat::shown(state, token).await? else {
        return Ok(None);
    };
    let (id, person) = (SessionId::from(seat.session_id), seat.person_id.into());
    match state.rooms.stay(id, person, STAYS).await {
        Err(RoomError::Unknown) => return Ok(None),
        stays => stays.map_err(refused)?,
    }
    look(state, id, person).await
}

/// Takes part as soon as somebody is let in: once, so that what others choose later stays. The agents hear that there is no
/// camera, and that photos come.
pub(crate) async fn take_part(state: &AppState, visit: Visit) -> Result<Option<Visit>, ApiError> {
    let fresh = visit.person.seat == Seat::Lobby && visit.person.camera == Camera::Unknown;
    if !fresh || !visit.is_in() {
        return Ok(Some(visit));
    }
    let (id, person) = (visit.session.id(), visit.person.id);
    for command in [
        Command::ReportCamera(Camera::Unsupported),
        Command::SetMode(Mode::Photo),
        Command::Start,
    ] {
        state.rooms.act(id, person, command).await.map_err(refused)?;
    }
    look(state, id, person).await
}

async fn look(state: &AppState, session: SessionId, person: PersonId) -> Result<Option<Visit>, ApiError> {
    let (session, _) = match state.rooms.look(session).await {
        Err(RoomError::Unknown) => return Ok(None),
        looked => looked.map_err(refused)?,
    };
    let person = session.person(person).cloned();
    Ok(person.map(|person| Visit { session, person }))
}

/// They are still there: their form is arriving.
pub(crate) async fn stays(state: &AppState, visit: &Visit) -> Result<(), ApiError> {
    let stays = state.rooms.stay(visit.session.id(), visit.person.id, STAYS);
    stays.await.map_err(refused)
}

/// Writes a message, unless it is empty; whether it was.
pub(crate) async fn say(state: &AppState, visit: &Visit, text: String) -> Result<bool, ApiError> {
    if text.trim().is_empty() {
        return Ok(false);
    }
    let say = Command::Say { text, file: None };
    let said = state.rooms.act(visit.session.id(), visit.person.id, say);
    said.await.map_err(refused)?;
    Ok(true)
}

/// Sends a photo. When this returns, it is kept and everybody sees it.
pub(crate) async fn send(state: &AppState, visit: &Visit, name: &str, bytes: Bytes) -> Result<(), ApiError> {
    let (session, person) = (visit.session.id(), visit.person.id);
    let file = FileId::from(Uuid::new_v4());
    let share = Command::Share {
        file,
        kind: FileKind::Picture,
        name: label(name),
        bytes: bytes.len() as u64,
        of: None,
    };
    state.rooms.act(session, person, share).await.map_err(refused)?;
    let sent = upload(state, visit, file, bytes).await;
    if sent.is_err() {
        // The others need not wait for it. If even that fails, it was refused and they know already.
        let _ = state.rooms.act(session, person, Command::FailFile { file }).await;
    }
    sent
}

/// A file's name as phones give it, cut; some give none.
fn label(name: &str) -> String {
    let name: String = name.chars().take(limit::FILE_NAME_CHARS).collect();
    if name.trim().is_empty() {
        "photo".to_owned()
    } else {
        name
    }
}

async fn upload(state: &AppState, visit: &Visit, file: FileId, bytes: Bytes) -> Result<(), ApiError> {
    let sender = files::sends(state, visit.session.id(), visit.person.id, file).await?;
    let length = bytes.len() as u64;
    let mut offset = 0;
    while offset < length {
        let room = state
            .files
            .expect(&sender, offset, length)
            .await?
            .min(limit::CHUNK_BYTES);
        let end = offset + room;
        let chunk = bytes.slice(offset as usize..end as usize);
        state.files.append(&sender, offset, chunk).await?;
        offset = end;
    }
    Ok(())
}

/// Most bytes of one photo.
pub(crate) fn most_bytes(state: &AppState) -> usize {
    state.config.files.file_bytes.min(PHOTO_BYTES) as usize
}

/// Ends the session, as customers do. Who is at the door just goes.
pub(crate) async fn end(state: &AppState, token: &SeatToken) -> Result<(), ApiError> {
    let Some(seat) = seat::shown(state, token).await? else {
        return Ok(());
    };
    let (session, person) = (seat.session_id.into(), seat.person_id.into());
    let ended = match state.rooms.act(session, person, Command::End).await {
        // Who cannot end it has no part in it.
        Err(RoomError::Rejected(_)) => state.rooms.stay(session, person, Duration::ZERO).await,
        ended => ended,
    };
    match ended {
        Ok(()) | Err(RoomError::Rejected(_) | RoomError::Unknown) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

/// The forms that are arriving: one for each person, and not too many together.
#[derive(Default)]
pub(crate) struct Forms(Mutex<HashSet<PersonId>>);

/// One of them; over when it is dropped.
pub(crate) struct Arriving<'a> {
    forms: &'a Forms,
    from: PersonId,
}

impl Drop for Arriving<'_> {
    fn drop(&mut self) {
        let mut arriving = self.forms.0.lock().unwrap_or_else(PoisonError::into_inner);
        arriving.remove(&self.from);
    }
}

impl Forms {
    /// Begins to take one.
    ///
    /// # Errors
    /// `already_sending`, or 503 `forms_busy`.
    pub(crate) fn begin(&self, from: PersonId) -> Result<Arriving<'_>, ApiError> {
        let mut arriving = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if arriving.len() >= MOST_FORMS {
            return Err(ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "forms_busy",
                "Too many photos are arriving at the moment.",
                "Try again in a minute.",
            ));
        }
        if !arriving.insert(from) {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "already_sending",
                "Your last photos are still arriving.",
                "Wait until they are there, then send the next.",
            ));
        }
        drop(arriving);
        Ok(Arriving { forms: self, from })
    }
}

/// A form came from somebody who is not in a session.
pub(crate) fn not_inside() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_in_session",
        "You are not in the session.",
        "Type the number again; your agent lets you in.",
    )
}
