//! The members of a JSON object, as the generated types read them.
//!
//! serde's own errors repeat what they found, which may be a shopper's. Errors from here name the member and what was
//! expected, and hold no value. A body is read to the letter. Of an answer one member that is not as described must not
//! make the rest unreadable, so that member stays with those that the document does not have.

use std::{borrow::Cow, cmp::Ordering, fmt, mem, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error as _, Expected, Unexpected,
        value::{BorrowedStrDeserializer, MapDeserializer},
    },
};
use serde_json::{Map, Value};

pub(crate) use held::Held;
use held::Names;
pub(crate) use members::Members;

mod held;
mod members;

const NO_OBJECT: &str = "expected an object";

/// The members of an object by [`order`], each name once; `None` stands for one that was taken.
pub(crate) struct Fields<'a>(Vec<(Cow<'a, str>, Option<Held<'a>>)>);

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
        // Most names differ in their lengths already, so a pass is as fast as a binary search.
        self.0.iter().position(|(it, _)| **it == *name)
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Held<'a>> {
        let at = self.find(name)?;
        self.0[at].1.take()
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &Held<'a>)> {
        let members = self.0.iter();
        members.filter_map(|(name, value)| Some((&**name, value.as_ref()?)))
    }

    fn access<'b>(
        &'b self,
    ) -> MapDeserializer<
        'b,
        impl Iterator<Item = (BorrowedStrDeserializer<'b, Mismatch>, &'b Held<'a>)>,
        Mismatch,
    > {
        MapDeserializer::new(
            self.iter()
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
        if self.iter().next().is_none() {
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
        let value = &mut self.0[at].1;
        let read = Option::<T>::deserialize(value.as_ref()?).ok()?;
        *value = None;
        read
    }

    /// Reads a member that has to be there, and leaves it where it is.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        T::deserialize(self.0[self.find(name)?].1.as_ref()?).ok()
    }

    /// Takes a member that is an object of the answer's own, unless it is not as described.
    pub(crate) fn part<T: Answer>(&mut self, name: &str) -> Option<T> {
        let at = self.find(name)?;
        let kept = match self.0[at].1.take()? {
            Held::Null => return None,
            Held::Object(fields) => match T::read(fields) {
                Ok(read) => return Some(read),
                Err(fields) => Held::Object(fields),
            },
            other => other,
        };
        self.0[at].1 = Some(kept);
        None
    }

    /// The members that were not taken.
    pub(crate) fn left(self) -> Map<String, Value> {
        if self.iter().next().is_none() {
            return Map::new();
        }
        let members = self.0.into_iter();
        let left = members.filter_map(|(name, value)| Some((name.into_owned(), value?.into())));
        left.collect()
    }
}

impl FromIterator<(String, Value)> for Fields<'_> {
    /// Expects each name once.
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(members: I) -> Self {
        let mut members: Vec<_> = members
            .into_iter()
            .map(|(name, value)| (name.into(), Some(value.into())))
            .collect();
        members.sort_by(|(one, _): &(Cow<'_, str>, _), (other, _)| order(one, other));
        Self(members)
    }
}

/// By length first, as most names differ in it, and that takes an instruction.
fn order(one: &str, other: &str) -> Ordering {
    (one.len(), one).cmp(&(other.len(), other))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{held::ANY_NUMBER, *};

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
