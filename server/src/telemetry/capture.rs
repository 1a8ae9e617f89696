//! A log for tests: keeps every line, fails the test when one is an error or says something private.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::scan;

/// Captures what this thread logs, from INFO upwards, until it is dropped. Dropping it checks the lines, so a test only
/// has to hold it: `let _log = Capture::start();`
pub struct Capture {
    lines: Lines,
    errors_expected: bool,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Capture {
    /// Starts capturing on this thread, and so on everything a single-threaded runtime runs on it.
    pub fn start() -> Self {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(lines.clone())
            .with_env_filter(EnvFilter::new("info"))
            .finish();
        Self {
            lines,
            errors_expected: false,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    /// Lets errors pass, for a test that provokes one.
    #[must_use]
    pub fn expecting_errors(mut self) -> Self {
        self.errors_expected = true;
        self
    }

    /// Everything logged so far.
    pub fn text(&self) -> String {
        let bytes = self.lines.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Fails when the log contains one of these values: what the test itself typed, called or was called by.
    pub fn assert_never_says(&self, values: &[&str]) {
        let text = self.text();
        for value in values {
            assert!(!text.contains(value), "the log says {value:?}:\n{text}");
        }
    }

    fn complaint(&self) -> Option<String> {
        let text = self.text();
        for line in text.lines() {
            if let Some(what) = scan::finding(line) {
                return Some(format!("the log contains {what}: {line}"));
            }
            if line.contains(" ERROR ") && !self.errors_expected {
                return Some(format!("the log contains an error: {line}"));
            }
        }
        None
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        if let Some(complaint) = self.complaint().filter(|_| !std::thread::panicking()) {
            panic!("{complaint}");
        }
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_log_passes() {
        let log = Capture::start();
        tracing::info!(status = 200, "answered");
        assert!(log.text().contains("answered"));
        log.assert_never_says(&["+436641234567"]);
    }

    #[test]
    #[should_panic(expected = "the log contains an error")]
    fn an_error_in_the_log_fails_the_test() {
        let _log = Capture::start();
        tracing::error!("the disk is full");
    }

    #[test]
    fn an_expected_error_passes() {
        let _log = Capture::start().expecting_errors();
        tracing::error!("the disk is full");
    }

    #[test]
    #[should_panic(expected = "the log contains a phone number")]
    fn a_phone_number_in_the_log_fails_the_test() {
        let _log = Capture::start();
        tracing::info!(to = "+436641234567", "sent");
    }
}
