//! Who may send and who may look at a file: by the seat their page holds, and agents also by being signed in.
//!
//! | Who | Sends | Looks at pictures | Looks at documents |
//! |---|---|---|---|
//! | whose device makes or shares it | this file | yes | yes |
//! | customer, agent, guest with a seat | - | yes | yes |
//! | viewer | - | yes | - |
//! | at the door, gone, declined | - | - | - |
//! | agent who took part, signed in, also after the end | - | yes | yes |

use axum::http::{HeaderMap, header};
use farhand_shared::id::{AgentId, FileId, PersonId, SessionId};
use farhand_shared::role::Act;
use farhand_shared::session::{File, FileKind, FileStage, Person, Seat};
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::files::SEAT_SCHEME;

use super::problem;
use crate::accounts::who;
use crate::entry::{refused, seat};
use crate::error::ApiError;
use crate::room::{FileLook, RoomError, Who};
use crate::state::AppState;
use crate::store;

/// Somebody whose device sends this file.
#[derive(Clone, Debug)]
pub(crate) struct Sender {
    pub(super) session: SessionId,
    pub(super) person: PersonId,
    pub(super) file: File,
}

/// Somebody who may look at this file.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(super) file: File,
}

/// Who sends this file, if it is the caller.
///
/// # Errors
/// 401, 403 or 404; 410 and 409 when nothing more is to be sent.
pub(crate) async fn sender(state: &AppState, headers: &HeaderMap, id: FileId) -> Result<Sender, ApiError> {
    let seat = held_seat(state, headers).await?.ok_or_else(problem::no_seat)?;
    sends(state, seat.session_id.into(), seat.person_id.into(), id).await
}

/// This person as the one who sends this file.
///
/// # Errors
/// As [`sender`].
pub(crate) async fn sends(
    state: &AppState,
    session: SessionId,
    person: PersonId,
    id: FileId,
) -> Result<Sender, ApiError> {
    let look = look(state, session, Who::Person(person), id).await?;
    let (person, file) = (inside(look.person)?, look.file.ok_or_else(problem::unknown)?);
    if file.from != person.id {
        return Err(problem::not_yours());
    }
    match file.stage {
        FileStage::Deleted { .. } => Err(problem::deleted()),
        FileStage::Expected | FileStage::Preview | FileStage::Stored | FileStage::Failed => Ok(Sender {
            session,
            person: person.id,
            file,
        }),
    }
}

/// Whether the caller may look at this file.
///
/// # Errors
/// 401, 403, 404, or 410 when it was deleted.
pub(crate) async fn reader(state: &AppState, headers: &HeaderMap, id: FileId) -> Result<Reader, ApiError> {
    let by_seat = match held_seat(state, headers).await? {
        Some(seat) => Some(by_seat(state, &seat, id).await),
        None => None,
    };
    let file = match by_seat {
        Some(Ok(file)) => file,
        refused => match by_cookie(state, headers, id).await? {
            Some(file) => file,
            None => return Err(refused.and_then(Result::err).unwrap_or_else(problem::no_seat)),
        },
    };
    match file.stage {
        FileStage::Deleted { .. } => Err(problem::deleted()),
        FileStage::Failed => Err(problem::failed()),
        FileStage::Expected => Err(problem::not_ready()),
        FileStage::Preview | FileStage::Stored => Ok(Reader { file }),
    }
}

/// Who holds the seat that the caller shows, wherever they sit or wait.
///
/// # Errors
/// 401.
pub(crate) async fn sitter(state: &AppState, headers: &HeaderMap) -> Result<PersonId, ApiError> {
    let seat = held_seat(state, headers).await?.ok_or_else(problem::no_seat)?;
    Ok(seat.person_id.into())
}

async fn by_seat(state: &AppState, seat: &store::Seat, id: FileId) -> Result<File, ApiError> {
    let look = look(state, seat.session_id.into(), Who::Person(seat.person_id.into()), id).await?;
    let (person, file) = (inside(look.person)?, look.file.ok_or_else(problem::unknown)?);
    // Documents are part of the chat, which a viewer does not have.
    if file.kind == FileKind::Document && !person.may(Act::Say) {
        return Err(problem::unknown());
    }
    Ok(file)
}

/// The file, when the caller is signed in and took part in its session.
async fn by_cookie(state: &AppState, headers: &HeaderMap, id: FileId) -> Result<Option<File>, ApiError> {
    let Some(agent) = who(state, headers).await? else {
        return Ok(None);
    };
    let Some(row) = state.store.file(id.uuid()).await? else {
        return Ok(None);
    };
    let look = look(state, row.session_id.into(), Who::Account(AgentId::from(agent.id)), id).await?;
    let took_part = look
        .person
        .is_some_and(|person| !matches!(person.seat, Seat::Declined | Seat::Ejected | Seat::Knocking { .. }));
    Ok(look.file.filter(|_| took_part))
}

async fn look(state: &AppState, session: SessionId, who: Who, file: FileId) -> Result<FileLook, ApiError> {
    match state.rooms.file(session, who, file).await {
        Err(RoomError::Unknown) => Err(problem::unknown()),
        looked => looked.map_err(refused),
    }
}

fn inside(person: Option<Person>) -> Result<Person, ApiError> {
    person.filter(Person::holds_seat).ok_or_else(problem::not_inside)
}

/// The good seat in `Authorization: Seat …`.
async fn held_seat(state: &AppState, headers: &HeaderMap) -> Result<Option<store::Seat>, ApiError> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = shown.and_then(|value| value.strip_prefix(SEAT_SCHEME)?.strip_prefix(' '));
    match token {
        Some(token) => seat::shown(state, &SeatToken(token.to_owned())).await,
        None => Ok(None),
    }
}
