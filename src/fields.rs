//! The members of a JSON object, as the generated types read them.
//!
//! serde's own errors repeat what they found, which may be a shopper's. Errors from here name the member and what was
//! expected, and hold no value. A body is read to the letter. Of an answer one member that is not as described must not
//! make the rest unreadable, so that member stays with those that the document does not have.

use std::{fmt, mem, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, Error as _, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
        Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};

const NO_OBJECT: &str = "expected an object";

/// The members of an object that are still to be read.
pub(crate) struct Fields(Map<String, Value>);

/// An object in an answer.
pub(crate) trait Answer: Sized {
    /// Reads it, or gives the members back as they were if one that is required is missing or not as described.
    fn read(fields: Fields) -> Result<Self, Fields>;
}

/// Reads an object that is sent, by what `make` takes of its members.
pub(crate) fn body<'de, D, T>(
    deserializer: D,
    make: impl FnOnce(&mut Fields) -> Result<T, Mismatch>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    match Held::deserialize(deserializer)? {
        Held(Value::Object(members)) => make(&mut Fields(members)).map_err(D::Error::custom),
        Held(_) => Err(D::Error::custom(NO_OBJECT)),
    }
}

/// Reads an object that was answered; `required` says what it may not fail to have.
pub(crate) fn answer<'de, D, T>(deserializer: D, required: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Answer,
{
    match Value::deserialize(deserializer)? {
        Value::Object(members) => T::read(Fields(members)).map_err(|_| D::Error::custom(required)),
        _ => Err(D::Error::custom(NO_OBJECT)),
    }
}

/// Reads one of a few words; `expected` lists them.
pub(crate) fn word<'de, D, T>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    let word = match Value::deserialize(deserializer)? {
        Value::String(word) => word.parse().ok(),
        _ => None,
    };
    word.ok_or_else(|| D::Error::custom(expected))
}

/// Of a body. The documents say which of these are called.
#[allow(dead_code)]
impl Fields {
    pub(crate) fn of(members: Map<String, Value>) -> Self {
        Self(members)
    }

    /// Takes a member that may be missing or `null`.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Mismatch> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match T::deserialize(Held(value)) {
                Ok(read) => Ok(Some(read)),
                Err(Mismatch(expected)) => Err(Mismatch(format!("{name}{BELOW}{expected}"))),
            },
        }
    }

    /// Takes a member that has to be there.
    pub(crate) fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Mismatch> {
        self.optional(name)?
            .ok_or_else(|| Mismatch(format!("{name}{BELOW}missing")))
    }

    /// Takes all members that are left.
    pub(crate) fn rest<T: DeserializeOwned>(&mut self) -> Result<T, Mismatch> {
        T::deserialize(Held(Value::Object(mem::take(&mut self.0))))
    }

    /// Refuses members that are left.
    pub(crate) fn end(&self) -> Result<(), Mismatch> {
        if self.0.is_empty() {
            return Ok(());
        }
        // It may be anything, so it is not repeated.
        Err(Mismatch("a name that is not known".to_owned()))
    }
}

/// Of an answer. The documents say which of these are called.
#[allow(dead_code)]
impl Fields {
    /// Reads a member and leaves it where it is.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.0.get(name)?).ok()
    }

    /// Takes a member, unless it is not as described.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let read = self.get::<Option<T>>(name)?;
        self.0.remove(name);
        read
    }

    /// Takes a member that is an object of the answer's own, unless it is not as described.
    pub(crate) fn part<T: Answer>(&mut self, name: &str) -> Option<T> {
        let kept = match self.0.remove(name)? {
            Value::Null => return None,
            Value::Object(members) => match T::read(Fields(members)) {
                Ok(read) => return Some(read),
                Err(Fields(members)) => Value::Object(members),
            },
            other => other,
        };
        self.0.insert(name.to_owned(), kept);
        None
    }

    /// Removes a member that was read.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The members that were not taken.
    pub(crate) fn left(self) -> Map<String, Value> {
        self.0
    }
}

/// A value that is not what was expected: the names that lead to it, each with [`BELOW`] behind it, and what that was.
///
/// With `{:#}` it is written as it is, and so keeps the names on its way through serde, which knows errors as texts alone.
#[derive(Debug)]
pub(crate) struct Mismatch(String);

/// Stands in no name of a document, and in no message.
const BELOW: char = '\u{1f}';

#[cfg(feature = "client")]
impl Mismatch {
    /// The names that lead to the value, with dots between them, and what was expected.
    pub(crate) fn place(&self) -> (String, &str) {
        let (place, expected) = self.0.rsplit_once(BELOW).unwrap_or_default();
        (place.replace(BELOW, "."), expected)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.write_str(&self.0);
        }
        f.write_str(&self.0.replace(BELOW, ": "))
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("{message:#}"))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(format!("expected one of {}", expected.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self("a name that is not known".to_owned())
    }
}

/// JSON in which no name is there twice, and that is read with errors of ours.
struct Held(Value);

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<Value, E> {
        Err(E::custom("expected a number of 64 bits"))
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<Value, E> {
        Err(E::custom("expected a number of 64 bits"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Held(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom("a name that is there twice"));
            }
            let Held(value) = access.next_value()?;
            members.insert(name, value);
        }
        Ok(members.into())
    }
}

impl<'de> Deserializer<'de> for Held {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, Some(number)) => visitor.visit_f64(number),
                _ => visitor.visit_unit(),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Held)))
            }
            Value::Object(members) => visitor.visit_map(MapDeserializer::new(
                members.into_iter().map(|(name, value)| (name, Held(value))),
            )),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_none(),
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
        match self.0 {
            Value::String(word) => visitor.visit_enum(word.into_deserializer()),
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, Held(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members)))
            }
            _ => Err(Mismatch("expected a word or an object".to_owned())),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Mismatch> for Held {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
