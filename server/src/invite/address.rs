//! E-mail addresses and domains as people type them.

use crate::store::secret::Private;

/// Longest address SMTP can carry.
const ADDRESS_BYTES: usize = 254;
const LOCAL_BYTES: usize = 64;
const DOMAIN_BYTES: usize = 253;

/// A checked, lowercased address. `Debug` hides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress {
    whole: Private,
    at: usize,
}

/// The text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Reads an address. Lowercases all of it: two accounts that differ in capitals only would be a trap, and no
    /// provider that matters tells them apart.
    ///
    /// # Errors
    /// [`NotAnAddress`], also for forms that are legal but never typed (quotes, comments, bare hosts) and for
    /// addresses outside ASCII, which many mail servers still refuse.
    pub fn parse(typed: &str) -> Result<Self, NotAnAddress> {
        let whole = typed.trim().to_ascii_lowercase();
        let (local, domain) = whole.split_once('@').ok_or(NotAnAddress)?;
        let local_fine = !local.is_empty()
            && local.len() <= LOCAL_BYTES
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
        if !local_fine || whole.len() > ADDRESS_BYTES || domain_name(domain).as_deref() != Some(domain) {
            return Err(NotAnAddress);
        }
        let at = local.len();
        Ok(Self {
            whole: Private::new(whole),
            at,
        })
    }

    /// The whole address.
    #[must_use]
    pub fn as_private(&self) -> &Private {
        &self.whole
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.whole.expose()[self.at + 1..]
    }

    /// For showing to the agent who typed it: `k•••@e•••.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.whole.expose();
        let first = |part: &str| part.chars().next().unwrap_or_default();
        let top = self.domain().rsplit('.').next().unwrap_or_default();
        format!("{}•••@{}•••.{top}", first(text), first(self.domain()))
    }
}

/// Reads a domain such as `Example.org`, forgiving capitals, blanks around and a leading `@`. `None` when it is none.
#[must_use]
pub fn domain_name(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let domain = typed.strip_prefix('@').unwrap_or(typed).to_ascii_lowercase();
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let fine = domain.len() <= DOMAIN_BYTES && domain.contains('.') && domain.split('.').all(label);
    fine.then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_lowercased_and_taken_apart() -> Result<(), NotAnAddress> {
        let address = EmailAddress::parse("  Ann.O'Neil+help@Mail.Example.ORG ")?;
        assert_eq!(address.as_private().expose(), "ann.o'neil+help@mail.example.org");
        assert_eq!(address.domain(), "mail.example.org");
        assert_eq!(address.masked(), "a•••@m•••.org");
        assert!(!format!("{address:?}").contains("ann"));
        Ok(())
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(65));
        for typed in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@localhost",
            "ann@example..org",
            "ann@-example.org",
            "a b@example.org",
            "ann@example.org\r\nBcc: all@example.org",
            "ann@@example.org",
            ".ann@example.org",
            "änn@example.org",
            "ann@exämple.org",
            "\"a b\"@example.org",
            long.as_str(),
        ] {
            assert_eq!(EmailAddress::parse(typed), Err(NotAnAddress), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_as_an_address_is_safe_in_a_header(typed in ".{0,80}", plain in "[a-z.+'-]{0,8}@[a-z.-]{0,12}") {
            for text in [typed, plain] {
                if let Ok(address) = EmailAddress::parse(&text) {
                    let whole = address.as_private().expose();
                    prop_assert!(whole.is_ascii() && !whole.bytes().any(|b| b <= b' ' || b",;<>\"()".contains(&b)));
                    prop_assert!(whole.ends_with(address.domain()) && lettre::Address::new(&whole[..whole.len() - address.domain().len() - 1], address.domain()).is_ok());
                    prop_assert!(!address.masked().is_empty());
                }
            }
        }
    }

    #[test]
    fn a_domain_is_read_with_or_without_the_at_sign() {
        assert_eq!(domain_name("@Example.org").as_deref(), Some("example.org"));
        for typed in [
            "",
            "org",
            "*.example.org",
            "exa mple.org",
            "example.org/",
            "https://example.org",
            "a..b",
        ] {
            assert_eq!(domain_name(typed), None, "{typed}");
        }
    }
}
