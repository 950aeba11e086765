//! A list in the query of a request that travels as one text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use serde_json::Value;

use crate::Error;

/// A list that travels as one text, with commas between its items. It is a parameter of an operation whose document asks
/// for that (`explode: false`).
///
/// # Example: two items
///
/// ```
/// use shoppers::CommaList;
///
/// assert_eq!(CommaList::new(["a", "b"])?.to_string(), "a,b");
/// assert!(CommaList::new(["a,b"]).is_err());
/// # Ok::<(), shoppers::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CommaList(String);

impl CommaList {
    /// Joins items.
    ///
    /// # Errors
    ///
    /// An item that holds a comma, which would be two: [`is_invalid`](Error::is_invalid).
    pub fn new(items: impl IntoIterator<Item: ToString>) -> Result<Self, Error> {
        let items: Vec<String> = items.into_iter().map(|it| it.to_string()).collect();
        if items.iter().any(|it| it.contains(',')) {
            return Err(Error::invalid(
                "an item of a list holds a comma, which would begin another; give each item by itself",
            ));
        }
        Ok(Self(items.join(",")))
    }
}

impl fmt::Display for CommaList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows the type, never what it holds.
impl fmt::Debug for CommaList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CommaList(..)")
    }
}

/// Reads a list of texts or numbers, not the text that it becomes.
impl<'de> Deserialize<'de> for CommaList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Value>::deserialize(deserializer).ok();
        let texts = items.and_then(|it| it.into_iter().map(text).collect::<Option<Vec<_>>>());
        let texts = texts.ok_or_else(|| D::Error::custom("give a list of texts or numbers"))?;
        Self::new(texts).map_err(D::Error::custom)
    }
}

fn text(item: Value) -> Option<String> {
    match item {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

impl Serialize for CommaList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
