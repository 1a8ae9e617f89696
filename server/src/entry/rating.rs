//! Rating a session: by whoever holds a seat in it, or by an agent who took part.

use axum::http::StatusCode;
use farhand_shared::id::{AgentId, PersonId, SessionId};
use farhand_shared::limit::{self, TextFault};
use farhand_shared::role::Role;
use farhand_shared::session::Person;
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::ratings::{MOST_STARS, Rating, RatingRow};

use super::{refused, seat};
use crate::accounts::now;
use crate::error::ApiError;
use crate::room::time;
use crate::state::AppState;
use crate::store::{Agent, RatedBy, StoredRating};

/// Ratings in a list.
const NEWEST: u32 = 200;

/// Keeps what the holder of a seat says.
pub(crate) async fn by_seat(state: &AppState, token: &SeatToken, rating: &Rating) -> Result<(), ApiError> {
    let seat = seat::shown(state, token).await?.ok_or_else(stranger)?;
    let person = PersonId::from(seat.person_id);
    keep(state, seat.session_id.into(), |one| one.id == person, rating).await
}

/// Keeps what an agent says who took part.
pub(crate) async fn by_agent(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    rating: &Rating,
) -> Result<(), ApiError> {
    let account = Some(AgentId::from(agent.id));
    keep(state, session, |one| one.account == account, rating).await
}

async fn keep(
    state: &AppState,
    session: SessionId,
    is_rater: impl Fn(&Person) -> bool,
    rating: &Rating,
) -> Result<(), ApiError> {
    let words = checked(rating)?;
    let (now_in, _) = state.rooms.look(session).await.map_err(refused)?;
    let person = now_in.people().iter().find(|one| is_rater(one)).ok_or_else(stranger)?;
    let stored = StoredRating {
        session_id: session.uuid(),
        person_id: person.id.uuid(),
        role: match person.role {
            Role::Customer => RatedBy::Customer,
            Role::Agent => RatedBy::Agent,
            Role::Guest => RatedBy::Guest,
            Role::Viewer => RatedBy::Viewer,
        },
        stars: rating.stars,
        words,
        rated_at: now(state),
    };
    Ok(state.store.put_rating(&stored).await?)
}

/// The newest, for administrators.
pub(crate) async fn list(state: &AppState) -> Result<Vec<RatingRow>, ApiError> {
    let stored = state.store.ratings(NEWEST).await?;
    let row = |one: StoredRating| RatingRow {
        session: one.session_id.into(),
        role: match one.role {
            RatedBy::Customer => Role::Customer,
            RatedBy::Agent => Role::Agent,
            RatedBy::Guest => Role::Guest,
            RatedBy::Viewer => Role::Viewer,
        },
        rating: Rating {
            stars: one.stars,
            text: one.words,
        },
        at: time(one.rated_at),
    };
    Ok(stored.into_iter().map(row).collect())
}

fn checked(rating: &Rating) -> Result<String, ApiError> {
    let wrong = |what: &str, next: String| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "rating_not_valid",
            what.to_owned(),
            next,
        )
    };
    if !(1..=MOST_STARS).contains(&rating.stars) {
        return Err(wrong("A rating has one to five stars.", "Choose a star.".to_owned()));
    }
    match limit::clean_lines(&rating.text, limit::RATING_CHARS) {
        Ok(words) => Ok(words),
        Err(TextFault::Empty) => Ok(String::new()),
        Err(TextFault::TooLong) => Err(wrong(
            "That text is too long.",
            format!("Write at most {} characters.", limit::RATING_CHARS),
        )),
    }
}

fn stranger() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_in_session",
        "Only those who were in a session can rate it.",
        "Open the session's link again.",
    )
}
