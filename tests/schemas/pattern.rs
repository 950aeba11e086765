//! The texts that a pattern takes and those that its type takes.

use std::str::FromStr;

use jsonschema::Validator;
use proptest::prelude::*;
use schemars::{JsonSchema, schema_for};
use serde::de::DeserializeOwned;
use serde_json::json;
use shoppers::bspk;

use crate::is_valid;

/// The schema of a type that is a text, and the type itself.
struct Judges<T> {
    schema: Validator,
    reads: fn(&str) -> Option<T>,
}

impl<T: JsonSchema + FromStr + DeserializeOwned> Judges<T> {
    fn new() -> Self {
        Self {
            schema: jsonschema::validator_for(schema_for!(T).as_value()).unwrap(),
            reads: |text| text.parse().ok(),
        }
    }

    /// Returns `true` if all of them take the text.
    #[track_caller]
    fn agree(&self, text: &str) -> bool {
        let parsed = (self.reads)(text).is_some();
        let decoded = serde_json::from_value::<T>(json!(text)).is_ok();
        let valid = self.schema.is_valid(&json!(text));

        assert_eq!(parsed, decoded, "parsed and decoded differ: {text:?}");
        assert_eq!(parsed, valid, "the type and its schema differ: {text:?}");
        parsed
    }
}

#[test]
fn a_birthdays_pattern_knows_the_calendar() {
    let judges = Judges::<bspk::Birthday>::new();
    let years = [
        0, 1, 4, 10, 100, 400, 1000, 1900, 1904, 1982, 1996, 2000, 2023, 2024, 9999,
    ];
    let mut taken = 0;

    for month in 0..=13 {
        for day in 0..=32 {
            taken += u32::from(judges.agree(&format!("{month:02}-{day:02}")));
            for year in years {
                judges.agree(&format!("{year:04}-{month:02}-{day:02}"));
            }
        }
    }
    for year in 0..=9999 {
        judges.agree(&format!("{year:04}-02-29"));
    }

    assert_eq!(taken, 366);
    for text in [
        "",
        "1982",
        "1982-2-22",
        " 02-22",
        "02-22\n",
        "0002-22",
        "٠٢-٢٢",
        "02-29-02-29",
    ] {
        assert!(!judges.agree(text), "{text:?}");
    }
}

#[test]
fn a_lists_pattern_wants_items() {
    let languages = Judges::<bspk::Languages>::new();
    let columns = Judges::<bspk::IgnoreColumns>::new();
    let cases = [
        ("en", true),
        ("en;fr", true),
        (" en ; zh Hant\n", true),
        ("a:b,c", true),
        ("", false),
        (" ", false),
        (";", false),
        ("en;", false),
        (";en", false),
        ("en; ;fr", false),
        ("en;\u{3000}", false),
    ];

    for (text, expected) in cases {
        assert_eq!(languages.agree(text), expected, "{text:?}");
        assert_eq!(columns.agree(text), expected, "{text:?}");
    }
}

#[test]
fn the_pattern_of_preferences_knows_both_forms() {
    let judges = Judges::<bspk::Preferences>::new();
    let cases = [
        ("Young Professional; Lawyer", true),
        ("Smith, Wesson", true),
        ("Size:40,41;Length:Classic", true),
        (" Size : 40 , 41 ", true),
        ("", false),
        ("a;", false),
        ("a; ;b", false),
        ("a:", false),
        (":a", false),
        ("a:b;c", false),
        ("a:b:c", false),
        ("a:b,", false),
        ("a: ,b", false),
        ("a,b:c", false),
    ];

    for (text, expected) in cases {
        assert_eq!(judges.agree(text), expected, "{text:?}");
    }
}

#[test]
fn a_group_that_is_there_twice_is_seen_by_the_type_alone() {
    let twice = json!("a:1;a:2");

    assert!(is_valid(&schema_for!(bspk::Preferences), &twice));
    assert!(serde_json::from_value::<bspk::Preferences>(twice).is_err());
}

#[test]
fn codes_and_flags_agree_with_their_schemas() {
    let gender = Judges::<bspk::Gender>::new();
    let channel = Judges::<bspk::ContactChannel>::new();
    let flag = Judges::<bspk::Flag>::new();
    let profile = Judges::<bspk::ProfileType>::new();
    let timestamp = Judges::<bspk::Timestamp>::new();

    for text in ["M", "NB", "x", " M", "whatsapp", "a b", "ü"] {
        assert!(gender.agree(text) && channel.agree(text), "{text:?}");
    }
    for text in ["", " ", "\t\n", "\u{3000}"] {
        assert!(!gender.agree(text) && !channel.agree(text), "{text:?}");
    }
    for (text, is_flag, is_profile) in [
        ("true", true, false),
        ("false", true, false),
        ("TRUE", false, false),
        ("person", false, true),
        ("organization", false, true),
        ("Person", false, false),
        ("", false, false),
    ] {
        assert_eq!(flag.agree(text), is_flag, "{text:?}");
        assert_eq!(profile.agree(text), is_profile, "{text:?}");
        assert!(timestamp.agree(text), "{text:?}");
    }
}

#[test]
fn a_boolean_is_read_as_a_flag_but_the_schema_asks_for_text() {
    assert!(!is_valid(&schema_for!(bspk::Flag), &json!(true)));
    assert!(serde_json::from_value::<bspk::Flag>(json!(true)).is_ok());
}

/// Characters that matter to some value type, and some that matter to none.
const TEXT: &str = "[ \t\n;:,a-cMNFé\u{3000}\u{a0}\u{85}\u{feff}0-9-]{0,9}";

#[test]
fn a_pattern_takes_what_its_type_takes() {
    let languages = Judges::<bspk::Languages>::new();
    let columns = Judges::<bspk::IgnoreColumns>::new();
    let gender = Judges::<bspk::Gender>::new();
    let channel = Judges::<bspk::ContactChannel>::new();
    let flag = Judges::<bspk::Flag>::new();
    let birthday = Judges::<bspk::Birthday>::new();

    proptest!(|(text in TEXT)| {
        languages.agree(&text);
        columns.agree(&text);
        gender.agree(&text);
        channel.agree(&text);
        flag.agree(&text);
        birthday.agree(&text);
    });
}

#[test]
fn a_pattern_takes_the_days_that_exist() {
    let judges = Judges::<bspk::Birthday>::new();

    proptest!(|(text in "([0-9]{4}-)?[0-9]{2}-[0-9]{2}")| {
        judges.agree(&text);
    });
}

/// No group is there twice: the letters of each part are its own.
#[test]
fn a_pattern_takes_the_preferences_of_either_form() {
    let judges = Judges::<bspk::Preferences>::new();

    proptest!(|(text in "[ab ]{0,3}[;:, ][cd ]{0,3}[;:, ][ef ]{0,3}")| {
        judges.agree(&text);
    });
}
