//! Coming by an invite link. Looking changes nothing of the session, but tells its agents that the page is open; opening takes the customer's seat.
//!
//! | Who opens | Gets |
//! |---|---|
//! | a browser that holds the customer's seat | the same seat |
//! | the first browser | the customer's seat |
//! | another browser, while the seat is taken | another token for the same person: its hello takes over |
//! | the same customer after they went | the same person again |

use axum::http::StatusCode;
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::limit;
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Delivery, Intake, Rejection, Seat, Session, Status};
use farhand_shared::wire::http::sessions::{InviteLook, LookAtInvite, OpenInvite, Seated};
use uuid::Uuid;

use super::{NotIn, arrival, invitation, optional_name, refused, seat};
use crate::accounts::now;
use crate::error::ApiError;
use crate::room::RoomError;
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{Invite, InviteRole};

/// What a link leads to.
pub(crate) async fn look(state: &AppState, wish: &LookAtInvite, user_agent: &str) -> Result<InviteLook, ApiError> {
    let invite = good_link(state, &wish.secret, &[InviteRole::Customer]).await?;
    let (session, suggested_name) = open_session(state, invite.session_id.into()).await?;
    arrival::note(state, &invite, user_agent, wish.no_program).await?;
    Ok(InviteLook {
        agent: inviter(state, &invite, &session).await?,
        company: session.company().to_owned(),
        mode: session.mode(),
        talk: session.talk(),
        status: session.status(),
        customer_name: suggested_name,
    })
}

/// Takes the customer's seat.
pub(crate) async fn open(state: &AppState, wish: OpenInvite) -> Result<Seated, ApiError> {
    let typed = optional_name(wish.name.as_deref())?;
    let invite = good_link(state, &wish.secret, &[InviteRole::Customer]).await?;
    let id = SessionId::from(invite.session_id);
    let _turn = state.doors.opening.wait(&id).await;
    let (session, suggested_name) = open_session(state, id).await?;
    let held = held_seat(state, &session, &wish).await?;

    let customer = Customer {
        name: typed.or(suggested_name).unwrap_or_default(),
        wish: &wish,
    };
    let known = match &held {
        Some((person, _)) => Some(*person),
        None => known_person(state, &session, &invite).await?,
    };
    let person = customer.sit_down(state, id, known).await?;
    invitation::moved(&state.rooms, id, invite.id.into(), Delivery::Opened).await;
    state.site.withdraw(invite.id.into());
    match held {
        Some((held, token)) if held == person => Ok(Seated {
            session: id,
            seat: token,
        }),
        _ => seat::issue(state, id, person, Some(invite.id), wish.device.as_ref()).await,
    }
}

struct Customer<'a> {
    name: String,
    wish: &'a OpenInvite,
}

impl Customer<'_> {
    /// Makes sure that somebody holds the customer's seat, and says who: `known` if they are or were the customer.
    async fn sit_down(
        &self,
        state: &AppState,
        session: SessionId,
        known: Option<PersonId>,
    ) -> Result<PersonId, ApiError> {
        let person = known.unwrap_or_else(|| Uuid::new_v4().into());
        match self.join(state, session, person).await {
            Ok(()) => {}
            // Another browser was a moment earlier. Its customer is this one.
            Err(RoomError::Rejected(Rejection::CustomerPresent)) => {
                let (now, _) = state.rooms.look(session).await.map_err(refused)?;
                let present = now.customer().map(|present| present.id);
                return present.ok_or_else(|| refused(RoomError::Rejected(Rejection::CustomerPresent)));
            }
            Err(error) => return Err(refused(error)),
        }
        if known.is_some() && self.wish.name.is_some() {
            let rename = Command::SetName(self.name.clone());
            state.rooms.act(session, person, rename).await.map_err(refused)?;
        }
        Ok(person)
    }

    async fn join(&self, state: &AppState, session: SessionId, person: PersonId) -> Result<(), RoomError> {
        let join = Intake::Join {
            person,
            role: Role::Customer,
            account: None,
            name: self.name.clone(),
            device: self.wish.device.clone(),
        };
        state.rooms.intake(session, join).await
    }
}

/// The invite behind a secret, if it is for one of these and still opens something.
pub(super) async fn good_link(state: &AppState, secret: &str, roles: &[InviteRole]) -> Result<Invite, ApiError> {
    let unknown = || {
        ApiError::new(
            StatusCode::NOT_FOUND,
            "invite_unknown",
            "This link is not complete or not ours.",
            "Tap the link in the message again, or type the PIN from your agent.",
        )
    };
    let secret = Secret::presented(secret).ok_or_else(unknown)?;
    let invite = state
        .store
        .invite_by_secret(&secret.hash())
        .await?
        .filter(|invite| roles.contains(&invite.role))
        .ok_or_else(unknown)?;
    if invite.revoked_at.is_some() {
        return Err(ApiError::new(
            StatusCode::GONE,
            "invite_revoked",
            "This link was withdrawn.",
            "Ask your agent for a new link or the PIN.",
        ));
    }
    if !invite.is_open(now(state)) {
        return Err(ApiError::new(
            StatusCode::GONE,
            "invite_expired",
            "This link has expired.",
            "Ask your agent for a new link or the PIN.",
        ));
    }
    Ok(invite)
}

/// The session, unless it is over for good, and the customer's name as the agent gave it.
pub(super) async fn open_session(state: &AppState, id: SessionId) -> Result<(Session, Option<String>), ApiError> {
    let (session, name) = state.rooms.look(id).await.map_err(refused)?;
    if is_open(session.status(), state.clock.now_ms()) {
        Ok((session, name))
    } else {
        Err(NotIn::Over.into())
    }
}

/// Whether a session takes people in or back at `now_ms`.
pub(super) fn is_open(status: Status, now_ms: u64) -> bool {
    match status {
        Status::Requested | Status::Confirmed | Status::InProgress { .. } => true,
        Status::Done { at, .. } => now_ms <= at.plus(limit::REJOIN).millis(),
        Status::Cancelled { .. } => false,
    }
}

/// Who invited: by their account if it is still there, else by the name they had in the session.
pub(super) async fn inviter(state: &AppState, invite: &Invite, session: &Session) -> Result<String, ApiError> {
    let account = match invite.created_by {
        Some(agent) => state.store.agent(agent).await?,
        None => None,
    };
    let in_session = session.people().iter().find(|p| p.role == Role::Agent);
    Ok(account
        .map(|agent| agent.name)
        .or_else(|| in_session.map(|p| p.name.clone()))
        .unwrap_or_default())
}

/// The customer's seat in this session that the browser shows, if it does.
async fn held_seat(
    state: &AppState,
    session: &Session,
    wish: &OpenInvite,
) -> Result<Option<(PersonId, farhand_shared::wire::SeatToken)>, ApiError> {
    let Some(token) = &wish.seat else {
        return Ok(None);
    };
    let seat = seat::shown(state, token).await?;
    let seat = seat.filter(|seat| seat.session_id == session.id().uuid());
    let person = seat.and_then(|seat| session.person(seat.person_id.into()));
    let customer =
        person.filter(|p| p.role == Role::Customer && matches!(p.seat, Seat::Lobby | Seat::Ready | Seat::Left));
    Ok(customer.map(|p| (p.id, token.clone())))
}

/// The customer who is there, or who came by this very link and went.
async fn known_person(state: &AppState, session: &Session, invite: &Invite) -> Result<Option<PersonId>, ApiError> {
    if let Some(present) = session.customer() {
        return Ok(Some(present.id));
    }
    let seats = state.store.seats_of(invite.session_id, now(state)).await?;
    let by_this_link = seats.iter().rev().filter(|seat| seat.invite_id == Some(invite.id));
    let mut people = by_this_link.filter_map(|seat| session.person(seat.person_id.into()));
    Ok(people.find(|p| p.seat == Seat::Left).map(|p| p.id))
}
