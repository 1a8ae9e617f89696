//! What the browsers themselves counted: asked of every connection that a page has made.

use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::page::Page;

/// Keeps the connections that a page makes, to be asked later. For [`crate::browser::Browser::before_every_page`].
pub const KEEP_CONNECTIONS: &str = r#"
window.farhandConnections = [];
const Plain = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(...args) { super(...args); window.farhandConnections.push(this); }
};
"#;

const ASK: &str = r#"
const done = arguments[arguments.length - 1];
(async () => {
  const sum = { received: 0, frames: 0, sent: 0, resent: 0, sent_frames: 0, side: 0, room: 0, at: performance.now() };
  for (const connection of window.farhandConnections ?? []) {
    if (connection.connectionState === "closed") continue;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === "inbound-rtp" && entry.kind === "video") {
        sum.received += entry.bytesReceived;
        sum.frames += entry.framesDecoded ?? 0;
      }
      if (entry.type === "outbound-rtp" && entry.kind === "video") {
        sum.sent += entry.bytesSent;
        sum.resent += entry.retransmittedBytesSent ?? 0;
        sum.sent_frames += entry.framesSent ?? 0;
        sum.side = Math.min(entry.frameWidth ?? 0, entry.frameHeight ?? 0);
      }
      if (entry.type === "candidate-pair" && entry.nominated) sum.room = entry.availableOutgoingBitrate ?? 0;
    }
  }
  done(sum);
})();
"#;

/// What the connections of a page have carried of pictures so far.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Count {
    received: f64,
    frames: f64,
    sent: f64,
    resent: f64,
    sent_frames: f64,
    side: f64,
    room: f64,
    at: f64,
}

/// What they carried between two counts.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// kbit/s of pictures that arrived.
    pub received_kbit: f64,
    /// Pictures that arrived, a second.
    pub fps: f64,
    /// kbit/s of pictures that were sent.
    pub sent_kbit: f64,
    /// How much of it was sent once more, kbit/s.
    pub resent_kbit: f64,
    /// Pictures that were sent, a second.
    pub sent_fps: f64,
    /// Shorter side of what is sent, in pixels.
    pub side: f64,
    /// What the browser believes it could send, kbit/s.
    pub room_kbit: f64,
}

impl Count {
    pub fn since(self, before: Self) -> Rate {
        let seconds = ((self.at - before.at) / 1000.0).max(0.001);
        Rate {
            received_kbit: (self.received - before.received) / 125.0 / seconds,
            fps: (self.frames - before.frames) / seconds,
            sent_kbit: (self.sent - before.sent) / 125.0 / seconds,
            resent_kbit: (self.resent - before.resent) / 125.0 / seconds,
            sent_fps: (self.sent_frames - before.sent_frames) / seconds,
            side: self.side,
            room_kbit: self.room / 1000.0,
        }
    }
}

impl Page {
    /// Asks the connections that [`KEEP_CONNECTIONS`] has kept.
    pub async fn counts(&self) -> Count {
        let answer = self.browser().driver.execute_async(ASK, vec![]).await;
        let count = answer.and_then(|answer| answer.convert());
        count.unwrap_or_else(|error| panic!("{} counts nothing: {error}", self.who()))
    }

    /// Watches the connections about every `step` for `span`; `look` is told the time since the start and what went
    /// through since the look before, and ends it by answering.
    pub async fn watches_rates<T>(
        &self,
        step: Duration,
        span: Duration,
        mut look: impl FnMut(Duration, Rate) -> Option<T>,
    ) -> Option<T> {
        let began = Instant::now();
        let mut before = self.counts().await;
        let watched = crate::see::until(span, async || {
            if before.is_fresher_than(self, step).await {
                return None;
            }
            let now = self.counts().await;
            let rate = now.since(before);
            before = now;
            look(began.elapsed(), rate)
        });
        watched.await.ok()
    }
}

impl Count {
    async fn is_fresher_than(&self, page: &Page, step: Duration) -> bool {
        let now: Option<f64> = page.try_script("return performance.now();", vec![]).await;
        now.is_none_or(|now| now - self.at < step.as_secs_f64() * 1000.0)
    }
}
