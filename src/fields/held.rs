//! JSON in memory, between its text and a type.

use std::{borrow::Cow, collections::BTreeSet, fmt, mem};

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Number, Value};

use super::{Fields, Mismatch, order};

/// serde_json's name for a number of any size, where a service turns on its feature `arbitrary_precision`.
pub(super) const ANY_NUMBER: &str = "$serde_json::private::Number";

/// JSON as it was read: text without escapes is borrowed from it, and nothing of it is in an error.
pub(crate) enum Held<'a> {
    Null,
    Flag(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Held<'a>>),
    Object(Fields<'a>),
}

/// What is made of an object that has a name twice.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Names {
    /// An error.
    Once,
    /// The last member counts.
    Last,
}

impl<'de> DeserializeSeed<'de> for Names {
    type Value = Held<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Names {
    type Value = Held<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Held<'de>, E> {
        Ok(Held::Null)
    }

    fn visit_none<E>(self) -> Result<Held<'de>, E> {
        Ok(Held::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Held<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Held<'de>, E> {
        Ok(Held::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Held<'de>, E> {
        Ok(Held::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Held<'de>, E> {
        Ok(Held::Number(number.into()))
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<Held<'de>, E> {
        Err(E::custom("expected a number of 64 bits"))
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<Held<'de>, E> {
        Err(E::custom("expected a number of 64 bits"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Held<'de>, E> {
        Ok(Number::from_f64(number).map_or(Held::Null, Held::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Held<'de>, E> {
        Ok(Held::Text(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Held<'de>, E> {
        Ok(Held::Text(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Held<'de>, E> {
        Ok(Held::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Held<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Held::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Held<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Option<Held<'de>>)> = Vec::with_capacity(8);
        let mut names = BTreeSet::new();
        while let Some(name) = access.next_key_seed(self)? {
            let Held::Text(name) = name else {
                return Err(A::Error::custom("expected a name"));
            };
            if self == Self::Once && !names.insert(name.clone()) {
                return Err(A::Error::custom("a name that is there twice"));
            }
            let value = access.next_value_seed(self)?;
            if let (ANY_NUMBER, Held::Text(digits)) = (&*name, &value) {
                let number = digits.parse().map(Held::Number);
                return number.map_err(|_| A::Error::custom("expected a number"));
            }
            members.push((name, Some(value)));
        }
        members.sort_by(|(one, _), (other, _)| order(one, other));
        members.dedup_by(|later, earlier| {
            let is_twice = later.0 == earlier.0;
            if is_twice {
                mem::swap(later, earlier);
            }
            is_twice
        });
        Ok(Held::Object(Fields(members)))
    }
}

impl From<Value> for Held<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(Fields::of(members)),
        }
    }
}

impl From<Held<'_>> for Value {
    fn from(held: Held<'_>) -> Self {
        match held {
            Held::Null => Self::Null,
            Held::Flag(flag) => Self::Bool(flag),
            Held::Number(number) => Self::Number(number),
            Held::Text(text) => Self::String(text.into_owned()),
            Held::List(items) => items.into_iter().map(Self::from).collect(),
            Held::Object(fields) => Self::Object(fields.left()),
        }
    }
}

impl<'de> Deserializer<'de> for &'de Held<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Held::Null => visitor.visit_unit(),
            Held::Flag(flag) => visitor.visit_bool(*flag),
            Held::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, Some(number)) => visitor.visit_f64(number),
                _ => visitor.visit_unit(),
            },
            Held::Text(text) => visitor.visit_borrowed_str(text),
            Held::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Held::Object(fields) => visitor.visit_map(fields.access()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Held::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self {
            Held::Text(word) => visitor.visit_enum((**word).into_deserializer()),
            Held::Object(fields) => visitor.visit_enum(MapAccessDeserializer::new(fields.access())),
            _ => Err(Mismatch("expected a word or an object".to_owned())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Held<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
