//! Finds what must never stand in a log: session descriptions, candidates, phone numbers, e-mail addresses and PINs.
//!
//! Tests run it over captured lines (invariant I7), so that a careless field shows up whatever its name is.

/// The first thing in `line` that should not be there, by name. `None`: the line is clean.
pub fn finding(line: &str) -> Option<&'static str> {
    let words = || line.split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '<' | '>' | '(' | ')' | '\\'));
    if line.contains("v=0") && line.contains("o=") || line.contains("a=ice-") || line.contains("a=fingerprint") {
        Some("a session description")
    } else if line.contains("candidate:") && line.contains(" typ ") {
        Some("an ICE candidate")
    } else if words().any(is_email) {
        Some("an e-mail address")
    } else if words().any(is_phone_number) {
        Some("a phone number")
    } else if words().any(is_pin) {
        Some("a PIN")
    } else {
        None
    }
}

fn value(word: &str) -> &str {
    word.rsplit(['=', ':']).next().unwrap_or(word)
}

fn is_email(word: &str) -> bool {
    value(word).split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && domain.chars().all(|c| c.is_alphanumeric() || "-.".contains(c))
    })
}

/// E.164: a plus and 8 to 15 digits.
fn is_phone_number(word: &str) -> bool {
    value(word)
        .strip_prefix('+')
        .is_some_and(|digits| (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `#123456` as in the last line of an SMS, or a field named `pin` that shows its value.
fn is_pin(word: &str) -> bool {
    let six_digits = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    word.strip_prefix('#').is_some_and(six_digits) || word.strip_prefix("pin=").is_some_and(six_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_things_are_found_wherever_they_stand() {
        for (line, expected) in [
            (
                "sdp=\"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\"",
                Some("a session description"),
            ),
            (
                "candidate:1 1 udp 2122 192.168.1.5 5000 typ host",
                Some("an ICE candidate"),
            ),
            ("sent to=anna@example.com", Some("an e-mail address")),
            ("{\"to\":\"anna@example.com\"}", Some("an e-mail address")),
            ("sent to=+436641234567", Some("a phone number")),
            ("@help.example.com #482917", Some("a PIN")),
            ("knock pin=482917", Some("a PIN")),
        ] {
            assert_eq!(finding(line), expected, "{line}");
        }
    }

    #[test]
    fn ordinary_lines_are_clean() {
        for line in [
            "2026-11-21T05:47:00.123456Z INFO farhand: answered status=200 ms=3",
            "request{id=5f4dcc3b5aa765d61d8327deb882cf99 method=\"GET\" route=\"/c/{*file}\"}: answered",
            "listening address=127.0.0.1:8080 version=0.1.0+123456",
            "PIN refused misses=5 pin=[redacted] to=[redacted]",
        ] {
            assert_eq!(finding(line), None, "{line}");
        }
    }
}
