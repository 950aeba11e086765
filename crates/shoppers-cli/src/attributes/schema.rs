//! What a JSON Schema says of an attribute.

use serde_json::{Map, Value};

/// The properties of an object's schema, which may also allow null.
pub fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    let own = schema["properties"].as_object();
    own.or_else(|| variants(schema).find_map(properties))
}

/// Whether a schema is that of a text, which may also allow null.
pub fn is_text(schema: &Value) -> bool {
    let own = match &schema["type"] {
        Value::Array(types) => types.iter().any(|it| it == "string"),
        one => one == "string",
    };
    own || variants(schema).any(is_text)
}

/// Returns `true` if a schema is that of a text which is `true` or `false`, and which may also be null.
pub fn is_flag(schema: &Value) -> bool {
    let own = schema["enum"].as_array().is_some_and(|values| {
        let mut texts = values.iter().filter_map(Value::as_str);
        values.len() >= 2 && texts.by_ref().all(|it| matches!(it, "true" | "false"))
    });
    own || variants(schema).any(is_flag)
}

fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["anyOf", "oneOf"].map(|name| schema[name].as_array());
    lists.into_iter().flatten().flatten()
}

/// Adds the paths of all that is no object.
pub fn name_leaves(schema: &Value, path: &str, names: &mut Vec<String>) {
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
