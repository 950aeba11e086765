//! Documents that cannot be read, or hold what the generator does not know.

use super::*;

#[test]
fn the_document_that_the_refusals_start_from_is_accepted() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(made.contains("pub async fn put_thing"), "{made}");
}

#[test]
fn a_document_that_is_not_openapi_3_0_is_refused() {
    for version in ["3.1.0", "2.0", "4.0.0"] {
        let message = refusal("openapi: 3.0.3", &format!("openapi: '{version}'"));

        assert!(
            message.starts_with(&format!(
                "#/openapi: is {version:?}, but the generator reads OpenAPI 3.0.x alone; "
            )),
            "{message}"
        );
        assert!(message.contains("convert it"), "{message}");
    }
    assert!(refusal("openapi: 3.0.3", "").contains("OpenAPI 3.0.x"));
}

#[test]
fn yaml_with_an_error_is_refused_with_its_line() {
    let message = refusal("put_thing", "[put_thing");

    assert!(message.contains("line 8"), "{message}");
}

#[test]
fn a_key_that_stands_twice_is_refused_with_its_line() {
    let message = refusal("openapi: 3.0.3", "openapi: 3.0.3\nopenapi: 3.0.3");

    assert!(message.contains("line 3"), "{message}");
    assert!(message.contains("duplicate"), "{message}");
}

#[test]
fn what_the_generator_refuses_is_passed_on_with_its_place() {
    let cases = [(
        "post:\n",
        "post:\n      parameters: [{name: a, in: cookie, schema: {type: string}}]\n",
    )];

    for (from, to) in cases {
        let message = refusal(from, to);

        assert!(message.starts_with("#/paths/~1things"), "{message}");
    }
    let document = format!(
        "{DOCUMENT}components: {{schemas: {{Fine: {{type: string}}, Odd: {{type: array, items: {{type: object, properties: {{a: {{type: string}}}}, title: Item, default: 7}}}}}}}}\n"
    );
    let message = generate(&document, None).unwrap_err();
    assert!(
        message.starts_with("#/components/schemas/Odd: the generator: "),
        "{message}"
    );
}

#[test]
fn what_openapi_does_not_have_is_refused_with_its_place() {
    let cases = [
        ("title: A vendor, ", "", "#/info: "),
        (
            "operationId: put_thing",
            "operationId: [put_thing]",
            "#/paths/~1things",
        ),
    ];

    for (from, to, place) in cases {
        let message = refusal(from, to);

        assert!(message.starts_with(place), "{message}");
        assert!(
            message.contains(": not an OpenAPI 3.0 document: "),
            "{message}"
        );
    }
}

#[test]
fn what_stands_for_a_path_and_is_none_is_refused_with_its_place() {
    let cases = [
        ("things", "#/paths/things: a path begins with `/`"),
        ("$/things", "#/paths/$~1things: a path begins with `/`"),
        (
            "/more: {$ref: '#/paths/~1things', post: words}\n  /things",
            "#/paths/~1more/$ref: a path in another place is not read; describe it here",
        ),
    ];

    for (path, expected) in cases {
        let message = refusal("/things", path);

        assert!(message.starts_with(expected), "{message}");
    }
    let extended = DOCUMENT.replacen("  /things", "  x-more: {post: words}\n  /things", 1);
    assert_eq!(
        generate(&extended, None).unwrap().lines().count(),
        generate(DOCUMENT, None).unwrap().lines().count()
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_refused_with_its_place() {
    let (sent, answered) = ("name: {type: string}", "name: {type: string, maxLength: 3}");
    for reference in ["#/components/schemas/Nobody", "other.yaml#/Thing"] {
        for name in [sent, answered] {
            let message = refusal(name, &format!("name: {{$ref: '{reference}'}}"));

            assert!(
                message.contains("/schema/properties/name/$ref: \"")
                    && message.contains("leads nowhere"),
                "{message}"
            );
        }
    }
}

#[test]
fn yaml_is_read_by_the_core_schema_of_1_2() {
    let cases = [
        ("NO", r#""NO""#),
        ("yes", r#""yes""#),
        ("on", r#""on""#),
        ("Off", r#""Off""#),
        ("y", r#""y""#),
        ("tRUE", r#""tRUE""#),
        ("True", "true"),
        ("FALSE", "false"),
        ("~", "null"),
        ("", "null"),
        ("nULL", r#""nULL""#),
        ("017", "17"),
        ("0o17", "15"),
        ("0x1F", "31"),
        ("0b11", r#""0b11""#),
        ("0O17", r#""0O17""#),
        ("1_000", r#""1_000""#),
        ("12:30:45", r#""12:30:45""#),
        ("+12", "12"),
        ("-0x1F", r#""-0x1F""#),
        ("1.", "1.0"),
        (".5", "0.5"),
        ("1e3", "1000.0"),
        ("e3", r#""e3""#),
        (".", r#"".""#),
        ("nan", r#""nan""#),
        ("inf", r#""inf""#),
        ("2026-11-22", r#""2026-11-22""#),
        ("18446744073709551615", "18446744073709551615"),
        ("'1'", r#""1""#),
        ("!!str 1", r#""1""#),
        ("! 1", r#""1""#),
        ("!!int 1", "1"),
    ];

    for (written, expected) in cases {
        let read = generation::yaml::read(&format!("on: {written}")).unwrap();

        let said = read.into_value().to_string();
        assert_eq!(said, format!("{{\"on\":{expected}}}"), "{written}");
    }
}

#[test]
fn the_vendors_document_goes_along_without_the_overlay() {
    let overlay = "overlay: 1.1.0\nactions: [{target: $, update: {info: {description: ours}}}]";

    let made = generated(DOCUMENT, Some(overlay)).unwrap();

    assert!(made.rust.contains("ours"));
    assert!(!made.json.contains("ours"));
    assert!(made.json.contains(r#""title": "A vendor""#));
}

#[test]
fn the_order_of_keys_makes_no_difference() {
    let reordered = DOCUMENT.replace(
        "info: {title: A vendor, version: 1.0.0}",
        "info: {version: 1.0.0, title: A vendor}",
    );

    let without_hash = |document| {
        let made = generate(document, None).unwrap();
        made.split_once("READ").unwrap().1.to_owned()
    };
    assert_eq!(without_hash(&reordered), without_hash(DOCUMENT));
}

#[test]
fn json_is_read_as_what_it_is() {
    let odd = "{\"a\":\t\"\\ud83d\\ude00\\/\\u00e9\",\r\n\t\"b\" : [1, -2.5e3, 1E-2, true, null, {}, []],\n\"on\": \"no # &*!\"}";
    let root = env!("CARGO_MANIFEST_DIR");
    let whole = std::fs::read_to_string(format!("{root}/specs/bspk.json")).unwrap();

    for text in [odd, &whole] {
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();

        assert!(generation::yaml::read(text).unwrap().into_value() == expected);
    }
}
