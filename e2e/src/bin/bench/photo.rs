//! How long a photo takes over a line of 1 Mbit/s, narrowed by the kernel: until the agent sees it small, and until sharp.

use farhand_e2e::{
    find::radio, network::Network, page::Page, person::in_call_by, play_with, scene::Scene, stack::Options,
};
use serde::Deserialize;

/// Counted runs; the first is dropped.
const RUNS: usize = 10;
const LINE_KBIT: u32 = 1000;

/// Notes when the next photo is painted for the agent. Small ones have 640 pixels at most.
const WATCH: &str = r#"
const photo = () => document.querySelector('img[alt="Newest photo"]');
const before = photo()?.src;
const seen = (window.farhandPhoto = { small: null, sharp: null });
const look = () => {
  const image = photo();
  const is_new = image?.complete && image.naturalWidth && image.src !== before;
  if (is_new) seen.small ??= performance.timeOrigin + performance.now();
  if (!is_new || image.naturalWidth <= 640) return requestAnimationFrame(look);
  seen.sharp = performance.timeOrigin + performance.now();
  const loads = performance.getEntriesByType("resource").filter((each) => each.name.includes("/api/files/"));
  seen.bytes = loads.at(-1).encodedBodySize;
};
look();
return true;
"#;

/// Presses the shutter and says when.
const SHUTTER: &str = r#"
const shutter = findAll({ role: "button", name: "Take photo", exact: true }).filter(isEnabled)[0];
const at = performance.timeOrigin + performance.now();
shutter?.click();
return shutter ? at : null;
"#;

#[derive(Deserialize)]
struct Seen {
    small: f64,
    sharp: f64,
    bytes: f64,
}

/// Milliseconds, and kilobytes of the sharp photo.
struct Run {
    small: f64,
    sharp: f64,
    kilobytes: f64,
}

/// Measures and prints; says why where there can be no network of its own.
pub async fn run() {
    let network = match Network::open() {
        Ok(network) => network,
        Err(reason) => {
            println!("\nphoto  not measured: {reason}");
            return;
        }
    };
    let mut runs = Vec::new();
    let options = Options::default().reached_at(network.near());
    play_with("bench photo", options, async |stage| {
        let mut phone = network.phone(&stage.stack.server.origin());
        phone.flags.push(Scene::Grain.flag());
        let (ana, cleo) = in_call_by(stage, phone).await;
        cleo.press(radio("Photo")).await;
        network.limit(LINE_KBIT);
        for run in 0..=RUNS {
            let measured = one(&ana, &cleo).await;
            if run > 0 {
                runs.push(measured);
            }
        }
    })
    .await;
    print(&runs);
}

async fn one(ana: &Page, cleo: &Page) -> Run {
    ana.waits_for::<bool>("the watch", WATCH, vec![]).await;
    let pressed: f64 = cleo.waits_for("the shutter", SHUTTER, vec![]).await;
    let script = "return window.farhandPhoto.bytes ? window.farhandPhoto : null;";
    let seen: Seen = ana.waits_for("the photo", script, vec![]).await;
    Run {
        small: seen.small - pressed,
        sharp: seen.sharp - pressed,
        kilobytes: seen.bytes / 1000.0,
    }
}

fn print(runs: &[Run]) {
    println!("\nphoto  from the shutter to the agent's screen over {LINE_KBIT} kbit/s, {RUNS} photos");
    println!("{:<44} {:>8} {:>8} {:>8}", "", "min", "median", "max");
    let row = |name: &str, pick: fn(&Run) -> f64| {
        let mut sorted: Vec<f64> = runs.iter().map(pick).collect();
        sorted.sort_by(f64::total_cmp);
        let [min, median, max] = [0, sorted.len() / 2, sorted.len() - 1].map(|at| sorted[at]);
        println!("{name:<44} {min:>8.0} {median:>8.0} {max:>8.0}");
    };
    row("small (ms)", |run| run.small);
    row("sharp (ms)", |run| run.sharp);
    row("kB of the sharp one", |run| run.kilobytes);
}
