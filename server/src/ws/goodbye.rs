//! Closing a socket so that the browser hears why.

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use farhand_shared::wire::{Closing, FromServer};
use futures_util::{SinkExt, StreamExt};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Limits, counters};

/// Says why, closes, and waits a moment for the browser's own close: a socket that is dropped with unread frames in
/// it is reset, and a reset would destroy the message on its way.
pub(super) async fn goodbye(mut socket: WebSocket, why: Closing, limits: &Limits) {
    counters::closed(why);
    let said = timeout(limits.stall, say(&mut socket, why)).await;
    if !matches!(said, Ok(Ok(()))) {
        return;
    }
    let until = Instant::now() + limits.goodbye;
    while let Ok(Some(Ok(_))) = timeout_at(until, socket.next()).await {}
}

async fn say(socket: &mut WebSocket, why: Closing) -> Result<(), axum::Error> {
    if let Ok(text) = serde_json::to_string(&FromServer::Closing(why)) {
        socket.feed(Message::Text(text.into())).await?;
    }
    let close = CloseFrame {
        code: code(why),
        reason: "".into(),
    };
    socket.send(Message::Close(Some(close))).await
}

/// For tools that only look at the code.
const fn code(why: Closing) -> u16 {
    match why {
        Closing::Restarting { .. } => close_code::RESTART,
        Closing::TooSlow => close_code::AGAIN,
        Closing::Misbehaved | Closing::ProtocolMismatch => close_code::POLICY,
        Closing::Replaced | Closing::NoSuchSeat | Closing::Declined | Closing::Ejected => close_code::NORMAL,
    }
}
