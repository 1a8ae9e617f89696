//! What a person sees moving and hears sounding: decoded pixels and samples, never a connection's word for it.

use std::time::Duration;

use serde_json::json;

use super::Page;
use crate::{picture, see, see::PATIENCE, sound::Voice};

/// The colours of the biggest playing video, and how many pictures it has shown. From the first look on the page itself
/// notes the colour of every picture, for as long as somebody looks again within two seconds: on a busy machine the
/// driver looks so seldom that half a cycle of colours passes in between, and then nobody can tell forward from backward.
const SAMPLE: &str = r#"
const area = (video) => video.clientWidth * video.clientHeight;
const video = [...document.querySelectorAll("video")]
  .filter((each) => perceivable(each) && each.videoWidth > 0 && !each.ended)
  .filter((each) => arguments[0] === null || nameOf(each).includes(arguments[0]))
  .sort((a, b) => area(b) - area(a))[0];
if (!video) return null;
const canvas = (window.farhandSample ??= new OffscreenCanvas(32, 18));
const context = canvas.getContext("2d", { willReadFrequently: true });
const at = (x, y) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
const middle = () => {
  context.drawImage(video, 0, 0, 32, 18);
  return at(16, 9);
};
const watched = (window.farhandWatched ??= new WeakMap());
const now = performance.now();
let notes = watched.get(video);
if (!notes || now - notes.asked > 2000) {
  notes = { passed: [] };
  watched.set(video, notes);
  const mine = notes;
  const note = () => {
    if (watched.get(video) !== mine || performance.now() - mine.asked > 2000) return;
    mine.passed.push(middle());
    video.requestVideoFrameCallback?.(note);
  };
  video.requestVideoFrameCallback?.(note);
}
notes.asked = now;
const last = middle();
return {
  middle: last,
  passed: [...notes.passed.splice(0), last],
  corners: [at(0, 0), at(31, 0), at(31, 17), at(0, 17)],
  frames: video.getVideoPlaybackQuality?.().totalVideoFrames ?? 0,
  width: video.videoWidth,
  height: video.videoHeight,
};
"#;

/// Starts to listen to every playing sound that comes from elsewhere, and answers the loudest pitch in hertz, and what there
/// is to listen to.
const LISTEN: &str = r#"
const ear = (window.farhandEar ??= { context: new AudioContext(), heard: new WeakMap() });
const elements = [...document.querySelectorAll("audio, video")];
const tracks = (each) => each.srcObject?.getAudioTracks() ?? [];
const sources = elements.map((each) => ({
  element: `${each.localName}${each.muted ? " muted" : ""}${each.paused ? " paused" : ""}`,
  tracks: tracks(each).map((track) => `${track.readyState}${track.enabled ? "" : " off"}${track.muted ? " without sound" : ""}`),
}));
const answer = (pitch) => ({ pitch, sources: JSON.stringify({ ear: ear.context.state, sources }) });
if (ear.context.state !== "running") { ear.context.resume(); return answer(null); }
const playing = elements
  .filter((each) => !each.muted && !each.paused && each.volume > 0)
  .filter((each) => tracks(each).some((track) => track.enabled && !track.muted && track.readyState === "live"))
  .map((each) => each.srcObject);
let best = null;
for (const stream of playing) {
  let analyser = ear.heard.get(stream);
  if (!analyser) {
    analyser = ear.context.createAnalyser();
    analyser.fftSize = 8192;
    ear.context.createMediaStreamSource(stream).connect(analyser);
    ear.heard.set(stream, analyser);
  }
  const loudness = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(loudness);
  loudness.forEach((level, bin) => {
    if (!best || level > best.level) best = { level, pitch: (bin * ear.context.sampleRate) / analyser.fftSize };
  });
}
return answer(best && best.level > -60 ? best.pitch : null);
"#;

/// What [`LISTEN`] answers.
#[derive(Debug, Default, serde::Deserialize)]
struct Heard {
    /// Hertz; none: silence.
    pitch: Option<f64>,
    /// The elements that could sound and their tracks, for the message of a failure.
    sources: String,
}

/// One look at a moving picture.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Glimpse {
    /// RGB in the middle.
    pub middle: [u8; 3],
    /// RGB in the middle of every picture since the look before, the latest one last.
    pub passed: Vec<[u8; 3]>,
    /// RGB in the corners, clockwise from the upper left one.
    pub corners: [[u8; 3]; 4],
    /// Pictures shown so far.
    pub frames: u64,
    /// Size of the decoded picture, in pixels.
    pub width: u32,
    pub height: u32,
}

impl Page {
    /// One look at the biggest moving picture, or at the one whose label contains `label`.
    pub async fn glimpse(&self, label: Option<&str>) -> Option<Glimpse> {
        self.try_script::<Option<Glimpse>>(SAMPLE, vec![json!(label)]).await?
    }

    /// Waits until the known picture of somebody's camera arrives and moves: its colours follow one another.
    pub async fn sees_the_picture_move(&self, label: Option<&str>) {
        let mut steps = Vec::new();
        let mut last = None;
        let mut looks = 0;
        // What passed before the wait began proves nothing.
        self.glimpse(label).await;
        let moved = see::until(PATIENCE, async || {
            let glimpse = self.glimpse(label).await?;
            looks += 1;
            // Between two colours a codec shows a mixture; that is no step and no fault.
            for step in glimpse.passed.iter().filter_map(|colour| picture::step_of(*colour)) {
                if steps.last() != Some(&step) {
                    steps.push(step);
                }
                if !picture::moves_forward(&steps, steps.len() - 1) {
                    // A repaired connection may jump: start counting again.
                    steps.clear();
                }
            }
            last = Some(glimpse);
            picture::moves_forward(&steps, 3).then_some(())
        });
        if moved.await.is_err() {
            self.give_up(&format!(
                "for the picture to move; {looks} looks, steps {steps:?}, last glimpse {last:?}"
            ))
            .await;
        }
    }

    /// Waits until the picture stands still or is gone: no new frame for a whole second.
    pub async fn sees_the_picture_stop(&self, label: Option<&str>) {
        let mut last = (0, std::time::Instant::now());
        let stopped = see::until(PATIENCE, async || {
            let Some(glimpse) = self.glimpse(label).await else {
                return Some(());
            };
            if glimpse.frames != last.0 {
                last = (glimpse.frames, std::time::Instant::now());
            }
            (last.1.elapsed() > Duration::from_secs(1)).then_some(())
        });
        if stopped.await.is_err() {
            self.give_up("for the picture to stop").await;
        }
    }

    /// Watches for `span` and says how long the longest pause between two new pictures was.
    pub async fn longest_freeze(&self, label: Option<&str>, span: Duration) -> Duration {
        let began = std::time::Instant::now();
        let mut last = (0, began);
        let mut longest = Duration::ZERO;
        let _ = see::until(span, async || {
            // A new connection begins to count at none, and that is no picture yet.
            if let Some(glimpse) = self.glimpse(label).await
                && glimpse.frames != last.0
                && glimpse.frames > 0
            {
                last = (glimpse.frames, std::time::Instant::now());
            }
            longest = longest.max(last.1.elapsed());
            None::<()>
        })
        .await;
        longest
    }

    /// Waits until the known tone of somebody's microphone is heard.
    pub async fn hears(&self, voice: Voice) {
        let mut last = Heard::default();
        let heard = see::until(PATIENCE, async || {
            last = self.try_script::<Heard>(LISTEN, vec![]).await?;
            last.pitch.filter(|pitch| (pitch - voice.pitch()).abs() < 15.0)
        });
        if heard.await.is_err() {
            let Heard { pitch, sources } = last;
            self.give_up(&format!("to hear {voice:?}; last heard: {pitch:?} hertz of {sources}"))
                .await;
        }
    }

    /// Waits until nothing is heard.
    pub async fn hears_nothing(&self) {
        let silent = see::until(PATIENCE, async || {
            let heard = self.try_script::<Heard>(LISTEN, vec![]).await?;
            heard.pitch.is_none().then_some(())
        });
        if silent.await.is_err() {
            self.give_up("for silence").await;
        }
    }
}
