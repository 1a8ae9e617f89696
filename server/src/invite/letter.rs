//! The letters we write: invitations and account mail, each as plain text and HTML.
//!
//! Plain manners: one link, no pictures, no tracking, nothing to unsubscribe from because nothing is sent unasked.

use farhand_shared::limit;

const SUBJECT_NAME_CHARS: usize = 60;

/// A letter: subject, text and HTML say the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Subject line, one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML, everything from outside escaped.
    pub html: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// What an invitation by e-mail says.
#[derive(Clone, Copy)]
pub struct InviteLetter<'a> {
    /// The organisation.
    pub company: &'a str,
    /// The agent.
    pub agent: &'a str,
    /// The whole link with its secret.
    pub link: &'a str,
    /// The host people type.
    pub host: &'a str,
    /// Six digits.
    pub pin: &'a str,
}

/// The e-mail of an invitation.
#[must_use]
pub fn invite(invite: &InviteLetter<'_>) -> Letter {
    let (company, agent) = (name(invite.company, "Farhand"), name(invite.agent, "Your agent"));
    let InviteLetter { link, host, pin, .. } = invite;
    letter(
        format!("{agent} from {company} would like to see the problem"),
        &[
            &format!("{agent} from {company} would like to see the problem through your phone's camera."),
            "Open this link on the phone you want to show it with. The camera starts only after you tap a button.",
        ],
        Some(("Show the problem", link)),
        &[
            &format!("Or go to {host} and enter {pin}."),
            "If you did not expect this message, you need not do anything.",
        ],
    )
}

/// Proves the address of a sign-up.
#[must_use]
pub fn verify(company: &str, link: &str) -> Letter {
    let company = name(company, "Farhand");
    letter(
        format!("Confirm your {company} account"),
        &[
            &format!("Somebody, probably you, made a {company} account with this address."),
            "Open this link and enter the password you chose. The link works once, for 24 hours.",
        ],
        Some(("Confirm the address", link)),
        &["If it was not you, do not open the link and nothing will happen."],
    )
}

/// Answers a sign-up for an address that has an account: the page must not tell that to a stranger, its owner may know.
#[must_use]
pub fn already_signed_up(company: &str, sign_in: &str) -> Letter {
    let company = name(company, "Farhand");
    letter(
        format!("You already have a {company} account"),
        &[
            &format!(
                "Somebody, probably you, tried to make a {company} account with this address. It already has one."
            ),
            "Sign in here. If you forgot the password, ask there for a new one.",
        ],
        Some(("Sign in", sign_in)),
        &["If it was not you, you need not do anything."],
    )
}

/// Lets somebody choose a new password.
#[must_use]
pub fn reset(company: &str, link: &str) -> Letter {
    let company = name(company, "Farhand");
    letter(
        format!("Choose a new {company} password"),
        &[
            &format!("Somebody, probably you, asked for a new password of the {company} account with this address."),
            "The link works once, for 30 minutes.",
        ],
        Some(("Choose a new password", link)),
        &["If it was not you, you need not do anything: the old password stays."],
    )
}

/// Tells the owner that the password was changed, in case it was not them.
#[must_use]
pub fn password_changed(company: &str) -> Letter {
    let company = name(company, "Farhand");
    letter(
        format!("Your {company} password was changed"),
        &[
            &format!("The password of the {company} account with this address was changed just now."),
            "If it was not you, ask for a new password on the sign-in page and tell your administrator.",
        ],
        None,
        &[],
    )
}

fn name(name: &str, otherwise: &str) -> String {
    let cut: String = name.chars().take(SUBJECT_NAME_CHARS).collect();
    limit::clean(&cut, SUBJECT_NAME_CHARS).unwrap_or_else(|_| otherwise.to_owned())
}

/// Puts both forms together from the same paragraphs.
fn letter(subject: String, before: &[&str], link: Option<(&str, &str)>, after: &[&str]) -> Letter {
    let paragraphs = |list: &[&str]| {
        list.iter()
            .map(|p| format!("<p>{}</p>\n", escape(p)))
            .collect::<String>()
    };
    let button = link.map_or_else(String::new, |(words, to)| {
        format!(
            "<p><a href=\"{0}\">{1}</a></p>\n<p>{0}</p>\n",
            escape(to),
            escape(words)
        )
    });
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5\">\n{}{button}{}</body></html>\n",
        escape(&subject),
        paragraphs(before),
        paragraphs(after),
    );
    let lines: Vec<&str> = before
        .iter()
        .copied()
        .chain(link.map(|(_, to)| to))
        .chain(after.iter().copied())
        .collect();
    Letter {
        subject,
        text: format!("{}\n", lines.join("\n\n")),
        html,
    }
}

/// Text as HTML, safe in content and in a quoted attribute.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://help.example.com/j#secret";

    fn example<'a>(company: &'a str, agent: &'a str) -> Letter {
        invite(&InviteLetter {
            company,
            agent,
            link: LINK,
            host: "help.example.com",
            pin: "482917",
        })
    }

    #[test]
    fn the_invitation_says_who_asks_and_what_will_happen() {
        let letter = example("Acme", "Ann");
        insta::assert_snapshot!(format!("{}\n\n{}\n{}", letter.subject, letter.text, letter.html));
    }

    #[test]
    fn a_name_cannot_smuggle_markup_or_header_lines_in() {
        let letter = example("<script>alert(1)</script>", "Ann\r\nBcc: all@example.org");
        assert!(!letter.html.contains("<script>"));
        assert_eq!(letter.subject.lines().count(), 1);
    }

    #[test]
    fn each_account_letter_carries_its_link_in_both_forms_once() {
        for letter in [
            verify("Acme", LINK),
            reset("Acme", LINK),
            already_signed_up("Acme", LINK),
        ] {
            assert_eq!(letter.text.matches(LINK).count(), 1, "{}", letter.subject);
            assert!(letter.html.contains(&format!("href=\"{LINK}\"")), "{}", letter.subject);
        }
        assert!(!password_changed("Acme").text.contains("http"));
    }
}
