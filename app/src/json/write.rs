//! Types to text.

use super::Fault;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// Appends to a text.
pub(super) struct Writer<'a>(pub(super) &'a mut String);

/// What is left to close, and whether a comma is due.
pub(super) struct Open<'a> {
    text: &'a mut String,
    first: bool,
    close: &'static str,
}

const HEX: &[u8; 16] = b"0123456789abcdef";
/// A zoom or a loss needs no more than four digits behind the point.
const FRACTION: f64 = 10_000.0;

impl<'a> Writer<'a> {
    fn raw(&mut self, text: &str) -> Result<(), Fault> {
        self.0.push_str(text);
        Ok(())
    }

    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\0'..' ' => {
                    let code = c as usize;
                    self.0.push_str("\\u00");
                    self.0.push(char::from(HEX[code >> 4]));
                    self.0.push(char::from(HEX[code & 15]));
                }
                _ => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn open(&'a mut self, open: &str, close: &'static str) -> Open<'a> {
        self.0.push_str(open);
        Open {
            text: self.0,
            first: true,
            close,
        }
    }

    /// `{"name":` before the content of a variant.
    fn variant(&mut self, name: &str) {
        self.0.push('{');
        self.quoted(name);
        self.0.push(':');
    }
}

impl Open<'_> {
    fn comma(&mut self) {
        if !core::mem::replace(&mut self.first, false) {
            self.text.push(',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.comma();
        value.serialize(&mut Writer(self.text))
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Fault> {
        self.comma();
        Writer(self.text).quoted(key);
        self.text.push(':');
        value.serialize(&mut Writer(self.text))
    }

    fn close(self) -> Result<(), Fault> {
        self.text.push_str(self.close);
        Ok(())
    }
}

macro_rules! integers {
    ($($method:ident $type:ty)*) => {$(
        fn $method(self, number: $type) -> Result<(), Fault> {
            self.serialize_i64(i64::from(number))
        }
    )*};
}

impl<'a> Serializer for &'a mut Writer<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    integers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32
    }

    fn serialize_i64(self, number: i64) -> Result<(), Fault> {
        let digits = number.to_string();
        self.raw(&digits)
    }

    fn serialize_u64(self, number: u64) -> Result<(), Fault> {
        self.serialize_i64(i64::try_from(number).map_err(|_| Fault)?)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Fault> {
        self.serialize_f64(f64::from(number))
    }

    fn serialize_f64(self, number: f64) -> Result<(), Fault> {
        // As `serde_json` does.
        if !number.is_finite() {
            return self.raw("null");
        }
        let scaled = (number.abs() * FRACTION).round();
        if scaled > 9e15 {
            return Err(Fault);
        }
        let (whole, mut rest) = ((scaled / FRACTION).trunc() as i64, (scaled % FRACTION) as i64);
        if number < 0.0 {
            self.raw("-")?;
        }
        self.raw(&whole.to_string())?;
        self.raw(".")?;
        let mut place = FRACTION as i64;
        loop {
            place /= 10;
            self.0.push(char::from(b'0' + (rest / place) as u8));
            rest %= place;
            if rest == 0 {
                return Ok(());
            }
        }
    }

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.raw(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        self.quoted(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.raw("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.raw("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.variant(variant);
        value.serialize(&mut Writer(self.0))?;
        self.raw("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Fault> {
        self.variant(variant);
        Ok(self.open("[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Fault> {
        self.variant(variant);
        Ok(self.open("{", "}}"))
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident)*) => {$(
        impl $trait for Open<'_> {
            type Ok = ();
            type Error = Fault;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.item(value)
            }
            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )*};
}

macro_rules! structs {
    ($($trait:ident)*) => {$(
        impl $trait for Open<'_> {
            type Ok = ();
            type Error = Fault;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Fault> {
                self.field(key, value)
            }
            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

structs! { SerializeStruct SerializeStructVariant }

/// The protocol has no maps; their keys would have to be checked to be texts.
impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Fault> {
        Err(Fault)
    }

    fn end(self) -> Result<(), Fault> {
        self.close()
    }
}
