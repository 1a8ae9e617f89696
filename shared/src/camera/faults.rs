//! What the names of `getUserMedia` failures mean, old names included.

use crate::client::Failure;
use crate::session::Blocked;

/// Why a device did not open, and so what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The question was closed without an answer: it may be asked again.
    Dismissed,
    /// Somebody or something said no.
    Denied(Blocked),
    /// There is no such device.
    Missing,
    /// Another app, or our own last lens, still has it: try again soon.
    Busy,
    /// No device is as wished: wish for less.
    TooStrict,
    /// It started and then something went wrong: try once more.
    Aborted,
    /// This browser cannot.
    Unsupported,
}

/// Reads a failure. The name decides; only for a "no" the message tells who said it.
pub fn fault(failure: &Failure) -> Fault {
    match failure.name.as_str() {
        "NotAllowedError" | "PermissionDeniedError" | "PermissionDismissedError" => denied(failure),
        "SecurityError" => Fault::Denied(Blocked::Document),
        "NotFoundError" | "DevicesNotFoundError" => Fault::Missing,
        // Old Firefox says InternalError when the driver does not start.
        "NotReadableError" | "TrackStartError" | "InternalError" => Fault::Busy,
        "OverconstrainedError" | "ConstraintNotSatisfiedError" => Fault::TooStrict,
        "TypeError" | "NotSupportedError" => Fault::Unsupported,
        _ => Fault::Aborted,
    }
}

/// Browsers give one name to every "no"; these words in their messages tell them apart.
fn denied(failure: &Failure) -> Fault {
    let message = failure.message.to_ascii_lowercase();
    let says = |word| message.contains(word);
    if says("dismissed") || failure.name == "PermissionDismissedError" {
        Fault::Dismissed
    } else if says("by system") {
        Fault::Denied(Blocked::System)
    } else if says("policy") || says("secure origin") || says("in this document") {
        Fault::Denied(Blocked::Document)
    } else {
        Fault::Denied(Blocked::Site)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};
    use crate::client::Failure;
    use crate::session::Blocked;

    #[test]
    fn every_name_and_telling_message_has_its_meaning() {
        let site = Fault::Denied(Blocked::Site);
        let table = [
            ("NotAllowedError", "Permission denied", site),
            (
                "NotAllowedError",
                "The request is not allowed by the user agent or the platform in the current context.",
                site,
            ),
            ("PermissionDeniedError", "", site),
            ("NotAllowedError", "Permission dismissed", Fault::Dismissed),
            ("PermissionDismissedError", "", Fault::Dismissed),
            (
                "NotAllowedError",
                "Permission denied by system",
                Fault::Denied(Blocked::System),
            ),
            (
                "NotAllowedError",
                "Only secure origins are allowed",
                Fault::Denied(Blocked::Document),
            ),
            (
                "NotAllowedError",
                "Permissions policy violation",
                Fault::Denied(Blocked::Document),
            ),
            ("SecurityError", "", Fault::Denied(Blocked::Document)),
            ("NotFoundError", "Requested device not found", Fault::Missing),
            ("DevicesNotFoundError", "", Fault::Missing),
            ("NotReadableError", "Could not start video source", Fault::Busy),
            ("TrackStartError", "", Fault::Busy),
            ("InternalError", "Starting videoinput failed", Fault::Busy),
            ("OverconstrainedError", "", Fault::TooStrict),
            ("ConstraintNotSatisfiedError", "", Fault::TooStrict),
            ("AbortError", "", Fault::Aborted),
            ("TypeError", "undefined is not an object", Fault::Unsupported),
            ("NotSupportedError", "", Fault::Unsupported),
            ("SomethingNewError", "", Fault::Aborted),
        ];
        for (name, message, meaning) in table {
            let failure = Failure {
                name: name.into(),
                message: message.into(),
            };
            assert_eq!(fault(&failure), meaning, "{name}: {message}");
        }
    }
}
