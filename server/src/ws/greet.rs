//! The first frame: who is there.

use axum::extract::ws::{Message, WebSocket};
use farhand_shared::id::{PersonId, SessionId};
use farhand_shared::wire::{Closing, FromClient, Hello, PROTOCOL};
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::time::timeout;

use super::Limits;
use crate::entry::seat;
use crate::state::AppState;
use crate::store::secret::Secret;
use crate::store::{Seat, unix_ms};

/// Who greeted, by their seat.
pub(super) struct Greeted {
    pub(super) session: SessionId,
    pub(super) person: PersonId,
    pub(super) hello: Hello,
}

/// Waits for the hello and checks it.
///
/// # Errors
/// Why the socket must be closed.
pub(super) async fn greet(socket: &mut WebSocket, state: &AppState, limits: &Limits) -> Result<Greeted, Closing> {
    let first = tokio::select! {
        first = timeout(limits.hello, first_text(socket)) => first,
        () = state.shutdown.cancelled() => return Err(restarting(state)),
    };
    let text = first.ok().flatten().ok_or(Closing::Misbehaved)?;
    let hello = read(&text)?;
    let seat = seat_of(&hello, state).await?;
    Ok(Greeted {
        session: seat.session_id.into(),
        person: seat.person_id.into(),
        hello,
    })
}

/// What a browser is told when the relay cannot serve it now.
pub(super) fn restarting(state: &AppState) -> Closing {
    Closing::Restarting {
        retry_ms: state.rooms.around().retry_ms(),
    }
}

async fn first_text(socket: &mut WebSocket) -> Option<axum::extract::ws::Utf8Bytes> {
    loop {
        match socket.next().await?.ok()? {
            Message::Text(text) => return Some(text),
            Message::Ping(_) | Message::Pong(_) => {}
            Message::Binary(_) | Message::Close(_) => return None,
        }
    }
}

/// The part of a hello that every version of the protocol has.
#[derive(Deserialize)]
struct AnyHello {
    hello: Version,
}

#[derive(Deserialize)]
struct Version {
    protocol: u16,
}

fn read(text: &str) -> Result<Hello, Closing> {
    let any: AnyHello = serde_json::from_str(text).map_err(|_| Closing::Misbehaved)?;
    if any.hello.protocol != PROTOCOL {
        return Err(Closing::ProtocolMismatch);
    }
    match serde_json::from_str(text) {
        Ok(FromClient::Hello(hello)) => Ok(hello),
        Ok(_) | Err(_) => Err(Closing::Misbehaved),
    }
}

async fn seat_of(hello: &Hello, state: &AppState) -> Result<Seat, Closing> {
    let secret = Secret::presented(&hello.seat.0).ok_or(Closing::NoSuchSeat)?;
    let now = unix_ms(state.clock.now_ms());
    let token = secret.hash();
    let unavailable = |error: crate::store::StoreError| {
        tracing::error!(%error, "a seat could not be looked up");
        restarting(state)
    };
    let held = state.store.seat(&token, now).await.map_err(unavailable)?;
    let held = held.ok_or(Closing::NoSuchSeat)?;
    if held.expires_at - now < seat::LIFE / 2 {
        state
            .store
            .extend_seat(&token, now + seat::LIFE)
            .await
            .map_err(unavailable)?;
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_of_another_protocol_is_told_so_even_if_the_rest_is_unknown() {
        let later = r#"{"hello":{"protocol":2,"ticket":[1,2]}}"#;
        assert_eq!(read(later).err(), Some(Closing::ProtocolMismatch));
    }

    #[test]
    fn anything_but_a_hello_is_misbehaviour() {
        for text in [
            "",
            "{}",
            "[]",
            "null",
            r#"{"ping":1}"#,
            r#"{"hello":{"protocol":1}}"#,
            r#""renew_ice""#,
        ] {
            assert_eq!(read(text).err(), Some(Closing::Misbehaved), "{text}");
        }
    }
}
