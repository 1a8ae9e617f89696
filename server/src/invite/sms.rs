//! The text message of an invitation, and what it costs to send.
//!
//! Its last line, `@host #PIN`, is the form phones recognise as a code bound to a site: they offer the PIN above the
//! keyboard on that site and on no other.

use farhand_shared::limit;

/// Longest company or agent name in a text message, in characters; longer ones are shortened.
const NAME_CHARS: usize = 24;
/// Septets of one message alone, and of each part of a longer one (a header takes the difference).
const GSM_ALONE: usize = 160;
const GSM_PART: usize = 153;
/// The same in 16-bit units for texts outside the GSM alphabet.
const UNICODE_ALONE: usize = 70;
const UNICODE_PART: usize = 67;
/// Most parts a message may need; providers refuse more.
pub const MAX_SEGMENTS: usize = 10;

/// The GSM 03.38 basic alphabet without escape.
const GSM_BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                         ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension: each of these takes two septets.
const GSM_EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// What an invitation by text message says.
#[derive(Clone, Copy, Debug)]
pub struct InviteText<'a> {
    /// The organisation.
    pub company: &'a str,
    /// The agent.
    pub agent: &'a str,
    /// The whole link with its secret.
    pub link: &'a str,
    /// The host people type, without a port.
    pub host: &'a str,
    /// Six digits.
    pub pin: &'a str,
}

/// The text message of an invitation.
#[must_use]
pub fn invite_text(invite: &InviteText<'_>) -> String {
    let (company, agent) = (
        short_name(invite.company, "Farhand"),
        short_name(invite.agent, "Your agent"),
    );
    let InviteText { link, host, pin, .. } = invite;
    format!(
        "{company} help: {agent} would like to see the problem through your phone. \
         Open {link} or go to {host} and enter {pin}.\n@{host} #{pin}"
    )
}

/// A name on one line, shortened; `otherwise` when nothing is left.
fn short_name(name: &str, otherwise: &str) -> String {
    let cut: String = name.chars().take(NAME_CHARS).collect();
    limit::clean(&cut, NAME_CHARS).unwrap_or_else(|_| otherwise.to_owned())
}

/// How many message parts the text takes to send.
#[must_use]
pub fn segments(text: &str) -> usize {
    let (units, alone, part) = match gsm_septets(text) {
        Some(septets) => (septets, GSM_ALONE, GSM_PART),
        None => (text.encode_utf16().count(), UNICODE_ALONE, UNICODE_PART),
    };
    if units <= alone { 1 } else { units.div_ceil(part) }
}

/// Septets in the GSM alphabet, `None` when one character is outside it (and the whole text goes as Unicode).
fn gsm_septets(text: &str) -> Option<usize> {
    text.chars()
        .map(|c| match c {
            c if GSM_BASIC.contains(c) => Some(1),
            c if GSM_EXTENDED.contains(c) => Some(2),
            _ => None,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example<'a>(company: &'a str, agent: &'a str) -> InviteText<'a> {
        InviteText {
            company,
            agent,
            link: "https://help.example.com/j#Qk3xWm0d8m4qkqjvVnYpZ7l1o2H5r9s6tUuXyB-cD_e",
            host: "help.example.com",
            pin: "482917",
        }
    }

    #[test]
    fn the_text_is_what_phones_and_people_expect() {
        insta::assert_snapshot!(invite_text(&example("Acme", "Ann")));
    }

    #[test]
    fn the_last_line_binds_the_pin_to_the_site() {
        let text = invite_text(&example("Acme\n@evil.example #111111", "Ann\r\nx"));
        assert_eq!(text.lines().count(), 2);
        assert_eq!(text.lines().last(), Some("@help.example.com #482917"));
    }

    #[test]
    fn an_ordinary_invitation_takes_two_parts_and_an_exotic_one_stays_affordable() {
        assert_eq!(segments(&invite_text(&example("Acme", "Ann"))), 2);
        let (company, agent) = ("Ž".repeat(100), "語".repeat(100));
        assert!(segments(&invite_text(&example(&company, &agent))) <= 5);
    }

    #[test]
    fn parts_are_counted_as_providers_count_them() {
        for (text, expected) in [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("č".repeat(70), 1),
            ("č".repeat(71), 2),
            ("🍵".repeat(35), 1),
            ("🍵".repeat(36), 2),
            (String::new(), 1),
        ] {
            assert_eq!(segments(&text), expected, "{} characters", text.chars().count());
        }
    }

    #[test]
    fn nobody_is_anonymous() {
        assert!(invite_text(&example(" ", "")).starts_with("Farhand help: Your agent would"));
    }
}
