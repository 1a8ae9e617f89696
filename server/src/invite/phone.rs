//! Phone numbers as agents type them, checked and turned into E.164.

use phonenumber::{Mode, Type, country, metadata::DATABASE};

use crate::store::secret::Private;

/// Longest text looked at; the longest number people write, with blanks and brackets, is far shorter.
const TYPED_CHARS: usize = 40;

/// A checked number. `Debug` hides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    e164: Private,
    calling_code: u16,
}

/// Why a number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// It starts without `+` and no country is configured to complete it.
    #[error("the number needs its country, such as +44 7700 900123")]
    CountryMissing,
    /// No such number can exist.
    #[error("this is not a valid phone number")]
    NotValid,
    /// Text messages to such numbers cost extra; they are a favourite of fraudsters.
    #[error("this number costs extra to reach")]
    Premium,
}

impl Phone {
    /// Reads a number in international form, or in national form of `country` (ISO 3166 such as `GB`).
    ///
    /// # Errors
    /// See [`PhoneFault`].
    pub fn parse(typed: &str, country: Option<country::Id>) -> Result<Self, PhoneFault> {
        let typed = typed.trim();
        let typed = typed
            .strip_prefix("00")
            .map_or_else(|| typed.to_owned(), |rest| format!("+{rest}"));
        let shaped = typed.chars().count() <= TYPED_CHARS
            && typed.bytes().all(|b| b.is_ascii_digit() || b" +-().\t/".contains(&b))
            && !typed.get(1..).is_some_and(|rest| rest.contains('+'));
        if !shaped {
            return Err(PhoneFault::NotValid);
        }
        if !typed.starts_with('+') && country.is_none() {
            return Err(PhoneFault::CountryMissing);
        }
        let country = if typed.starts_with('+') { None } else { country };
        let number = phonenumber::parse(country, &typed).map_err(|_| PhoneFault::NotValid)?;
        if !number.is_valid() {
            return Err(PhoneFault::NotValid);
        }
        if matches!(number.number_type(&DATABASE), Type::PremiumRate | Type::SharedCost) {
            return Err(PhoneFault::Premium);
        }
        let e164 = number.format().mode(Mode::E164).to_string();
        let digits = e164.strip_prefix('+').unwrap_or_default();
        if !(8..=15).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneFault::NotValid);
        }
        Ok(Self {
            calling_code: number.code().value(),
            e164: Private::new(e164),
        })
    }

    /// The number as `+447700900123`.
    #[must_use]
    pub fn as_private(&self) -> &Private {
        &self.e164
    }

    /// The country's calling code, such as 44.
    #[must_use]
    pub fn calling_code(&self) -> u16 {
        self.calling_code
    }

    /// For showing to the agent who typed it: `••• 23`.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.e164.expose();
        format!("••• {}", &text[text.len() - 2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_in_every_usual_form() -> Result<(), PhoneFault> {
        let gb = Some(country::Id::GB);
        for (typed, country, expected) in [
            ("+44 7400 123456", None, "+447400123456"),
            ("0044 7400 123456", None, "+447400123456"),
            ("07400 123456", gb, "+447400123456"),
            ("(07400) 123-456", gb, "+447400123456"),
            ("+1 (202) 456-1111", gb, "+12024561111"),
            ("0301234567", Some(country::Id::DE), "+49301234567"),
            ("+41.79.123.45.67", None, "+41791234567"),
        ] {
            let phone = Phone::parse(typed, country)?;
            assert_eq!(phone.as_private().expose(), expected, "{typed}");
        }
        let phone = Phone::parse("07400 123456", gb)?;
        assert_eq!((phone.calling_code(), phone.masked().as_str()), (44, "••• 56"));
        assert!(!format!("{phone:?}").contains("7400"));
        Ok(())
    }

    #[test]
    fn what_cannot_be_a_number_is_refused() {
        let gb = Some(country::Id::GB);
        for typed in [
            "",
            "+",
            "12",
            "+44 7400 12345678901",
            "call me",
            "+44 7400 123456;ext=5",
            "+999 1234567",
            "0++7",
        ] {
            assert_eq!(Phone::parse(typed, gb), Err(PhoneFault::NotValid), "{typed}");
        }
        assert_eq!(Phone::parse("07400 123456", None), Err(PhoneFault::CountryMissing));
    }

    #[test]
    fn premium_numbers_are_refused() {
        assert_eq!(Phone::parse("+44 909 8790000", None), Err(PhoneFault::Premium));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_every_number_is_e164(typed in "[+0-9 ()./-]{0,45}", any in ".{0,20}") {
            for (text, country) in [(&typed, None), (&typed, Some(country::Id::US)), (&any, Some(country::Id::GB))] {
                if let Ok(phone) = Phone::parse(text, country) {
                    let e164 = phone.as_private().expose();
                    prop_assert!(e164.starts_with('+') && e164[1..].bytes().all(|b| b.is_ascii_digit()));
                    prop_assert!((9..=16).contains(&e164.len()));
                }
            }
        }
    }
}
