//! Validates requests against the vendors' documents.
//!
//! The schemas come from the documents and never from the client's types, so that a misspelt field cannot agree with
//! itself.

use std::{fmt, io};

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
};
use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Value, json};
use shoppers::spec::Spec;

use crate::{
    format::{is_birthday, is_blank, is_list, is_phone, is_preferences},
    response::{ErrorResponse, Problem},
};

/// The attributes of a BSPK shopper that are booleans as strings, by their examples in specs/bspk.
const STRING_BOOLEANS: [&str; 5] = [
    "email_contact",
    "phone_call_contact",
    "chat_contact",
    "do_not_contact",
    "interested_in_new_products",
];

/// The schema of a body, or of a whole request.
pub(crate) struct Schema {
    validator: Validator,
}

impl Schema {
    /// The schema for BSPK's upsert, with the rules that its document states in prose.
    pub(crate) fn bspk() -> io::Result<Self> {
        let mut spec = read(shoppers::spec::BSPK)?;
        let body = "/paths/~1api~1platform~1v1~1shoppers/post/requestBody\
                    /content/application~1json/schema";
        at(&mut spec, body)?["required"] = json!(["shopper"]);
        let shopper = format!("{body}/properties/shopper/properties");
        for name in STRING_BOOLEANS {
            at(&mut spec, &format!("{shopper}/{name}"))?["enum"] = json!(["true", "false"]);
        }
        at(&mut spec, &format!("{shopper}/preferred_contact_channel"))?["enum"] =
            json!(["chat", "email", "line", "whatsapp", "wechat", "call"]);
        at(&mut spec, &format!("{shopper}/birthday"))?["format"] = json!("bspk-birthday");
        // With a blank reference all shoppers without one would be the same; the length is that of BSPK's CSV files.
        let shopper_ref = at(&mut spec, &format!("{shopper}/shopper_ref"))?;
        shopper_ref["format"] = json!("not-blank");
        shopper_ref["maxLength"] = json!(255);
        at(&mut spec, &format!("{shopper}/gender"))?["format"] = json!("not-blank");
        for name in ["languages", "ignore_columns"] {
            at(&mut spec, &format!("{shopper}/{name}"))?["format"] = json!("bspk-list");
        }
        at(&mut spec, &format!("{shopper}/preferences"))?["format"] = json!("bspk-preferences");
        let body = at(&mut spec, body)?.clone();
        Self::new(spec, body)
    }

    /// The schema for Gatsby's create and update.
    pub(crate) fn gatsby() -> io::Result<Self> {
        let mut spec = read(shoppers::spec::GATSBY)?;
        let phone = "/components/schemas/InstagramInput/properties/phone";
        at(&mut spec, phone)?["format"] = json!("gatsby-phone");
        let body = at(&mut spec, "/components/schemas/ShopperInput")?.clone();
        Self::new(spec, body)
    }

    /// A schema whose references lead into a document.
    pub(crate) fn new(mut document: Value, schema: Value) -> io::Result<Self> {
        // The whole document is the schema, as its references start at its root; the rest of it is ignored.
        document["allOf"] = json!([schema]);
        translate(&mut document);
        let validator = jsonschema::options()
            // OpenAPI 3.0 took its schemas from the draft after this one, which changed no keyword that is used here.
            .with_draft(Draft::Draft4)
            .with_format("bspk-birthday", is_birthday)
            .with_format("bspk-list", is_list)
            .with_format("bspk-preferences", is_preferences)
            .with_format("gatsby-phone", is_phone)
            .with_format("not-blank", |text: &str| !is_blank(text))
            .should_validate_formats(true)
            .build(&document)
            .map_err(|err| unusable(format!("specs: {err}")))?;
        Ok(Self { validator })
    }

    /// Parses and validates a body.
    pub(crate) fn read(&self, headers: &HeaderMap, body: &Bytes) -> Result<Value, ErrorResponse> {
        self.check(json_of(headers, body)?)
    }

    /// Returns a value that fits the schema; another one is a 422.
    pub(crate) fn check(&self, value: Value) -> Result<Value, ErrorResponse> {
        let problems = self.problems(&value);
        if problems.is_empty() {
            Ok(value)
        } else {
            Err(ErrorResponse::unprocessable(problems))
        }
    }

    fn problems(&self, body: &Value) -> Vec<Problem> {
        if self.validator.is_valid(body) {
            return Vec::new(); // Listing errors is slower than finding none.
        }
        self.validator
            .iter_errors(body)
            .map(|err| problem(&err))
            .collect()
    }
}

/// Parses a body. One that is not declared as JSON, or is none, is a 400.
pub(crate) fn json_of(headers: &HeaderMap, body: &Bytes) -> Result<Value, ErrorResponse> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !content_type.is_some_and(is_json) {
        return Err(bad_request("The Content-Type is not application/json"));
    }
    serde_json::from_slice(body).map_err(|err| bad_request(format!("The body is not JSON: {err}")))
}

/// Returns `true` for the media type of JSON, whatever its parameters.
pub(crate) fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case("application/json")
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema").finish_non_exhaustive()
    }
}

/// Quotes the request in the title, as BSPK does.
fn problem(err: &ValidationError<'_>) -> Problem {
    let code = match err.kind() {
        ValidationErrorKind::AdditionalProperties { .. } => "unknown_attribute",
        ValidationErrorKind::Required { .. } => "missing_attribute",
        ValidationErrorKind::Type { .. } => "invalid_type",
        _ => "invalid_value",
    };
    let path = err
        .instance_path()
        .as_str()
        .trim_start_matches('/')
        .trim_start_matches("body/")
        .replace('/', ".");
    let title = if path.is_empty() {
        err.to_string()
    } else {
        format!("{path}: {err}")
    };
    Problem { code, title }
}

fn bad_request(title: impl Into<String>) -> ErrorResponse {
    ErrorResponse::new(StatusCode::BAD_REQUEST, "bad_request", title)
}

fn read(spec: Spec) -> io::Result<Value> {
    serde_json::from_str(spec.json).map_err(|err| unusable(format!("{}: {err}", spec.folder)))
}

fn at<'a>(spec: &'a mut Value, pointer: &str) -> io::Result<&'a mut Value> {
    let found = spec.pointer_mut(pointer).filter(|it| it.is_object());
    found.ok_or_else(|| unusable(format!("specs: nothing at {pointer}")))
}

pub(crate) fn unusable(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Writes OpenAPI's `nullable` as JSON Schema has it, and makes every object refuse properties that its schema does not
/// name, unless the document says otherwise.
fn translate(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.values_mut().for_each(translate);
            if keywords.get("properties").is_some_and(Value::is_object) {
                keywords
                    .entry("additionalProperties")
                    .or_insert(json!(false));
            }
            if keywords.get("nullable") == Some(&json!(true)) {
                if let Some(kind @ Value::String(_)) = keywords.get_mut("type") {
                    *kind = json!([kind, "null"]);
                }
                if let Some(Value::Array(values)) = keywords.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bspk_body_is_validated_against_the_document() -> io::Result<()> {
        let schema = Schema::bspk()?;
        for (body, codes) in [
            (json!({"shopper": {}}), &[][..]),
            (json!({"shopper": {"first_name": "Joe"}}), &[]),
            (
                json!({"shopper": {"firstName": "Joe"}}),
                &["unknown_attribute"],
            ),
            (
                json!({"shopper": {}, "dry_run": true}),
                &["unknown_attribute"],
            ),
            (json!({}), &["missing_attribute"]),
            (json!([]), &["invalid_type"]),
            (json!({"shopper": null}), &["invalid_type"]),
            (json!({"shopper": {"email": null}}), &["invalid_type"]),
            (
                json!({"shopper": {"email": 1, "city": 2}}),
                &["invalid_type", "invalid_type"],
            ),
            (
                json!({"shopper": {"email_contact": true}}),
                &["invalid_type", "invalid_value"],
            ),
            (
                json!({"shopper": {"email_contact": "TRUE"}}),
                &["invalid_value"],
            ),
            (json!({"shopper": {"do_not_contact": "false"}}), &[]),
            (
                json!({"shopper": {"profile_type": "robot"}}),
                &["invalid_value"],
            ),
            (json!({"shopper": {"profile_type": "organization"}}), &[]),
            (
                json!({"shopper": {"preferred_contact_channel": "fax"}}),
                &["invalid_value"],
            ),
            (
                json!({"shopper": {"preferred_contact_channel": "call"}}),
                &[],
            ),
            (
                json!({"shopper": {"birthday": "02-31"}}),
                &["invalid_value"],
            ),
            (json!({"shopper": {"shopper_ref": ""}}), &["invalid_value"]),
        ] {
            let problems = schema.problems(&body);

            let mut found: Vec<_> = problems.iter().map(|it| it.code).collect();
            found.sort_unstable();
            assert_eq!(found, codes, "{body}: {problems:?}");
        }
        Ok(())
    }

    #[test]
    fn a_gatsby_body_is_validated_against_the_document() -> io::Result<()> {
        let schema = Schema::gatsby()?;
        for (body, codes) in [
            (
                json!({"channel": {"instagram": {"phone": "+15551234567"}}}),
                &[][..],
            ),
            (
                json!({"channel": {"instagram": {"phone": "5551234567"}}}),
                &["invalid_value"],
            ),
            (
                json!({"channel": {"tiktok": {"phone": "+15551234567"}}}),
                &["unknown_attribute"],
            ),
            (
                json!({"channel": {"instagram": {"isVerified": true}}}),
                &["unknown_attribute"],
            ),
            (json!({"channel": {"myspace": {}}}), &["unknown_attribute"]),
            (
                json!({"integrations": {"zinrelo": {"partnerId": "1"}}}),
                &["unknown_attribute"],
            ),
            (
                json!({"integrations": {"zinrelo": {"partner_id": "1"}}}),
                &[],
            ),
            (json!({"keywords": []}), &["unknown_attribute"]),
            (
                json!({"channel": {"tiktok": {"email": null}}}),
                &["invalid_type"],
            ),
        ] {
            let problems = schema.problems(&body);

            let found: Vec<_> = problems.iter().map(|it| it.code).collect();
            assert_eq!(found, codes, "{body}: {problems:?}");
        }
        Ok(())
    }
}
