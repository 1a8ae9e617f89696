//! One socket after its hello: frames in, parcels out.

use std::pin::Pin;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use farhand_shared::session::Rejection;
use farhand_shared::wire::{Closing, FromClient, FromServer};
use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::bucket::Bucket;
use super::counters::Traffic;
use super::greet::{Greeted, greet, restarting};
use super::{Limits, goodbye::goodbye};
use crate::room::{Arrival, Link, Parcel, RoomError, Stop, encode, fits, outbound};
use crate::state::AppState;

/// Frames handled, and parcels written, before the socket is flushed.
const BURST: usize = 64;

/// Serves one socket to its end.
pub(super) async fn serve(mut socket: WebSocket, state: &AppState, limits: Limits) {
    let greeted = match greet(&mut socket, state, &limits).await {
        Ok(greeted) => greeted,
        Err(why) => return goodbye(socket, why, &limits).await,
    };
    let Greeted { session, person, hello } = greeted;
    let (outbox, parcels, stop) = outbound(state.rooms.around().settings.queue);
    let arrival = Arrival {
        person,
        generation: hello.generation,
        have: hello.have,
        device: hello.device,
        outbox,
    };
    let link = match state.rooms.enter(session, arrival).await {
        Ok(link) => link,
        Err(RoomError::Unknown) => return goodbye(socket, Closing::NoSuchSeat, &limits).await,
        Err(_) => return goodbye(socket, restarting(state), &limits).await,
    };
    let mut connection = Connection::new(socket, link, parcels, stop, limits);
    let end = connection.run().await;
    let Connection { socket, link, .. } = connection;
    link.leave().await;
    match end {
        End::Close(why) => goodbye(socket, why, &limits).await,
        End::RoomGone => goodbye(socket, restarting(state), &limits).await,
        End::Lost => {}
    }
}

/// Why a connection is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The relay closes it.
    Close(Closing),
    /// The room went away without a word: it stops, or its log could not be read.
    RoomGone,
    /// The browser closed it, or it broke.
    Lost,
}

struct Connection {
    socket: WebSocket,
    link: Link,
    parcels: mpsc::Receiver<Parcel>,
    /// None once the room let go of the queue: what is in it still counts.
    stop: Option<Stop>,
    limits: Limits,
    meters: Meters,
    heard: Instant,
    silence: Pin<Box<Sleep>>,
    /// Something was written and not flushed.
    unflushed: bool,
}

struct Meters {
    frames: Bucket,
    bytes: Bucket,
    commands: Bucket,
    renewals: Bucket,
    inward: Traffic,
    outward: Traffic,
}

impl Meters {
    fn new(limits: &Limits, now: Instant) -> Self {
        Self {
            frames: Bucket::full(limits.frames, now),
            bytes: Bucket::full(limits.bytes, now),
            commands: Bucket::full(limits.commands, now),
            renewals: Bucket::full(limits.renewals, now),
            inward: Traffic::new("in"),
            outward: Traffic::new("out"),
        }
    }
}

impl Connection {
    fn new(socket: WebSocket, link: Link, parcels: mpsc::Receiver<Parcel>, stop: Stop, limits: Limits) -> Self {
        let now = Instant::now();
        Self {
            socket,
            link,
            parcels,
            stop: Some(stop),
            limits,
            meters: Meters::new(&limits, now),
            heard: now,
            silence: Box::pin(sleep(limits.silence)),
            unflushed: false,
        }
    }

    async fn run(&mut self) -> End {
        loop {
            match self.turn().await {
                Ok(()) => {}
                Err(end) => return end,
            }
        }
    }

    /// Waits for something, then does all that is ready, then flushes once.
    async fn turn(&mut self) -> Result<(), End> {
        tokio::select! {
            biased;
            why = stopped(&mut self.stop) => return Err(End::Close(why)),
            parcel = self.parcels.recv() => self.write(parcel.ok_or(End::RoomGone)?).await?,
            frame = self.socket.next() => self.read(frame).await?,
            () = &mut self.silence => return self.listen(),
        }
        self.read_ready().await?;
        self.write_ready().await?;
        self.flush().await
    }

    /// The silence timer is only moved when it rings, not by every frame.
    fn listen(&mut self) -> Result<(), End> {
        let until = self.heard + self.limits.silence;
        self.silence.as_mut().reset(until);
        if until <= Instant::now() {
            Err(End::Lost)
        } else {
            Ok(())
        }
    }

    async fn read_ready(&mut self) -> Result<(), End> {
        for _ in 0..BURST {
            let Some(frame) = self.socket.next().now_or_never() else {
                break;
            };
            self.read(frame).await?;
        }
        Ok(())
    }

    async fn write_ready(&mut self) -> Result<(), End> {
        for _ in 0..BURST {
            let Ok(parcel) = self.parcels.try_recv() else {
                break;
            };
            self.write(parcel).await?;
        }
        Ok(())
    }

    async fn write(&mut self, parcel: Parcel) -> Result<(), End> {
        match parcel {
            Parcel::Frame(frame) => self.put(frame).await,
            Parcel::Close(why) => Err(End::Close(why)),
        }
    }

    /// Writes one frame into the socket's buffer; waits only while the buffer is full.
    async fn put(&mut self, frame: Utf8Bytes) -> Result<(), End> {
        self.meters.outward.frame(frame.len());
        self.unflushed = true;
        let put = timeout(self.limits.stall, self.socket.feed(Message::Text(frame)));
        tokio::select! {
            biased;
            put = put => match put {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) | Err(_) => Err(End::Lost),
            },
            why = stopped(&mut self.stop) => Err(End::Close(why)),
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        if !std::mem::take(&mut self.unflushed) {
            return Ok(());
        }
        let flush = timeout(self.limits.stall, self.socket.flush());
        tokio::select! {
            biased;
            flushed = flush => match flushed {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) | Err(_) => Err(End::Lost),
            },
            why = stopped(&mut self.stop) => Err(End::Close(why)),
        }
    }

    async fn read(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let now = Instant::now();
        let text = match frame {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Ping(bytes) | Message::Pong(bytes))) => return self.meter(bytes.len(), now),
            None | Some(Ok(Message::Close(_))) => return Err(End::Lost),
            // Binary, too large, or no WebSocket at all. Where the socket just broke nobody hears the word.
            Some(Ok(Message::Binary(_)) | Err(_)) => return Err(End::Close(Closing::Misbehaved)),
        };
        self.meter(text.len(), now)?;
        self.meters.inward.frame(text.len());
        let message = serde_json::from_str(&text).map_err(|_| End::Close(Closing::Misbehaved))?;
        self.handle(message, now).await
    }

    /// Counts a frame against what this socket may send.
    fn meter(&mut self, bytes: usize, now: Instant) -> Result<(), End> {
        self.heard = now;
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        if self.meters.frames.take(1, now) && self.meters.bytes.take(bytes, now) {
            Ok(())
        } else {
            Err(End::Close(Closing::Misbehaved))
        }
    }

    async fn handle(&mut self, message: FromClient, now: Instant) -> Result<(), End> {
        let alive = match message {
            FromClient::Hello(_) => return Err(End::Close(Closing::Misbehaved)),
            FromClient::Ping(number) => self.link.ping(number).await,
            FromClient::Do { id, command } => {
                if !self.meters.commands.take(1, now) {
                    let why = Rejection::TooFast;
                    return self.answer(&FromServer::Refused { id, why }).await;
                }
                self.link.command(id, command).await
            }
            FromClient::Signal { to, signal } => {
                if !fits(&signal.kind) {
                    return Err(End::Close(Closing::Misbehaved));
                }
                let from = self.link.person();
                match encode(&FromServer::Signal { from, signal }) {
                    Some(frame) => self.link.signal(to, frame).await,
                    None => true,
                }
            }
            FromClient::Ink(ink) => {
                let from = self.link.person();
                match encode(&FromServer::Ink { from, ink }) {
                    Some(frame) => self.link.ink(frame).await,
                    None => true,
                }
            }
            FromClient::RenewIce => !self.meters.renewals.take(1, now) || self.link.renew_ice().await,
        };
        if alive { Ok(()) } else { Err(End::RoomGone) }
    }

    /// Answers without asking the room.
    async fn answer(&mut self, message: &FromServer) -> Result<(), End> {
        match encode(message) {
            Some(frame) => self.put(frame).await,
            None => Ok(()),
        }
    }
}

/// Waits for the order to stop at once.
async fn stopped(stop: &mut Option<Stop>) -> Closing {
    if let Some(order) = stop {
        if let Ok(why) = order.await {
            return why;
        }
        *stop = None;
    }
    std::future::pending().await
}
