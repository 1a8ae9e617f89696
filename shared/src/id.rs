//! Names of things. Every id is a UUID made outside this crate (randomness is an input) and carried as text in JSON.

use core::fmt;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(deserialize_with = "read")] Uuid);

        impl $name {
            /// Makes the id from 128 bits of randomness (or from a stored value).
            pub const fn from_u128(bits: u128) -> Self {
                Self(Uuid::from_u128(bits))
            }

            /// The id as a UUID, for the store.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl core::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One encounter.
    SessionId;
    /// One seat of one human in one session. The same agent in another session is another person.
    PersonId;
    /// A signed-in agent's account.
    AgentId;
    /// One command, made by the sender's browser, so that a repeat after a reconnect is recognised.
    CommandId;
    /// One invite link and the messages that carried it.
    InvitationId;
    /// One picture or document of one session, made by the browser that wants it.
    FileId;
    /// One mark, made by the browser it is drawn in, so that its stroke in progress and the finished mark are known as one.
    MarkId;
}

/// Reads an id from text. [`Uuid`]'s own way says of wrong text what is wrong where: two kilobytes of every customer's
/// download, and nobody reads it.
fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Uuid, D::Error> {
    struct Text;
    impl Visitor<'_> for Text {
        type Value = Uuid;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Uuid, E> {
            Uuid::try_parse(text).map_err(|_| E::custom("not an id"))
        }
    }
    from.deserialize_str(Text)
}

/// Position of an event in its session's log. The first event is 1; 0 means "nothing yet".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// Nothing has happened yet.
    pub const ZERO: Self = Self(0);

    /// The position after this one. The last one stays where it is, since the number may come from outside.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Counts the sockets one browser has opened, so that news from a socket given up long ago is recognised and dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Generation(pub u32);

impl Generation {
    /// The generation after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Generation, PersonId, Seq};

    #[test]
    fn an_id_is_the_same_as_text_as_json_and_as_bits() -> Result<(), Box<dyn std::error::Error>> {
        let id = PersonId::from_u128(0x0123_4567_89ab_cdef);
        let text = id.to_string();
        assert_eq!(text, "00000000-0000-0000-0123-456789abcdef");
        assert_eq!(text.parse::<PersonId>()?, id);
        assert_eq!(serde_json::to_string(&id)?, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<PersonId>(&format!("\"{text}\""))?, id);
        assert_eq!(format!("{id:?}"), format!("PersonId({text})"));
        assert!("not an id".parse::<PersonId>().is_err());
        assert!(serde_json::from_str::<PersonId>("\"not an id\"").is_err());
        Ok(())
    }

    #[test]
    fn counting_never_panics() {
        assert_eq!(Seq::ZERO.next(), Seq(1));
        assert_eq!(Seq(u64::MAX).next(), Seq(u64::MAX));
        assert_eq!(Generation(u32::MAX).next(), Generation(0));
    }
}
