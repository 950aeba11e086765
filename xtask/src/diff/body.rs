//! Bodies of requests, and what every body has: media types.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::Place,
    compare::Comparison,
    document::{at, is_set, members, members_of},
    operation::Operation,
    rule::{Id, Side},
    words,
};

/// The media type that goes without saying.
const USUAL: &str = "application/json";

impl<'a> Comparison<'a> {
    /// Compares the bodies of two requests.
    pub fn body(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let place = self.sent("request body");
        match (at(old.value, "requestBody"), at(new.value, "requestBody")) {
            (None, None) => {}
            (None, Some(is)) if is_set(self.new.resolve(is), "required") => {
                self.note(Id::RequiredBodyAdded, &place, "is new and required");
            }
            (None, Some(_)) => self.note(Id::BodyAdded, &place, "is new"),
            (Some(_), None) => self.note(Id::BodyRemoved, &place, "is gone"),
            (Some(was), Some(is)) => {
                let (was, is) = self.resolved(was, is, &place);
                match (is_set(was, "required"), is_set(is, "required")) {
                    (false, true) => self.note(Id::BodyNowRequired, &place, "is required now"),
                    (true, false) => self.note(Id::BodyNowOptional, &place, "is optional now"),
                    _ => {}
                }
                self.rest(was, is, &["required", "content"], &place);
                self.content(at(was, "content"), at(is, "content"), &place);
            }
        }
    }

    /// Compares the media types that a body may have, and the schema of each.
    pub fn content(&mut self, old: Option<&'a Value>, new: Option<&'a Value>, place: &Place) {
        let mut was = media_types(old);
        let mut is = media_types(new);
        match (was.is_empty(), is.is_empty()) {
            (true, true) => return,
            (true, false) => return self.note(Id::BodyAdded, place, "there is a body now"),
            (false, true) => return self.note(Id::BodyRemoved, place, "there is no body any more"),
            _ => {}
        }
        let both: Vec<_> = was
            .keys()
            .filter(|name| is.contains_key(*name))
            .cloned()
            .collect();
        for name in both {
            if let (Some(was), Some(is)) = (was.remove(&name), is.remove(&name)) {
                self.media(was, is, &typed(place, &name));
            }
        }
        for (name, old) in was {
            let place = typed(place, &name);
            // One that differs in its parameters alone takes its place; a range does, and stays for others.
            if let Some(other) = is
                .keys()
                .find(|other| essence(other) == essence(&name))
                .cloned()
                && let Some(new) = is.remove(&other)
            {
                let what = format!("is {other:?} now");
                self.note(Id::MediaTypeChanged, &place, what);
                self.media(old, new, &place);
                continue;
            }
            let range = media_types(new)
                .into_iter()
                .find(|(range, _)| covers(range, &name));
            match range {
                Some((range, new)) => {
                    let what = format!("is only covered by {range:?} now");
                    self.note(Id::MediaTypeChanged, &place, what);
                    self.media(old, new, &place);
                }
                None => self.note(
                    Id::MediaTypeRemoved,
                    &place,
                    format!("is no longer {name:?}"),
                ),
            }
        }
        for (name, _) in is {
            let what = format!("may be {name:?}");
            self.note(Id::MediaTypeAdded, &typed(place, &name), what);
        }
    }

    fn media(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        self.rest(old, new, &["schema", "encoding"], place);
        self.schema(at(old, "schema"), at(new, "schema"), place);
        // OpenAPI 3.0.3, "Media Type Object": the encoding of an answer is ignored.
        if place.side == Side::Received {
            let was = at(old, "encoding");
            let is = at(new, "encoding");
            if was != is {
                self.note(Id::Words, place, words::change("encoding", was, is));
            }
            return;
        }
        let was: BTreeMap<_, _> = members_of(old, "encoding").collect();
        let is: BTreeMap<_, _> = members_of(new, "encoding").collect();
        for (name, new) in &is {
            let place = place.named(name).then("encoding");
            match was.get(name) {
                None => self.note(Id::EncodingChanged, &place, "is new"),
                Some(old) => {
                    for (key, was, is) in words::differing(old, new) {
                        self.note(Id::EncodingChanged, &place, words::change(key, was, is));
                    }
                    self.encoded_headers(old, new, &place);
                }
            }
        }
        for name in was.keys().filter(|name| !is.contains_key(*name)) {
            let place = place.named(name).then("encoding");
            self.note(Id::EncodingChanged, &place, "is gone");
        }
    }

    /// Headers of a part that are the same words, but refer to something that changed.
    fn encoded_headers(&mut self, old: &'a Value, new: &'a Value, place: &Place) {
        let new: BTreeMap<_, _> = members_of(new, "headers").collect();
        for (name, was) in members_of(old, "headers") {
            if let Some(is) = new.get(name) {
                let (was, is) = (self.old.resolve(was), self.new.resolve(is));
                let place = place.then(format_args!("header {name}"));
                self.written("header", was, is, &place);
            }
        }
    }
}

/// The media types of a body, as they are told apart: without letters' case and spaces.
fn media_types(content: Option<&Value>) -> BTreeMap<String, &Value> {
    content
        .into_iter()
        .flat_map(members)
        .map(|(name, media)| {
            let name: String = name
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            (name.to_lowercase(), media)
        })
        .collect()
}

fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or(name)
}

fn covers(range: &str, name: &str) -> bool {
    match essence(range).strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => name.split('/').next() == Some(kind),
        None => false,
    }
}

/// The place of a body of a media type; the usual one goes without saying.
fn typed(place: &Place, name: &str) -> Place {
    match name {
        USUAL => place.clone(),
        _ => Place::new(place.side, format!("{place} ({name})")),
    }
}
