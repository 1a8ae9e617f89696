//! The queue from a room to one socket.
//!
//! Bounded, and its overflow has names: a volatile frame is dropped already when the queue is three quarters full, so
//! that pictures of the past never crowd out facts; a durable frame that finds no place ends the socket with
//! [`Closing::TooSlow`], past the queue, and the browser comes back and catches up.

use axum::extract::ws::Utf8Bytes;
use farhand_shared::wire::{Closing, FromServer, Lifetime, lifetime};
use tokio::sync::{mpsc, oneshot};

use super::counters;

/// What the socket's task finds in its queue.
#[derive(Debug)]
pub(crate) enum Parcel {
    /// Write this text frame.
    Frame(Utf8Bytes),
    /// Say why and close. The last parcel.
    Close(Closing),
}

/// The order to stop at once, without the rest of the queue.
pub(crate) type Stop = oneshot::Receiver<Closing>;

/// The room's end of one socket's queue.
#[derive(Debug)]
pub(crate) struct Outbox {
    queue: mpsc::Sender<Parcel>,
    stop: oneshot::Sender<Closing>,
}

/// The socket cannot follow, or is gone.
#[derive(Debug)]
pub(crate) struct Overflow;

/// A queue of `size` frames and the way around it.
pub(crate) fn outbound(size: usize) -> (Outbox, mpsc::Receiver<Parcel>, Stop) {
    let (queue, parcels) = mpsc::channel(size);
    let (stop, stopped) = oneshot::channel();
    (Outbox { queue, stop }, parcels, stopped)
}

impl Outbox {
    /// Queues a message by its lifetime.
    ///
    /// # Errors
    /// [`Overflow`] when a durable message finds no place or the socket is gone.
    pub(crate) fn send(&self, message: &FromServer) -> Result<(), Overflow> {
        let Some(frame) = encode(message) else {
            return Ok(());
        };
        match lifetime(message) {
            Lifetime::Durable => self.durable(frame),
            Lifetime::Volatile => {
                self.volatile(frame);
                Ok(())
            }
        }
    }

    /// Queues an encoded durable message.
    pub(crate) fn durable(&self, frame: Utf8Bytes) -> Result<(), Overflow> {
        self.queue.try_send(Parcel::Frame(frame)).map_err(|refused| {
            if matches!(refused, mpsc::error::TrySendError::Full(_)) {
                counters::overflow("durable");
            }
            Overflow
        })
    }

    /// Queues an encoded volatile message if there is plenty of room.
    pub(crate) fn volatile(&self, frame: Utf8Bytes) {
        if self.queue.capacity() <= self.queue.max_capacity() / 4 || self.queue.try_send(Parcel::Frame(frame)).is_err()
        {
            counters::overflow("volatile");
        }
    }

    /// Whether the socket's task has ended.
    pub(crate) fn is_closed(&self) -> bool {
        self.queue.is_closed()
    }

    /// Closes after everything that is queued; at once when the queue is full.
    pub(crate) fn close(self, why: Closing) {
        if self.queue.try_send(Parcel::Close(why)).is_err() {
            self.stop(why);
        }
    }

    /// Closes at once.
    pub(crate) fn stop(self, why: Closing) {
        // A socket that is gone needs no telling.
        let _gone = self.stop.send(why);
    }
}

/// The frame of a message; none for one that cannot be written, which would be a fault of ours and is logged.
pub(crate) fn encode(message: &FromServer) -> Option<Utf8Bytes> {
    match serde_json::to_string(message) {
        Ok(text) => Some(text.into()),
        Err(error) => {
            tracing::error!(%error, "a message could not be written");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volatile_frames_are_dropped_before_durable_ones_are_in_danger() {
        let (outbox, mut parcels, _stop) = outbound(8);
        for n in 0..20 {
            assert!(outbox.send(&FromServer::Pong(n)).is_ok());
        }
        assert!(outbox.send(&FromServer::Pin(None)).is_ok());
        let mut queued = 0;
        while parcels.try_recv().is_ok() {
            queued += 1;
        }
        assert_eq!(queued, 7, "six volatile frames and the durable one");
    }

    #[test]
    fn a_durable_frame_without_a_place_is_an_overflow_and_the_stop_goes_past_the_queue() {
        let (outbox, _parcels, mut stop) = outbound(2);
        assert!(outbox.send(&FromServer::Pin(None)).is_ok());
        assert!(outbox.send(&FromServer::Pin(None)).is_ok());
        assert!(outbox.send(&FromServer::Pin(None)).is_err());
        outbox.close(Closing::TooSlow);
        assert_eq!(stop.try_recv(), Ok(Closing::TooSlow));
    }
}
