//! The figures that people feel, measured with real browsers: what a customer downloads (J1), how long it takes from the
//! tap on the link to the agent's first decoded frame (J2) and from a pointer to its pixel on the other side (L3), how soon
//! a picture is back after a bad spell (N2), and how long a photo takes on a narrow line. `make bench` runs it after the
//! relay's own figures.
//!
//! `bench ink` measures only L3, `bench network` only N2, `bench photo` only photos. Every run of J2 is a new browser
//! process with an empty cache. The first is dropped; medians are quoted.

#[path = "bench/ink.rs"]
mod ink;
#[path = "bench/network.rs"]
mod network;
#[path = "bench/photo.rs"]
mod photo;

use farhand_e2e::{
    Stage,
    browser::{Browser, Kind},
    bundle::{Bundle, table},
    find::button,
    person::{Agent, Customer, Invite, Start, Talk},
    play,
};
use serde_json::json;

/// Counted runs of J2.
const RUNS: usize = 20;

/// Taps the one button as soon as the first screen shows it, and notes when.
const TAP: &str = r#"
const tap = () => {
  const button = [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === "Turn on camera");
  if (!button || !button.checkVisibility()) return requestAnimationFrame(tap);
  window.farhandTapAt = performance.timeOrigin + performance.now();
  button.click();
};
if (location.pathname === "/j") requestAnimationFrame(tap);
"#;

/// Notes when the first decoded frame of the customer is presented to the agent.
const WATCH: &str = r#"
window.farhandFrameAt = null;
const seek = () => {
  const video = [...document.querySelectorAll("video")].find((each) => each.srcObject && nameOf(each) === "Customer's camera");
  if (!video) return requestAnimationFrame(seek);
  video.requestVideoFrameCallback((_, frame) => { window.farhandFrameAt = performance.timeOrigin + frame.presentationTime; });
};
seek();
return true;
"#;

/// One run, in milliseconds.
#[derive(Clone, Copy)]
struct Run {
    /// From the start of the navigation to the tap on the first screen's button.
    shown: f64,
    /// From the tap to the agent's first frame.
    seen: f64,
}

/// What lies between the customer and the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Nothing: one machine.
    Loopback,
    /// A middling phone on a middling mobile network: 1.6 Mbit/s, 150 ms there and back, a quarter of this processor.
    Throttled,
}

impl Way {
    /// Makes the customer's page slow, by the browser's own tools. They hold requests and sockets back, not WebRTC's
    /// packets.
    async fn lay(self, browser: &Browser) {
        if self == Self::Loopback {
            return;
        }
        let bytes_per_second = 1_600_000 / 8;
        let network = json!({
            "offline": false,
            "latency": 150,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        });
        browser.devtools("Network.enable", json!({})).await;
        browser.devtools("Network.emulateNetworkConditions", network).await;
        browser
            .devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))
            .await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("ink") => return ink::run().await,
        Some("network") => return network::recovery().await,
        Some("photo") => return photo::run().await,
        _ => {}
    }
    downloads();
    for (way, words) in [
        (Way::Loopback, "on loopback"),
        (Way::Throttled, "1.6 Mbit/s, 150 ms there and back, 4x slower processor"),
    ] {
        let runs = measure(way).await;
        println!("\nJ2  tap on the link to the agent's first decoded frame, {RUNS} cold browsers, {words} (ms)");
        println!("{:<44} {:>8} {:>8} {:>8}", "", "p50", "p95", "max");
        row("link to the first screen's button", &runs, |run| run.shown);
        row("button to the agent's first frame", &runs, |run| run.seen);
        row("link to the agent's first frame", &runs, |run| run.shown + run.seen);
    }
    ink::run().await;
    network::recovery().await;
    photo::run().await;
}

/// All counted runs of one way.
async fn measure(way: Way) -> Vec<Run> {
    let mut runs = Vec::new();
    play("bench", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        for run in 0..=RUNS {
            let measured = one(stage, &ana, way, run).await;
            if run > 0 {
                runs.push(measured);
            }
        }
    })
    .await;
    runs
}

async fn one(stage: &Stage, ana: &Agent, way: Way, run: usize) -> Run {
    ana.open(&stage.stack.server.address("/agent")).await;
    let start = Start {
        talk: Talk::PhoneCall,
        ..Start::video(Invite::Link)
    };
    ana.starts_session(&start).await;
    let link = ana.copies_link().await;
    ana.waits_for::<bool>("the watch", WATCH, vec![]).await;
    let cleo = Customer::with(stage, &format!("Cleo {run}"), Kind::phone()).await;
    cleo.browser().before_every_page(TAP).await;
    way.lay(cleo.browser()).await;
    cleo.open(&link).await;
    let frame: f64 = ana
        .waits_for("the first frame", "return window.farhandFrameAt;", vec![])
        .await;
    let tap: f64 = cleo.waits_for("the tap", "return window.farhandTapAt;", vec![]).await;
    let began: f64 = cleo
        .waits_for("the start", "return performance.timeOrigin;", vec![])
        .await;
    cleo.sees(button("End")).await;
    cleo.press_button("End").await;
    stage.goes(&cleo);
    Run {
        shown: tap - began,
        seen: frame - tap,
    }
}

fn row(name: &str, runs: &[Run], pick: impl Fn(&Run) -> f64) {
    let mut values: Vec<f64> = runs.iter().map(pick).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    println!("{name:<44} {:>8.0} {:>8.0} {:>8.0}", at(0.5), at(0.95), at(1.0));
}

/// J1: what arrives until the customer's camera is live, and what follows.
fn downloads() {
    let bundle = Bundle::read("customer");
    if bundle.first.is_empty() {
        eprintln!("dist/customer is not built; `make pages` builds it");
        std::process::exit(1);
    }
    println!("\nJ1  bytes over the wire until the customer's camera is live (brotli)");
    print!("{}", table(&bundle.first));
    println!("\n    the late part, fetched when it is");
    print!("{}", table(&bundle.late));
}
