//! Lengths of time in words and on clocks.

use core::time::Duration;

/// Like a clock that counts up: `0:07`, `12:30`, `1:02:03`.
pub fn clock(length: Duration) -> String {
    let seconds = length.as_secs();
    let two = |number: u64| {
        let digits = number.to_string();
        if number < 10 { ["0", &digits].concat() } else { digits }
    };
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        [&hours.to_string(), ":", &two(minutes), ":", &two(seconds)].concat()
    } else {
        [&minutes.to_string(), ":", &two(seconds)].concat()
    }
}

/// In words, roughly: `20 seconds`, `1 minute`, `14 minutes`, `2 hours`.
pub fn words(length: Duration) -> String {
    let seconds = length.as_secs();
    let (number, one, many) = match seconds {
        0..60 => (seconds, " second", " seconds"),
        60..3600 => (seconds / 60, " minute", " minutes"),
        _ => (seconds / 3600, " hour", " hours"),
    };
    [number.to_string().as_str(), if number == 1 { one } else { many }].concat()
}
