//! What BSPK stores: records in the order of their creation.

use std::{fmt, io};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::fault::invalid;

/// The members of a record that name its client or its sales associate, in all lists of the Extraction API.
const CLIENT: [&str; 1] = ["client_id"];
const ASSOCIATE: [&str; 4] = [
    "sales_associate_id",
    "current_sales_associate_id",
    "created_by_sales_associate_id",
    "associate_id",
];

/// A record, and what lists are filtered by. It is kept as text, which takes an eighth of the memory of a `Value`.
#[derive(Clone, Default)]
pub(crate) struct Record {
    /// Counts from 1 on; 0 before the record is stored.
    pub(crate) id: u64,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    /// Of a metafield the id of its shopper, as text.
    pub(crate) client: Option<Box<str>>,
    pub(crate) associate: Option<Box<str>>,
    pub(crate) text: Box<str>,
}

impl Record {
    /// A record that is listed word for word.
    fn verbatim(text: String) -> Option<Self> {
        let members: Map<String, Value> = serde_json::from_str(&text).ok()?;
        let word = |name: &&str| members.get(*name)?.as_str();
        let time = |name| word(&name)?.parse().ok();
        Some(Self {
            id: 0,
            created_at: time("created_at"),
            updated_at: time("updated_at"),
            client: CLIENT.iter().find_map(word).map(Into::into),
            associate: ASSOCIATE.iter().find_map(word).map(Into::into),
            text: text.trim().into(),
        })
    }

    /// Returns the members; a store contains nothing but objects.
    pub(crate) fn members(&self) -> Map<String, Value> {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The time that lists are filtered by: that of the last change or, in a list that has none, that of the creation.
    pub(crate) fn changed_at(&self) -> Option<Timestamp> {
        self.updated_at.or(self.created_at)
    }
}

/// Records in the order of their creation. `Debug` shows their number.
#[derive(Clone, Default)]
pub(crate) struct Records {
    made: u64,
    /// In the order of the ids, of which some may be gone.
    records: Vec<Record>,
}

impl Records {
    /// The number of records ever stored.
    pub(crate) fn made(&self) -> u64 {
        self.made
    }

    pub(crate) fn all(&self) -> &[Record] {
        &self.records
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Record> {
        self.records.get(self.position(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Record> {
        let position = self.position(id)?;
        self.records.get_mut(position)
    }

    /// Changes members of a record, or makes one if there is no `id`, and returns it. Its text has its id and times.
    pub(crate) fn upsert(
        &mut self,
        id: Option<u64>,
        members: Map<String, Value>,
        now: Timestamp,
    ) -> Record {
        let new = || Record {
            created_at: Some(now),
            ..Record::default()
        };
        let id = id.unwrap_or_else(|| self.push(new()));
        let Some(record) = self.get_mut(id) else {
            return Record::default();
        };
        record.updated_at = Some(now);
        let mut all = record.members();
        all.extend(members);
        all.insert("id".into(), json!(id));
        all.insert("created_at".into(), iso_8601(record.created_at));
        all.insert("updated_at".into(), iso_8601(record.updated_at));
        record.text = Value::Object(all).to_string().into();
        record.clone()
    }

    /// Stores a record under the next id, and returns that.
    pub(crate) fn push(&mut self, record: Record) -> u64 {
        self.made += 1;
        let id = self.made;
        self.records.push(Record { id, ..record });
        id
    }

    /// Adds records that are listed word for word, or none of them if one is not a JSON object.
    pub(crate) fn extend(&mut self, texts: impl IntoIterator<Item = String>) -> io::Result<()> {
        let mut added = Vec::new();
        for (number, text) in (1..).zip(texts) {
            let record = Record::verbatim(text).ok_or_else(|| {
                invalid(format!(
                    "record {number} is not a JSON object; write one JSON object for each record"
                ))
            })?;
            added.push(record);
        }
        for record in added {
            self.push(record);
        }
        Ok(())
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Record> {
        Some(self.records.remove(self.position(id)?))
    }

    fn position(&self, id: u64) -> Option<usize> {
        self.records.binary_search_by_key(&id, |it| it.id).ok()
    }
}

/// `2026-03-11T18:34:54.882Z`, as in BSPK's examples; its prose has no fraction (specs/bspk, "Additional
/// Information").
pub(crate) fn iso_8601(time: Option<Timestamp>) -> Value {
    time.map(|it| format!("{it:.3}")).into()
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("made", &self.made)
            .field("stored", &self.records.len())
            .finish()
    }
}
