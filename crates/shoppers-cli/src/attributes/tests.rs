use serde_json::json;
use shoppers::{bspk, gatsby};

use super::*;

fn errors<T: DeserializeOwned + JsonSchema>(text: &str) -> Vec<String> {
    let errors = Attributes::of::<T>().read::<T>(text).err();
    let errors = errors.unwrap_or_default();
    errors.iter().map(InputError::to_string).collect()
}

#[test]
fn the_names_come_from_the_schema() {
    let bspk = Attributes::of::<bspk::Shopper>();
    let gatsby = Attributes::of::<gatsby::ShopperInput>();

    assert_eq!(bspk.names.len(), 35);
    assert!(bspk.contains("shopper_ref"));
    assert_eq!(gatsby.names.len(), 15);
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
                "shopper: leave this object out and give its content; it is added when the shopper is sent",
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
