//! L3: from the pointer to the painted pixel on the other side. And how smoothly a full picture of strokes is painted.
//!
//! Both browsers run on this machine, so their clocks are one. The pointer's event is made by a script, and the pixel is
//! looked for right after the product's own stroke: what the operating system adds before and the screen after is not in it.

use farhand_e2e::{
    Stage,
    browser::Kind,
    find::radio,
    page::Page,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play,
};
use serde_json::{Value, json};

/// Counted movements of the pointer on each road.
const MOVES: usize = 100;
/// Strokes on the screen while frames are counted, and points of each.
const STROKES: usize = 200;
const POINTS: usize = 40;

const STAGE: &str = "Customer's camera";
const OWN: &str = "Your camera";

const NO_CHANNEL: &str = "delete RTCPeerConnection.prototype.createDataChannel;";

/// Notes when a pixel of the agent's red is first painted at a place: right after the stroke that paints it.
const WATCH: &str = r#"
window.farhandInk = { at: null, painted: null };
const { stroke } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.stroke = function (...path) {
  stroke.apply(this, path);
  const wish = window.farhandInk;
  if (!wish.at || wish.painted) return;
  const place = this.canvas.getBoundingClientRect();
  const scale = this.canvas.width / place.width;
  const [x, y] = [(wish.at[0] - place.left) * scale, (wish.at[1] - place.top) * scale];
  const [red, green, blue, alpha] = this.getImageData(Math.round(x), Math.round(y), 1, 1).data;
  if (alpha > 200 && red > 200 && green < 130 && blue < 130) wish.painted = performance.timeOrigin + performance.now();
};
return true;
"#;

/// Moves the mouse over the picture, and says when.
const MOVE: &str = r#"
const [x, y] = arguments[0];
const over = document.elementFromPoint(x, y);
const now = performance.timeOrigin + performance.now();
const options = { pointerType: "mouse", pointerId: 1, clientX: x, clientY: y, bubbles: true };
over.dispatchEvent(new PointerEvent("pointermove", options));
return now;
"#;

/// Remembers the channel that ink goes by, and the last stroke that went.
const TAP: &str = r#"
const { send } = RTCDataChannel.prototype;
RTCDataChannel.prototype.send = function (data) {
  if (typeof data === "string" && data.includes('"stroke"')) window.farhandSample = JSON.parse(data);
  window.farhandChannel = this;
  return send.call(this, data);
};
return true;
"#;

/// Sends many strokes again and again, as many people with pens would.
const FLOOD: &str = r#"
const [strokes, points] = arguments;
const { on } = window.farhandSample.stroke;
const all = Array.from({ length: strokes }, (_, index) => {
  const places = Array.from({ length: points }, (_, step) => [
    Math.round(3000 + ((index % 20) * 3000) + 2500 * Math.sin(step / 3 + index)),
    Math.round(3000 + Math.floor(index / 20) * 6000 + step * 100),
  ]);
  return JSON.stringify({ stroke: { on, mark: crypto.randomUUID(), tool: "line", from: 0, points: places.flat() } });
});
let next = 0;
clearInterval(window.farhandFlood);
window.farhandFlood = setInterval(() => {
  for (let sent = 0; sent < 10; sent += 1) window.farhandChannel.send(all[next++ % all.length]);
}, 20);
return true;
"#;

/// Taps so many places, some with every frame, and says how long ago the first was.
const TAPS: &str = r#"
const [[left, top, width, height], taps] = arguments;
if (!window.farhandTaps) {
  const tapped = (window.farhandTaps = { began: null, done: false });
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const tap = (index) => {
    const clientX = left + (((index % 20) + 0.5) * width) / 20;
    const clientY = top + ((Math.floor(index / 20) + 0.5) * height) / 11;
    const options = { pointerType: "mouse", pointerId: 1, isPrimary: true, button: 0, bubbles: true, clientX, clientY };
    over.dispatchEvent(new PointerEvent("pointerdown", { ...options, buttons: 1 }));
    over.dispatchEvent(new PointerEvent("pointerup", options));
  };
  let next = 0;
  const some = () => {
    tapped.began ??= performance.now();
    for (let few = 0; few < 10 && next < taps; few += 1) tap(next++);
    if (next < taps) requestAnimationFrame(some);
    else tapped.done = true;
  };
  requestAnimationFrame(some);
}
return window.farhandTaps.done && performance.now() - window.farhandTaps.began;
"#;

/// Left, top, width and height of the picture that is drawn on.
const PLACE: &str = r#"
const { left, top, width, height } = document.querySelector(".ink canvas").getBoundingClientRect();
return [left, top, width, height];
"#;

/// Counts frames for so many milliseconds.
const FRAMES: &str = r#"
if (!window.farhandFrames) {
  const times = (window.farhandFrames = { times: [], done: false }).times;
  const began = performance.now();
  const count = (now) => {
    times.push(now);
    if (now - began < arguments[0]) requestAnimationFrame(count);
    else window.farhandFrames.done = true;
  };
  requestAnimationFrame(count);
}
return window.farhandFrames.done && window.farhandFrames.times;
"#;

/// Measures and prints.
pub async fn run() {
    println!("\nL3  pointer to painted pixel on the other side, two browsers on this machine (ms)");
    println!("{:<44} {:>8} {:>8} {:>8}", "", "p50", "p95", "max");
    play("bench ink relay", async |stage| {
        let (ana, cleo) = call(stage, NO_CHANNEL).await;
        row("through the relay", latencies(&ana, &cleo).await);
    })
    .await;
    play("bench ink channel", async |stage| {
        let (ana, cleo) = call(stage, "").await;
        row("through the data channel", latencies(&ana, &cleo).await);
        frames(&ana, &cleo).await;
    })
    .await;
}

async fn call(stage: &Stage, before: &str) -> (Agent, Customer) {
    let ana = Agent::first(stage, "Ana").await;
    ana.browser().before_every_page(before).await;
    ana.reload().await;
    ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
    let sms = stage.stack.phones.sms_for(NUMBER).await;
    let cleo = Customer::with(stage, "Cleo", Kind::phone()).await;
    cleo.browser().before_every_page(before).await;
    cleo.taps_link(&sms.link()).await;
    cleo.turns_camera_on(Talk::PhoneCall).await;
    cleo.is_seen_by("Ana").await;
    ana.sees_the_customer().await;
    (ana, cleo)
}

async fn latencies(ana: &Page, cleo: &Page) -> Vec<f64> {
    cleo.waits_for::<bool>("the watch", WATCH, vec![]).await;
    let mut taken = Vec::new();
    for step in 0..=MOVES {
        let place = (
            0.1 + 0.8 * (step % 10) as f64 / 10.0,
            0.1 + 0.8 * (step / 10 % 10) as f64 / 10.0,
        );
        let spot = ana.spot(STAGE, place).await;
        let seen = cleo.spot(OWN, ana.share(STAGE, spot).await).await;
        // The right end of the pointer's ring.
        let ring = (seen.0 + 12.0, seen.1);
        let wish = "window.farhandInk.at = arguments[0]; window.farhandInk.painted = null; return true;";
        cleo.waits_for::<bool>("the wish", wish, vec![json!(ring)]).await;
        let moved: f64 = ana.waits_for("the movement", MOVE, vec![json!(spot)]).await;
        let painted: f64 = cleo
            .waits_for("the pixel", "return window.farhandInk.painted;", vec![])
            .await;
        if step > 0 {
            taken.push(painted - moved);
        }
    }
    taken
}

async fn frames(ana: &Page, cleo: &Page) {
    cleo.waits_for::<bool>("the tap", TAP, vec![]).await;
    cleo.press(radio("Draw")).await;
    let (from, to) = (cleo.spot(OWN, (0.4, 0.4)).await, cleo.spot(OWN, (0.6, 0.6)).await);
    cleo.draws(from, to).await;
    cleo.waits_for::<Value>("a stroke", "return window.farhandSample;", vec![])
        .await;
    println!("\nFrames of the agent's page with {STROKES} strokes of {POINTS} points on the picture (ms)");
    println!("{:<44} {:>8} {:>8} {:>8}", "", "p50", "p95", "max");

    // A hand taps 200 places; while their rings rest another hand goes on drawing.
    let area: Value = ana.waits_for("the picture's place", PLACE, vec![]).await;
    let flood = |strokes: usize| vec![json!(strokes), json!(POINTS)];
    cleo.waits_for::<bool>("one stroke under way", FLOOD, flood(1)).await;
    let since_first: f64 = ana.waits_for("the taps", TAPS, vec![area, json!(STROKES)]).await;
    assert!(
        since_first < 2000.0,
        "the first stroke fades while frames are counted: {since_first} ms"
    );
    row("200 rings rest, one line is drawn", gaps(ana, 1000).await);
    ana.photograph("200 strokes at rest").await;

    cleo.waits_for::<bool>("the flood", FLOOD, flood(STROKES)).await;
    // Once round before it counts.
    gaps(ana, 1000).await;
    row("all are drawn at once", gaps(ana, 4000).await);
    ana.photograph("200 strokes under way").await;
    cleo.try_script::<Value>("clearInterval(window.farhandFlood); return true;", vec![])
        .await;
}

/// From frame to frame, for so many milliseconds.
async fn gaps(page: &Page, milliseconds: u32) -> Vec<f64> {
    let times: Vec<f64> = page.waits_for("the frames", FRAMES, vec![json!(milliseconds)]).await;
    page.try_script::<Value>("delete window.farhandFrames; return true;", vec![])
        .await;
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

fn row(name: &str, mut values: Vec<f64>) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    println!("{name:<44} {:>8.1} {:>8.1} {:>8.1}", at(0.5), at(0.95), at(1.0));
}
