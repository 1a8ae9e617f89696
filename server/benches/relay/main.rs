//! The relay beside a bare `tokio-tungstenite` echo in the same run (goals P2, P3 and P4).
//!
//! `cargo bench -p farhand-server --bench relay`; `-- quick` for a short look while working on it.
//!
//! A message is one `signal` from one person of a session to the other: the relay reads it, looks at who sends it to whom, and
//! writes it to the other's socket. The echo reads the same bytes and writes them back. Both are processes of their own, so
//! that /proc tells their processor time and not the load's; they are measured alternately, the first round is dropped and
//! medians are quoted. What has *arrived* is counted. In P2 every socket has a fixed number of messages on their way at any
//! time, so that nothing is lost in queues and a slow server is not helped by dropping. In P3 four people share a session and
//! everybody hears the ink of the three others; the echo's figure beside it tells what the machine does today.

mod crowd;
mod latency;
#[path = "../../tests/seats/mod.rs"]
mod seats;
mod servers;

use std::time::Duration;

use crowd::{Crowd, Figure, Kind, Load, NOBODY};
use servers::{Running, Which};

/// How much is measured.
#[derive(Clone, Copy)]
struct Extent {
    /// Counted rounds; one more is dropped.
    rounds: usize,
    /// Of one server in one round.
    span: Duration,
    /// Sockets of the large crowd.
    many: usize,
}

/// Sockets of the small crowd.
const FEW: usize = 100;
/// In a session full of ink: a customer and three agents.
const PEOPLE: usize = 4;
/// What the goal asks for; fewer where a process may not have that many files open.
const MANY: usize = 10_000;

fn main() {
    if let Some(which) = Which::of_this_process() {
        return servers::serve(which);
    }
    let quick = std::env::args().any(|argument| argument == "quick");
    let extent = Extent {
        rounds: if quick { 3 } else { 7 },
        span: Duration::from_millis(if quick { 500 } else { 2000 }),
        many: if quick { 1000 } else { many() },
    };
    let (relay, echo) = (
        Running::start(Which::Relay, extent.many, 2),
        Running::start(Which::Echo, 0, 2),
    );
    let both = [&relay, &echo];
    println!("\nP2  messages per CPU-second of the server (user and system)\n");
    println!(
        "| sockets | message | on their way per socket | farhand | bare echo | ratio | lost | wall rate farhand / echo |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let signal = |bytes, window| Load {
        kind: Kind::Signal { bytes },
        window,
    };
    let pace = throughput(both, FEW, &[signal(0, 1), signal(1024, 1), signal(0, 8)], extent);
    throughput(both, extent.many, &[signal(0, 1), signal(1024, 1)], extent);
    println!("\nP4  from writing a message to its arrival, {FEW} sockets, at half the load of the above (µs)\n");
    println!("| server | messages per s | p50 | p99 | late |");
    println!("|---|---|---|---|---|");
    latency::compare(both, FEW, pace / 2.0, extent.rounds, extent.span);
    drop(relay);
    let fours = Running::start(Which::Relay, FEW, PEOPLE);
    println!("\nP3  ink delivered per CPU-second of the server, sessions of {PEOPLE}\n");
    println!(
        "| sockets | message | on their way per socket | farhand | bare echo | ratio | lost | wall rate farhand / echo |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let ink = |window| Load {
        kind: Kind::Ink,
        window,
    };
    throughput([&fours, &echo], FEW, &[ink(1), ink(8)], extent);
}

/// As many sockets as this process may have open at both servers, and an even number.
fn many() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<usize>().ok());
    (soft.unwrap_or(1024).saturating_sub(200) / 2).min(MANY) / 2 * 2
}

/// One row for each load; the wall-clock rate of the slower server under the first load.
fn throughput(both: [&Running; 2], sockets: usize, loads: &[Load], extent: Extent) -> f64 {
    let mut slower = f64::INFINITY;
    let crowds = both.map(|server| Crowd::connect(server, sockets));
    for (number, load) in loads.iter().enumerate() {
        let mut figures: [Vec<Figure>; 2] = Default::default();
        for round in 0..=extent.rounds {
            for (server, crowd) in crowds.iter().enumerate() {
                let figure = crowd.run(*load, extent.span);
                if round > 0 {
                    figures[server].push(figure);
                }
            }
        }
        let [ours, theirs] = figures
            .each_ref()
            .map(|of| median(of.iter().map(|figure| figure.per_cpu_second)));
        let rates = figures
            .each_ref()
            .map(|of| median(of.iter().map(|figure| figure.per_second)));
        let lost: u64 = figures.iter().flatten().map(|figure| figure.lost).sum();
        println!(
            "| {sockets} | {} B | {} | {ours:.0} | {theirs:.0} | {:.2} | {lost} | {:.0} / {:.0} |",
            load.message(NOBODY).len(),
            load.window,
            ours / theirs,
            rates[0],
            rates[1]
        );
        if number == 0 {
            slower = rates[0].min(rates[1]);
        }
    }
    slower
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
