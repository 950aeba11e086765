//! Reads the JSON of an OpenAPI document: members, items and references.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The longest chain of references that is followed.
const LONGEST_CHAIN: usize = 64;

/// A member of an object. YAML writes an empty line as `null`, so `null` counts as absent.
pub fn at<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|value| !value.is_null())
}

/// A member that is a string.
pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// Returns `true` if a member is `true`.
pub fn is_set(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// The members of an object except those that are `null`; empty for any other value.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = value.as_object().into_iter().flatten();
    all.filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (key.as_str(), value))
}

/// The members of the object at `key`.
pub fn members_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    at(value, key).into_iter().flat_map(members)
}

/// The items of the array at `key`.
pub fn items_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let items = at(value, key).and_then(Value::as_array);
    items.into_iter().flatten()
}

/// Returns `true` if a key is a specification extension.
pub fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The target of a reference.
pub fn reference(value: &Value) -> Option<&str> {
    text(value, "$ref")
}

/// The last segment of a reference's target: the name of a component.
pub fn component(value: &Value) -> Option<&str> {
    reference(value).and_then(|target| target.rsplit('/').next())
}

/// The value that a target such as `#/components/schemas/Shopper` stands for.
pub fn find<'a>(root: &'a Value, target: &str) -> Option<&'a Value> {
    let pointer = percent_decode_str(target.strip_prefix('#')?);
    root.pointer(&pointer.decode_utf8_lossy())
}

/// The value at the end of a chain of references, or the value itself if it is none.
pub fn resolve<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..LONGEST_CHAIN {
        match reference(value).and_then(|target| find(root, target)) {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

/// The target of an entry of a discriminator's mapping (OpenAPI 3.0.3, "Discriminator Object").
pub fn mapping_target(entry: &str) -> String {
    if entry.starts_with('#') {
        entry.to_owned()
    } else {
        format!("#/components/schemas/{entry}")
    }
}
