//! The operations as the vendors' documents have them, with samples of their arguments and answers, so that a test can go
//! through all of them. It reads the documents alone and none of the generated types.

use serde_json::{Map, Value, json};
use shoppers::{Error, Operation, bspk, gatsby, spec};

/// An operation, and the document that describes it.
pub struct Described {
    pub operation: &'static Operation,
    document: Value,
    /// The operation in the document.
    pub words: Value,
    parameters: Vec<Value>,
}

/// A request as it is on the wire.
#[derive(Debug, PartialEq)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Those of the document's own.
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

/// A client of the vendor of an operation.
pub enum Client {
    Bspk(bspk::Client),
    Gatsby(gatsby::Client),
}

impl Client {
    pub async fn call(&self, operation: &str, arguments: Value) -> Result<Value, Error> {
        match self {
            Self::Bspk(client) => client.call_by_name(operation, arguments).await,
            Self::Gatsby(client) => client.call_by_name(operation, arguments).await,
        }
    }
}

/// Every operation of every document.
pub fn operations() -> Vec<Described> {
    let vendors = [
        (spec::BSPK, bspk::OPERATIONS),
        (spec::GATSBY, gatsby::OPERATIONS),
    ];
    let described = vendors.iter().flat_map(|(spec, operations)| {
        let document: Value = serde_json::from_str(spec.json).unwrap();
        operations
            .iter()
            .map(move |operation| described(operation, &document))
    });
    described.collect()
}

fn described(operation: &'static Operation, document: &Value) -> Described {
    let item = &document["paths"][operation.path];
    let words = &item[operation.method.to_lowercase()];
    let lists = [&words["parameters"], &item["parameters"]];
    let parameters = lists.iter().filter_map(|it| it.as_array()).flatten();
    Described {
        operation,
        words: words.clone(),
        parameters: parameters
            .map(|it| resolved(document, it).clone())
            .collect(),
        document: document.clone(),
    }
}

impl Described {
    /// Samples of all arguments, as a call by name takes them.
    pub fn arguments(&self) -> Value {
        let mut arguments = Map::new();
        for parameter in self.given().filter(|it| constant(it).is_none()) {
            let name = parameter["name"].as_str().unwrap();
            arguments.insert(name.to_owned(), self.argument(parameter));
        }
        if let (Some(body), Some(described)) = (self.body(), self.operation.body) {
            let body = match described.envelope {
                Some(envelope) => body[envelope].clone(),
                None => body,
            };
            arguments.insert("body".to_owned(), body);
        }
        Value::Object(arguments)
    }

    /// The request that these arguments make.
    pub fn request(&self) -> Request {
        let mut request = Request {
            method: self.operation.method.to_owned(),
            path: self.operation.path.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: self.body(),
        };
        for parameter in self.given() {
            let name = parameter["name"].as_str().unwrap().to_owned();
            let value = self.argument(parameter);
            let texts: Vec<String> = match &value {
                Value::Array(items) => items.iter().map(text).collect(),
                value => vec![text(value)],
            };
            match parameter["in"].as_str().unwrap() {
                "path" => {
                    let segment = texts[0].replace(' ', "%20");
                    request.path = request.path.replace(&format!("{{{name}}}"), &segment);
                }
                "header" => request
                    .headers
                    .push((name.to_lowercase(), texts[0].clone())),
                _ if parameter["explode"] == false => request.query.push((name, texts.join(","))),
                _ => {
                    let pairs = texts.into_iter().map(|it| (name.clone(), it));
                    request.query.extend(pairs);
                }
            }
        }
        request.query.sort();
        request.headers.sort();
        request
    }

    /// A sample of the answer, with its status.
    pub fn answer(&self) -> (u16, Value) {
        let responses = self.words["responses"].as_object().unwrap();
        let (status, answer) = responses
            .iter()
            .find(|(it, _)| it.starts_with('2'))
            .unwrap();
        let answer = resolved(&self.document, answer);
        let schema = &answer["content"]["application/json"]["schema"];
        let sample = match schema {
            Value::Null => Value::Null,
            schema => self.sample(schema),
        };
        (status.parse().unwrap_or(200), sample)
    }

    /// The header that holds the key.
    pub fn key_header(&self) -> String {
        let own = self
            .words
            .get("security")
            .unwrap_or(&self.document["security"]);
        let name = own[0].as_object().and_then(|it| it.keys().next());
        let schemes = &self.document["components"]["securitySchemes"];
        let header = name.and_then(|it| schemes[it]["name"].as_str());
        header.unwrap_or("Authorization").to_lowercase()
    }

    fn body(&self) -> Option<Value> {
        let body = resolved(&self.document, &self.words["requestBody"]);
        let schema = &body["content"]["application/json"]["schema"];
        (!schema.is_null()).then(|| self.sample(schema))
    }

    /// The parameters, without those that one before them excludes.
    fn given(&self) -> impl Iterator<Item = &Value> {
        let parameters = self.parameters.iter().enumerate();
        let given = parameters.filter(|(at, parameter)| {
            let known = self.operation.parameters.iter();
            let mut known = known.filter(|it| parameter["name"] == it.name);
            let excludes = known.next().map_or(&[][..], |it| it.excludes);
            let before = &self.parameters[..*at];
            !before
                .iter()
                .any(|it| excludes.iter().any(|name| it["name"] == *name))
        });
        given.map(|(_, it)| it)
    }

    fn argument(&self, parameter: &Value) -> Value {
        match (constant(parameter), &parameter["example"]) {
            (Some(constant), _) => constant,
            (None, Value::Null) => self.sample(&parameter["schema"]),
            (None, example) => example.clone(),
        }
    }

    fn sample(&self, schema: &Value) -> Value {
        self.at_depth(schema, 0).unwrap()
    }

    /// A sample; `None` for one that is too deep, as a schema that contains itself has no end.
    fn at_depth(&self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > 8 {
            return None;
        }
        let within = |schema| self.at_depth(schema, depth + 1);
        let schema = resolved(&self.document, schema);
        let first = schema["enum"].as_array().and_then(|it| it.first());
        if let Some(said) = schema.get("example").or(first) {
            return Some(said.clone());
        }
        let parts = ["allOf", "oneOf", "anyOf"].iter().map(|it| &schema[*it][0]);
        if let Some(part) = parts.into_iter().find(|it| it.is_object()) {
            return within(part);
        }
        if let Some(properties) = schema["properties"].as_object() {
            let members = properties.iter();
            let members = members.filter_map(|(name, it)| Some((name.clone(), within(it)?)));
            return Some(Value::Object(members.collect()));
        }
        let sample = match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("object"), _) => match &schema["additionalProperties"] {
                values @ Value::Object(_) => json!({"any": within(values)?}),
                Value::Bool(false) => json!({}),
                _ => anything(),
            },
            (Some("array"), _) => {
                let least = schema["minItems"].as_u64().unwrap_or(1);
                let item = within(&schema["items"])?;
                (0..least.max(1)).map(|_| item.clone()).collect()
            }
            (Some("integer"), _) => json!(7),
            (Some("number"), _) => json!(1.5),
            (Some("boolean"), _) => json!(true),
            (_, Some("date-time")) => json!("2026-01-31T17:32:28Z"),
            (_, Some("date")) => json!("2026-01-31"),
            (_, Some("email")) => json!("a@example.com"),
            (_, Some("hostname")) => json!("example.com"),
            (_, Some("ip" | "ipv4")) => json!("127.0.0.1"),
            (_, Some("time")) => json!("17:32:28Z"),
            (_, Some("uri")) => json!("https://example.com/"),
            (_, Some("uuid")) => json!("6f1b1ac8-9b8e-4c0c-8f0f-5a0d1e2f3a4b"),
            (Some("string"), _) => json!("a text"),
            _ => anything(),
        };
        Some(sample)
    }
}

/// The sample of a value of which the document says nothing.
pub fn anything() -> Value {
    json!({"any": "thing"})
}

/// The value of a header that may have no other.
fn constant(parameter: &Value) -> Option<Value> {
    let values = parameter["schema"]["enum"].as_array()?;
    let is_constant = parameter["in"] == "header" && parameter["required"] == true;
    (is_constant && values.len() == 1).then(|| values[0].clone())
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap(),
        None => value,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
