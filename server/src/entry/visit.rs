//! Guests and viewers: people without an account whom an agent brings in by a link.
//!
//! A guest's link only knocks: an agent admits whoever reads out the right code. A viewer's link lets in at once, since
//! viewers can do nothing; taking it back sends away everybody who came by it.

use axum::http::StatusCode;
use farhand_shared::id::{InvitationId, PersonId, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{Command, Device, Intake, Seat, Session, spoken_code};
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::visits::{OpenVisit, VisitAs, VisitLink, VisitLinkMade, VisitLook, Visiting};
use uuid::Uuid;

use super::invitation::must_be_in;
use super::link::{good_link, inviter, open_session};
use super::{NotIn, optional_name, refused, seat};
use crate::accounts::{millis, now};
use crate::error::ApiError;
use crate::room::time;
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{self, Agent, Invite, InviteRole};

/// Links of one session that open something at the same time.
const MOST: usize = 10;
const VISITORS: [InviteRole; 2] = [InviteRole::Guest, InviteRole::Viewer];

/// Makes a link to a session that the agent is in. The whole link is known only now; the store keeps a hash.
pub(crate) async fn make(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    role: VisitAs,
) -> Result<VisitLinkMade, ApiError> {
    let now_in = must_be_in(state, agent, session).await?;
    if now_in.status().is_over() {
        return Err(NotIn::Over.into());
    }
    if open_links(state, session).await?.len() >= MOST {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "too_many_links",
            "This session has enough links for guests and viewers.",
            "Take one back first.",
        ));
    }
    let secret = Secret::random().map_err(ApiError::internal)?;
    let (id, now) = (Uuid::new_v4(), now(state));
    let row = Invite {
        id,
        secret: secret.hash(),
        session_id: session.uuid(),
        role: match role {
            VisitAs::Guest => InviteRole::Guest,
            VisitAs::Viewer => InviteRole::Viewer,
        },
        channel: store::Channel::Link,
        created_by: Some(agent.id),
        created_at: now,
        expires_at: now + millis(state.config.limits.invite_ttl),
        revoked_at: None,
    };
    state.store.put_invite(&row).await?;
    Ok(VisitLinkMade {
        id: id.into(),
        link: state.config.public_url.join(&format!("/visit#{}", secret.expose())),
    })
}

/// The links that open something.
pub(crate) async fn list(state: &AppState, agent: &Agent, session: SessionId) -> Result<Vec<VisitLink>, ApiError> {
    must_be_in(state, agent, session).await?;
    let seats = state.store.seats_of(session.uuid(), now(state)).await?;
    let links = open_links(state, session).await?;
    let links = links.into_iter().filter_map(|(role, link)| {
        let came = seats.iter().filter(|seat| seat.invite_id == Some(link.id));
        let mut people: Vec<Uuid> = came.map(|seat| seat.person_id).collect();
        people.sort_unstable();
        people.dedup();
        Some(VisitLink {
            id: link.id.into(),
            role,
            made_at: time(link.created_at),
            visitors: u32::try_from(people.len()).ok()?,
        })
    });
    Ok(links.collect())
}

/// Takes a link back and sends away who came by it.
pub(crate) async fn revoke(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    link: InvitationId,
) -> Result<(), ApiError> {
    let room = must_be_in(state, agent, session).await?;
    let open = open_links(state, session).await?;
    if !open.iter().any(|(_, open)| open.id == link.uuid()) {
        return Err(ApiError::not_found());
    }
    // Read before the seats go with the link.
    let seats = state.store.seats_of(session.uuid(), now(state)).await?;
    state.store.revoke_invite(link.uuid(), now(state)).await?;
    let me = room.people().iter().find(|p| p.account == Some(agent.id.into()));
    let me = me.map(|p| p.id).ok_or(NotIn::Over)?;
    for seat in seats.iter().filter(|seat| seat.invite_id == Some(link.uuid())) {
        let person = PersonId::from(seat.person_id);
        let Some(visitor) = room.person(person) else { continue };
        let out = match visitor.seat {
            Seat::Knocking { .. } => Command::Decline(person),
            Seat::Lobby | Seat::Ready => Command::Eject(person),
            Seat::Left | Seat::Declined | Seat::Ejected => continue,
        };
        state.rooms.act(session, me, out).await.map_err(refused)?;
    }
    Ok(())
}

/// What a link leads to.
pub(crate) async fn look(state: &AppState, secret: &str) -> Result<VisitLook, ApiError> {
    let (invite, role) = visitors_link(state, secret).await?;
    let (session, _) = open_session(state, invite.session_id.into()).await?;
    Ok(VisitLook {
        agent: inviter(state, &invite, &session).await?,
        company: session.company().to_owned(),
        role,
    })
}

/// Knocks as a guest, or takes a viewer's seat. A tab that shows the seat it got before goes on as the same person.
pub(crate) async fn open(state: &AppState, wish: OpenVisit) -> Result<Visiting, ApiError> {
    let name = optional_name(Some(&wish.name))?.ok_or_else(|| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "name_not_valid",
            "A name is needed, so that the others know who is there.",
            "Type your name.",
        )
    })?;
    let (invite, role) = visitors_link(state, &wish.secret).await?;
    let id = SessionId::from(invite.session_id);
    let (session, _) = open_session(state, id).await?;
    let (person, seat) = match held(state, &session, &invite, wish.seat.as_ref()).await? {
        Some(held) => held,
        None => come_in(state, id, &invite, role, name, wish.device).await?,
    };
    Ok(Visiting {
        session: id,
        seat,
        role,
        code: spoken_code(person),
    })
}

/// A new person, at the door or in.
async fn come_in(
    state: &AppState,
    session: SessionId,
    invite: &Invite,
    role: VisitAs,
    name: String,
    device: Option<Device>,
) -> Result<(PersonId, SeatToken), ApiError> {
    let person = PersonId::from(Uuid::new_v4());
    let intake = match role {
        VisitAs::Guest => Intake::Knock {
            person,
            role: Role::Guest,
            name,
            device: device.clone(),
        },
        VisitAs::Viewer => Intake::Join {
            person,
            role: Role::Viewer,
            account: None,
            name,
            device: device.clone(),
        },
    };
    state.rooms.intake(session, intake).await.map_err(refused)?;
    let seated = seat::issue(state, session, person, Some(invite.id), device.as_ref()).await?;
    Ok((person, seated.seat))
}

async fn visitors_link(state: &AppState, secret: &str) -> Result<(Invite, VisitAs), ApiError> {
    let invite = good_link(state, secret, &VISITORS).await?;
    let role = as_visitor(invite.role).ok_or_else(ApiError::not_found)?;
    Ok((invite, role))
}

const fn as_visitor(role: InviteRole) -> Option<VisitAs> {
    match role {
        InviteRole::Customer => None,
        InviteRole::Guest => Some(VisitAs::Guest),
        InviteRole::Viewer => Some(VisitAs::Viewer),
    }
}

async fn open_links(state: &AppState, session: SessionId) -> Result<Vec<(VisitAs, Invite)>, ApiError> {
    let now = now(state);
    let links = state.store.invites_of(session.uuid()).await?;
    let open = links.into_iter().filter(|link| link.is_open(now));
    Ok(open.filter_map(|link| Some((as_visitor(link.role)?, link))).collect())
}

/// Who the shown seat belongs to, if they came by this link and are at the door or in.
async fn held(
    state: &AppState,
    session: &Session,
    invite: &Invite,
    token: Option<&SeatToken>,
) -> Result<Option<(PersonId, SeatToken)>, ApiError> {
    let Some(token) = token else { return Ok(None) };
    let seat = seat::shown(state, token).await?;
    let seat = seat.filter(|seat| seat.session_id == session.id().uuid() && seat.invite_id == Some(invite.id));
    let person = seat.and_then(|seat| session.person(seat.person_id.into()));
    let here = person.filter(|p| matches!(p.seat, Seat::Knocking { .. } | Seat::Lobby | Seat::Ready));
    Ok(here.map(|p| (p.id, token.clone())))
}
