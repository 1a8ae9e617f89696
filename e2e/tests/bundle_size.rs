//! What a customer downloads is a promise: a build that breaks it fails here. `scripts/pages` has built dist/ before.

use std::{fs, path::Path};

/// Bytes over the wire, brotli, until the customer's page works. Only ever lowered: the goal (J1) is 150,000.
const CUSTOMER_BUDGET: u64 = 216_000;
/// The console is opened on office networks, but not without limit.
const AGENT_BUDGET: u64 = 310_000;

/// The page and everything it names, brotli-compressed, as (name, bytes).
fn first_load(bundle: &str) -> Vec<(String, u64)> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist").join(bundle);
    let page = fs::read_to_string(dist.join("index.html")).expect("built pages; run scripts/pages first");
    let mut parts: Vec<_> = fs::read_dir(&dist)
        .expect("built pages")
        .flatten()
        .filter_map(|entry| {
            let file = entry.file_name().to_string_lossy().into_owned();
            let name = file.strip_suffix(".br")?.to_owned();
            let needed = name == "index.html" || page.contains(&name);
            needed.then(|| (name, entry.metadata().map(|data| data.len()).unwrap_or(u64::MAX)))
        })
        .collect();
    parts.sort();
    parts
}

#[track_caller]
fn within(bundle: &str, budget: u64) {
    let parts = first_load(bundle);
    assert!(
        parts.iter().any(|(name, _)| name.ends_with(".wasm")),
        "dist/{bundle} has no compressed program; `scripts/pages` without --dev builds it"
    );
    let total: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    println!("{bundle}: {total} of {budget} bytes (brotli)");
    for (name, bytes) in &parts {
        println!("  {bytes:>8} {name}");
    }
    assert!(
        total <= budget,
        "the {bundle} bundle takes {total} bytes over the wire, its budget is {budget}"
    );
}

#[test]
fn the_customer_page_keeps_its_promise() {
    within("customer", CUSTOMER_BUDGET);
}

#[test]
fn the_agent_console_keeps_its_promise() {
    within("agent", AGENT_BUDGET);
}
