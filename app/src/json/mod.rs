//! JSON for the pages, made small: what `serde_json` unrolls for every type is done here once, on a tree of values.
//!
//! A general reader is generic over its input, accepts structs as lists too, and explains every fault in words; each of
//! that multiplied by the number of message types made a fifth of the customer's download. Here a fault is only a fault:
//! the relay and these pages are built from the same types.

mod parse;
mod read;
mod write;

use core::fmt;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Text that is no JSON, or not of the shape that was asked for; or a value that JSON cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the JSON that was expected")
    }
}

impl core::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::ser::Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// Reads a value of type `T`.
///
/// # Errors
/// [`Fault`].
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    T::deserialize(parse::parse(text)?)
}

/// Writes a value.
///
/// # Errors
/// [`Fault`] for what the protocol never says: maps with keys that are no text, raw bytes, numbers beyond 63 bits.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Fault> {
    let mut text = String::new();
    value.serialize(&mut write::Writer(&mut text))?;
    Ok(text)
}
