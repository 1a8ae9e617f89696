//! Every number that turns measurements into words and steps, with its reason. Rates are kbit/s, sound included unless
//! said otherwise.

use core::time::Duration;

/// Share of packets lost: from here on Weak, and Very weak. Below 2 % repairs are not noticed; above 8 % speech suffers.
pub const LOSS: [f32; 2] = [0.02, 0.08];
/// Round trip in milliseconds: Weak, Very weak. Above 250 ms people start to interrupt each other.
pub const DELAY_MS: [f32; 2] = [250.0, 600.0];
/// Pictures a second: fewer are Weak, Very weak. 15 look like motion, 8 like a slide show.
pub const FRAMES: [f32; 2] = [15.0, 8.0];
/// A picture that gets less than this is Very weak, whatever else holds.
pub const THIN_KBIT: f32 = 150.0;
/// To get a better word, things must be better than its limit by this factor: no flickering at the edge.
pub const WORD_MARGIN: f32 = 0.8;

/// What sound takes before the picture gets anything: Opus at 32 kbit/s with the headers of 50 packets a second.
pub const SOUND_KBIT: u32 = 48;
/// The most a picture gets. 0.08 bits a pixel of 1280x720 at 24 pictures a second: a hand-held phone looks no better with
/// more, but gets warmer.
pub const TOP_KBIT: u32 = 1800;
/// The least a picture is limited to: below this encoders send nothing at all.
pub const LEAST_KBIT: u32 = 40;
/// The most while the person saves data: about 130 MB an hour.
pub const SAVING_KBIT: u32 = 300;
/// The moving preview of photo mode, one picture a second: enough to aim together, not enough to notice.
pub const PREVIEW_KBIT: u32 = 160;
/// Its shorter side, a quarter of the usual camera's.
pub const PREVIEW_SIDE: u32 = 180;

/// One step of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Taken from this room for the picture on.
    pub from_kbit: u32,
    /// Shorter side of the picture in pixels.
    pub side: u32,
    /// Most pictures a second.
    pub fps: u8,
}

/// The ladder, best first. Pictures go before pixels as long as it can be followed: labels must stay readable. Each step
/// has about 0.045 bits a pixel where it begins, the least at which VP8 keeps edges; small pictures need more.
pub const STEPS: [Step; 5] = [
    Step {
        from_kbit: 900,
        side: 720,
        fps: 24,
    },
    Step {
        from_kbit: 450,
        side: 720,
        fps: 12,
    },
    Step {
        from_kbit: 220,
        side: 480,
        fps: 12,
    },
    Step {
        from_kbit: 110,
        side: 360,
        fps: 10,
    },
    Step {
        from_kbit: 0,
        side: 240,
        fps: 6,
    },
];

/// Looks that must agree before room counts as there: a probe that overshot is taken back within half a second.
pub const HELD_LOOKS: usize = 4;
/// Estimates of a young connection only grow; steps before this would be taken twice.
pub const SETTLE: Duration = Duration::from_secs(2);
/// Too little room for the step this long: down. Shorter than the second after which a frozen picture is noticed.
pub const DOWN_AFTER: Duration = Duration::from_millis(500);
/// A better step must have its room and this much more,
pub const UP_MARGIN: f32 = 1.25;
/// for this long. Each step costs a key frame, which a narrow line feels.
pub const UP_AFTER: Duration = Duration::from_secs(4);
/// Or this much more room, at once: then the line is simply free again.
pub const LEAP_MARGIN: f32 = 2.0;

/// Below this share of the top the line is narrow: the picture is held just under what fits, and the line is probed.
pub const NARROW: f32 = 0.75;
/// The picture's share of the room on a narrow line. What is left over makes the browser measure (it probes only while a
/// sender uses clearly less than it could) and keeps the queue in front of the line, and with it sound, short.
pub const NARROW_SHARE: f32 = 0.6;
/// How often a narrow line is probed by lifting the limit for a moment: a line that is free again is found within this
/// time, and the rest of the five seconds (goal N2) is for the browser to climb.
pub const PROBE_EVERY: Duration = Duration::from_millis(2000);
/// How long the limit is lifted.
pub const PROBE_FOR: Duration = Duration::from_millis(800);
/// It stays lifted as long as the estimate grows by this within that time: browsers probe no further than the limit.
pub const PROBE_GROWS: f32 = 1.3;

/// Fewer pictures a second than this, of a camera that gives at least twice as many, are no video any more.
pub const STARVED_FPS: f32 = 5.0;
/// A moment that is not weak takes this many weak ones back: with less than four fifths of the time weak, video stays.
pub const FORGIVE: u32 = 4;
/// A picture that has just begun is not judged yet.
pub const GRACE: Duration = Duration::from_secs(10);
/// Video is offered again from this rate on: it will not fall back at once.
pub const OFFER_KBIT: u32 = 400;
/// The offer is taken back below this.
pub const WITHDRAW_KBIT: u32 = 300;
/// The rate must have held for this many times the wait before falling back: quick to protect, slow to promise.
pub const OFFER_TIMES: u32 = 2;
/// How often the way up is measured in photo mode, before and after video is offered.
pub const MEASURE_EVERY: [Duration; 2] = [Duration::from_secs(4), Duration::from_secs(10)];
/// Bytes of a measurement: a small one, and a large one only where the small one went well, so that a thin line carries
/// no more than 20 kbit/s of it.
pub const MEASURE_BYTES: [u32; 2] = [8 * 1024, 48 * 1024];
/// The small one went well at this rate: the round trip eats most of so short a time.
pub const MEASURE_MORE_KBIT: u32 = 150;
/// A measurement without an answer counts as nothing arrived.
pub const MEASURE_TIMEOUT: Duration = Duration::from_secs(10);
