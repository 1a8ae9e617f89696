//! Where log lines go: standard error, as text or as JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogConfig, LogFormat};
use crate::turn::NOISY_LOG_TARGETS;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The filter was checked with the options, so this only happens to callers that did not.
    #[error("--log-level: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    #[error("a log is set up already: {0}")]
    Already(#[from] tracing_subscriber::util::TryInitError),
}

/// Sets up the log of the process.
///
/// # Errors
/// When the filter makes no sense or the process has a log already.
pub fn init(config: &LogConfig) -> Result<(), LogError> {
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter(&config.level)?);
    match config.format {
        LogFormat::Text => builder.finish().try_init()?,
        LogFormat::Json => builder.json().flatten_event(true).finish().try_init()?,
    }
    Ok(())
}

/// The operator's filter, with the libraries silenced that log people's addresses, whatever the operator says.
fn filter(level: &str) -> Result<EnvFilter, tracing_subscriber::filter::ParseError> {
    let mut filter = EnvFilter::try_new(level)?;
    for target in NOISY_LOG_TARGETS {
        filter = filter.add_directive(format!("{target}=off").parse()?);
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_that_log_addresses_stay_silent_even_at_trace() {
        let filter = filter("trace").unwrap().to_string();
        for target in NOISY_LOG_TARGETS {
            assert!(filter.contains(&format!("{target}=off")), "{filter}");
        }
    }
}
