//! The picture's encoder: what the ladder looks at, and what the browser is told.

use super::machine::Peer;
use super::stats::PeerStats;
use crate::client::PeerOutput;
use crate::quality::{Aim, Encoding, Ladder, Look, Sent};
use crate::time::Time;
use core::time::Duration;

/// What a second of the picture is measured over. A little less, since timers may be early.
const SECOND: Duration = Duration::from_millis(950);

#[derive(Debug)]
pub(super) struct Encode {
    ladder: Ladder,
    /// What the browser was told last; a new connection begins with the top.
    told: Option<Encoding>,
    since: Option<(Time, PeerStats)>,
}

impl Default for Encode {
    fn default() -> Self {
        Self {
            ladder: Ladder::default(),
            told: Some(Encoding::default()),
            since: None,
        }
    }
}

impl Encode {
    /// A new path or connection.
    pub(super) fn fresh(&mut self) {
        self.ladder.fresh();
        self.since = None;
    }

    fn look(&mut self, stats: &PeerStats, now: Time) {
        let (since, before) = *self.since.get_or_insert((now, *stats));
        let took = now.since(since);
        let sent = (took >= SECOND).then(|| {
            self.since = Some((now, *stats));
            sent(&before, stats, took.as_secs_f32())
        });
        let look = Look {
            estimate: stats.available_outgoing.map(|bits| (bits / 1000.0) as u32),
            sent,
            side: stats.camera_side,
        };
        self.ladder.look(&look, now);
    }
}

fn sent(before: &PeerStats, after: &PeerStats, seconds: f32) -> Sent {
    let grew = |before: u64, after: u64| after.saturating_sub(before) as f32 / seconds;
    let fps = grew(before.frames_sent, after.frames_sent);
    Sent {
        kbit: (grew(before.picture_bytes_sent, after.picture_bytes_sent) / 125.0) as u32,
        fps,
        camera_fps: match (before.camera_frames, after.camera_frames) {
            (Some(before), Some(after)) => grew(before, after),
            // As many as a call asks of a camera.
            _ => 24.0,
        },
        loss: after.remote_loss.unwrap_or_default(),
        delay_ms: after.rtt_ms.unwrap_or_default(),
        busy: after.cpu_limited,
        squeezed: after.line_limited,
    }
}

impl Peer {
    /// What our picture is for from now on, and whether we save data.
    pub fn aim(&mut self, aim: Aim, saving: bool) {
        self.encode.ladder.aim(aim, saving);
        self.tell_encoding();
    }

    /// Whether our picture is no video any more; see [`Ladder::is_weak`]. None while we show nothing.
    pub fn is_weak(&self, floor_kbit: u32) -> Option<bool> {
        let shown = self.health.expects_own_picture();
        shown.then(|| self.encode.ladder.is_weak(floor_kbit)).flatten()
    }

    pub(super) fn look_at_encoder(&mut self, stats: &PeerStats, now: Time) {
        if self.health.expects_own_picture() {
            self.encode.look(stats, now);
            self.tell_encoding();
        } else {
            // A camera that is off sends nothing, which says nothing about the line.
            self.encode.since = None;
        }
    }

    /// A new connection begins with the top.
    pub(super) fn encoder_is_new(&mut self) {
        self.encode.fresh();
        self.encode.told = Some(Encoding::default());
        self.tell_encoding();
    }

    fn tell_encoding(&mut self) {
        let wanted = self.encode.ladder.encoding();
        if self.mine != 0 && self.encode.told != wanted {
            self.encode.told = wanted;
            self.act(PeerOutput::Encode(wanted));
        }
    }
}
