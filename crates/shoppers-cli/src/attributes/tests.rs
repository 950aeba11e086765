use serde_json::json;
use shoppers::{bspk, gatsby};

use super::*;

fn errors<T: DeserializeOwned + JsonSchema>(text: &str) -> Vec<String> {
    let attributes = Attributes::of::<T>();
    let read = parse(text).map_err(|err| vec![err]);
    let errors = read.and_then(|it| attributes.decode::<T>(&it)).err();
    let errors = errors.unwrap_or_default();
    errors.iter().map(InputError::to_string).collect()
}

#[test]
fn the_names_come_from_the_schema() {
    let bspk = Attributes::of::<bspk::Shopper>();
    let gatsby = Attributes::of::<gatsby::ShopperInput>();

    assert!(bspk.contains("shopper_ref"));
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
fn a_misspelt_name_is_close_to_an_attribute() {
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
fn another_spelling_is_accepted_and_a_similar_name_is_not() {
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
fn every_error_has_its_place_and_no_value() {
    let cases = [
        (
            "",
            vec!["line 1, column 0: not JSON: EOF while parsing a value"],
        ),
        (
            "{\"email\": planted}",
            vec!["line 1, column 11: not JSON: expected value"],
        ),
        ("[\"planted\"]", vec!["expected one object in braces"]),
        ("\"planted\"", vec!["expected one object in braces"]),
        ("null", vec!["expected one object in braces"]),
        (
            "{\"planted\": 1}",
            vec!["a name that resembles no attribute; see `shoppers schema`"],
        ),
        (
            "{\"emial\": \"planted\"}",
            vec!["no such attribute; did you mean `email`?"],
        ),
        (
            "{\"shopper\": {\"email\": \"planted\"}}",
            vec![
                "shopper: leave this object out and give its content; it is added when the body is sent",
            ],
        ),
        (
            "{\"email\": 19820222}",
            vec!["email: expected a string in quotes"],
        ),
        (
            "{\"email\": [\"planted\"]}",
            vec!["email: expected a string in quotes"],
        ),
        (
            "{\"email\": true}",
            vec!["email: expected a string in quotes"],
        ),
        (
            "{\"email\": \"a\",\n \"email\": \"planted\"}",
            vec!["line 2, column 8: a duplicate attribute"],
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
        assert_eq!(errors::<bspk::Shopper>(text), expected, "{text}");
    }
}

#[test]
fn an_error_in_an_object_has_its_path() {
    let cases = [
        (
            "{\"channel\": \"planted\"}",
            "channel: expected an object in braces",
        ),
        (
            "{\"channel\": {\"instagram\": []}}",
            "channel.instagram: expected an object in braces",
        ),
        (
            "{\"channel\": {\"instagram\": {\"email\": 7}}}",
            "channel.instagram.email: expected a string in quotes",
        ),
        (
            "{\"channel\": {\"tiktok\": {\"username\": \"planted\"}}}",
            "channel.tiktok.username: no such attribute; did you mean `channel.tiktok.userName`?",
        ),
        (
            "{\"channel.tiktok.email\": \"planted\"}",
            "channel.tiktok.email: in JSON, write nested objects instead of dots",
        ),
    ];

    for (text, expected) in cases {
        assert_eq!(errors::<gatsby::ShopperInput>(text), [expected], "{text}");
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

/// The metafields of a shopper, as a document may have them.
fn metafields() -> Attributes {
    let item = json!({"type": "object", "required": ["key"], "properties": {
        "key": {"type": "string", "description": "The name,\n  unique."},
        "size": {"type": "integer"},
        "ratio": {"type": ["number", "null"]},
        "is_list": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "anything": {},
    }});
    Attributes::new(json!({"type": "array", "items": item}), Some("metafields"))
}

#[test]
fn a_text_becomes_what_the_schema_has() {
    let attributes = metafields();
    let cases = [
        ("key", "7", json!("7")),
        ("size", "7", json!(7)),
        ("ratio", "0.5", json!(0.5)),
        ("is_list", "true", json!(true)),
        ("is_list", "yes", json!("yes")),
        ("tags", "a", json!(["a"])),
        ("tags", "7", json!(["7"])),
        ("tags", "[\"a\", \"b\"]", json!(["a", "b"])),
        ("anything", "{\"a\": 1}", json!({"a": 1})),
        ("anything", "a", json!("a")),
    ];

    for (name, text, expected) in cases {
        assert_eq!(attributes.typed(name, text), expected, "{name} {text}");
    }
    assert!(attributes.is_list());
}

#[test]
fn an_error_in_a_list_has_the_number_of_its_item() {
    let attributes = metafields();
    let good = json!({"key": "a", "size": 1, "ratio": null, "is_list": true, "tags": ["b"], "anything": [1]});
    let cases = [
        (json!([good]), vec![]),
        (
            json!([good, {}]),
            vec!["item 2.key: missing; it is required"],
        ),
        (
            json!([{"key": "a", "size": 1.5}]),
            vec!["item 1.size: expected an integer"],
        ),
        (
            json!([{"key": "a", "ratio": "b"}]),
            vec!["item 1.ratio: expected a number"],
        ),
        (
            json!([{"key": "a", "is_list": 1}]),
            vec!["item 1.is_list: expected `true` or `false`"],
        ),
        (
            json!([{"key": "a", "tags": "b"}]),
            vec!["item 1.tags: expected a list in brackets"],
        ),
        (
            json!([{"key": "a", "tags": [1]}]),
            vec!["item 1.tags.item 1: expected a string in quotes"],
        ),
        (json!(good), vec!["expected a list in brackets"]),
    ];

    for (body, expected) in cases {
        let errors: Vec<String> = attributes
            .check(&body)
            .iter()
            .map(InputError::to_string)
            .collect();

        assert_eq!(errors, expected, "{body}");
    }
    assert!(
        attributes
            .described()
            .contains("  key       The name, unique\n")
    );
}
