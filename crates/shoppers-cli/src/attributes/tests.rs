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
