//! The way from one socket to its room.

use axum::extract::ws::Utf8Bytes;
use farhand_shared::id::{CommandId, PersonId};
use farhand_shared::session::Command;
use tokio::sync::mpsc;

use super::mail::{Mail, SocketId};

/// The way from a socket to its room.
#[derive(Debug)]
pub(crate) struct Link {
    mailbox: mpsc::Sender<Mail>,
    person: PersonId,
    socket: SocketId,
}

impl Link {
    pub(super) const fn new(mailbox: mpsc::Sender<Mail>, person: PersonId, socket: SocketId) -> Self {
        Self {
            mailbox,
            person,
            socket,
        }
    }

    /// Sends a person's command; `false` when the room has gone.
    pub(crate) async fn command(&self, id: CommandId, command: Command) -> bool {
        let (person, socket) = (self.person, self.socket);
        let letter = Mail::Do {
            person,
            socket,
            id,
            command,
        };
        self.mailbox.send(letter).await.is_ok()
    }

    /// Sends an encoded signal; `false` when the room has gone.
    pub(crate) async fn signal(&self, to: PersonId, frame: Utf8Bytes) -> bool {
        let (from, socket) = (self.person, self.socket);
        let letter = Mail::Signal {
            from,
            socket,
            to,
            frame,
        };
        self.mailbox.send(letter).await.is_ok()
    }

    /// Asks for the answer to a heartbeat; `false` when the room has gone.
    pub(crate) async fn ping(&self, number: u32) -> bool {
        let (person, socket) = (self.person, self.socket);
        let letter = Mail::Ping { person, socket, number };
        self.mailbox.send(letter).await.is_ok()
    }

    /// Sends encoded ink to everybody else; `false` when the room has gone.
    pub(crate) async fn ink(&self, frame: Utf8Bytes) -> bool {
        let (from, socket) = (self.person, self.socket);
        self.mailbox.send(Mail::Ink { from, socket, frame }).await.is_ok()
    }

    /// Asks for fresh ICE servers; `false` when the room has gone.
    pub(crate) async fn renew_ice(&self) -> bool {
        let (person, socket) = (self.person, self.socket);
        self.mailbox.send(Mail::RenewIce { person, socket }).await.is_ok()
    }

    /// Whose socket this is.
    pub(crate) const fn person(&self) -> PersonId {
        self.person
    }

    /// The socket has ended.
    pub(crate) async fn leave(self) {
        let (person, socket) = (self.person, self.socket);
        // A room that has gone knows of no sockets.
        let _gone = self.mailbox.send(Mail::Gone { person, socket }).await;
    }
}
