//! A vendor's document: its operations, and the answers to those that have no handler of their own.

use std::{
    io,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Bytes,
    extract::Query,
    http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header::AUTHORIZATION, request::Parts},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};
use shoppers::spec::{Spec, members, resolved};

use crate::{
    response::{ErrorResponse, TOTAL, json_body, not_served},
    schema::{Schema, is_json, json_of, unusable},
};

mod sample;

/// An OpenAPI 3.0 document, and its operations.
#[derive(Debug)]
pub(crate) struct Document {
    json: Value,
    operations: Vec<Operation>,
}

/// One operation of the document.
#[derive(Debug)]
struct Operation {
    method: Method,
    /// With its parameters in braces.
    path: String,
    /// The method and the path, for people.
    label: Arc<str>,
    /// The header that holds the key.
    key_header: HeaderName,
    parameters: Vec<Parameter>,
    /// The schema of the body, and `true` if there has to be one.
    body: Option<(Value, bool)>,
    status: StatusCode,
    answer: Option<Value>,
    /// A list in pages, whose records can be counted by HEAD.
    is_list: bool,
    /// The schema of the request, which is made for the first one.
    schema: OnceLock<Option<Schema>>,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    /// `path`, `query` or `header`.
    location: String,
    is_required: bool,
    /// A list with commas, not a repeated parameter.
    is_joined: bool,
    schema: Value,
}

impl Document {
    pub(crate) fn of(spec: Spec) -> io::Result<Self> {
        let json = serde_json::from_str(spec.json);
        Self::new(json.map_err(|err| unusable(format!("{}: {err}", spec.folder)))?)
    }

    pub(crate) fn new(json: Value) -> io::Result<Self> {
        let mut operations = Vec::new();
        for (path, item) in members(&json["paths"]) {
            for (method, operation) in members(item) {
                // Beside the methods are parameters and descriptions.
                if let "get" | "head" | "put" | "post" | "patch" | "delete" = method.as_str() {
                    operations.push(Operation::read(&json, path, item, method, operation)?);
                }
            }
        }
        Ok(Self { json, operations })
    }

    /// Returns `true` if a path begins as one of the document's does, and so is the vendor's.
    pub(crate) fn has_root(&self, path: &str) -> bool {
        let root = |path: &str| path.split('/').nth(1).map(str::to_owned);
        let asked = root(path);
        self.operations.iter().any(|it| root(&it.path) == asked)
    }

    /// Returns `true` for a call that the document has.
    pub(crate) fn has(&self, method: &Method, path: &str) -> bool {
        self.find(method, path).is_some()
    }

    /// Returns the method and path of an operation as the document has them, without the values in the path.
    pub(crate) fn label(&self, method: &Method, path: &str) -> Option<Arc<str>> {
        self.find(method, path).map(|it| Arc::clone(&it.label))
    }

    /// Returns the header that holds the key of an operation.
    pub(crate) fn key_header(&self, method: &Method, path: &str) -> HeaderName {
        let operation = self.find(method, path);
        operation.map_or(AUTHORIZATION, |it| it.key_header.clone())
    }

    /// Returns the paths of the lists that come in pages.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        let lists = self.operations.iter().filter(|it| it.is_list);
        lists.map(|it| &*it.path)
    }

    /// Returns a part of the document, or `null`.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        self.json.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Checks a request, and returns it as one value: its `path`, `query`, `header` and `body`.
    pub(crate) fn check(&self, head: &Parts, body: &Bytes) -> Result<Value, ErrorResponse> {
        let operation = self
            .find(&head.method, head.uri.path())
            .ok_or_else(not_served)?;
        operation.check(&self.json, head, body)
    }

    /// Checks a request, and answers it with the document's example or a sample.
    pub(crate) fn answer(&self, head: &Parts, body: &Bytes) -> Result<Response, ErrorResponse> {
        let operation = self
            .find(&head.method, head.uri.path())
            .ok_or_else(not_served)?;
        operation.check(&self.json, head, body)?;
        Ok(operation.success(operation.answer.as_ref()))
    }

    /// Checks a request, has it carried out, and answers with the document's status and what the work returns.
    pub(crate) fn carry_out(
        &self,
        head: &Parts,
        body: &Bytes,
        work: impl FnOnce(&Value) -> Result<Option<Value>, ErrorResponse>,
    ) -> Result<Response, ErrorResponse> {
        let operation = self
            .find(&head.method, head.uri.path())
            .ok_or_else(not_served)?;
        let request = operation.check(&self.json, head, body)?;
        Ok(operation.success(work(&request)?.as_ref()))
    }

    /// Finds the operation with this path. `/shoppers/search` goes before `/shoppers/{id}`.
    fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let operations = self.operations.iter();
        operations
            .filter(|it| it.has(method, path))
            .min_by_key(|it| it.in_path().count())
    }
}

impl Operation {
    fn read(
        document: &Value,
        path: &str,
        item: &Value,
        method: &str,
        operation: &Value,
    ) -> io::Result<Self> {
        let method = method.to_uppercase();
        let label = format!("{method} {path}");
        let refused = |what: &str| unusable(format!("specs: {label}: {what}"));
        let mut parameters: Vec<Parameter> = Vec::new();
        // Those of the operation replace those of the path.
        let own = operation["parameters"].as_array().into_iter().flatten();
        let shared = item["parameters"].as_array().into_iter().flatten();
        for parameter in own.chain(shared) {
            let parameter = Parameter::read(resolved(document, parameter));
            let is_same =
                |it: &Parameter| it.name == parameter.name && it.location == parameter.location;
            if !parameters.iter().any(is_same) {
                parameters.push(parameter);
            }
        }
        let body = resolved(document, &operation["requestBody"]);
        let content = json_content(body).map(|it| it["schema"].clone());
        let (status, response) = success(document, &operation["responses"]);
        let status = status.parse().map_err(|_| refused("no status"))?;
        let answer = json_content(response).map(|content| {
            let examples = members(&content["examples"]).map(|(_, it)| &it["value"]);
            let mut examples = [&content["example"]].into_iter().chain(examples);
            let example = examples.find(|it| !it.is_null()).cloned();
            example.unwrap_or_else(|| sample::sample(document, &content["schema"]))
        });
        let mut headers = members(&response["headers"]).map(|(name, _)| name);
        Ok(Self {
            path: path.to_owned(),
            is_list: headers.any(|it| it.eq_ignore_ascii_case(TOTAL.as_str())),
            key_header: key_header(document, operation).unwrap_or(AUTHORIZATION),
            parameters,
            body: content.map(|schema| (schema, body["required"] == true)),
            status,
            answer,
            schema: OnceLock::new(),
            method: method.parse().map_err(|_| refused("no method"))?,
            label: label.into(),
        })
    }

    fn in_path(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|it| it.location == "path")
    }

    /// Returns `true` for a call of this operation. Of a list the examples have the path with and without `.json`.
    fn has(&self, method: &Method, path: &str) -> bool {
        if self.is_list {
            let is_read = matches!(*method, Method::GET | Method::HEAD);
            return is_read && path.strip_suffix(".json").unwrap_or(path) == self.path;
        }
        self.method == *method && self.values(path).is_some()
    }

    fn check(&self, document: &Value, head: &Parts, body: &Bytes) -> Result<Value, ErrorResponse> {
        let request = self.request(&head.uri, &head.headers, body)?;
        match self.schema(document) {
            Some(schema) => schema.check(request),
            None => Ok(request),
        }
    }

    fn success(&self, answer: Option<&Value>) -> Response {
        match answer {
            Some(answer) => (self.status, json_body(answer)).into_response(),
            None => self.status.into_response(),
        }
    }

    /// The values in a path, by the names of the parameters; `None` for another operation's path.
    fn values<'a>(&'a self, path: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (mut known, mut given) = (self.path.split('/'), path.split('/'));
        let mut values = Vec::new();
        loop {
            match (known.next(), given.next()) {
                (None, None) => return Some(values),
                (Some(known), Some(given)) => {
                    let Some((before, rest)) = known.split_once('{') else {
                        if known == given {
                            continue;
                        }
                        return None;
                    };
                    let (name, after) = rest.split_once('}')?;
                    let value = given.strip_prefix(before)?.strip_suffix(after)?;
                    if value.is_empty() {
                        return None;
                    }
                    values.push((name, value));
                }
                _ => return None,
            }
        }
    }

    /// The request as one value, for [`schema`](Self::schema): what it has in its path, query, headers and body.
    fn request(
        &self,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Value, ErrorResponse> {
        let mut request = json!({"path": {}, "query": {}, "header": {}});
        let in_path = self.values(uri.path()).unwrap_or_default();
        let Ok(Query(mut query)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
            let title = "The query is not form-encoded UTF-8";
            return Err(ErrorResponse::new(
                StatusCode::BAD_REQUEST,
                "bad_request",
                title,
            ));
        };
        for parameter in &self.parameters {
            let Parameter { name, location, .. } = parameter;
            let value = match location.as_str() {
                "path" => Some(parameter.of_path(&in_path)?),
                "query" => {
                    let given = query.extract_if(.., |it| it.0 == *name);
                    parameter.of_query(given.map(|(_, value)| value).collect())
                }
                _ => {
                    let text = headers.get(name).and_then(|it| it.to_str().ok());
                    text.map(|it| typed(&parameter.schema, it))
                }
            };
            if let Some(value) = value {
                request[location][name] = value;
            }
        }
        // Those that are left are unknown, which the schema says.
        for (name, value) in query {
            request["query"][name] = value.into();
        }
        if let Some((_, is_required)) = self.body
            && (is_required || !body.is_empty())
        {
            request["body"] = json_of(headers, body)?;
        }
        Ok(request)
    }

    /// The schema of [`request`](Self::request); `None` if the document's own schemas are not valid, so that nothing can be
    /// checked.
    fn schema(&self, document: &Value) -> Option<&Schema> {
        let schema = self.schema.get_or_init(|| {
            let mut schema = json!({"properties": {}});
            for location in ["path", "query", "header"] {
                let here = || self.parameters.iter().filter(|it| it.location == location);
                let properties: Map<String, Value> = here()
                    .map(|it| (it.name.clone(), it.schema.clone()))
                    .collect();
                let required = here().filter(|it| it.is_required);
                let required: Vec<&str> = required.map(|it| it.name.as_str()).collect();
                let part = &mut schema["properties"][location];
                *part = json!({"properties": properties});
                if !required.is_empty() {
                    part["required"] = json!(required);
                }
            }
            if let Some((body, _)) = &self.body {
                schema["properties"]["body"] = body.clone();
            }
            Schema::new(document.clone(), schema).ok()
        });
        schema.as_ref()
    }
}

impl Parameter {
    fn read(parameter: &Value) -> Self {
        let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            location: text("in"),
            is_required: parameter["required"] == true,
            is_joined: parameter["explode"] == false,
            schema: parameter.get("schema").cloned().unwrap_or(json!({})),
        }
    }

    /// The value in a path. One that is no number where it has to be one is that of nothing at the vendor.
    fn of_path(&self, values: &[(&str, &str)]) -> Result<Value, ErrorResponse> {
        let not_found =
            || ErrorResponse::new(StatusCode::NOT_FOUND, "not_found", "No such resource");
        let given = values.iter().find(|(name, _)| *name == self.name);
        let text = percent_decode_str(given.map_or("", |(_, value)| value)).decode_utf8();
        let value = typed(&self.schema, &text.map_err(|_| not_found())?);
        let is_number = matches!(self.schema["type"].as_str(), Some("integer" | "number"));
        if is_number && !value.is_number() {
            return Err(not_found());
        }
        Ok(value)
    }

    /// The value in a query, in which the parameter is there any number of times.
    fn of_query(&self, mut given: Vec<String>) -> Option<Value> {
        let last = given.pop()?;
        if self.schema["type"] != "array" {
            return Some(typed(&self.schema, &last));
        }
        let items: Vec<&str> = if self.is_joined {
            last.split(',').collect()
        } else {
            given.iter().chain([&last]).map(String::as_str).collect()
        };
        let items = items.into_iter().map(|it| typed(&self.schema["items"], it));
        Some(items.collect())
    }
}

/// The header that the security scheme names; `None` if it is that of HTTP.
fn key_header(document: &Value, operation: &Value) -> Option<HeaderName> {
    let own = operation.get("security");
    let (name, _) = members(&own.unwrap_or(&document["security"])[0]).next()?;
    let scheme = &document["components"]["securitySchemes"][name];
    if scheme["type"] == "apiKey" && scheme["in"] == "header" {
        return scheme["name"].as_str()?.parse().ok();
    }
    None
}

/// A text as the type that its schema has, or as it is if it does not fit.
fn typed(schema: &Value, text: &str) -> Value {
    let value = match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).ok(),
        _ => None,
    };
    value.unwrap_or_else(|| text.into())
}

/// The status and the response of a success: the first in the 200s or, without one, that of every other status.
fn success<'a>(document: &'a Value, responses: &'a Value) -> (&'a str, &'a Value) {
    let success = members(responses).find(|(status, _)| status.starts_with('2'));
    let (status, response) = match success {
        Some((status, response)) if !status.ends_with('X') => (status.as_str(), response),
        Some((_, response)) => ("200", response),
        None => ("200", &responses["default"]),
    };
    (status, resolved(document, response))
}

fn json_content(body_or_response: &Value) -> Option<&Value> {
    let mut content = members(&body_or_response["content"]);
    content
        .find(|(media_type, _)| is_json(media_type))
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests;
