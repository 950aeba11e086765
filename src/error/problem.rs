//! The problems that a vendor lists in an answer, and that this crate finds in arguments.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer as Json, Value};

/// More problems of one answer are not read.
const MOST: usize = 100;

/// The codes that may be shown. Any other may be a shopper's name, as a vendor quotes what it was sent.
const KNOWN_CODES: [&str; 2] = [
    // specs/bspk, "Validation". Neither that document nor Gatsby's has another.
    "not_found",
    // Our own: src/mock/server.rs.
    "no_mock_matches",
];

/// One of the things that a vendor, or this crate, found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    code: Option<String>,
    title: Option<String>,
    field: Option<String>,
}

impl Problem {
    /// The vendor's word for the kind of problem, such as `not_found`. It may hold a shopper's data.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The [`code`](Self::code), if it is one that a vendor documents, and so fit for a log or a metric.
    pub fn known_code(&self) -> Option<&str> {
        self.code().filter(|code| KNOWN_CODES.contains(code))
    }

    /// The vendor's own words, which may hold a shopper's data, or this crate's, which never do.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The argument of a [call by name](crate::bspk::Client::call_by_name) that this crate refused, or the field of its body,
    /// such as `body.channel.instagram.phone`. A vendor's problem has none.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// A value that is refused here. Neither text holds anything of a person.
    pub(crate) fn of_field(field: String, title: String) -> Self {
        Self {
            code: None,
            title: Some(title),
            field: Some(field),
        }
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Problem");
        if let Some(code) = self.known_code() {
            shown.field("code", &code);
        }
        shown.finish_non_exhaustive()
    }
}

/// Reads `{"errors": [{"title": .., "code": ..}]}`, of which anything may be missing: the first [`MOST`], and of a body that
/// breaks off those before that.
pub(super) fn problems(body: &[u8]) -> Vec<Problem> {
    let mut found = Vec::new();
    // BSPK's own example of an error has single quotes (specs/bspk, "Validation").
    let read = if body.trim_ascii_start().starts_with(b"{'") {
        let text = String::from_utf8_lossy(body).replace('\'', "\"");
        Json::from_str(&text).deserialize_map(Reader(&mut found))
    } else {
        Json::from_slice(body).deserialize_map(Reader(&mut found))
    };
    // What cannot be read has no more problems, and there is nothing else to say of it.
    drop(read);
    found
}

/// Reads the answer, and the list in it one by one, so that a long one takes no more memory than is kept.
struct Reader<'a>(&'a mut Vec<Problem>);

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list of errors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "errors" {
                map.next_value_seed(Reader(self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while self.0.len() < MOST {
            let Some(error) = list.next_element::<Value>()? else {
                return Ok(());
            };
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let (code, title) = (text(&error["code"]), text(&error["title"]).or(text(&error)));
            if code.is_some() || title.is_some() {
                self.0.push(Problem {
                    code,
                    title,
                    field: None,
                });
            }
        }
        Err(A::Error::custom("there are more than are read"))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_read_as_far_as_they_can_be() {
        type Read<'a> = (Option<&'a str>, Option<&'a str>);
        let cases: [(&str, &[Read<'_>]); 11] = [
            (
                r#"{"errors":[{"title":"No","code":"not_found"}]}"#,
                &[(Some("not_found"), Some("No"))],
            ),
            // As it stands in the vendor's document.
            (
                "{'errors':[{'title': 'No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]','code':'not_found'}]}",
                &[(
                    Some("not_found"),
                    Some("No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]"),
                )],
            ),
            (
                r#"{"errors":[{"code":"a"},{"title":"b"}]}"#,
                &[(Some("a"), None), (None, Some("b"))],
            ),
            (r#"{"errors":["gone"]}"#, &[(None, Some("gone"))]),
            (r#"{"errors":[{}, null, 7]}"#, &[]),
            (r#"{"errors":{"code":"a"}}"#, &[]),
            (r#"["errors"]"#, &[]),
            ("<html>502</html>", &[]),
            ("{'errors':[", &[]),
            ("", &[]),
            ("\u{feff}", &[]),
        ];

        for (body, expected) in cases {
            let problems = problems(body.as_bytes());

            let seen: Vec<_> = problems.iter().map(|it| (it.code(), it.title())).collect();
            assert_eq!(seen, expected, "{body}");
        }
        assert!(problems(b"\xff\xfe").is_empty());
    }

    #[test]
    fn a_problem_shows_no_code_but_a_documented_one() {
        let shown = |code: &str| {
            let body = format!(r#"{{"errors":[{{"code":"{code}"}}]}}"#);
            format!("{:?}", problems(body.as_bytes()))
        };

        assert_eq!(shown("not_found"), r#"[Problem { code: "not_found", .. }]"#);
        assert_eq!(shown("meyer"), "[Problem { .. }]");
    }

    #[test]
    fn of_a_long_list_a_hundred_problems_are_read() {
        for (listed, expected) in [(99, 99), (100, 100), (101, 100)] {
            let list = vec![r#"{"code":"a"}"#; listed].join(",");
            let body = format!(r#"{{"errors":[{list}]}}"#);

            assert_eq!(problems(body.as_bytes()).len(), expected);
        }
    }
}
