//! Values to types.
//!
//! The code that serde derives for a struct can read it as a map, comparing each key with each name, or as the list of its
//! fields in their order; the latter is half as large. So a map is read as the list of the fields that are asked for, and
//! a variant by its place in the list of variants.

use super::{Fault, Json};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.number(visitor)
        }
    )*};
}

impl Json {
    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Int(number) => visitor.visit_i64(number),
            Self::Float(number) => visitor.visit_f64(number),
            _ => Err(Fault),
        }
    }

    fn entries(self) -> Result<Entries, Fault> {
        match self {
            Self::Map(entries) => Ok(Entries {
                rest: entries.into_iter(),
                value: Self::Null,
            }),
            _ => Err(Fault),
        }
    }

    fn items(self) -> Result<Items, Fault> {
        match self {
            Self::List(items) => Ok(Items(items.into_iter())),
            _ => Err(Fault),
        }
    }

    fn fields(self, names: &'static [&'static str]) -> Result<Fields, Fault> {
        match self {
            Self::Map(entries) => Ok(Fields {
                entries,
                names: names.iter(),
            }),
            _ => Err(Fault),
        }
    }

    /// `"name"`, or `{"name": content}`.
    fn variant(self, names: &'static [&'static str]) -> Result<Variant, Fault> {
        let (name, content) = match self {
            Self::Text(name) => (name, None),
            Self::Map(entries) => {
                let mut entries = entries.into_iter();
                let (name, content) = entries.next().ok_or(Fault)?;
                if entries.next().is_some() {
                    return Err(Fault);
                }
                (name, Some(content))
            }
            _ => return Err(Fault),
        };
        let place = names.iter().position(|each| *each == name).ok_or(Fault)?;
        Ok(Variant {
            place: i64::try_from(place).map_err(|_| Fault)?,
            content,
        })
    }
}

impl<'de> Deserializer<'de> for Json {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Int(number) => visitor.visit_i64(number),
            Self::Float(number) => visitor.visit_f64(number),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Self::Map(_) => visitor.visit_map(self.entries()?),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Bool(value) => visitor.visit_bool(value),
            _ => Err(Fault),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text(text) => visitor.visit_string(text),
            _ => Err(Fault),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_string(visitor)
    }

    /// The place of a variant: fields are found by [`Fields`].
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Int(place) => visitor.visit_u64(place.unsigned_abs()),
            _ => Err(Fault),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            _ => Err(Fault),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.entries()?)
    }

    /// Only as a map, never as a list.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.fields(names)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self.variant(names)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { char bytes byte_buf unit_struct tuple_struct }
}

struct Items(std::vec::IntoIter<Json>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        match self.0.next() {
            Some(item) => seed.deserialize(item).map(Some),
            None => Ok(None),
        }
    }
}

/// The fields of a struct in their order.
struct Fields {
    entries: Vec<(String, Json)>,
    names: core::slice::Iter<'static, &'static str>,
}

impl Fields {
    /// The next field, and whether it was there.
    #[inline(never)]
    fn take(&mut self) -> (Json, bool) {
        let name = self.names.next();
        let entry = self.entries.iter_mut().find(|(key, _)| Some(&key.as_str()) == name);
        match entry {
            Some((_, value)) => (core::mem::replace(value, Json::Null), true),
            None => (Json::Null, false),
        }
    }
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Fault;

    /// A missing field is `None` if its type has that; else it is no element, and the type knows what then.
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let (value, there) = self.take();
        match seed.deserialize(value) {
            Ok(value) => Ok(Some(value)),
            Err(fault) if there => Err(fault),
            Err(_) => Ok(None),
        }
    }
}

struct Entries {
    rest: std::vec::IntoIter<(String, Json)>,
    value: Json,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        match self.rest.next() {
            Some((key, value)) => {
                self.value = value;
                seed.deserialize(Json::Text(key)).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        seed.deserialize(core::mem::replace(&mut self.value, Json::Null))
    }
}

struct Variant {
    place: i64,
    content: Option<Json>,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Fault;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content), Fault> {
        Ok((seed.deserialize(Json::Int(self.place))?, Content(self.content)))
    }
}

struct Content(Option<Json>);

impl<'de> VariantAccess<'de> for Content {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.0 {
            None | Some(Json::Null) => Ok(()),
            Some(_) => Err(Fault),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.0.ok_or(Fault)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.0.ok_or(Fault)?.items()?)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.0.ok_or(Fault)?.fields(names)?)
    }
}
