//! Refusals and changes of the build: each trap of the generator that would go unnoticed.

#[path = "../build/mod.rs"]
mod generation;

use generation::{Generated, Source, Vendor};
use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};
use syn::{Attribute, Expr, Lit, Meta, visit_mut::VisitMut};

/// A document that is fine.
const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: A vendor, version: 1.0.0}
paths:
  /things:
    post:
      operationId: put_thing
      requestBody:
        content:
          application/json:
            schema: {title: Thing, type: object, properties: {name: {type: string}}}
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                title: Done
                type: object
                required: [id, name, state, tags]
                properties:
                  id: {type: integer}
                  name: {type: string, maxLength: 3}
                  state: {type: string, enum: [new, old]}
                  tags: {type: array, items: {type: string}}
        '422':
          description: Not done.
          content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}
";

const FORMATS: [(&str, &str); 1] = [("name", "crate::Name")];

fn generate(document: &str, update: Option<&str>) -> Result<String, String> {
    let overlay = update
        .map(|update| format!("overlay: 1.1.0\nactions:\n  - target: $\n    update: {update}\n"));
    generated(document, overlay.as_deref()).map(|it| it.rust)
}

fn generated(document: &str, overlay: Option<&str>) -> Result<Generated, String> {
    let source = |file: &str, text: &str| Source {
        file: file.to_owned(),
        text: text.to_owned(),
    };
    let overlay = overlay.map(|it| source("overlay.yaml", it));
    let vendor = Vendor {
        name: "vendor",
        documents: &[source("vendor.yaml", document)],
        overlay: overlay.as_ref(),
        days: &source("read.txt", "vendor 2026-11-22\n"),
        formats: &FORMATS,
    };
    generation::generate(&vendor).map_err(|refusals| {
        let refusals = refusals.to_string();
        let lines = refusals.lines().map(|line| match line.split_once(": ") {
            Some((at, what)) if at.starts_with("vendor.yaml") => what,
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The document with `from` replaced, and why it is refused.
#[track_caller]
fn refusal(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "the document holds no {from:?}");
    generate(&DOCUMENT.replacen(from, to, 1), None).unwrap_err()
}

/// The refusal of an overlay.
#[track_caller]
fn overlay_refusal(overlay: &str) -> String {
    generated(DOCUMENT, Some(overlay)).err().unwrap()
}

#[track_caller]
fn update_refusal(update: &str) -> String {
    generate(DOCUMENT, Some(update)).unwrap_err()
}

#[test]
fn the_document_that_the_refusals_start_from_is_accepted() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(made.contains("pub async fn put_thing"), "{made}");
}

#[test]
fn a_document_that_is_not_openapi_3_0_is_refused() {
    for version in ["3.1.0", "2.0", "4.0.0"] {
        assert_eq!(
            refusal("openapi: 3.0.3", &format!("openapi: '{version}'")),
            format!(
                "#/openapi: is {version:?}, but the generator reads OpenAPI 3.0.x alone; convert it"
            )
        );
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
fn a_title_that_stands_twice_is_refused() {
    for title in ["Thing", "thing", "THING"] {
        let message = refusal("title: Done", &format!("title: {title}"));

        assert_eq!(
            message,
            format!(
                "#/paths/~1things/post/responses/200/content/application~1json/schema: two schemas have the name \
                 {title:?} and differ, the other at \
                 #/paths/~1things/post/requestBody/content/application~1json/schema; \
                 give one another `title` in the overlay"
            )
        );
    }
}

#[test]
fn a_title_that_is_the_name_of_a_component_is_refused() {
    let document = format!("{DOCUMENT}components: {{schemas: {{Done: {{type: object}}}}}}\n");

    let message = generate(&document, None).unwrap_err();

    assert!(
        message.contains("two schemas have the name \"Done\""),
        "{message}"
    );
}

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

/// A document that has a text in each place that becomes documentation.
const TEXTS: &str = r#"{
    "openapi": "3.0.3",
    "info": {"title": "T1", "version": "T2", "description": "T3"},
    "paths": {"/things": {"post": {
        "operationId": "put_thing",
        "summary": "T4",
        "description": "T5",
        "parameters": [{"name": "page", "in": "query", "description": "T6", "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": {
            "title": "Thing",
            "type": "object",
            "description": "T7",
            "properties": {
                "example": {"type": "string", "description": "T8"},
                "kind": {"title": "Kind", "type": "string", "enum": ["T9", "other"]},
                "T10": {"type": "string"}
            }
        }}}},
        "responses": {"200": {"description": "T11", "content": {"application/json": {"schema": {
            "title": "Done",
            "type": "object",
            "description": "T12",
            "properties": {"example": {"type": "array", "description": "T13", "items": {"type": "string"}}}
        }}}}}
    }}}
}"#;

/// Texts that Markdown takes for more than words.
const HOSTILE: [&str; 34] = [
    "```\nplanted!();\n```",
    "~~~\nplanted!();\n~~~",
    "a\n\n    planted!();\n",
    "a\n\n\tplanted!();\n",
    "a\n\n  \tplanted!();\n",
    "\u{a0}\n\n \t planted!();\n",
    "> ```\n> planted!();\n> ```",
    ">     planted!();",
    "- ```\n  planted!();\n  ```",
    "1. ~~~\n   planted!();\n   ~~~",
    "-     planted!();",
    "# a\n    planted!();",
    "a\n---\n    planted!();",
    "***\n    planted!();",
    "a\r\n\r\n    planted!();\r\n",
    "a\r\r\tplanted!();\r",
    "a\u{b}\u{c}\n\n    planted!();",
    "*/\n```\nplanted!();\n```\n/**",
    "\n * ```\n * planted!();\n * ```",
    "\\```\nplanted!();\n\\```",
    "`\n```\nplanted!();\n```",
    "<script>planted()</script>",
    "<!-- planted",
    "a <img src=x onerror=planted()> b",
    "</details>\n\n```\nplanted!();\n```",
    "<details><summary>JSON schema</summary>\n\n```json\n\"```\nplanted!();\n```",
    "[planted](https://evil.example)",
    "[`planted`] and [planted]\n\n[planted]: https://evil.example",
    "![planted](https://evil.example)",
    "<https://planted.example>",
    "| planted |\n| --- |\n| `a|b` |",
    "planted[^1]\n\n[^1]: planted",
    "&lt;planted&gt; __planted__ **planted** ~~planted~~ ``pl`anted``",
    "planted\u{202e}\u{2066}\u{200f}\u{2028}\u{2029}\u{0}\u{1b}[2J\u{7f}\u{85}\u{feff}",
];

/// The documentation of generated Rust, item by item, as rustdoc has it.
fn documentation(rust: &str) -> Vec<String> {
    struct Docs(Vec<String>);

    impl VisitMut for Docs {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            let lines = attributes.iter().filter_map(|it| match &it.meta {
                Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                    Expr::Lit(it) => match &it.lit {
                        Lit::Str(text) => Some(text.value()),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            });
            self.0.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }

    let mut docs = Docs(Vec::new());
    docs.visit_file_mut(&mut syn::parse_file(rust).unwrap());
    docs.0
}

/// A text in quotation marks, with escapes for all that is not ASCII.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(letter @ 0x20..0x7f) if letter != b'"' && letter != b'\\' => {
                quoted.push(letter.into());
            }
            _ => quoted.push_str(&format!("\\u{unit:04x}")),
        }
    }
    format!("\"{quoted}\"")
}

/// The elements that Markdown, as rustdoc reads it, makes of a text beside words.
fn beside_words(markdown: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // Whatever could be a link within the crate is taken for one.
    let link = |_: BrokenLink<'_>| Some(("found".into(), "".into()));
    Parser::new_with_broken_link_callback(markdown, options, Some(link))
        .filter(|event| {
            !matches!(
                event,
                Event::Start(Tag::Paragraph)
                    | Event::End(TagEnd::Paragraph)
                    | Event::Text(_)
                    | Event::Code(_)
                    | Event::SoftBreak
            )
        })
        .map(|event| format!("{event:?}"))
        .collect()
}

/// As [`beside_words`], of all the documentation of generated Rust.
fn all_beside_words(rust: &str) -> Vec<String> {
    let docs = documentation(rust);
    docs.iter().flat_map(|it| beside_words(it)).collect()
}

/// The document of texts, with one of them in some of its places.
fn with_text(text: &str, places: &[usize]) -> String {
    let quoted = quoted(text);
    places.iter().fold(TEXTS.to_owned(), |document, place| {
        let name = format!("\"T{place}\"");
        assert!(document.contains(&name), "{name}");
        document.replacen(&name, &quoted, 1)
    })
}

#[test]
fn no_text_of_a_document_becomes_anything_but_words() {
    let unseen = |it: char| {
        (it.is_control() && it != '\n')
            || "\u{202e}\u{2066}\u{200f}\u{2028}\u{2029}\u{feff}".contains(it)
    };

    for text in HOSTILE {
        for places in [&[1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13][..], &[9], &[10]] {
            let document = with_text(text, places);

            let made = generate(&document, None).unwrap();

            assert!(!made.contains(unseen), "{text:?} in {places:?}: {made}");
            // The headings, lists and links of the methods' documentation are ours.
            let ours = generate(&with_text("words", places), None).unwrap();
            assert_eq!(
                all_beside_words(&made),
                all_beside_words(&ours),
                "{text:?} in {places:?}: {made}"
            );
        }
    }
}

#[test]
fn every_text_of_a_document_is_in_the_documentation() {
    // The eleventh is of an answer's status, which is documented nowhere.
    for place in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13] {
        let made = generate(&with_text("planted", &[place]), None).unwrap();

        let docs = documentation(&made).join("\n");
        assert!(docs.contains("planted"), "T{place}: {made}");
    }
}

#[test]
fn an_ordinary_description_stays_as_it_is() {
    let description = "Finds it by `shopper_ref`, or makes one.\n\nWith country_code (\"45\"); see 3.5 & more: a-b.";
    let document = TEXTS.replacen("\"T7\"", &quoted(description), 1);

    let made = generate(&document, None).unwrap();

    let expected = "    /// Finds it by `shopper_ref`, or makes one.\n    ///\n    \
                    /// With country_code (\"45\"); see 3.5 & more: a-b.\n    #[derive(";
    assert!(made.contains(expected), "{made}");
}

#[test]
fn an_overlay_that_does_not_fit_is_refused_with_its_line() {
    const SCHEMA: &str = "#/paths/~1things/post/requestBody/content/application~1json/schema";
    let in_schema = |it: &str| {
        format!(
            "{{paths: {{/things: {{post: {{requestBody: {{content: {{application/json: {{schema: {it}}}}}}}}}}}}}}}"
        )
    };
    let missing = "the overlay describes it, but the vendor does not have it";
    let cases = [
        (
            "{paths: {/thing: {post: {operationId: a}}}}",
            "#/paths/~1thing",
            missing,
        ),
        (
            "{paths: {/things: {get: {operationId: a}}}}",
            "#/paths/~1things/get",
            missing,
        ),
        (
            "{paths: {/things: {post: {responses: {'201': {description: a}}}}}}",
            "#/paths/~1things/post/responses/201",
            missing,
        ),
        (
            "{servers: [{url: 'https://evil.example'}]}",
            "#/servers",
            missing,
        ),
        (
            &in_schema("{properties: {nam: {format: name}}}"),
            &format!("{SCHEMA}/properties/nam"),
            missing,
        ),
        (
            &in_schema("{required: [name]}"),
            &format!("{SCHEMA}/required"),
            missing,
        ),
        (
            &in_schema("{properties: {name: {format: nmae}}}"),
            &format!("{SCHEMA}/properties/name/format"),
            "no value type stands for \"nmae\"; write one of name",
        ),
        (
            "{paths: {/things: a text}}",
            "#/paths/~1things",
            "the vendor has an object here and the overlay a string",
        ),
    ];

    for (update, place, what) in cases {
        let message = update_refusal(update);

        assert!(
            message.starts_with(&format!("overlay.yaml:4: {place}: {what}")),
            "{message}"
        );
    }
}

#[test]
fn an_overlay_whose_actions_could_match_nothing_is_refused() {
    let cases = [
        ("overlay: 2.0.0", "write `overlay: 1.1.0`"),
        ("actions: []", "write `overlay: 1.1.0`"),
        ("overlay: 1.1.0\nactions: []", "expected one action"),
        (
            "overlay: 1.1.0\nactions: [{target: '$.paths', update: {}}]",
            "expected one action",
        ),
        (
            "overlay: 1.1.0\nactions: [{target: $, remove: true}]",
            "expected one action",
        ),
        (
            "overlay: 1.1.0\nactions: [{target: $, update: {}}, {target: $, update: {}}]",
            "expected one action",
        ),
        ("overlay: [", "line 1"),
    ];

    for (overlay, expected) in cases {
        let message = overlay_refusal(overlay);

        assert!(message.starts_with("overlay.yaml: "), "{message}");
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn an_answer_that_is_not_json_is_refused() {
    let message = refusal(
        "content:\n            application/json:\n              schema:\n                title: Done",
        "content:\n            text/csv:\n              schema:\n                title: Done",
    );

    assert_eq!(
        message,
        "#/paths/~1things/post/responses/200: answers text/csv, but answers are read as JSON alone; leave the operation out"
    );
}

#[test]
fn a_success_without_a_body_is_one() {
    for success in [
        "'204': {description: Done.}",
        "'200': {description: Done., content: {}}",
    ] {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: A vendor, version: 1.0.0}}\npaths:\n  /things:\n    delete:\n      \
             operationId: delete_things\n      responses:\n        {success}\n"
        );

        let made = generate(&document, None).unwrap();

        assert!(made.contains("pub async fn delete_things"), "{made}");
    }
}

#[test]
fn two_successes_that_differ_are_refused() {
    let message = refusal(
        "        '422':",
        "        '201': {description: New., content: {application/json: {schema: {type: string}}}}\n        '422':",
    );

    assert!(
        message.contains("two successes have different answers"),
        "{message}"
    );
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
fn names_that_become_one_in_rust_are_refused_with_their_place() {
    let body = "#/paths/~1things/post/requestBody/content/application~1json/schema";
    let cases = [
        (
            "name: {type: string}",
            "userName: {type: string}, user_name: {type: string}",
            format!("{body}/properties/user_name: \"user_name\" becomes the field `user_name`, as does \"userName\""),
        ),
        (
            "name: {type: string}",
            "kind: {title: Kind, type: string, enum: [in store, x, in-store]}",
            format!("{body}/properties/kind/enum/2: \"in-store\" becomes the variant `InStore`, as does \"in store\""),
        ),
        (
            "id: {type: integer}\n",
            "id: {type: integer}\n                  extra: {type: string}\n",
            "#/paths/~1things/post/responses/200/content/application~1json/schema/properties/extra: \"extra\" becomes \
             the field `extra`, as does what is not described"
                .to_owned(),
        ),
        (
            "operationId: put_thing\n",
            "operationId: put_thing\n      \
             parameters: [{name: Body, in: query, schema: {type: string}}]\n",
            "#/paths/~1things/post/parameters/0: \"Body\" becomes the argument `body`, as does the body".to_owned(),
        ),
        (
            "post:\n",
            "parameters: [{name: page-no, in: query, schema: {type: string}}]\n    post:\n      \
             parameters: [{name: pageNo, in: query, schema: {type: string}}]\n",
            "#/paths/~1things/parameters/0: \"page-no\" becomes the argument `page_no`, as does \"pageNo\"".to_owned(),
        ),
    ];

    for (from, to, expected) in cases {
        assert_eq!(
            refusal(from, to),
            format!("{expected}; leave one of them out of the document")
        );
    }
}

#[test]
fn operations_that_become_one_method_are_refused() {
    let other =
        "  /others:\n    get: {operationId: putThing, responses: {'200': {description: Done.}}}\n";
    let cases = [
        (
            format!("{DOCUMENT}{other}"),
            "#/paths/~1things/post/operationId: \"put_thing\" becomes the method `put_thing`, as does \"putThing\" at \
             #/paths/~1others/get; give it another in the overlay",
        ),
        (
            DOCUMENT.replace("operationId: put_thing", "operationId: exec"),
            "#/paths/~1things/post/operationId: \"exec\" becomes the method `exec`, as does a method that every client \
             has; give it another in the overlay",
        ),
    ];

    for (document, expected) in cases {
        assert_eq!(generate(&document, None).unwrap_err(), expected);
    }
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
fn a_reference_that_leads_nowhere_is_refused_with_its_place() {
    for reference in ["#/components/schemas/Nobody", "other.yaml#/Thing"] {
        let message = refusal(
            "name: {type: string}",
            &format!("name: {{$ref: '{reference}'}}"),
        );

        assert!(
            message.contains("/schema/properties/name/$ref: \"")
                && message.contains("leads nowhere"),
            "{message}"
        );
    }
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
fn any_success_is_one_and_a_failure_arrives_whole() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(made.contains("200..=299 => Ok("), "{made}");
    assert!(
        made.contains("_ => Err(Error::UnexpectedResponse(response))"),
        "{made}"
    );
    assert!(!made.contains("422"), "{made}");
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
        "#[serde(flatten)]",
    ] {
        assert!(answer.contains(expected), "{expected} is not in {answer}");
    }
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
fn a_field_of_which_the_vendor_says_nothing_is_documented_all_the_same() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains("/// `name`, of which the document says nothing."),
        "{made}"
    );
}

#[test]
fn a_mock_takes_an_id_as_it_is_and_keeps_bodies_inside() {
    let document = DOCUMENT.replace("/things:", "/things/{id}:").replace(
        "operationId: put_thing\n",
        "operationId: put_thing\n      \
         parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n",
    );

    let made = generate(&document, None).unwrap();

    let words = made.split_whitespace().collect::<String>();
    assert!(words.contains("regex::escape(&::progenitor_client::encode_path(&value.to_string()))"));
    assert!(words.contains("pubfnid(self,value:&str)"));
    assert!(words.contains("pub(crate)fnbody(self,value:&types::Thing)"));
    // The answers are as the document describes them, and not unread as for the client.
    assert!(words.contains("pub(crate)fnok(self,value:&types::Done)"));
}

#[test]
fn an_operation_does_not_do_again_what_is_the_same_for_every_call() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains(r#"let url = self.inner.url("/things");"#),
        "{made}"
    );
    assert!(
        made.contains(r#"pub(crate) const PATHS: &[&str] = &["/things"];"#),
        "{made}"
    );
    assert!(!made.contains("api-version"), "{made}");
    assert!(!made.contains("header_map"), "{made}");
}

#[test]
fn a_path_that_is_not_the_same_for_every_call_is_made_for_each() {
    let document = DOCUMENT.replacen(
        "  /things:\n    post:",
        "  /things/{id}:\n    post:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
        1,
    );

    let made = generate(&document, None).unwrap();

    assert!(
        made.contains(r#".url(&format!("/things/{}", encode_path(& id.to_string())))"#),
        "{made}"
    );
    assert!(
        made.contains("pub(crate) const PATHS: &[&str] = &[];"),
        "{made}"
    );
}

#[test]
fn a_header_that_the_document_asks_for_is_sent() {
    let document = DOCUMENT.replacen(
        "      operationId: put_thing",
        "      operationId: put_thing\n      parameters: [{name: version, in: header, required: true, schema: {type: string}}]",
        1,
    );

    let made = generate(&document, None).unwrap();

    assert!(made.contains(r#"header_map.append("version", "#), "{made}");
    assert!(made.contains(".headers(header_map)"), "{made}");
    assert!(!made.contains("api-version"), "{made}");
}

#[test]
fn a_request_is_not_kept_while_its_call_waits() {
    let made = generate(DOCUMENT, None).unwrap();
    let (_, operation) = made.split_once(".build()?;").unwrap();
    let (before, _) = operation
        .split_once("self.exec(request, &info).await")
        .unwrap();

    assert!(!before.contains("await"), "{made}");
    assert!(!operation.contains("self.post("), "{made}");
}

#[test]
fn a_body_is_written_in_one_piece() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains(".body(crate::signature::json(&body).map_err(Error::InvalidRequest)?)"),
        "{made}"
    );
    assert!(
        made.contains(".header(::reqwest::header::CONTENT_TYPE, crate::signature::JSON)"),
        "{made}"
    );
}

#[test]
fn an_answer_goes_out_as_it_came() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains("-> Result<::reqwest::Response, Error<()>>"),
        "{made}"
    );
    assert!(made.contains("200..=299 => Ok(response),"), "{made}");
}

#[test]
fn an_envelope_borrows_and_any_other_body_does_not() {
    let envelope = "schema: {title: Envelope, type: object, properties: {thing: {title: Thing, type: object, \
                    properties: {name: {type: string}}}}}";
    let body = "schema: {title: Thing, type: object, properties: {name: {type: string}}}";
    let document = DOCUMENT.replacen(body, envelope, 1);

    let made = generate(&document, None).unwrap();
    let (_, lent) = made.split_once("pub struct Envelope<'a> {").unwrap();

    assert!(
        lent.contains("pub thing: ::std::option::Option<&'a Thing>,"),
        "{made}"
    );
    assert!(made.contains("body: &'a types::Envelope<'a>"), "{made}");
    assert!(
        made.contains("impl ::std::fmt::Debug for Envelope<'_>"),
        "{made}"
    );
    assert!(
        generate(DOCUMENT, None)
            .unwrap()
            .contains("body: &'a types::Thing,"),
        "{made}"
    );
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

/// A document with one operation, of which `more` says more.
fn with_operation(method: &str, more: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: A vendor, version: 1.0.0}}\npaths:\n  /things:\n    {method}:\n      \
         operationId: list_things\n{more}      responses: {{'200': {{description: Done.}}}}\n"
    )
}

#[test]
fn effect_and_idempotency_are_those_of_the_method_unless_the_document_says_otherwise() {
    let cases = [
        ("get", "", "Read", "Always"),
        ("head", "", "Read", "Always"),
        ("post", "", "Write", "Never"),
        ("put", "", "Write", "Never"),
        ("delete", "", "Write", "Never"),
        ("post", "effect: read", "Read", "Always"),
        ("put", "idempotent: always", "Write", "Always"),
        ("get", "effect: write, idempotent: never", "Write", "Never"),
    ];

    for (method, said, effect, idempotency) in cases {
        let document = with_operation(method, &format!("      x-shoppers: {{{said}}}\n"));

        let made = generate(&document, None).unwrap();

        let expected = format!(
            "method: \"{}\",\n    path: \"/things\",\n    effect: crate::Effect::{effect},\n    \
             idempotency: crate::Idempotency::{idempotency},",
            method.to_uppercase()
        );
        assert!(made.contains(&expected), "{expected} is not in {made}");
    }
}

#[test]
fn what_x_shoppers_does_not_have_is_refused_with_its_place() {
    let cases = [
        (
            "effects: read",
            "x-shoppers/effects: \"effects\" is not known; write `effect`",
        ),
        (
            "effect: reads",
            "x-shoppers/effect: is \"reads\"; write `read` or `write`",
        ),
        (
            "idempotent: true",
            "x-shoppers/idempotent: is true; write `always`, `never` or `with FIELD`",
        ),
        (
            "pages: cursor",
            "x-shoppers/pages: is \"cursor\"; write `link`",
        ),
        (
            "public: 'no'",
            "x-shoppers/public: is \"no\"; write `true` or `false`",
        ),
        (
            "answer: written",
            "x-shoppers/answer: is \"written\"; write ",
        ),
        (
            "idempotent: with ref",
            "x-shoppers/idempotent: the body is missing, and so is `ref`",
        ),
    ];

    for (said, expected) in cases {
        let document = with_operation("post", &format!("      x-shoppers: {{{said}}}\n"));

        let message = generate(&document, None).unwrap_err();

        assert!(message.contains("#/paths/~1things/post/"), "{message}");
        assert!(message.contains(expected), "{expected} is not in {message}");
    }
}

#[test]
fn a_parameter_that_would_not_be_sent_as_described_is_refused_with_its_place() {
    let cases = [
        "{name: a, in: query, style: deepObject, schema: {type: string}}",
        "{name: a, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}",
        "{name: a, in: query, schema: {type: object}}",
        "{name: a, in: query, content: {application/json: {schema: {type: string}}}}",
        "{name: a, in: cookie, schema: {type: string}}",
        "{name: Authorization, in: header, schema: {type: string}}",
        "{name: a, in: header, schema: {type: array, items: {type: string}}}",
    ];

    for parameter in cases {
        let document = with_operation("get", &format!("      parameters: [{parameter}]\n"));

        let message = generate(&document, None).unwrap_err();

        assert!(
            message.contains("#/paths/~1things/get/parameters/0/"),
            "{parameter}: {message}"
        );
        assert!(message.contains("leave the operation out"), "{message}");
    }
}

#[test]
fn parameters_are_arguments_or_fields_by_where_they_stand() {
    let document = with_operation(
        "get",
        "      parameters:\n        \
         - {name: store, in: query, required: true, schema: {type: string}}\n        \
         - {name: from, in: query, description: The first day., schema: {type: string}}\n        \
         - {name: page, in: query, schema: {type: integer, minimum: 1}}\n        \
         - {name: fields, in: query, explode: false, schema: {type: array, items: {type: string}}}\n",
    );

    let made = generate(&document, None).unwrap();

    for expected in [
        "pub async fn list_things(\n        &self,\n        store: &str,\n        query: &ListThings,\n    ) -> \
         ::std::result::Result<(), crate::Error>",
        "/// The first day.\n    pub from: ::std::option::Option<::std::string::String>,",
        "pub page: ::std::option::Option<i64>,",
        "pub fields: ::std::option::Option<crate::CommaList>,",
        "query.from.as_deref()",
    ] {
        assert!(made.contains(expected), "{expected} is not in {made}");
    }
}
