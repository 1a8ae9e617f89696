//! Requests that brought nothing.

use super::Say;
use crate::plain::HttpFault;
use std::borrow::Cow;

/// What to say about it. The server's own refusals come in plain words with a next step.
pub fn fault(fault: &HttpFault) -> Say {
    match fault {
        HttpFault::Unreachable => Say::new(
            "We can't reach our service.",
            "Check your internet connection, then try again.",
        ),
        HttpFault::TimedOut => Say::new("That took too long.", "Your connection may be slow. Try again."),
        HttpFault::Garbled => Say::new("We got an answer that we don't understand.", "Load the page again."),
        HttpFault::Refused(problem) => Say {
            what: or(&problem.message, "That didn't work."),
            next: or(&problem.next, "Try again in a moment."),
        },
    }
}

fn or(words: &str, otherwise: &'static str) -> Cow<'static, str> {
    if words.is_empty() {
        Cow::Borrowed(otherwise)
    } else {
        Cow::Owned(words.to_owned())
    }
}
