//! On which line of an overlay something stands.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::Spanned;

use super::document::Place;

/// The line on which an overlay's update speaks of a place of the vendor's document.
pub fn of(overlay: &str, place: &Place) -> Option<u64> {
    let overlay: Keys = serde_saphyr::from_str(overlay).ok()?;
    let (_, actions) = overlay.find("actions")?;
    let (_, mut at) = actions.find("0")?.1.find("update")?;
    let mut line = None;
    for key in place.keys() {
        let (found, behind) = at.find(&key)?;
        line = found;
        at = behind;
    }
    line
}

/// The keys of a value, each with its line; of a list, the indices, without.
struct Keys(Vec<(String, Option<u64>, Keys)>);

impl Keys {
    fn find(&self, key: &str) -> Option<(Option<u64>, &Self)> {
        let found = self.0.iter().find(|(known, _, _)| known == key);
        found.map(|(_, line, behind)| (*line, behind))
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_str<E>(self, _: &str) -> Result<Keys, E> {
        Ok(Keys(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some(item) = access.next_element()? {
            keys.push((keys.len().to_string(), None, item));
        }
        Ok(Keys(keys))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some(key) = access.next_key::<Spanned<String>>()? {
            keys.push((key.value, Some(key.defined.line()), access.next_value()?));
        }
        Ok(Keys(keys))
    }
}
