//! Lines to paste: into an overlay, for better names and for what may be sent twice, and into Cargo.toml.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::generation::{DefaultName, document::operations, place::Place};

/// The default of a write, and the choices.
const NEVER: &str =
    "{idempotent: never} # or always, or with FIELD, if sending it twice changes nothing";

/// The line for Cargo.toml if the new Rust is the first that leaves a shape to serde's derive, which services that build with
/// neither `generate` nor `client` do not have.
pub fn derive(was: &str, is: &str) -> &'static str {
    let derives = |rust: &str| rust.contains("derive(::serde::");
    if derives(is) && !derives(was) {
        "# Cargo.toml, under `dependencies`\nserde = { version = \"1\", features = [\"derive\"] }\n"
    } else {
        ""
    }
}

/// The lines for one vendor; empty, if nothing is left to do.
///
/// `old` and `new` are its documents before and after, and `overlay` is what is laid over them.
pub fn lines(
    vendor: &str,
    default_names: &[DefaultName],
    old: &Value,
    new: &Value,
    overlay: &Value,
) -> String {
    let mut update = Value::Null;
    let mut listed = Vec::new();
    for DefaultName { place, key, name } in default_names {
        let keys: Vec<String> = place.split('/').skip(1).map(unescaped).collect();
        if keys
            .iter()
            .any(|it| it.parse::<usize>().is_ok_and(|it| it < 100))
        {
            listed.push(format!(
                "# {name} is in a list, where an overlay cannot name it: {place}"
            ));
        } else {
            insert(&mut update, &keys, key, name);
        }
    }
    let known = operations(old);
    for (place, operation) in operations(new) {
        let keys = place.keys();
        let is_read = matches!(keys.last().map(String::as_str), Some("get" | "head"));
        let is_known = known.iter().any(|(it, _)| *it == place);
        let is_described = [operation, &at(overlay, &place)]
            .iter()
            .any(|it| it["x-shoppers"].is_object());
        if !is_read && !is_known && !is_described {
            insert(&mut update, &keys, "x-shoppers", NEVER);
        }
    }
    if update.is_null() && listed.is_empty() {
        return String::new();
    }
    let file = match overlay {
        Value::Null => format!("the documents in specs/{vendor}"),
        _ => format!(
            "specs/{vendor}.overlay.yaml, below `update`; join keys that stand there already"
        ),
    };
    let mut text = format!("# {file}\n");
    write(&mut text, &update, 6);
    for line in listed {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn at(overlay: &Value, place: &Place) -> Value {
    overlay
        .pointer(place.pointer())
        .cloned()
        .unwrap_or_default()
}

fn unescaped(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

fn insert(above: &mut Value, keys: &[String], key: &str, value: &str) {
    if !above.is_object() {
        *above = Value::Object(Map::new());
    }
    match keys {
        [first, rest @ ..] => insert(&mut above[first.as_str()], rest, key, value),
        [] => above[key] = value.into(),
    }
}

fn write(out: &mut String, value: &Value, indent: usize) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let is_word = key.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/')
            && !key.contains([' ', ':', '#']);
        let key = if is_word {
            key.clone()
        } else {
            format!("'{}'", key.replace('\'', "''"))
        };
        let _ = match value.as_str() {
            Some(text) => writeln!(out, "{:indent$}{key}: {text}", ""),
            None => writeln!(out, "{:indent$}{key}:", ""),
        };
        write(out, value, indent + 2);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generation::yaml;

    #[test]
    fn the_first_shape_that_is_left_to_serde_needs_its_derive() {
        let derived = "#[derive(::serde::Serialize, Clone)] enum Kind {}";

        assert!(derive("", derived).ends_with("features = [\"derive\"] }\n"));
        for (was, is) in [("", ""), (derived, ""), (derived, derived)] {
            assert_eq!(derive(was, is), "");
        }
    }

    #[test]
    fn pasted_lines_are_the_update_of_an_overlay() {
        let name = |place: &str, key, name: &str| DefaultName {
            place: place.to_owned(),
            key,
            name: name.to_owned(),
        };
        let names = [
            name("#/paths/~1a~1{b}/get", "operationId", "get_a_b"),
            name(
                "#/paths/~1a~1{b}/get/responses/200/content/application~1json/schema",
                "title",
                "Answer",
            ),
            name("#/paths/~1a~1{b}/put/parameters/0/schema", "title", "PutB"),
        ];
        let new = json!({"paths": {"/a/{b}": {"get": {}, "put": {}, "delete": {"x-shoppers": {}}}, "/c": {"post": {}}}});
        let old = json!({"paths": {"/c": {"post": {}}}});

        let lines = lines("v", &names, &old, &new, &json!({}));

        let update = yaml::read(&lines).unwrap().into_value();
        assert_eq!(
            update,
            json!({"paths": {"/a/{b}": {
                "get": {
                    "operationId": "get_a_b",
                    "responses": {"200": {"content": {"application/json": {"schema": {"title": "Answer"}}}}},
                },
                "put": {"x-shoppers": {"idempotent": "never"}},
            }}})
        );
        assert!(
            lines.starts_with("# specs/v.overlay.yaml, below `update`"),
            "{lines}"
        );
        assert!(lines.contains("      paths:\n        /a/{b}:\n"), "{lines}");
        assert!(lines.contains("# PutB is in a list"), "{lines}");
    }
}
