//! Single changes of a schema in both directions: of a field `it` in a request and in a response.

use super::{changes, short};

/// A name, the old and the new schema of `it`, the expected changes in a request and in a response (level, id, and the
/// rest of the place; several with `&`), and a part of their text.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Types and formats.
    ("another type", "{type: string}", "{type: integer}", "breaking type-changed", "breaking type-changed", "was string, is integer; "),
    ("a number for an integer", "{type: integer}", "{type: number}", "compatible type-widened", "breaking type-widened", "was integer, is number; "),
    ("an integer for a number", "{type: number}", "{type: integer}", "breaking type-narrowed", "compatible type-narrowed", "was number, is integer; "),
    ("anything for a string", "{type: string}", "{}", "compatible type-widened", "breaking type-widened", "was string, is anything; "),
    ("a string for anything", "{}", "{type: string}", "breaking type-narrowed", "compatible type-narrowed", "was anything, is string; "),
    ("a list of what was one", "{type: string}", "{type: array, items: {type: string}}", "breaking type-changed", "breaking type-changed", "was string, is array; "),
    ("a type that could be seen is said", "{properties: {a: {}}}", "{type: object, properties: {a: {}}}", "compatible wording-changed", "compatible wording-changed", "type object is stated"),
    ("a type that can be seen is not said", "{type: array, items: {}}", "{items: {}}", "compatible wording-changed", "compatible wording-changed", "type array is inferred"),
    ("a format at last", "{type: string}", "{type: string, format: date}", "breaking format-narrowed", "compatible format-narrowed", "format was none, is \"date\"; "),
    ("no format any more", "{type: string, format: uuid}", "{type: string}", "compatible format-widened", "breaking format-widened", "format was \"uuid\", is none; "),
    ("another format", "{type: string, format: date}", "{type: string, format: date-time}", "breaking format-changed", "breaking format-changed", "was \"date\", is \"date-time\"; "),
    ("an integer of more bits", "{type: integer, format: int32}", "{type: integer, format: int64}", "compatible format-widened", "breaking format-widened", "was \"int32\", is \"int64\"; "),
    ("a number of fewer bits", "{type: number, format: double}", "{type: number, format: float}", "breaking format-narrowed", "compatible format-narrowed", "was \"double\", is \"float\"; "),
    ("a hint to hide what is typed", "{type: string}", "{type: string, format: password}", "compatible wording-changed", "compatible wording-changed", "is \"password\"; requests and responses"),
    ("null is possible", "{type: string}", "{type: string, nullable: true}", "compatible null-allowed", "risky null-allowed", "may be null; "),
    ("null is impossible", "{type: string, nullable: true}", "{type: string}", "breaking null-refused", "compatible null-refused", "may no longer be null; "),
    ("null is possible, beside allOf", "{allOf: [{type: string}]}", "{nullable: true, allOf: [{type: string}]}", "compatible null-allowed", "risky null-allowed", "may be null; "),

    // Enums.
    ("one more value", "{type: string, enum: [a]}", "{type: string, enum: [a, b]}", "compatible enum-value-added > b", "risky enum-value-added > b", "may be \"b\"; "),
    ("one value less", "{type: string, enum: [a, b]}", "{type: string, enum: [b]}", "breaking enum-value-removed > a", "compatible enum-value-removed > a", "may no longer be \"a\"; "),
    ("another value", "{enum: [a, b]}", "{enum: [a, c]}", "breaking enum-value-removed > b & compatible enum-value-added > c", "compatible enum-value-removed > b & risky enum-value-added > c", "\"; "),
    ("a value with spaces", "{enum: [a]}", "{enum: [a, 'b # c']}", "compatible enum-value-added > \"b \\u{23} c\"", "risky enum-value-added > \"b \\u{23} c\"", "\"b # c\""),
    ("a list of values at last", "{type: integer}", "{type: integer, enum: [1, 2]}", "breaking enum-added", "compatible enum-added", "has to be one of 1, 2; "),
    ("no list of values any more", "{type: string, enum: [a]}", "{type: string}", "compatible enum-removed", "risky enum-removed", "need not be one of \"a\"; "),

    // Limits.
    ("a longer string has to be", "{type: string, minLength: 1}", "{type: string, minLength: 2}", "breaking limit-tightened > minLength", "compatible limit-tightened > minLength", "minLength was 1, is 2; "),
    ("a shorter string has to be", "{type: string, maxLength: 3}", "{type: string, maxLength: 2}", "breaking limit-tightened > maxLength", "compatible limit-tightened > maxLength", "maxLength was 3, is 2; "),
    ("a longer string may be", "{type: string, maxLength: 3}", "{type: string, maxLength: 4}", "compatible limit-loosened > maxLength", "risky limit-loosened > maxLength", "maxLength was 3, is 4; "),
    ("no greatest length any more", "{type: string, maxLength: 3}", "{type: string}", "compatible limit-loosened > maxLength", "risky limit-loosened > maxLength", "maxLength 3 was removed; "),
    ("a least number", "{type: integer}", "{type: integer, minimum: -1}", "breaking limit-tightened > minimum", "compatible limit-tightened > minimum", "minimum -1 was added; "),
    ("a least number that leaves itself out", "{type: integer, minimum: 1}", "{type: integer, minimum: 1, exclusiveMinimum: true}", "breaking limit-tightened > minimum", "compatible limit-tightened > minimum", "was 1, is 1 (exclusive); "),
    ("a greatest number that takes itself in", "{type: integer, maximum: 1, exclusiveMaximum: true}", "{type: integer, maximum: 1}", "compatible limit-loosened > maximum", "risky limit-loosened > maximum", "was 1 (exclusive), is 1; "),
    ("the neighbour of a number of 64 bits", "{type: integer, maximum: 9223372036854775807}", "{type: integer, maximum: 9223372036854775806}", "breaking limit-tightened > maximum", "compatible limit-tightened > maximum", "is 9223372036854775806; "),
    ("steps", "{type: integer}", "{type: integer, multipleOf: 5}", "breaking limit-tightened > multipleOf", "compatible limit-tightened > multipleOf", "has to be a multiple of 5"),
    ("greater steps", "{type: number, multipleOf: 0.1}", "{type: number, multipleOf: 0.3}", "breaking limit-tightened > multipleOf", "compatible limit-tightened > multipleOf", "has to be a multiple of 0.3"),
    ("smaller steps", "{type: integer, multipleOf: 4}", "{type: integer, multipleOf: 2}", "compatible limit-loosened > multipleOf", "risky limit-loosened > multipleOf", "need not be a multiple of 4"),
    ("other steps", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 3}", "breaking limit-tightened > multipleOf & compatible limit-loosened > multipleOf", "risky limit-loosened > multipleOf & compatible limit-tightened > multipleOf", "a multiple of"),
    ("fewer items", "{type: array, items: {}, maxItems: 9}", "{type: array, items: {}, maxItems: 8}", "breaking limit-tightened > maxItems", "compatible limit-tightened > maxItems", "was 9, is 8; "),
    ("more items", "{type: array, items: {}}", "{type: array, items: {}, minItems: 1}", "breaking limit-tightened > minItems", "compatible limit-tightened > minItems", "minItems 1 was added; "),
    ("no item twice", "{type: array, items: {}}", "{type: array, items: {}, uniqueItems: true}", "breaking limit-tightened > uniqueItems", "compatible limit-tightened > uniqueItems", "items have to be unique; "),
    ("an item twice", "{type: array, items: {}, uniqueItems: true}", "{type: array, items: {}}", "compatible limit-loosened > uniqueItems", "risky limit-loosened > uniqueItems", "items need not be unique; "),
    ("more fields", "{type: object, minProperties: 1}", "{type: object, minProperties: 2}", "breaking limit-tightened > minProperties", "compatible limit-tightened > minProperties", "was 1, is 2; "),
    ("any number of fields", "{type: object, maxProperties: 1}", "{type: object}", "compatible limit-loosened > maxProperties", "risky limit-loosened > maxProperties", "maxProperties 1 was removed; "),
    ("a pattern", "{type: string}", "{type: string, pattern: '^a'}", "breaking limit-tightened > pattern", "compatible limit-tightened > pattern", "has to match \"^a\"; "),
    ("no pattern any more", "{type: string, pattern: '^a'}", "{type: string}", "compatible limit-loosened > pattern", "risky limit-loosened > pattern", "need not match \"^a\"; "),
    ("another pattern", "{type: string, pattern: '^a'}", "{type: string, pattern: '^b'}", "risky pattern-changed > pattern", "risky pattern-changed > pattern", "was \"^a\", is \"^b\"; "),

    // Fields.
    ("a field", "{type: object}", "{type: object, properties: {a: {}}}", "compatible field-added > a", "compatible field-added > a", "was added; "),
    ("a required field", "{type: object, properties: {b: {}}}", "{type: object, required: [a], properties: {a: {}, b: {}}}", "breaking required-field-added > a", "compatible field-added > a", "was added"),
    ("a required field that is not described", "{type: object}", "{type: object, required: [a]}", "breaking required-field-added > a", "compatible field-added > a", "was added"),
    ("a field less", "{type: object, properties: {a: {}}}", "{type: object}", "risky field-removed > a", "breaking field-removed > a", "was removed; "),
    ("a deprecated field less", "{type: object, properties: {a: {deprecated: true}}}", "{type: object}", "risky field-removed > a", "breaking field-removed > a", "after its deprecation; "),
    ("a field less of an object that takes no others", "{type: object, properties: {a: {}}, additionalProperties: false}", "{type: object, additionalProperties: false}", "breaking field-refused > a", "breaking field-removed > a", "was removed; "),
    ("a field becomes required", "{type: object, properties: {a: {}}}", "{type: object, required: [a], properties: {a: {}}}", "breaking field-now-required > a", "compatible field-now-required > a", "is required now; "),
    ("a field becomes optional", "{type: object, required: [a], properties: {a: {}}}", "{type: object, properties: {a: {}}}", "compatible field-now-optional > a", "risky field-now-optional > a", "is optional now; "),
    ("a field is for answers alone", "{type: object, properties: {a: {}}}", "{type: object, properties: {a: {readOnly: true}}}", "risky field-now-read-only > a", "compatible wording-changed > a", "read"),
    ("a field is for requests alone", "{type: object, properties: {a: {}}}", "{type: object, properties: {a: {writeOnly: true}}}", "compatible wording-changed > a", "breaking field-now-write-only > a", "write"),
    ("a required field is no longer for answers alone", "{type: object, required: [a], properties: {a: {readOnly: true}}}", "{type: object, required: [a], properties: {a: {}}}", "breaking required-field-added > a", "compatible wording-changed > a", "read"),
    ("a field is no longer for requests alone", "{type: object, properties: {a: {writeOnly: true}}}", "{type: object, properties: {a: {}}}", "compatible wording-changed > a", "compatible field-added > a", "write"),
    ("a field for answers alone", "{type: object}", "{type: object, required: [a], properties: {a: {readOnly: true}}}", "compatible wording-changed > a", "compatible field-added > a", "was added"),
    ("a field for answers alone becomes required", "{type: object, properties: {a: {readOnly: true}}}", "{type: object, required: [a], properties: {a: {readOnly: true}}}", "compatible wording-changed > a", "compatible field-now-required > a", "; "),
    ("a field for requests alone is of another type", "{type: object, properties: {a: {writeOnly: true, type: string}}}", "{type: object, properties: {a: {writeOnly: true, type: integer}}}", "breaking type-changed > a", "compatible wording-changed > a", "was string, is integer"),
    ("no other fields", "{type: object, properties: {a: {}}}", "{type: object, properties: {a: {}}, additionalProperties: false}", "breaking other-fields-refused > any other field", "compatible other-fields-refused > any other field", "are no longer allowed; "),
    ("other fields", "{type: object, additionalProperties: false}", "{type: object}", "compatible other-fields-allowed > any other field", "compatible other-fields-allowed > any other field", "are allowed; "),
    ("other fields of another type", "{type: object, additionalProperties: {type: string}}", "{type: object, additionalProperties: {type: boolean}}", "breaking type-changed > any other field", "breaking type-changed > any other field", "was string, is boolean; "),
    ("other fields of any type", "{type: object, additionalProperties: {type: string}}", "{type: object, additionalProperties: true}", "compatible type-widened > any other field", "breaking type-widened > any other field", "was string, is anything; "),
    ("other fields of one type", "{type: object, additionalProperties: {}}", "{type: object, additionalProperties: {type: string}}", "breaking type-narrowed > any other field", "compatible type-narrowed > any other field", "was anything, is string; "),
    ("no other fields where there were some", "{type: object, additionalProperties: {type: string}}", "{type: object, additionalProperties: false}", "breaking other-fields-refused > any other field", "breaking field-removed > any other field", ""),
    ("deep inside", "{type: array, items: {type: object, properties: {a: {type: array, items: {type: string}}}}}", "{type: array, items: {type: object, properties: {a: {type: array, items: {type: boolean}}}}}", "breaking type-changed > each item > a > each item", "breaking type-changed > each item > a > each item", "was string"),
    ("a field with a strange name", "{type: object}", "{type: object, properties: {'a > b # c': {}}}", "compatible field-added > \"a > b \\u{23} c\"", "compatible field-added > \"a > b \\u{23} c\"", "was added"),

    // allOf.
    ("one more part with a field", "{allOf: [{type: object, properties: {a: {}}}]}", "{allOf: [{type: object, properties: {a: {}}}, {properties: {b: {}}}]}", "compatible field-added > b", "compatible field-added > b", "was added"),
    ("a part that requires a field", "{type: object, properties: {a: {}}}", "{type: object, properties: {a: {}}, allOf: [{required: [a]}]}", "breaking field-now-required > a", "compatible field-now-required > a", "is required now"),
    ("a part that limits a field", "{allOf: [{type: object, properties: {a: {type: string}}}]}", "{allOf: [{type: object, properties: {a: {type: string}}}, {properties: {a: {maxLength: 2}}}]}", "breaking limit-tightened > a > maxLength", "compatible limit-tightened > a > maxLength", "maxLength 2 was added"),
    ("parts that contradict each other", "{allOf: [{type: string}]}", "{allOf: [{type: string}, {type: integer}]}", "breaking type-narrowed", "compatible type-narrowed", "was string, is nothing"),

    // oneOf, anyOf, not.
    ("one more form", "{oneOf: [{type: string}]}", "{oneOf: [{type: string}, {type: integer}]}", "compatible alternative-added > as integer", "risky alternative-added > as integer", "is one of the alternatives; "),
    ("one form less", "{anyOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: integer}]}", "breaking alternative-removed > as string", "compatible alternative-removed > as string", "is no longer one of the alternatives; "),
    ("another form beside the one", "{type: string}", "{oneOf: [{type: integer}, {type: string}]}", "compatible alternative-added > as integer", "risky alternative-added > as integer", "is one of the alternatives; "),
    ("one form out of several", "{oneOf: [{type: integer}, {type: string}]}", "{type: string}", "breaking alternative-removed > as integer", "compatible alternative-removed > as integer", "no longer"),
    ("a form changes inside", "{oneOf: [{type: string}, {type: object, properties: {a: {type: string}}}]}", "{oneOf: [{type: object, properties: {a: {type: boolean}}}, {type: string}]}", "breaking type-changed > as object > a", "breaking type-changed > as object > a", "was string, is boolean"),
    ("any of them for one of them", "{oneOf: [{type: string}, {type: integer}]}", "{anyOf: [{type: string}, {type: integer}]}", "risky choice-changed", "risky choice-changed", "was oneOf, is anyOf; "),
    ("forms at last", "{type: object, properties: {a: {}, b: {}}}", "{type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}", "breaking choice-added", "compatible choice-added", "one of several alternatives; "),
    ("no forms any more", "{type: object, properties: {a: {}, b: {}}, anyOf: [{required: [a]}, {required: [b]}]}", "{type: object, properties: {a: {}, b: {}}}", "compatible choice-removed", "risky choice-removed", "need not match one of several alternatives; "),
    ("two choices for one", "{anyOf: [{type: string}]}", "{anyOf: [{type: string}], oneOf: [{type: string}]}", "risky choice-changed", "risky choice-changed", "number of choices to match was 0, is 1; "),
    ("something is excluded", "{type: string}", "{type: string, not: {enum: [a]}}", "breaking exclusion-added > not", "compatible exclusion-added > not", "are excluded; "),
    ("nothing is excluded any more", "{type: string, not: {enum: [a]}}", "{type: string}", "compatible exclusion-removed > not", "risky exclusion-removed > not", "no longer excluded; "),
    ("something else is excluded", "{type: string, not: {enum: [a]}}", "{type: string, not: {enum: [a, b]}}", "risky exclusion-changed > not > b", "risky exclusion-changed > not > b", "the excluded values changed"),
    ("what is excluded is described", "{not: {type: string}}", "{not: {type: string, description: A}}", "compatible wording-changed > not", "compatible wording-changed > not", "description \"A\" was added"),

    // Discriminators.
    ("a field tells forms apart", "{oneOf: [{$ref: '#/components/schemas/Cat'}]}", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}", "risky discriminator-added > discriminator", "risky discriminator-added > discriminator", "was added"),
    ("no field tells forms apart", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}]}", "risky discriminator-removed > discriminator", "risky discriminator-removed > discriminator", "was removed"),
    ("another field tells forms apart", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: sort}}", "breaking discriminator-changed > discriminator", "breaking discriminator-changed > discriminator", "was \"kind\", is \"sort\"; "),
    ("a form has another word", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, mapping: {cat: Cat}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, mapping: {puss: '#/components/schemas/Cat'}}}", "breaking alternative-removed > as cat & compatible alternative-added > as puss", "compatible alternative-removed > as cat & risky alternative-added > as puss", "the discriminator may"),
    ("a word stands for another form", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind, mapping: {a: Cat}}}", "{oneOf: [{$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {a: Dog}}}", "risky field-removed > as a > purrs & compatible field-added > as a > barks", "breaking field-removed > as a > purrs & compatible field-added > as a > barks", "was "),
    ("a form by the name of its component", "{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "compatible alternative-added > as Dog", "risky alternative-added > as Dog", "the discriminator may be \"Dog\"; "),

    // What does not decide whether a value fits.
    ("another default", "{type: string, default: a}", "{type: string, default: b}", "risky default-changed", "risky default-changed", "default was \"a\", is \"b\"; "),
    ("a default at last", "{type: string}", "{type: string, default: a}", "risky default-changed", "risky default-changed", "default \"a\" was added; "),
    ("advised against", "{type: string}", "{type: string, deprecated: true}", "risky deprecated", "risky deprecated", "is deprecated; "),
    ("no longer advised against", "{type: string, deprecated: true}", "{type: string}", "compatible not-deprecated", "compatible not-deprecated", "is no longer deprecated; "),
    ("another name in XML", "{type: string, xml: {name: a}}", "{type: string, xml: {name: b}}", "risky xml-changed", "risky xml-changed", "xml was"),
    ("a description", "{type: string, description: 'A day, full or partial (YYYY-MM-DD)'}", "{type: string, description: 'A day, full or partial (MM-DD)'}", "compatible wording-changed", "compatible wording-changed", "was \"…y, full or partial (YYYY-MM-DD)\", is \"…y, full or partial (MM-DD)\"; "),
    ("an example", "{type: string}", "{type: string, example: a}", "compatible wording-changed", "compatible wording-changed", "example \"a\" was added; "),
    ("a title", "{title: A}", "{}", "compatible wording-changed", "compatible wording-changed", "title \"A\" was removed; "),
    ("an extension", "{x-a: 1}", "{x-a: 2}", "compatible wording-changed", "compatible wording-changed", "x-a was \"1\", is \"2\"; "),
    ("a key that OpenAPI 3.0 does not know", "{type: string}", "{type: string, const: a}", "risky keyword-changed", "risky keyword-changed", "const \"a\" was added; "),
    ("words where OpenAPI ignores them", "{$ref: '#/components/schemas/Cat'}", "{$ref: '#/components/schemas/Cat', description: A}", "compatible wording-changed", "compatible wording-changed", "description beside a $ref \"A\" was added"),
    ("read-only where nothing is written", "{items: {}}", "{items: {readOnly: true}}", "compatible wording-changed > each item", "compatible wording-changed > each item", "has no effect here"),
];

/// Changes without an effect: a name, the old and the new schema.
#[rustfmt::skip]
const SAME: &[(&str, &str, &str)] = &[
    ("a reference written out", "{$ref: '#/components/schemas/Text'}", "{type: string}"),
    ("a component renamed", "{$ref: '#/components/schemas/Text'}", "{$ref: '#/components/schemas/Words'}"),
    ("a reference to a reference", "{$ref: '#/components/schemas/Text'}", "{$ref: '#/components/schemas/Again'}"),
    ("a recursive component renamed", "{$ref: '#/components/schemas/Tree'}", "{$ref: '#/components/schemas/Wood'}"),
    ("a recursive component, one turn further in", "{$ref: '#/components/schemas/Tree'}", "{type: object, properties: {more: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}"),
    ("allOf written out", "{allOf: [{$ref: '#/components/schemas/Cat'}, {required: [purrs]}]}", "{type: object, required: [purrs, kind], properties: {kind: {type: string}, purrs: {type: boolean}}}"),
    ("a component that has itself in allOf", "{$ref: '#/components/schemas/Self'}", "{type: string}"),
    ("defaults of OpenAPI written out", "{type: object}", "{type: object, nullable: false, readOnly: false, deprecated: false, additionalProperties: true, required: [], properties: {}, minProperties: 0}"),
    ("the order of values", "{type: string, enum: [a, b]}", "{type: string, enum: [b, a]}"),
    ("the order of required fields", "{type: object, required: [a, b], properties: {a: {}, b: {}}}", "{type: object, required: [b, a], properties: {b: {}, a: {}}}"),
    ("the order of forms", "{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: integer}, {type: string}]}"),
    ("a form alone", "{oneOf: [{type: string}]}", "{type: string}"),
    ("an empty line", "{type: string, description: null}", "{type: string}"),
    ("a number of steps of steps", "{type: integer, multipleOf: 2}", "{type: integer, multipleOf: 2.0}"),
];

/// A document with a schema for `it`, in the request or in the response.
fn with(schema: &str, is_request: bool) -> String {
    let wrapped = format!("{{type: object, properties: {{it: {schema}}}}}");
    let (request, response) = if is_request {
        (wrapped.as_str(), "{}")
    } else {
        ("{}", wrapped.as_str())
    };
    format!(
        "
openapi: 3.0.3
info: {{title: A vendor, version: 1.0.0}}
paths:
  /things:
    post:
      requestBody: {{content: {{application/json: {{schema: {request}}}}}}}
      responses: {{'200': {{description: Done., content: {{application/json: {{schema: {response}}}}}}}}}
components:
  schemas:
    Text: {{type: string}}
    Words: {{type: string}}
    Again: {{$ref: '#/components/schemas/Text'}}
    Self: {{type: string, allOf: [{{$ref: '#/components/schemas/Self'}}]}}
    Tree: {{type: object, properties: {{more: {{type: array, items: {{$ref: '#/components/schemas/Tree'}}}}}}}}
    Wood: {{type: object, properties: {{more: {{type: array, items: {{$ref: '#/components/schemas/Wood'}}}}}}}}
    Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}, purrs: {{type: boolean}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}, barks: {{type: boolean}}}}}}
"
    )
}

/// All rows in both directions: the name, both documents, the expected changes, and a part of their text.
pub fn cases() -> Vec<(String, String, String, Vec<String>, &'static str)> {
    let mut cases = Vec::new();
    for (name, old, new, sent, received, words) in ROWS {
        for (is_request, side, expected) in [
            (true, "request body > it", sent),
            (false, "response 200 > it", received),
        ] {
            let expected = expected
                .split(" & ")
                .map(|one| {
                    let mut words = one.splitn(3, ' ');
                    let (level, id) = (words.next().unwrap(), words.next().unwrap());
                    let rest = words
                        .next()
                        .map_or(String::new(), |rest| format!(" {rest}"));
                    format!("{level} {id} POST /things {side}{rest}")
                })
                .collect();
            cases.push((
                format!("{name}, {side}"),
                with(old, is_request),
                with(new, is_request),
                expected,
                *words,
            ));
        }
    }
    cases
}

#[test]
fn a_change_of_a_schema_is_judged_by_its_direction() {
    for (name, old, new, expected, words) in cases() {
        let changes = changes(&old, &new);

        let mut found: Vec<_> = changes.iter().map(short).collect();
        let mut expected = expected;
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{name}");
        for change in changes {
            let text = change.text;
            assert!(text.contains(words), "{name}: {text:?} holds no {words:?}");
        }
    }
}

#[test]
fn a_change_without_effect_is_not_reported() {
    for (name, one, other) in SAME {
        for is_request in [true, false] {
            let (one, other) = (with(one, is_request), with(other, is_request));

            assert_eq!(changes(&one, &other), [], "{name}");
            assert_eq!(changes(&other, &one), [], "{name}, the other way round");
        }
    }
}
