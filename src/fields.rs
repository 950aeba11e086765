//! The members of a JSON object, as the generated types read them.
//!
//! serde's own errors repeat what they found, which may be a shopper's. Errors from here name the member and what was
//! expected, and hold no value. A body is read to the letter. Of an answer one member that is not as described must not
//! make the rest unreadable, so that member stays with those that the document does not have.

use std::{borrow::Cow, collections::BTreeSet, fmt, mem, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, Expected, IntoDeserializer, MapAccess,
        SeqAccess, Unexpected, Visitor,
        value::{BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Number, Value};

const NO_OBJECT: &str = "expected an object";

/// serde_json's name for a number of any size, where a service turns on its feature `arbitrary_precision`.
const ANY_NUMBER: &str = "$serde_json::private::Number";

/// The members of an object that are still to be read, in the order of their names, each name once.
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Held<'a>)>);

/// An object in an answer.
pub(crate) trait Answer: Sized {
    /// Reads it, or gives the members back as they were if one that is required is missing or not as described.
    fn read(fields: Fields<'_>) -> Result<Self, Fields<'_>>;
}

/// Reads an object that is sent, by what `make` takes of its members.
pub(crate) fn body<'de, D, T>(
    deserializer: D,
    make: impl FnOnce(&mut Fields<'de>) -> Result<T, Mismatch>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    match Names::Once.deserialize(deserializer)? {
        Held::Object(mut fields) => make(&mut fields).map_err(D::Error::custom),
        _ => Err(D::Error::custom(NO_OBJECT)),
    }
}

/// Reads an object that was answered; `required` says what it may not fail to have.
pub(crate) fn answer<'de, D, T>(deserializer: D, required: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Answer,
{
    match Names::Last.deserialize(deserializer)? {
        Held::Object(fields) => T::read(fields).map_err(|_| D::Error::custom(required)),
        _ => Err(D::Error::custom(NO_OBJECT)),
    }
}

/// Reads one of a few words; `expected` lists them.
pub(crate) fn word<'de, D, T>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    let word = match Names::Last.deserialize(deserializer)? {
        Held::Text(word) => word.parse().ok(),
        _ => None,
    };
    word.ok_or_else(|| D::Error::custom(expected))
}

impl<'a> Fields<'a> {
    fn find(&self, name: &str) -> Option<usize> {
        self.0.binary_search_by(|(it, _)| (**it).cmp(name)).ok()
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Held<'a>> {
        let (_, value) = self.0.remove(self.find(name)?);
        Some(value)
    }

    fn access<'b>(
        &'b self,
    ) -> MapDeserializer<
        'b,
        impl Iterator<Item = (BorrowedStrDeserializer<'b, Mismatch>, &'b Held<'a>)>,
        Mismatch,
    > {
        MapDeserializer::new(
            self.0
                .iter()
                .map(|(name, value)| (BorrowedStrDeserializer::new(name), value)),
        )
    }
}

/// Of a body. The documents say which of these are called.
#[allow(dead_code)]
impl Fields<'_> {
    pub(crate) fn of(members: Map<String, Value>) -> Self {
        members.into_iter().collect()
    }

    /// Takes a member that may be missing or `null`.
    pub(crate) fn optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Mismatch> {
        match self.remove(name) {
            None | Some(Held::Null) => Ok(None),
            Some(value) => match T::deserialize(&value) {
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
        T::deserialize(&Held::Object(Self(mem::take(&mut self.0))))
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
impl Fields<'_> {
    /// Takes a member, unless it is not as described.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let at = self.find(name)?;
        let read = Option::<T>::deserialize(&self.0[at].1).ok()?;
        self.0.remove(at);
        read
    }

    /// Reads a member that has to be there, and leaves it where it is.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(&self.0[self.find(name)?].1).ok()
    }

    /// Takes a member that is an object of the answer's own, unless it is not as described.
    pub(crate) fn part<T: Answer>(&mut self, name: &str) -> Option<T> {
        let at = self.find(name)?;
        let kept = match mem::replace(&mut self.0[at].1, Held::Null) {
            Held::Null => None,
            Held::Object(fields) => match T::read(fields) {
                Ok(read) => {
                    self.0.remove(at);
                    return Some(read);
                }
                Err(fields) => Some(Held::Object(fields)),
            },
            other => Some(other),
        };
        match kept {
            Some(kept) => self.0[at].1 = kept,
            None => {
                self.0.remove(at);
            }
        }
        None
    }

    /// The members that were not taken.
    pub(crate) fn left(self) -> Map<String, Value> {
        self.0
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value.into()))
            .collect()
    }
}

impl FromIterator<(String, Value)> for Fields<'_> {
    /// Expects each name once.
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        let mut members: Vec<_> = members
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        members.sort_by(|(one, _): &(Cow<'_, str>, _), (other, _)| one.cmp(other));
        Self(members)
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
enum Names {
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
        let mut members: Vec<(Cow<'de, str>, Held<'de>)> = Vec::new();
        let mut names = BTreeSet::new();
        while let Some(Name(name)) = access.next_key()? {
            if name == ANY_NUMBER {
                let Name(digits) = access.next_value()?;
                let number = digits
                    .parse()
                    .map_err(|_| A::Error::custom("expected a number"))?;
                return Ok(Held::Number(number));
            }
            if self == Self::Once && !names.insert(name.clone()) {
                return Err(A::Error::custom("a name that is there twice"));
            }
            members.push((name, access.next_value_seed(self)?));
        }
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
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

/// The name of a member.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Names::Once)? {
            Held::Text(name) => Ok(Self(name)),
            _ => Err(D::Error::custom("expected a name")),
        }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Parts(Map<String, Value>);

    impl Answer for Parts {
        fn read(fields: Fields<'_>) -> Result<Self, Fields<'_>> {
            Ok(Self(fields.left()))
        }
    }

    fn read(json: &str) -> Value {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let Parts(members) = answer(&mut deserializer, "").expect("an object");
        members.into()
    }

    #[test]
    fn what_an_answer_has_beyond_the_document_is_kept_as_it_came() {
        let answered = r#"{"b": [1, -2, 0.5, null, true, {"d": "\u00e9"}], "a": "x", "": {}}"#;
        assert_eq!(
            read(answered),
            json!({"a": "x", "b": [1, -2, 0.5, null, true, {"d": "é"}], "": {}})
        );
    }

    #[test]
    fn of_a_name_that_an_answer_has_twice_the_last_counts() {
        assert_eq!(
            read(r#"{"a": 1, "b": 2, "a": {"c": 3, "c": 4}}"#),
            json!({"a": {"c": 4}, "b": 2})
        );
    }

    #[test]
    fn a_number_is_one_whichever_way_a_services_serde_json_hands_it_over() {
        // As with serde_json's feature `arbitrary_precision`.
        assert_eq!(
            read(&format!(r#"{{"id": {{"{ANY_NUMBER}": "4711"}}}}"#)),
            json!({"id": 4711})
        );
    }
}
