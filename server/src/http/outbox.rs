//! `/api/outbox`: what would have been sent while no provider is configured.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use farhand_shared::session;
use farhand_shared::wire::http::accounts::OutboxItem;

use crate::accounts::SignedIn;
use crate::error::ApiError;
use crate::room::time;
use crate::state::AppState;
use crate::store::{Channel, OutboxMessage};

const AT_ONCE: u32 = 100;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/outbox", get(list))
}

/// Agents see what concerns their own sessions. Account mail holds links that let their bearer in, so only
/// administrators see that, who could let themselves in anyway.
async fn list(State(state): State<AppState>, SignedIn(agent): SignedIn) -> Result<Json<Vec<OutboxItem>>, ApiError> {
    let whose = (!agent.admin).then_some(agent.id);
    let messages = state.store.outbox(whose, AT_ONCE).await?;
    Ok(Json(messages.into_iter().map(item).collect()))
}

fn item(message: OutboxMessage) -> OutboxItem {
    OutboxItem {
        session: message.session_id.map(Into::into),
        channel: match message.channel {
            Channel::Sms => session::Channel::Sms,
            Channel::Email => session::Channel::Email,
            Channel::Link => session::Channel::Link,
            Channel::Site => session::Channel::Site,
        },
        to: message.target.expose().to_owned(),
        subject: message.subject,
        text: message.body.expose().to_owned(),
        at: time(message.at),
    }
}
