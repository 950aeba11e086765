//! The union of a vendor's documents, each of some operations.
//!
//! A document may be a page's, with one operation, or a whole API's. Two may say the same thing; if they say different things of
//! one, it cannot be known which is out of date, so both are named and none is taken.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Source,
    document::{self, METHODS, members, operations_mut},
    place::Place,
    refusal::{Refusal, Refusals},
};

/// The keys that hold for every operation of a document that says nothing else.
const INHERITED: [&str; 2] = ["security", "servers"];

/// Reads every document, and lays them together by path and method, and by component.
pub fn unite(sources: &[Source]) -> Result<Value, Refusals> {
    let mut refusals = Refusals::default();
    let mut union = Union::default();
    for source in sources {
        let document = document::read(&source.text).map_err(|it| it.map(|it| it.in_file(source)));
        if let Some(document) = refusals.take(document) {
            union.add(document, source, &mut refusals);
        }
    }
    if sources.is_empty() {
        refusals.push(Refusal::new(
            "there is no document; save one, such as `specs/VENDOR/OPERATION.yaml`",
        ));
    }
    refusals.or(union.document)
}

#[derive(Default)]
struct Union<'a> {
    document: Value,
    /// The file that each part is from.
    files: BTreeMap<[String; 3], &'a Source>,
}

impl<'a> Union<'a> {
    fn add(&mut self, mut document: Value, source: &'a Source, refusals: &mut Refusals) {
        if self.document.is_null() {
            self.document = document.clone();
            self.document["paths"] = json!({});
            if document["components"].is_object() {
                self.document["components"] = json!({});
            }
        }
        self.keep_inherited(&mut document);
        self.add_tags(&document);
        for (path, item) in members(&document["paths"]) {
            let known = &self.document["paths"][path.as_str()];
            if known.is_object() && shared(known) != shared(item) {
                let place = Place::top().key("paths").key(path);
                refusals.push(self.disagreement(&place, "all methods of it", source));
                continue;
            }
            for (member, value) in members(item) {
                self.claim(["paths", path, member], value, source, refusals);
            }
            if members(item).next().is_none() {
                self.document["paths"][path.as_str()] = json!({});
            }
        }
        for (section, parts) in members(&document["components"]) {
            for (name, value) in members(parts) {
                self.claim(["components", section, name], value, source, refusals);
            }
        }
    }

    fn claim(
        &mut self,
        keys: [&str; 3],
        value: &Value,
        source: &'a Source,
        refusals: &mut Refusals,
    ) {
        let [top, above, name] = keys;
        let known = &mut self.document[top][above][name];
        if known.is_null() {
            *known = value.clone();
            self.files.insert(keys.map(str::to_owned), source);
        } else if known != value {
            let place = Place::top().key(top).key(above).key(name);
            refusals.push(self.disagreement(&place, "it", source));
        }
    }

    fn disagreement(&self, place: &Place, what: &str, source: &Source) -> Refusal {
        let keys = place.keys();
        let first = self.files.iter().find(|(it, _)| it.starts_with(&keys));
        let first = first.map_or("another document", |(_, it)| &it.file);
        Refusal::at(
            place,
            format_args!(
                "{first} says something else of {what}; see which is out of date, and delete or correct that file"
            ),
        )
        .in_file(source)
    }

    /// Writes what a document says of all its operations into each, where the first document says something else.
    fn keep_inherited(&self, document: &mut Value) {
        for key in INHERITED {
            let said = document[key].clone();
            if said == self.document[key] {
                continue;
            }
            let said = match (key, said.is_null()) {
                ("security", true) => json!([]),
                (_, true) => json!([{"url": "/"}]),
                (_, false) => said,
            };
            for operation in operations_mut(document) {
                if operation[key].is_null() {
                    operation[key] = said.clone();
                }
            }
        }
    }

    fn add_tags(&mut self, document: &Value) {
        for tag in document["tags"].as_array().into_iter().flatten() {
            let tags = &mut self.document["tags"];
            if tags.is_null() {
                *tags = json!([]);
            }
            if let Some(tags) = tags.as_array_mut()
                && !tags.iter().any(|it| it["name"] == tag["name"])
            {
                tags.push(tag.clone());
            }
        }
    }
}

/// The keys of a path that hold for all its methods.
fn shared(item: &Value) -> Vec<(&String, &Value)> {
    let is_shared = |(key, _): &(&String, &Value)| !METHODS.contains(&key.as_str());
    members(item).filter(is_shared).collect()
}
