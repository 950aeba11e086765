//! Types: formats, words, fields, and their `Debug`.

use super::*;

#[test]
fn a_format_that_has_no_type_of_ours_stays_a_text() {
    for format in ["date-time", "date", "uuid", "ip", "date_time"] {
        let document = DOCUMENT.replace(
            "name: {type: string}",
            &format!("name: {{type: string, format: {format}}}"),
        );

        let made = generate(&document, None).unwrap();

        let (_, thing) = made.split_once("pub struct Thing {").unwrap();
        let field = "pub name: ::std::option::Option<::std::string::String>,";
        assert!(thing.contains(field), "{format}: {thing}");
    }
}

#[test]
fn a_schema_that_all_of_puts_into_itself_is_refused_and_a_tree_is_not() {
    let with = |note: &str| {
        let schemas =
            format!("components:\n  schemas:\n    Base: {{type: object}}\n    Note: {note}\n");
        generate(&format!("{DOCUMENT}\n{schemas}"), None)
    };
    let endless = [
        "{type: object, properties: {more: {allOf: [{$ref: '#/components/schemas/Note'}], additionalProperties: true}}}",
        "{allOf: [{$ref: '#/components/schemas/Note'}, {type: object}]}",
        "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {more: {allOf: [{$ref: '#/components/schemas/Note'}, {type: object}]}}}]}",
    ];
    for note in endless {
        let message = with(note).unwrap_err().to_string();

        let expected = "`allOf` puts \"Note\" into itself; refer to it by `$ref`";
        assert!(message.contains(expected), "{note}: {message}");
    }

    let tree = "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {more: {type: array, items: {$ref: '#/components/schemas/Note'}}}}]}";
    let more = "{type: object, properties: {more: {description: More., allOf: [{$ref: '#/components/schemas/Note'}]}}}";
    for note in [tree, more] {
        let made = with(note);

        assert!(made.is_ok(), "{note}: {:?}", made.err());
    }
}

/// The document, with this as the schema of a member of the body (`sent`) or of the answer.
fn with_member(sent: bool, schema: &str, components: &str) -> Result<String, String> {
    let name = if sent {
        "name: {type: string}"
    } else {
        "name: {type: string, maxLength: 3}"
    };
    let document = DOCUMENT.replacen(name, &format!("kind: {schema}"), 1);
    generate(
        &format!("{document}\ncomponents: {{schemas: {{{components}}}}}\n"),
        None,
    )
}

#[test]
fn an_object_in_parts_is_one_and_as_forgiving_as_any_other_answer() {
    let base = "base_thing: {type: object, required: [name], properties: {name: {type: string}}}";
    let parts = "{allOf: [{$ref: '#/components/schemas/base_thing'}, {type: object, required: [size], properties: {size: {type: integer}}}]}";

    let sent = with_member(true, parts, base).unwrap();
    let answered = with_member(false, parts, base).unwrap();

    let (_, sent) = sent.split_once("pub struct ThingKind {").unwrap();
    assert!(sent.contains("pub name: ::std::string::String,"), "{sent}");
    let (_, answered) = answered.split_once("pub struct DoneKind {").unwrap();
    for expected in [
        "pub name: ::std::option::Option<::std::string::String>,",
        "pub size: ::std::option::Option<i64>,",
        "pub extra:",
    ] {
        assert!(answered.contains(expected), "{expected}: {answered}");
    }
}

#[test]
fn copies_that_double_with_each_level_are_refused() {
    let mut levels =
        "l0: {type: object, properties: {a: {type: string}, b: {type: string}}}".to_owned();
    for level in 1..18 {
        let part = format!(
            "{{allOf: [{{$ref: '#/components/schemas/l{}'}}, {{type: object}}]}}",
            level - 1
        );
        levels += &format!(", l{level}: {{type: object, properties: {{a: {part}, b: {part}}}}}");
    }

    let message = with_member(true, "{type: string}", &levels).unwrap_err();

    assert!(
        message.contains("`allOf` copies too much into it"),
        "{message}"
    );
}

#[test]
fn a_member_that_the_parts_of_an_object_describe_in_two_ways_is_refused() {
    let parts =
        "{allOf: [{properties: {size: {type: integer}}}, {properties: {size: {type: string}}}]}";

    let message = with_member(true, parts, "").unwrap_err();

    assert!(
        message.contains("kind/allOf/1/properties/size: `allOf` describes \"size\" in two ways"),
        "{message}"
    );
}

#[test]
fn what_is_answered_as_one_of_several_objects_is_any_json() {
    let objects = "cat: {type: object, required: [lives], properties: {lives: {type: integer}}}";
    let one_of =
        "{oneOf: [{$ref: '#/components/schemas/cat'}, {properties: {bark: {type: string}}}]}";
    let words = "{oneOf: [{type: integer}, {type: string}]}";

    let any = with_member(false, one_of, objects).unwrap();
    let either = with_member(false, words, objects).unwrap();

    let kind = |of: &str| format!("pub kind: ::std::option::Option<{of}>,");
    assert!(any.contains(&kind("::serde_json::Value")), "{any}");
    assert!(either.contains(&kind("DoneKind")), "{either}");
}

#[test]
fn a_map_holds_what_the_document_says() {
    let of = |values: &str| {
        let map = format!("{{type: object, additionalProperties: {values}}}");
        let made = with_member(true, &map, "").unwrap();
        let (_, made) = made.split_once("pub kind: ").unwrap();
        made.split_once('\n').unwrap().0.to_owned()
    };

    assert_eq!(
        of("true"),
        "::serde_json::Map<::std::string::String, ::serde_json::Value>,"
    );
    assert_eq!(
        of("{type: integer}"),
        "::std::collections::BTreeMap<::std::string::String, i64>,"
    );
}

#[test]
fn a_word_that_may_be_null_is_one_type() {
    let list = "{type: array, items: {type: string, nullable: true, enum: [a, b, null]}}";

    let made = with_member(true, list, "").unwrap();

    assert_eq!(
        made.matches("pub enum PutThingBodyItem {").count(),
        1,
        "{made}"
    );
    assert_eq!(made.matches("struct PutThingBodyItem").count(), 0, "{made}");
}

#[test]
fn a_type_that_has_the_content_of_a_component_is_that_component_whatever_its_name() {
    let snake = "cat_or_dog: {type: object, properties: {lives: {type: integer}}}";
    let same = "{type: object, properties: {lives: {type: integer}}}";

    let made = with_member(true, same, snake).unwrap();

    assert_eq!(made.matches("pub struct CatOrDog {").count(), 1, "{made}");
    assert!(
        made.contains("kind: ::std::option::Option<&'a CatOrDog>,"),
        "{made}"
    );
}

#[test]
fn a_pattern_that_is_no_regular_expression_is_refused_and_any_other_is_the_vendors_to_hold() {
    let message = refusal("name: {type: string}", "name: {type: string, pattern: '('}");
    let made = generate(
        &DOCUMENT.replacen(
            "name: {type: string}",
            "name: {type: string, pattern: '^a+$', minLength: 1, maxLength: 9}",
            1,
        ),
        None,
    )
    .unwrap();

    assert!(
        message.contains("/properties/name/pattern: not a regular expression of ECMA-262 ("),
        "{message}"
    );
    assert!(message.ends_with("correct it in the overlay"), "{message}");
    assert!(
        made.contains("pub name: ::std::option::Option<::std::string::String>,"),
        "{made}"
    );
    assert!(!made.contains("regress"), "{made}");
}

#[test]
fn an_enum_whose_words_are_names_in_rust_is_documented_and_says_what_is_allowed() {
    let made = generate(
        &DOCUMENT.replacen(
            "name: {type: string}",
            "kind: {title: Kind, type: string, enum: [Person, Organization, other]}",
            1,
        ),
        None,
    )
    .unwrap();

    assert!(
        made.contains("/// `Person` on the wire.\n        Person,"),
        "{made}"
    );
    let expected = "\"expected Person or Organization or other\"";
    assert!(
        made.contains(&format!("_ => Err({expected}.into())")),
        "{made}"
    );
    assert!(
        made.contains(&format!(
            "crate::fields::word(\n                deserializer,\n                {expected},"
        )) || made.contains(&format!("crate::fields::word(deserializer, {expected})")),
        "{made}"
    );
}

#[test]
fn an_answer_requires_nothing_but_its_id_and_keeps_what_is_new() {
    let made = generate(DOCUMENT, None).unwrap();

    let (_, answer) = made.split_once("pub struct Done {").unwrap();
    let (answer, _) = answer.split_once("\n    }").unwrap();
    for expected in [
        "pub id: i64,",
        "pub name: ::std::option::Option<::std::string::String>,",
        "pub state: ::std::option::Option<::std::string::String>,",
        "pub tags: ::std::option::Option<::std::vec::Vec<::std::string::String>>,",
        "serde(flatten)",
    ] {
        assert!(answer.contains(expected), "{expected} is not in {answer}");
    }
}

#[test]
fn serde_derives_nothing_but_what_has_no_one_shape() {
    let of = |schema: &str| {
        let kind = format!("kind: {schema}");
        generate(&DOCUMENT.replacen("name: {type: string}", &kind, 1), None).unwrap()
    };

    for schema in [
        "{type: string}",
        "{title: Kind, type: string, enum: [a, b]}",
        "{title: Kind, type: object, additionalProperties: {type: integer}}",
        "{title: Kind, type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}",
        "{title: Kind, type: object, properties: {a: {type: array, items: {type: string}}}}",
    ] {
        let made = of(schema);

        assert!(!made.contains("derive(::serde"), "{schema}: {made}");
        assert!(made.contains("::serde::Serialize for Thing"), "{made}");
    }
    let made = of("{title: Kind, oneOf: [{type: string}, {type: integer}]}");
    assert_eq!(made.matches("derive(::serde").count(), 1, "{made}");
}

#[test]
fn debug_shows_no_value_of_any_type() {
    let document = DOCUMENT.replace(
        "name: {type: string}}",
        "name: {type: string}, age: {type: integer}, size: {type: number}, is_new: {type: boolean}, \
         kind: {title: Kind, type: string, enum: [a, b]}, tags: {type: array, items: {type: integer}}, \
         of: {title: Part, type: object, properties: {weight: {type: number}}}}",
    );

    let made = generate(&document, None).unwrap();

    for derive in made.split("#[derive(").skip(1) {
        let (derives, rest) = derive.split_once(")]").unwrap();
        let (item, _) = rest.split_once('{').unwrap();
        assert!(
            !derives.contains("Debug") || item.contains("pub struct Client"),
            "{item} derives {derives}"
        );
    }
    for hidden in ["name", "age", "size", "is_new", "kind", "tags"] {
        let shown = format!("if let Some(value) = self.{hidden}.is_some().then_some(&hidden)");
        assert!(made.contains(&shown), "{hidden}: {made}");
    }
    // A part hides what it holds itself.
    assert!(
        made.contains("if let Some(value) = self.of.as_ref()"),
        "{made}"
    );
    assert!(made.contains(r#"f.write_str("Kind(..)")"#), "{made}");
}
