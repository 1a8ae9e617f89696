//! The PIN: six digits that *locate* a session for somebody who types them.
//!
//! Security argument. A PIN opens nothing: typing it is a knock, and an agent admits. It lives [`limit::PIN_LIFE`] and is
//! renewed while the session waits. Six digits carry 19.9 bits; with 1,000 sessions waiting a single guess locates one
//! with probability 10⁻³, so misses are counted per address, per network and in total with growing delays, and
//! [`limit::PIN_DECLINES`] declined knocks retire a PIN. The number never appears in an event, an URL query or a log.
//!
//! [`limit::PIN_LIFE`]: crate::limit::PIN_LIFE
//! [`limit::PIN_DECLINES`]: crate::limit::PIN_DECLINES

use core::fmt;
use serde::{Deserialize, Serialize};

/// Six digits. `Debug` hides them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin(u32);

/// The text was not six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN is six digits")]
pub struct NotAPin;

impl Pin {
    /// A PIN from randomness: `dice` should be uniform over all of `u64`, so that the modulo bias is below 10⁻¹³.
    pub const fn from_dice(dice: u64) -> Self {
        Self((dice % 1_000_000) as u32)
    }

    /// Reads what a person typed: digits, in any grouping by blanks, dots or hyphens.
    ///
    /// # Errors
    /// [`NotAPin`] when there are not exactly six digits or anything else is among them.
    pub fn parse(typed: &str) -> Result<Self, NotAPin> {
        let mut number = 0;
        let mut digits = 0;
        for c in typed.trim().chars() {
            match c.to_digit(10) {
                Some(digit) if digits < 6 => {
                    number = number * 10 + digit;
                    digits += 1;
                }
                None if matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2013}') => {}
                _ => return Err(NotAPin),
            }
        }
        if digits == 6 { Ok(Self(number)) } else { Err(NotAPin) }
    }

    /// The six digits without a gap.
    pub fn digits(self) -> String {
        format!("{:06}", self.0)
    }

    /// The digits in two groups of three, to read aloud: `482 917`.
    pub fn grouped(self) -> String {
        format!("{:03} {:03}", self.0 / 1000, self.0 % 1000)
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(••••••)")
    }
}

impl TryFrom<String> for Pin {
    type Error = NotAPin;
    fn try_from(text: String) -> Result<Self, NotAPin> {
        Self::parse(&text)
    }
}

impl From<Pin> for String {
    fn from(pin: Pin) -> Self {
        pin.digits()
    }
}

#[cfg(test)]
mod tests {
    use super::{NotAPin, Pin};

    #[test]
    fn a_pin_is_read_in_any_grouping() {
        for typed in ["482917", "482 917", " 48-29-17 ", "482.917"] {
            assert_eq!(Pin::parse(typed).map(Pin::digits), Ok("482917".to_owned()), "{typed}");
        }
    }

    #[test]
    fn anything_but_six_digits_is_no_pin() {
        for typed in ["", "48291", "4829170", "48291a", "482917 0", "４８２９１７x"] {
            assert_eq!(Pin::parse(typed), Err(NotAPin), "{typed}");
        }
    }

    #[test]
    fn leading_zeros_stay_and_debug_hides_the_number() {
        let pin = Pin::from_dice(1_000_042);
        assert_eq!(pin.digits(), "000042");
        assert_eq!(pin.grouped(), "000 042");
        assert!(!format!("{pin:?}").contains('4'));
    }
}
