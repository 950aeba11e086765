//! Texts of a document in the documentation.

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};
use syn::{Attribute, Expr, Lit, Meta, visit_mut::VisitMut};

use super::*;

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
fn a_field_of_which_the_vendor_says_nothing_is_documented_all_the_same() {
    let made = generate(DOCUMENT, None).unwrap();

    assert!(
        made.contains("/// `name`, of which the document says nothing."),
        "{made}"
    );
}
