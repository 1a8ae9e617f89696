//! `farhand check`: does the configuration work on this machine, today?
//!
//! Nothing is changed, nobody gets a message. Each probe is one row: ok, failed or skipped, and what to do about it.

mod probes;
mod report;
mod stun;

use crate::config::Config;

pub use report::{Outcome, Report, Row};

/// Runs every probe.
pub async fn run(config: &Config) -> Report {
    crate::serve::install_crypto();
    let mut report = Report::default();
    report.add("data folder", probes::data_folder(config));
    report.add("files folder", probes::files_folder(config));
    report.add("address", probes::listen(config));
    report.add("public address", probes::public_url(config));
    report.add("certificate", probes::certificate(config));
    report.add("figures", probes::figures(config));
    report.add("TURN", probes::turn(config).await);
    report.add("e-mail", probes::mail(config).await);
    report.add("text messages", probes::sms(config).await);
    report.add("pages", probes::pages(config));
    report
}

#[cfg(test)]
mod tests;
