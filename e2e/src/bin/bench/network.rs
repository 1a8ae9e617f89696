//! N2: how soon a picture is back after a long bad spell, on a line that is narrowed by the kernel.

use std::time::Duration;

use farhand_e2e::{
    network::Network,
    person::{Agent, in_call_by},
    play_with,
    scene::Scene,
    stack::Options,
};

/// Counted runs; the first is dropped.
const RUNS: usize = 5;
/// How long the line is open before it is narrowed: the picture is at its best long before.
const OPEN: Duration = Duration::from_secs(20);
/// What counts as the bitrate: the mean of the last seconds of that.
const BEFORE: Duration = Duration::from_secs(10);
const NARROW_KBIT: u32 = 250;
const NARROW: Duration = Duration::from_secs(30);
/// Longest recovery that is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// A rate is the mean of this long.
const STEP: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
struct Run {
    before_kbit: f64,
    narrow_kbit: f64,
    narrow_fps: f64,
    back: Duration,
}

/// Measures and prints; says why where there can be no network of its own.
pub async fn recovery() {
    let network = match Network::open() {
        Ok(network) => network,
        Err(reason) => {
            println!("\nN2  not measured: {reason}");
            return;
        }
    };
    let mut runs = Vec::new();
    play_with(
        "bench N2",
        Options::default().reached_at(network.near()),
        async |stage| {
            let mut phone = network.phone(&stage.stack.server.origin());
            phone.flags.push(Scene::Grain.flag());
            let (ana, _cleo) = in_call_by(stage, phone).await;
            for run in 0..=RUNS {
                let counted = one(&ana, &network).await;
                if run > 0 {
                    runs.push(counted);
                }
            }
        },
    )
    .await;
    print(&runs);
}

async fn one(ana: &Agent, network: &Network) -> Run {
    let before_kbit = mean_kbit(ana, OPEN, OPEN - BEFORE).await.0;
    network.limit(NARROW_KBIT);
    let (narrow_kbit, narrow_fps) = mean_kbit(ana, NARROW, NARROW / 3).await;
    network.release();
    let back = ana
        .watches_rates(STEP, PATIENCE, |at, rate| {
            (rate.received_kbit >= 0.9 * before_kbit).then_some(at)
        })
        .await;
    Run {
        before_kbit,
        narrow_kbit,
        narrow_fps,
        back: back.unwrap_or(PATIENCE),
    }
}

/// What arrives on average, kbit/s and pictures a second, during the part of `span` after `skip`.
async fn mean_kbit(ana: &Agent, span: Duration, skip: Duration) -> (f64, f64) {
    let mut rates = Vec::new();
    ana.watches_rates(STEP, span, |at, rate| {
        if at > skip {
            rates.push((rate.received_kbit, rate.fps));
        }
        None::<()>
    })
    .await;
    let count = rates.len().max(1) as f64;
    let sum = rates
        .iter()
        .fold((0.0, 0.0), |sum, rate| (sum.0 + rate.0, sum.1 + rate.1));
    (sum.0 / count, sum.1 / count)
}

fn print(runs: &[Run]) {
    println!(
        "\nN2  {NARROW:?} at {NARROW_KBIT} kbit/s, then free: time until 90 % of the bitrate arrives again ({} runs)",
        runs.len()
    );
    println!("{:<44} {:>8} {:>8} {:>8}", "", "min", "p50", "max");
    row("kbit/s before", runs, |run| run.before_kbit);
    row("kbit/s on the narrow line", runs, |run| run.narrow_kbit);
    row("pictures a second on the narrow line", runs, |run| run.narrow_fps);
    row("seconds until 90 %", runs, |run| run.back.as_secs_f64());
}

fn row(name: &str, runs: &[Run], pick: impl Fn(&Run) -> f64) {
    let mut values: Vec<f64> = runs.iter().map(pick).collect();
    values.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (values.first(), values.last()) else {
        return;
    };
    println!("{name:<44} {least:>8.1} {:>8.1} {most:>8.1}", values[values.len() / 2]);
}
