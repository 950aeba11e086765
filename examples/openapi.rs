//! A service's own OpenAPI document, with the schemas of this crate among its components.
//!
//! `cargo run --features schemars --example openapi` prints it; the tests hold it against an independent judge.

use std::io::{self, Write};

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shoppers::{bspk, gatsby};

/// A customer of the brand, as the shops send them to the service.
#[derive(Deserialize, Serialize, JsonSchema)]
struct Customer {
    /// The shopper for BSPK.
    bspk: bspk::Shopper,
    /// The shopper for Gatsby, if the customer is on social media.
    gatsby: Option<gatsby::ShopperInput>,
}

/// The outcome for a customer.
#[derive(Deserialize, Serialize, JsonSchema)]
struct Registered {
    /// The shopper as BSPK has stored it.
    bspk: bspk::Upserted,
    /// Gatsby's id of the customer.
    gatsby_id: Option<String>,
}

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "{:#}", document())
}

/// The service's document. OpenAPI 3.1 takes JSON Schemas as they are; only their place is another.
fn document() -> Value {
    let mut schemas = SchemaSettings::draft2020_12()
        .with(|it| it.definitions_path = "/components/schemas".into())
        .into_generator();
    let customer = content::<Customer>(&mut schemas);
    let registered = content::<Registered>(&mut schemas);

    json!({
        "openapi": "3.1.0",
        "info": {"title": "Customers", "version": "1.0.0"},
        "paths": {
            "/customers": {
                "post": {
                    "operationId": "register_customer",
                    "requestBody": {"required": true, "content": customer},
                    "responses": {"200": {"description": "Registered.", "content": registered}},
                },
            },
        },
        "components": {"schemas": schemas.take_definitions(true)},
    })
}

/// A body of this type; the type and all that it holds become components.
fn content<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    json!({"application/json": {"schema": schemas.subschema_for::<T>()}})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a value against the document's schema of this name.
    fn is_valid(name: &str, value: &Value) -> bool {
        let mut schema = document();
        schema["$ref"] = json!(format!("#/components/schemas/{name}"));
        jsonschema::draft202012::is_valid(&schema, value)
    }

    #[test]
    fn a_customer_as_the_shops_send_them_is_valid() {
        let customer = json!({
            "bspk": {"shopper_ref": "CLI-789", "birthday": "02-22", "email_contact": "true"},
            "gatsby": {"channel": {"instagram": {"userName": "john"}}},
        });

        assert!(is_valid("Customer", &customer));
        assert!(serde_json::from_value::<Customer>(customer).is_ok());
    }

    #[test]
    fn what_bspk_would_refuse_is_refused_at_the_service() {
        for shopper in [
            json!({"birthday": "31.02.1982"}),
            json!({"birthday": "02-31"}),
            json!({"email_contact": "yes"}),
            json!({"languages": "en;;fr"}),
            json!({"profile_type": "nobody"}),
            json!({"email": 7}),
        ] {
            let customer = json!({"bspk": shopper});

            assert!(!is_valid("Customer", &customer), "{customer}");
            assert!(serde_json::from_value::<Customer>(customer).is_err());
        }
    }

    #[test]
    fn an_answer_has_the_id_of_bspk() {
        assert!(is_valid("Registered", &json!({"bspk": {"id": 17}})));
        assert!(!is_valid("Registered", &json!({"bspk": {}})));
    }

    #[test]
    fn every_reference_leads_to_a_component() {
        fn references(value: &Value, found: &mut Vec<String>) {
            if let Some(reference) = value["$ref"].as_str() {
                found.push(reference.to_owned());
            }
            let members = value.as_object().into_iter().flat_map(|it| it.values());
            let items = value.as_array().into_iter().flatten();
            members.chain(items).for_each(|it| references(it, found));
        }
        let document = document();
        let mut found = Vec::new();

        references(&document, &mut found);

        assert!(found.len() > 10, "{found:?}");
        for reference in found {
            let place = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(place).is_some(), "{reference}");
        }
    }
}
