//! A record: its line, its hash and its time.

use std::{borrow::Cow, collections::BTreeMap, fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::time::Moment;

/// The members that say when a record was created or changed.
const TIMES: [&str; 2] = ["created_at", "updated_at"];

/// The beginning of the SHA-256 of a record. It has a salt, so that it does not tell whom a record is about to those who can
/// guess it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordHash(pub u128);

/// Returns a record as one line. Line ends stand between its tokens alone, where they say nothing.
pub fn line(record: &RawValue) -> Cow<'_, str> {
    let text = record.get();
    if text.contains(['\n', '\r']) {
        text.replace(['\n', '\r'], "").into()
    } else {
        text.into()
    }
}

/// Returns the hash of a record, which the order of its members does not change, and the latest of its times.
pub fn read(record: &RawValue, salt: RecordHash) -> (RecordHash, Option<Moment>) {
    let mut digest = Sha256::new();
    digest.update(salt.0.to_be_bytes());
    let mut latest = None;
    match members(record) {
        Some(members) => {
            let times = TIMES.iter().filter_map(|it| moment(members.get(*it)?));
            latest = times.max();
            add_members(&members, &mut digest);
        }
        None => add(record, &mut digest),
    }
    let bytes: [u8; 32] = digest.finalize().into();
    let hash = bytes.iter().take(16);
    let hash = hash.fold(0, |hash, byte| hash << 8 | u128::from(*byte));
    (RecordHash(hash), latest)
}

type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

fn members(value: &RawValue) -> Option<Members<'_>> {
    let is_object = value.get().starts_with('{');
    is_object
        .then(|| serde_json::from_str(value.get()).ok())
        .flatten()
}

/// Adds a value to a hash, in one spelling for all orders of members, and with each length before what may have any.
fn add(value: &RawValue, digest: &mut Sha256) {
    let text = value.get();
    if let Some(members) = members(value) {
        return add_members(&members, digest);
    }
    if text.starts_with('[')
        && let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(text)
    {
        digest.update(b"[");
        items.iter().for_each(|it| add(it, digest));
        digest.update(b"]");
        return;
    }
    add_text(text, digest);
}

fn add_members(members: &Members<'_>, digest: &mut Sha256) {
    digest.update(b"{");
    for (name, value) in members {
        add_text(name, digest);
        add(value, digest);
    }
    digest.update(b"}");
}

fn add_text(text: &str, digest: &mut Sha256) {
    digest.update((text.len() as u64).to_be_bytes());
    digest.update(text);
}

fn moment(value: &RawValue) -> Option<Moment> {
    let text: Cow<'_, str> = serde_json::from_str(value.get()).ok()?;
    let time: Timestamp = text.parse().ok()?;
    Some(Moment(time.as_second()))
}

impl fmt::Display for RecordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for RecordHash {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hash = u128::from_str_radix(text, 16);
        hash.map(Self)
            .map_err(|_| "expected a hash in hexadecimal digits")
    }
}

impl Serialize for RecordHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: RecordHash = RecordHash(7);

    fn raw(text: &str) -> Box<RawValue> {
        serde_json::from_str(text).unwrap()
    }

    fn hash(text: &str) -> RecordHash {
        read(&raw(text), SALT).0
    }

    #[test]
    fn a_record_is_one_line_and_otherwise_as_it_came() {
        for (text, expected) in [
            (
                r#"{"b":1.0,"a":1e400,"b":null}"#,
                r#"{"b":1.0,"a":1e400,"b":null}"#,
            ),
            (
                "{\n  \"a\": \"x\\ny\",\r\n \"ü\": [ ]\n}",
                "{  \"a\": \"x\\ny\", \"ü\": [ ]}",
            ),
        ] {
            assert_eq!(line(&raw(text)), expected);
        }
    }

    #[test]
    fn the_order_of_members_and_white_space_do_not_change_a_hash() {
        let one = r#"{"a":1,"b":{"c":[1,{"d":null,"e":"x"}],"f":2}}"#;
        let same = "{\"b\": {\"f\":2, \"c\":[1, {\"e\":\"x\",\n\"d\":null}]}, \"a\":1}";
        let others = [
            r#"{"a":1,"b":{"c":[{"d":null,"e":"x"},1],"f":2}}"#,
            r#"{"a":1.0,"b":{"c":[1,{"d":null,"e":"x"}],"f":2}}"#,
            r#"{"a":1,"b":{"c":[1,{"d":null,"e":"x"}]},"f":2}"#,
            r#"{"a":"1","b":{"c":[1,{"d":null,"e":"x"}],"f":2}}"#,
            r#"["a",1]"#,
            "null",
        ];

        assert_eq!(hash(one), hash(same));
        for other in others {
            assert_ne!(hash(one), hash(other), "{other}");
        }
        assert_ne!(hash(one), read(&raw(one), RecordHash(8)).0);
    }

    #[test]
    fn the_latest_time_of_a_record_counts() {
        for (text, expected) in [
            (
                r#"{"created_at":"2026-01-01T00:00:00.9Z","updated_at":"2026-01-02T00:00:00Z"}"#,
                Some("2026-01-02T00:00:00Z"),
            ),
            (
                r#"{"updated_at":null,"created_at":"2026-01-01T01:00:00+01:00"}"#,
                Some("2026-01-01T00:00:00Z"),
            ),
            (
                r#"{"created_at":7,"updated_at":"today","sent_at":"2026-01-01T00:00:00Z"}"#,
                None,
            ),
            ("[]", None),
        ] {
            let (_, latest) = read(&raw(text), SALT);

            assert_eq!(
                latest.map(|it| it.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_hash_is_written_and_read() {
        let json = serde_json::to_string(&RecordHash(0xabc)).unwrap();

        assert_eq!(json, format!("\"{}abc\"", "0".repeat(29)));
        assert_eq!(
            serde_json::from_str::<RecordHash>(&json).unwrap(),
            RecordHash(0xabc)
        );
    }
}
