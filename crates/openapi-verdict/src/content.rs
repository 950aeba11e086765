//! Compares what bodies, parameters and headers have in common: media types, serialization and schemas.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    change::Location,
    diff::Diff,
    grammar::ObjectKind,
    json::{at, is_set, members, members_of, resolve, text},
    rule::{Direction, Rule},
    schema,
    shape::Shape,
};

/// The media type that locations leave out.
const USUAL: &str = "application/json";

/// Compares the media types of a body, and their schemas.
pub fn compare<'a>(
    diff: &mut Diff<'a>,
    old: Option<&'a Value>,
    new: Option<&'a Value>,
    location: &Location,
) {
    let (mut was, mut is) = (media_types(old), media_types(new));
    if was.is_empty() || is.is_empty() {
        return diff.toggle(
            (!was.is_empty(), !is.is_empty()),
            (Rule::BodyAdded, "a body was added"),
            (Rule::BodyRemoved, "the body was removed"),
            location,
        );
    }
    // Both documents have the media type.
    was.retain(|name, old| {
        let new = is.remove(name);
        if let Some(new) = new {
            compare_media_type(diff, old, new, &typed(location, name));
        }
        new.is_none()
    });
    for (name, old) in was {
        let location = typed(location, &name);
        // A media type with other parameters replaces the old one; a range covers it and stays for others.
        let replaced = is.keys().find(|it| essence(it) == essence(&name)).cloned();
        if let Some((replacement, new)) = replaced.and_then(|it| is.remove_entry(&it)) {
            let what = format!("is {replacement:?} now");
            diff.note(Rule::MediaTypeChanged, &location, what);
            compare_media_type(diff, old, new, &location);
            continue;
        }
        let mut all = media_types(new).into_iter();
        if let Some((range, new)) = all.find(|(range, _)| covers(range, &name)) {
            let what = format!("is only covered by {range:?} now");
            diff.note(Rule::MediaTypeChanged, &location, what);
            compare_media_type(diff, old, new, &location);
        } else {
            let what = format!("is no longer {name:?}");
            diff.note(Rule::MediaTypeRemoved, &location, what);
        }
    }
    for name in is.keys() {
        let what = format!("may be {name:?}");
        diff.note(Rule::MediaTypeAdded, &typed(location, name), what);
    }
}

/// Compares the serialization and the schema of two parameters or headers.
pub fn compare_value<'a>(
    diff: &mut Diff<'a>,
    sent_in: &str,
    old: &'a Value,
    new: &'a Value,
    location: &Location,
) {
    diff.deprecation(
        (is_set(old, "deprecated"), is_set(new, "deprecated")),
        location,
    );
    diff.rest(ObjectKind::Parameter, old, new, location);
    let (old_content, new_content) = (at(old, "content"), at(new, "content"));
    if old_content.is_some() != new_content.is_some() {
        let rule = Rule::SerializationChanged;
        return diff.toggle(
            (old_content.is_some(), new_content.is_some()),
            (
                rule,
                "is serialized as a media type now, no longer by style",
            ),
            (
                rule,
                "is serialized by style now, no longer as a media type",
            ),
            location,
        );
    }
    compare(diff, old_content, new_content, location);
    let (old_style, new_style) = (Style::new(sent_in, old), Style::new(sent_in, new));
    let (old, new) = (at(old, "schema"), at(new, "schema"));
    if old_style != new_style {
        let is_scalar = |root, schema: Option<&Value>| {
            let parts: Vec<_> = schema.into_iter().collect();
            Shape::new(root, &parts).schema_type.is_scalar()
        };
        let is_harmless = old_style.name == new_style.name
            && is_scalar(diff.old, old)
            && is_scalar(diff.new, new);
        let rule = if is_harmless {
            Rule::WordingChanged
        } else {
            Rule::SerializationChanged
        };
        let what = format!("style was {}, is {}", old_style.shown(), new_style.shown());
        diff.note(rule, location, what);
    }
    schema::compare(diff, old, new, location);
}

fn compare_media_type<'a>(
    diff: &mut Diff<'a>,
    old: &'a Value,
    new: &'a Value,
    location: &Location,
) {
    diff.rest(ObjectKind::MediaType, old, new, location);
    schema::compare(diff, at(old, "schema"), at(new, "schema"), location);
    // OpenAPI 3.0.3, "Media Type Object": `encoding` applies to request bodies only.
    if location.direction == Direction::Received {
        let encodings = (at(old, "encoding"), at(new, "encoding"));
        return diff.member(Rule::WordingChanged, "encoding", encodings, location);
    }
    let (old, new) = (members_of(old, "encoding"), members_of(new, "encoding"));
    let rules = (Rule::EncodingChanged, Rule::EncodingChanged);
    let at = |name: &&str| location.named(name).then("encoding");
    for (old, new, location) in diff.kept(old, new, rules, at) {
        diff.members(Rule::EncodingChanged, old, new, &location);
        // Headers that are the same text may refer to components that changed.
        let headers: BTreeMap<_, _> = members_of(new, "headers").collect();
        for (name, old) in members_of(old, "headers") {
            if let Some(new) = headers.get(name) {
                let (old, new) = (resolve(diff.old, old), resolve(diff.new, new));
                let location = location.part("header", name);
                compare_value(diff, "header", old, new, &location);
            }
        }
    }
}

/// The style of a parameter or header (OpenAPI 3.0.3, "Parameter Object").
#[derive(PartialEq)]
struct Style<'a> {
    name: &'a str,
    explode: bool,
}

impl<'a> Style<'a> {
    fn new(sent_in: &str, parameter: &'a Value) -> Self {
        let default = match sent_in {
            "query" | "cookie" => "form",
            _ => "simple",
        };
        let name = text(parameter, "style").unwrap_or(default);
        let explode = at(parameter, "explode").and_then(Value::as_bool);
        Self {
            name,
            explode: explode.unwrap_or(name == "form"),
        }
    }

    fn shown(&self) -> String {
        let exploded = if self.explode { " exploded" } else { "" };
        format!("{}{exploded}", self.name)
    }
}

/// The media types of a body by name, in lowercase and without spaces.
fn media_types(content: Option<&Value>) -> BTreeMap<String, &Value> {
    let all = content.into_iter().flat_map(members);
    all.map(|(name, media_type)| {
        let letters = name.chars().filter(|letter| !letter.is_whitespace());
        (letters.collect::<String>().to_lowercase(), media_type)
    })
    .collect()
}

/// A media type without its parameters.
fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or(name)
}

/// Returns `true` if a range such as `image/*` includes a media type.
fn covers(range: &str, name: &str) -> bool {
    match essence(range).strip_suffix("/*") {
        Some("*") => true,
        Some(main) => name.split('/').next() == Some(main),
        None => false,
    }
}

fn typed(location: &Location, name: &str) -> Location {
    match name {
        USUAL => location.clone(),
        _ => Location::new(location.direction, format!("{location} ({name})")),
    }
}
