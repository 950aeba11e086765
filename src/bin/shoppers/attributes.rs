//! The attributes of a vendor's shopper: their names, and what is wrong with one that was given.
//!
//! An attribute is named by its path, `email` or `channel.instagram.email`. The paths come from the JSON Schema of the
//! type, so a name that a vendor adds is known here as soon as the type has it. No message repeats a value.

use std::borrow::Cow;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use fault::Fault;

mod alike;
mod fault;

/// What BSPK's examples have around a shopper, and the library adds.
const ENVELOPE: &str = "shopper";

/// What a vendor's shopper may hold.
pub struct Attributes {
    schema: Value,
    names: Vec<String>,
}

impl Attributes {
    /// Those of the type `T`, all of whose attributes may be missing.
    pub fn of<T: JsonSchema>() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let schema = schema.to_value();
        let mut names = Vec::new();
        name_leaves(&schema, "", &mut names);
        Self { schema, names }
    }

    /// Their paths.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is one with this path.
    pub fn contains(&self, name: &str) -> bool {
        self.names().iter().any(|known| known == name)
    }

    /// The path that was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        alike::nearest(name, &self.names)
    }

    /// Whether this is a known name, or the last part of one, written otherwise: `First Name`. To be like one is not
    /// enough, as a person may be called so.
    pub fn is_rewritten(&self, name: &str) -> bool {
        alike::is_one_of(name, &self.names)
    }

    /// What to say of a name that is not there. A name that is nothing like ours is not repeated: where a header is
    /// missing it is a shopper's data.
    pub fn unknown(&self, name: &str) -> Fault {
        match self.nearest(name) {
            Some(nearest) if nearest == name => {
                Fault::of(name, "in JSON, an object for each part instead of dots")
            }
            Some(nearest) => Fault::of(name, format!("no such attribute; is it `{nearest}`?")),
            None => {
                Fault::new("a name that is nothing like any attribute's; see `shoppers schema`")
            }
        }
    }

    /// Reads a shopper from JSON.
    ///
    /// A `null` counts as left out. A name that is not known is a fault, and so is one that is there twice.
    pub fn read<T: DeserializeOwned>(&self, text: &str) -> Result<T, Vec<Fault>> {
        let value: Value = serde_json::from_str(text).map_err(|err| vec![Fault::syntax(&err)])?;
        self.decode::<T>(&value)?;
        // What can be read from the value, of which the last of two names is left, fails here for nothing else.
        serde_json::from_str(text).map_err(|err| {
            vec![Fault {
                position: Some((err.line(), err.column())),
                ..Fault::new("an attribute that is there twice")
            }]
        })
    }

    /// Turns JSON into a shopper, or tells everything that is wrong with it; never nothing.
    pub fn decode<T: DeserializeOwned>(&self, value: &Value) -> Result<T, Vec<Fault>> {
        let mut faults = Vec::new();
        self.check_shape(&self.schema, value, &mut Vec::new(), &mut faults);
        match T::deserialize(value) {
            Ok(shopper) if faults.is_empty() => return Ok(shopper),
            Ok(_) => return Err(faults),
            // Its message may quote a value.
            Err(_) => {}
        }
        check_values::<T>(&self.schema, value, &mut Vec::new(), &mut faults);
        if faults.is_empty() {
            faults.push(Fault::new("not a shopper as the vendor has it"));
        }
        Err(faults)
    }

    /// Whether every name is known, and an object, a text or what else the schema has stands where it should.
    fn check_shape<'a>(
        &self,
        schema: &Value,
        value: &'a Value,
        path: &mut Vec<&'a str>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(properties) = properties(schema) else {
            let reason = match (is_text(schema), value) {
                // A boolean may stand for a text that is one: the type decides.
                (true, Value::String(_)) | (_, Value::Bool(_) | Value::Null) => None,
                (true, _) => Some("expected a text, in quotes"),
                (false, Value::String(_)) => Some("expected no text"),
                (false, _) => None,
            };
            faults.extend(reason.map(|reason| Fault::of(path.join("."), reason)));
            return;
        };
        match value {
            Value::Null if !path.is_empty() => {}
            Value::Object(fields) => {
                for (name, value) in fields {
                    path.push(name);
                    match properties.get(name) {
                        Some(schema) => self.check_shape(schema, value, path, faults),
                        None if path[..] == [ENVELOPE] => faults.push(Fault::of(
                            ENVELOPE,
                            "give what is inside of it; it is put around the shopper when that is sent",
                        )),
                        None => faults.push(self.unknown(&path.join("."))),
                    }
                    path.pop();
                }
            }
            _ if path.is_empty() => faults.push(Fault::new("expected one object, in braces")),
            _ => faults.push(Fault::of(path.join("."), "expected an object, in braces")),
        }
    }
}

/// Makes the JSON of attributes by their paths, each of which [`Attributes`] has.
pub fn assemble<'a, V: Into<Value>>(pairs: impl IntoIterator<Item = (&'a str, V)>) -> Value {
    let mut assembled = Value::Object(Map::new());
    for (path, value) in pairs {
        let mut place = &mut assembled;
        for name in path.split('.') {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            place = &mut place[name];
        }
        *place = value.into();
    }
    assembled
}

/// Finds the attributes which are not what the type `T` takes, by giving it each alone.
fn check_values<'a, T: DeserializeOwned>(
    schema: &Value,
    value: &'a Value,
    path: &mut Vec<&'a str>,
    faults: &mut Vec<Fault>,
) {
    match (properties(schema), value) {
        (Some(properties), Value::Object(fields)) => {
            for (name, value) in fields {
                if let Some(schema) = properties.get(name) {
                    path.push(name);
                    check_values::<T>(schema, value, path, faults);
                    path.pop();
                }
            }
        }
        (None, Value::String(_) | Value::Bool(_)) if is_text(schema) => {
            let name = path.join(".");
            let alone = assemble([(name.as_str(), value.clone())]);
            if let Err(err) = T::deserialize(&alone) {
                faults.push(Fault::of(name, reason(value, &err)));
            }
        }
        _ => {}
    }
}

/// What a type of ours says of a text that it does not take. Of a boolean serde speaks, and quotes it.
fn reason(value: &Value, err: &serde_json::Error) -> Cow<'static, str> {
    match value {
        Value::String(_) => err.to_string().into(),
        _ => "expected a text, in quotes".into(),
    }
}

/// The properties of an object's schema, which may also allow null.
fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    let own = schema["properties"].as_object();
    own.or_else(|| variants(schema).find_map(properties))
}

/// Whether a schema is that of a text, which may also allow null.
fn is_text(schema: &Value) -> bool {
    let own = match &schema["type"] {
        Value::Array(types) => types.iter().any(|it| it == "string"),
        one => one == "string",
    };
    own || variants(schema).any(is_text)
}

fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["anyOf", "oneOf"].map(|name| schema[name].as_array());
    lists.into_iter().flatten().flatten()
}

fn name_leaves(schema: &Value, path: &str, names: &mut Vec<String>) {
    let Some(properties) = properties(schema) else {
        names.push(path.to_owned());
        return;
    };
    for (name, schema) in properties {
        let path = match path {
            "" => name.clone(),
            _ => format!("{path}.{name}"),
        };
        name_leaves(schema, &path, names);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shoppers::{bspk, gatsby};

    use super::*;

    fn faults<T: DeserializeOwned + JsonSchema>(text: &str) -> Vec<String> {
        let faults = Attributes::of::<T>().read::<T>(text).err();
        let faults = faults.unwrap_or_default();
        faults.iter().map(Fault::to_string).collect()
    }

    #[test]
    fn the_names_are_those_of_the_schema_and_all_of_them_are_texts() {
        let bspk = Attributes::of::<bspk::Shopper>();
        let gatsby = Attributes::of::<gatsby::ShopperInput>();

        assert_eq!(bspk.names().len(), 35);
        assert!(bspk.contains("shopper_ref"));
        assert_eq!(gatsby.names().len(), 15);
        assert!(gatsby.contains("channel.tiktok.userName"));
        assert!(!gatsby.contains("channel.tiktok"));
        for (attributes, name) in [
            (&bspk, "birthday"),
            (&gatsby, "integrations.zinrelo.user_id"),
        ] {
            let path = name.split('.');
            let schema = path.fold(&attributes.schema, |schema, name| {
                &properties(schema).unwrap()[name]
            });
            assert!(is_text(schema), "{schema}");
        }
    }

    #[test]
    fn the_nearest_name_is_the_one_that_was_probably_meant() {
        let bspk = Attributes::of::<bspk::Shopper>();
        let gatsby = Attributes::of::<gatsby::ShopperInput>();
        let cases = [
            (&bspk, "emial", Some("email")),
            (&bspk, "E-Mail", Some("email")),
            (&bspk, "First Name", Some("first_name")),
            (&bspk, "firstName", Some("first_name")),
            (&bspk, "phone", Some("mobile_phone")),
            (&bspk, "zip", Some("zip_code")),
            (&bspk, "john@example.com", None),
            (&bspk, "+15551234567", None),
            (&bspk, "", None),
            (&bspk, "x", None),
            (&gatsby, "email", Some("channel.instagram.email")),
            (&gatsby, "tiktok.email", Some("channel.tiktok.email")),
            (
                &gatsby,
                "channel.tiktok.username",
                Some("channel.tiktok.userName"),
            ),
            (
                &gatsby,
                "zinrelo.user",
                Some("integrations.zinrelo.user_id"),
            ),
        ];

        for (attributes, name, nearest) in cases {
            assert_eq!(attributes.nearest(name), nearest, "{name}");
        }
    }

    #[test]
    fn a_name_may_be_written_otherwise_but_not_merely_be_like_one() {
        let bspk = Attributes::of::<bspk::Shopper>();
        let gatsby = Attributes::of::<gatsby::ShopperInput>();
        let cases = [
            (&bspk, "Email", true),
            (&bspk, " E-Mail ", true),
            (&bspk, "First Name", true),
            (&bspk, "firstName", true),
            (&bspk, "Emil", false),
            (&bspk, "Emily", false),
            (&bspk, "email@example.com", false),
            (&bspk, "+15551234567", false),
            (&bspk, "", false),
            (&bspk, "-", false),
            (&gatsby, "EMAIL", true),
            (&gatsby, "Full name", true),
            (&gatsby, "Channel Instagram Email", true),
            (&gatsby, "Name", false),
        ];

        for (attributes, name, expected) in cases {
            assert_eq!(attributes.is_rewritten(name), expected, "{name}");
        }
    }

    #[test]
    fn every_fault_is_told_with_its_place_and_without_a_value() {
        let cases = [
            (
                "",
                vec!["line 1, column 0: not JSON: EOF while parsing a value"],
            ),
            (
                "{\"email\": planted}",
                vec!["line 1, column 11: not JSON: expected value"],
            ),
            ("[\"planted\"]", vec!["expected one object, in braces"]),
            ("\"planted\"", vec!["expected one object, in braces"]),
            ("null", vec!["expected one object, in braces"]),
            (
                "{\"planted\": 1}",
                vec!["a name that is nothing like any attribute's; see `shoppers schema`"],
            ),
            (
                "{\"emial\": \"planted\"}",
                vec!["emial: no such attribute; is it `email`?"],
            ),
            (
                "{\"shopper\": {\"email\": \"planted\"}}",
                vec![
                    "shopper: give what is inside of it; it is put around the shopper when that is sent",
                ],
            ),
            (
                "{\"email\": 19820222}",
                vec!["email: expected a text, in quotes"],
            ),
            (
                "{\"email\": [\"planted\"]}",
                vec!["email: expected a text, in quotes"],
            ),
            (
                "{\"email\": true}",
                vec!["email: expected a text, in quotes"],
            ),
            (
                "{\"email\": \"a\",\n \"email\": \"planted\"}",
                vec!["line 2, column 8: an attribute that is there twice"],
            ),
            (
                "{\"profile_type\": \"planted\"}",
                vec!["profile_type: expected person or organization"],
            ),
            (
                "{\"email_contact\": \"planted\", \"birthday\": \"19820222\"}",
                vec![
                    "birthday: invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists",
                    "email_contact: invalid flag: expected `true` or `false`",
                ],
            ),
            ("{\"email_contact\": true, \"email\": null}", vec![]),
        ];

        for (text, expected) in cases {
            assert_eq!(faults::<bspk::Shopper>(text), expected, "{text}");
        }
    }

    #[test]
    fn a_fault_within_an_object_has_its_path() {
        let cases = [
            (
                "{\"channel\": \"planted\"}",
                "channel: expected an object, in braces",
            ),
            (
                "{\"channel\": {\"instagram\": []}}",
                "channel.instagram: expected an object, in braces",
            ),
            (
                "{\"channel\": {\"instagram\": {\"email\": 7}}}",
                "channel.instagram.email: expected a text, in quotes",
            ),
            (
                "{\"channel\": {\"tiktok\": {\"username\": \"planted\"}}}",
                "channel.tiktok.username: no such attribute; is it `channel.tiktok.userName`?",
            ),
            (
                "{\"channel.tiktok.email\": \"planted\"}",
                "channel.tiktok.email: in JSON, an object for each part instead of dots",
            ),
        ];

        for (text, expected) in cases {
            assert_eq!(faults::<gatsby::ShopperInput>(text), [expected], "{text}");
        }
    }

    #[test]
    fn paths_become_objects() {
        let pairs = [
            ("channel.instagram.email", "a"),
            ("channel.instagram.phone", "b"),
            ("integrations.zinrelo.user_id", "c"),
        ];

        let expected = json!({
            "channel": {"instagram": {"email": "a", "phone": "b"}},
            "integrations": {"zinrelo": {"user_id": "c"}},
        });
        assert_eq!(assemble(pairs), expected);
        assert_eq!(assemble::<&str>([]), json!({}));
    }
}
