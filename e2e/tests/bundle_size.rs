//! What a customer downloads is a promise: a build that breaks it fails here. `scripts/pages` has built dist/ before.

use farhand_e2e::bundle::{Bundle, Part, table, total};

/// Bytes over the wire, brotli, until the customer's camera is live. Only ever lowered: the goal (J1) is 150,000.
const CUSTOMER_BUDGET: u64 = 177_000;
/// What follows once it is: the call with everything in it.
const CUSTOMER_LATE_BUDGET: u64 = 174_000;
/// The console is opened on office networks, but not without limit.
const AGENT_BUDGET: u64 = 462_500;

#[track_caller]
fn within(what: &str, parts: &[Part], budget: u64) {
    assert!(
        parts.iter().any(|(name, _)| name.ends_with(".wasm")),
        "{what} has no compressed program; `scripts/pages` without --dev builds it"
    );
    println!("{what}, {budget} bytes at most (brotli)\n{}", table(parts));
    let total = total(parts);
    assert!(
        total <= budget,
        "{what} takes {total} bytes over the wire, its budget is {budget}"
    );
}

#[test]
fn the_customer_page_keeps_its_promise() {
    within("the customer's page", &Bundle::read("customer").first, CUSTOMER_BUDGET);
}

#[test]
fn what_the_customer_needs_later_keeps_its_promise() {
    within(
        "the customer's late part",
        &Bundle::read("customer").late,
        CUSTOMER_LATE_BUDGET,
    );
}

#[test]
fn the_agent_console_keeps_its_promise() {
    within("the agent's console", &Bundle::read("agent").first, AGENT_BUDGET);
}
