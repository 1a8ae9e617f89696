//! Invite links: made, sent, taken back, and followed on their way.

use async_trait::async_trait;
use axum::http::StatusCode;
use farhand_shared::id::{InvitationId, SessionId};
use farhand_shared::pin::Pin;
use farhand_shared::session::{Channel, Delivery, Intake, Session};
use farhand_shared::wire::http::sessions::{InvitationMade, Invite as Wish};
use uuid::Uuid;

use super::{NotIn, record, refused};
use crate::accounts::{millis, now};
use crate::error::ApiError;
use crate::invite::invitation::{Invitation, Target};
use crate::invite::postman::{DeliveryNews, Moved};
use crate::room::{RoomError, Rooms};
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{self, Agent, DeliveryStatus};

/// An invitation that exists: in the session's log, and its link in the store.
pub(super) struct Made<'a> {
    id: InvitationId,
    session: SessionId,
    agent: &'a Agent,
    target: &'a Target,
    link: String,
    pin: String,
}

/// Makes an invitation and its link. The whole link is known only now; the store keeps a hash.
pub(super) async fn make<'a>(
    state: &AppState,
    agent: &'a Agent,
    session: SessionId,
    target: &'a Target,
    pin: &Pin,
) -> Result<Made<'a>, ApiError> {
    let id = Uuid::new_v4();
    let channel = target.channel();
    let secret = Secret::random().map_err(ApiError::internal)?;
    let invite = Intake::Invite {
        invitation: id.into(),
        channel,
        to: target.masked(),
    };
    state.rooms.intake(session, invite).await.map_err(refused)?;
    let now = now(state);
    let row = store::Invite {
        id,
        secret: secret.hash(),
        session_id: session.uuid(),
        role: store::InviteRole::Customer,
        channel: match channel {
            Channel::Sms => store::Channel::Sms,
            Channel::Email => store::Channel::Email,
            Channel::Link => store::Channel::Link,
            Channel::Site => store::Channel::Site,
        },
        created_by: Some(agent.id),
        created_at: now,
        expires_at: now + millis(state.config.limits.invite_ttl),
        revoked_at: None,
    };
    state.store.put_invite(&row).await?;
    if let Some(address) = record::address_key(target, state) {
        state.store.remember_address(session.uuid(), &address).await?;
    }
    Ok(Made {
        id: id.into(),
        session,
        agent,
        target,
        link: state.config.public_url.join(&format!("/j#{}", secret.expose())),
        pin: pin.digits(),
    })
}

impl Made<'_> {
    /// Puts its message on the way; when that fails, the agents see that it failed.
    pub(super) async fn send(&self, state: &AppState) -> Result<(), ApiError> {
        let message = Invitation {
            session_id: self.session.uuid(),
            invite_id: self.id.uuid(),
            agent_id: self.agent.id,
            agent_name: &self.agent.name,
            link: &self.link,
            pin: &self.pin,
        };
        let sent = self.target.send(state, &message).await;
        if sent.is_err() {
            moved(&state.rooms, self.session, self.id, Delivery::Failed).await;
        }
        sent
    }

    /// What the agent gets to know.
    pub(super) fn answer(&self) -> InvitationMade {
        InvitationMade {
            invitation: self.id,
            channel: self.target.channel(),
            link: self.link.clone(),
        }
    }
}

/// Makes and sends another invitation to a session that the agent is in.
pub(crate) async fn again(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    wish: &Wish,
) -> Result<InvitationMade, ApiError> {
    must_be_in(state, agent, session).await?;
    let target = Target::read(wish, state)?;
    target.may_send(state, agent.id).await?;
    let pin = state.rooms.pin(session).await.map_err(refused)?.ok_or(NotIn::Over)?;
    let made = make(state, agent, session, &target, &pin.pin).await?;
    made.send(state).await?;
    Ok(made.answer())
}

/// Takes an invitation back: its link opens nothing any more, and the seats taken by it are withdrawn.
pub(crate) async fn revoke(
    state: &AppState,
    agent: &Agent,
    session: SessionId,
    invitation: InvitationId,
) -> Result<(), ApiError> {
    must_be_in(state, agent, session).await?;
    let here = state.store.invites_of(session.uuid()).await?;
    if !here.iter().any(|invite| invite.id == invitation.uuid()) {
        return Err(refused(RoomError::Rejected(
            farhand_shared::session::Rejection::NoSuchInvitation,
        )));
    }
    state.store.revoke_invite(invitation.uuid(), now(state)).await?;
    state.site.withdraw(invitation);
    let revoked = Intake::MoveInvitation {
        invitation,
        delivery: Delivery::Revoked,
    };
    state.rooms.intake(session, revoked).await.map_err(refused)
}

/// The session, if the agent holds a seat in it.
pub(super) async fn must_be_in(state: &AppState, agent: &Agent, session: SessionId) -> Result<Session, ApiError> {
    let (session, _) = state.rooms.look(session).await.map_err(refused)?;
    if session.agents().any(|p| p.account == Some(agent.id.into())) {
        return Ok(session);
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        "not_in_session",
        "You are not in this session.",
        "Join the session first.",
    ))
}

/// Writes down how far an invitation has come. Only logged when it fails: the message itself has gone its way.
pub(super) async fn moved(rooms: &Rooms, session: SessionId, invitation: InvitationId, delivery: Delivery) {
    let news = Intake::MoveInvitation { invitation, delivery };
    if let Err(error) = rooms.intake(session, news).await {
        tracing::warn!(%session, %error, "news of an invitation did not reach its session");
    }
}

/// Brings the postman's news to the sessions.
pub struct InvitationNews(pub Rooms);

#[async_trait]
impl DeliveryNews for InvitationNews {
    async fn moved(&self, news: Moved) {
        let (Some(session), Some(invitation)) = (news.session_id, news.invite_id) else {
            return;
        };
        let delivery = match news.status {
            DeliveryStatus::Queued | DeliveryStatus::Sending => return,
            DeliveryStatus::Sent => Delivery::Sent,
            DeliveryStatus::Delivered => Delivery::Delivered,
            DeliveryStatus::Failed => Delivery::Failed,
        };
        moved(&self.0, session.into(), invitation.into(), delivery).await;
    }
}
