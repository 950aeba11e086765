//! Names for what a document leaves without one, so that nothing is refused for want of a name.
//!
//! - An operation without an `operationId` is named after its method and path.
//! - A schema that becomes a type and has no `title` is named after its operation and its place: `UpsertMetafieldsBody`,
//!   `GetThingAnswer`, and `ListMetafieldsItem` for what a list holds.
//! - Schemas with equal content share a name, and so a type. Words and examples make no difference.
//! - What is sent and what is answered are two types, as they follow different rules (build/answers.rs): the answer's is
//!   `ThingAnswer` if the name `Thing` is taken by what is sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde_json::{Value, json};

use super::{
    answers,
    content::content,
    document::{
        COMPONENTS, METHODS, each_object, is_success, members_mut, operations, operations_mut,
    },
    names::{field_name, type_name},
    place::Place,
};

/// A default name.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultName {
    /// The JSON pointer of the operation or schema, as an overlay has it.
    pub place: String,
    /// The key that chooses another: `operationId` or `title`.
    pub key: &'static str,
    pub name: String,
}

impl fmt::Display for DefaultName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, key, name } = self;
        write!(
            f,
            "{place}: the name `{name}` is a default; before a release, choose one by `{key}` in the overlay"
        )
    }
}

/// The way that a schema goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Answered,
}

/// Names what has no name, and says which names are defaults.
pub fn name(document: &mut Value) -> Vec<DefaultName> {
    let mut naming = Naming::default();
    naming.operations(document);
    naming.split(document);
    answers::open_alternatives(document);
    let answered = answers::answered(document);
    for (way, is_first) in [
        (Way::Sent, true),
        (Way::Answered, true),
        (Way::Sent, false),
        (Way::Answered, false),
    ] {
        Visit {
            way,
            answered: &answered,
            found: &mut |found| {
                if is_first {
                    naming.chosen(found);
                } else {
                    naming.unnamed(found);
                }
            },
        }
        .document(document);
    }
    naming.defaults
}

#[derive(Default)]
struct Naming {
    /// The content of the type of each name.
    names: BTreeMap<String, (Way, String)>,
    by_content: BTreeMap<(Way, String), String>,
    defaults: Vec<DefaultName>,
}

/// A schema on the way through a document.
struct Found<'a> {
    schema: &'a mut Value,
    place: &'a Place,
    way: Way,
    /// The name that it has if none is chosen.
    default: &'a str,
    is_component: bool,
}

impl Naming {
    fn operations(&mut self, document: &mut Value) {
        let places = operations(document).into_iter().map(|(place, _)| place);
        for place in places.collect::<Vec<_>>() {
            let Some(operation) = document.pointer_mut(place.pointer()) else {
                continue;
            };
            let given = operation["operationId"].as_str();
            let name = match (given, &place.keys()[..]) {
                (None, [_, path, method]) => {
                    field_name(&format!("{method} {}", path.replace(['{', '}'], "")))
                }
                (given, _) => field_name(given.unwrap_or_default()),
            };
            let is_given = given.is_some();
            if given != Some(&*name) {
                self.default_name(&place, "operationId", &name);
            }
            if !is_given {
                operation["operationId"] = json!(name);
            }
        }
    }

    /// Gives a component that is both sent and answered a second one, for the answers.
    fn split(&mut self, document: &mut Value) {
        let answered = answers::answered(document);
        let both: BTreeSet<String> = answers::sent(document)
            .intersection(&answered)
            .filter(|it| !document["components"]["schemas"][it.as_str()].is_null())
            .cloned()
            .collect();
        let schemas = Place::top().key("components").key("schemas");
        let mut seconds = BTreeMap::new();
        for name in &both {
            let mut second = format!("{name}Answer");
            while !document["components"]["schemas"][second.as_str()].is_null() {
                second.push('_');
            }
            self.default_name(&schemas.key(name), "title", &second);
            document["components"]["schemas"][second.as_str()] =
                document["components"]["schemas"][name.as_str()].clone();
            seconds.insert(name.clone(), second);
        }
        for name in answered
            .iter()
            .filter(|it| !both.contains(*it))
            .chain(seconds.values())
        {
            // A reference that leads nowhere is refused later (build/check.rs).
            if let Some(schema) = document["components"]["schemas"].get_mut(name) {
                refer(schema, &seconds);
            }
        }
        for operation in operations_mut(document) {
            refer(&mut operation["responses"], &seconds);
        }
    }

    /// Remembers a name that the document or the overlay chose.
    fn chosen(&mut self, found: Found<'_>) {
        let title = found.schema["title"].as_str().map(type_name);
        let name = if found.is_component {
            type_name(found.default)
        } else if let (true, Some(title)) = (makes_a_type(found.schema, found.way), title) {
            title
        } else {
            return;
        };
        let content = content(found.schema);
        match self.names.get(&name) {
            // Two with one name and different contents are refused (build/check.rs).
            Some((way, known)) if *way != found.way && *known == content && !found.is_component => {
                let second = self.free(&format!("{name}Answer"), found.way, &content);
                found.schema["title"] = json!(second);
                self.remember(&second, found.way, content);
            }
            Some(_) => {}
            None => self.remember(&name, found.way, content),
        }
    }

    fn unnamed(&mut self, found: Found<'_>) {
        let is_named = found.is_component || found.schema["title"].is_string();
        if is_named || !makes_a_type(found.schema, found.way) {
            return;
        }
        let content = content(found.schema);
        if let Some(name) = self.by_content.get(&(found.way, content.clone())) {
            found.schema["title"] = json!(name);
            return;
        }
        let name = match self.by_content.get(&(Way::Sent, content.clone())) {
            Some(sent) => format!("{sent}Answer"),
            None => type_name(found.default),
        };
        let name = self.free(&name, found.way, &content);
        found.schema["title"] = json!(name);
        self.default_name(found.place, "title", &name);
        self.remember(&name, found.way, content);
    }

    /// A name like this that stands for no other type.
    fn free(&self, name: &str, way: Way, content: &str) -> String {
        let is_free = |it: &String| {
            let known = self.names.get(it);
            known.is_none_or(|known| *known == (way, content.to_owned()))
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(is_free).unwrap_or_default()
    }

    fn remember(&mut self, name: &str, way: Way, content: String) {
        let by_content = self.by_content.entry((way, content.clone()));
        by_content.or_insert_with(|| name.to_owned());
        self.names.insert(name.to_owned(), (way, content));
    }

    fn default_name(&mut self, place: &Place, key: &'static str, name: &str) {
        self.defaults.push(DefaultName {
            place: place.to_string(),
            key,
            name: name.to_owned(),
        });
    }
}

/// Returns `true` for a schema that becomes a type with a name. A word in an answer stays a text, and what refers to another
/// and adds nothing to it is that.
fn makes_a_type(schema: &Value, way: Way) -> bool {
    let adds = |key: &&str| {
        let parts = schema[*key].as_array();
        parts.is_some_and(|it| it.len() > 1 || it.iter().any(|it| it["$ref"].is_null()))
    };
    schema["properties"].is_object()
        || ["allOf", "oneOf", "anyOf"].iter().any(adds)
        || (way == Way::Sent && schema["enum"].is_array())
}

/// Lets references lead to the components of other names.
fn refer(value: &mut Value, names: &BTreeMap<String, String>) {
    each_object(value, &mut |members| {
        let reference = members.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|it| names.get(it.strip_prefix(COMPONENTS)?));
        if let Some(name) = name {
            members.insert("$ref".to_owned(), json!(format!("{COMPONENTS}{name}")));
        }
    });
}

/// Shows every schema that goes one way, those above before those below.
struct Visit<'a> {
    way: Way,
    answered: &'a BTreeSet<String>,
    found: &'a mut dyn FnMut(Found<'_>),
}

impl Visit<'_> {
    fn document(&mut self, document: &mut Value) {
        let top = Place::top();
        for (path, item) in members_mut(document, "paths") {
            let place = top.key("paths").key(path);
            let operations = item.as_object_mut().into_iter().flatten();
            for (method, operation) in operations.filter(|(it, _)| METHODS.contains(&it.as_str())) {
                self.operation(operation, &place.key(method));
            }
            let name = type_name(&path.replace(['{', '}'], ""));
            self.parameters(item, &place, &name);
        }
        let Some(components) = document.get_mut("components") else {
            return;
        };
        let place = top.key("components").key("schemas");
        for (name, schema) in members_mut(components, "schemas") {
            let is_answered = self.answered.contains(name);
            if is_answered == (self.way == Way::Answered) {
                let item = format!("{}Item", type_name(name));
                self.descend(schema, &place.key(name), name, &item, true);
            }
        }
    }

    fn operation(&mut self, operation: &mut Value, place: &Place) {
        let name = type_name(operation["operationId"].as_str().unwrap_or_default());
        if self.way == Way::Answered {
            let responses = members_mut(operation, "responses");
            for (status, answer) in responses.filter(|(status, _)| is_success(status)) {
                let place = place.key("responses").key(status);
                self.contents(answer, &place, &format!("{name}Answer"));
            }
            return;
        }
        self.parameters(operation, place, &name);
        if let Some(body) = operation.get_mut("requestBody") {
            self.contents(body, &place.key("requestBody"), &format!("{name}Body"));
        }
    }

    fn parameters(&mut self, holder: &mut Value, place: &Place, above: &str) {
        if self.way == Way::Answered {
            return;
        }
        let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            let name = parameter["name"].as_str().map(type_name);
            let default = format!("{above}{}", name.unwrap_or_default());
            self.schema_of(parameter, &place.key("parameters").key(index), &default);
        }
    }

    fn contents(&mut self, above: &mut Value, place: &Place, default: &str) {
        for (media, content) in members_mut(above, "content") {
            self.schema_of(content, &place.key("content").key(media), default);
        }
    }

    fn schema_of(&mut self, above: &mut Value, place: &Place, default: &str) {
        let item = match self.way {
            // `ListThingsItem`, not `ListThingsAnswerItem`.
            Way::Answered => default.strip_suffix("Answer").unwrap_or(default),
            Way::Sent => default,
        };
        if let Some(schema) = above.get_mut("schema") {
            let place = place.key("schema");
            self.descend(schema, &place, default, &format!("{item}Item"), false);
        }
    }

    fn descend(
        &mut self,
        schema: &mut Value,
        place: &Place,
        default: &str,
        item: &str,
        is_component: bool,
    ) {
        (self.found)(Found {
            schema,
            place,
            way: self.way,
            default,
            is_component,
        });
        let name = match schema["title"].as_str() {
            Some(title) if !is_component => type_name(title),
            _ => type_name(default),
        };
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        for (key, value) in schema {
            let place = place.key(key);
            match (key.as_str(), value) {
                ("properties", Value::Object(properties)) => {
                    let is_envelope = properties.len() == 1;
                    for (property, schema) in properties {
                        let default = format!("{name}{}", type_name(property));
                        let own = format!("{default}Item");
                        let item = if is_envelope { item } else { own.as_str() };
                        self.descend(schema, &place.key(property), &default, item, false);
                    }
                }
                ("items", value) => {
                    self.descend(value, &place, item, &format!("{item}Item"), false);
                }
                ("additionalProperties" | "not", value) => {
                    let default = format!("{name}Value");
                    self.descend(value, &place, &default, &format!("{default}Item"), false);
                }
                ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter_mut().enumerate() {
                        let default = format!("{name}Part{}", index + 1);
                        let item = format!("{default}Item");
                        self.descend(part, &place.key(index), &default, &item, false);
                    }
                }
                _ => {}
            }
        }
    }
}
