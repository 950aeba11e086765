//! The product categories that a shopper prefers.

use std::{collections::HashSet, fmt, str::FromStr};

use crate::{
    invalid_value::InvalidValue,
    text::{item, join, wire_text},
};

const INVALID: InvalidValue = InvalidValue(
    "invalid preferences: expected `value; value` or `group:value,value;group:value`, with no blank part, no group twice \
     and no separator inside a part (leave the field out to send none)",
);

/// A shopper's preferences, either values alone or values in groups.
///
/// The company defines which values and groups there are; BSPK checks them. It has no way to escape a separator, so a
/// value or group that holds one is refused. A value alone may hold a comma. `Debug` does not show them.
///
/// # Example: values alone
///
/// ```
/// use shoppers::bspk::Preferences;
///
/// let preferences = Preferences::flat(["Young Professional", "Lawyer"])?;
/// assert_eq!(preferences.to_string(), "Young Professional; Lawyer");
/// # Ok::<(), shoppers::bspk::InvalidValue>(())
/// ```
///
/// # Example: values in groups, read back
///
/// ```
/// use shoppers::bspk::Preferences;
///
/// let preferences = Preferences::groups([
///     ("Right Thumb Ring Size", vec!["40", "41"]),
///     ("Necklace Length", vec!["Classic"]),
/// ])?;
/// assert_eq!(preferences.to_string(), "Right Thumb Ring Size:40,41;Necklace Length:Classic");
/// assert_eq!(preferences.iter().last(), Some((Some("Necklace Length"), "Classic")));
/// # Ok::<(), shoppers::bspk::InvalidValue>(())
/// ```
// The two forms are in the prose of `preferences` (specs/bspk). A colon tells them apart.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Preferences(String);

wire_text!(Preferences, INVALID, {
    "description": "Preferences, as values separated by semicolons, or as groups of comma-separated values; no group twice.",
    "pattern": PATTERN,
    "examples": ["Young Professional; Lawyer", "Right Thumb Ring Size:40,41;Necklace Length:Classic"],
});

/// Either form, and no blank part. That a group is not there twice is beyond what a pattern can say.
#[cfg(feature = "schemars")]
const PATTERN: &str = concat!(
    r"^[\s\u0085\uFEFF]*[^;:\s\u0085\uFEFF][^;:]*(;[\s\u0085\uFEFF]*[^;:\s\u0085\uFEFF][^;:]*)*$",
    r"|^[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*:[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*(,[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*)*",
    r"(;[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*:[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*(,[\s\u0085\uFEFF]*[^;:,\s\u0085\uFEFF][^;:,]*)*)*$",
);

impl Preferences {
    /// Values alone, each without the white space round it.
    ///
    /// # Errors
    ///
    /// If there is no value, or if one is blank or holds a `;` or a `:`.
    pub fn flat<I>(values: I) -> Result<Preferences, InvalidValue>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        join(values, &[';', ':'], "; ")
            .map(Preferences)
            .ok_or(INVALID)
    }

    /// Values in groups, by the group's id, each without the white space round it.
    ///
    /// # Errors
    ///
    /// If there is no group or a group has no value, if an id is there twice, or if an id or a value is blank or holds a
    /// `;`, a `:` or a `,`.
    pub fn groups<I, G, V>(groups: I) -> Result<Preferences, InvalidValue>
    where
        I: IntoIterator<Item = (G, V)>,
        G: AsRef<str>,
        V: IntoIterator,
        V::Item: AsRef<str>,
    {
        const SEPARATORS: &[char] = &[';', ':', ','];

        let mut ids = HashSet::new();
        let mut joined = Vec::new();
        for (id, values) in groups {
            let id = item(id.as_ref(), SEPARATORS).ok_or(INVALID)?;
            let values = join(values, SEPARATORS, ",").ok_or(INVALID)?;
            if !ids.insert(id.to_owned()) {
                return Err(INVALID);
            }
            joined.push(format!("{id}:{values}"));
        }
        if joined.is_empty() {
            return Err(INVALID);
        }
        Ok(Preferences(joined.join(";")))
    }

    /// Each value in order, with its group's id if it has one: all have, or none.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        self.0.split(';').flat_map(|part| {
            let (id, values, separator) = match part.split_once(':') {
                Some((id, values)) => (Some(id), values, ','),
                // What is left holds no `;`, so it stays whole, commas and all.
                None => (None, part, ';'),
            };
            values
                .split(separator)
                .map(move |value| (id, value.trim_start()))
        })
    }
}

impl FromStr for Preferences {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Preferences, InvalidValue> {
        if !text.contains(':') {
            return Preferences::flat(text.split(';'));
        }
        let groups: Option<Vec<_>> = text.split(';').map(|part| part.split_once(':')).collect();
        let groups = groups.ok_or(INVALID)?.into_iter();
        Preferences::groups(groups.map(|(id, values)| (id, values.split(','))))
    }
}

impl fmt::Display for Preferences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_either_form_is_read() {
        type Values<'a> = &'a [(Option<&'a str>, &'a str)];
        let cases: [(&str, &str, Values); 6] = [
            (
                "Young Professional; Lawyer",
                "Young Professional; Lawyer",
                &[(None, "Young Professional"), (None, "Lawyer")],
            ),
            (
                "a;b ; c",
                "a; b; c",
                &[(None, "a"), (None, "b"), (None, "c")],
            ),
            ("Size 40,41", "Size 40,41", &[(None, "Size 40,41")]),
            (
                "Right Thumb Ring Size:40,41;Necklace Length:Classic",
                "Right Thumb Ring Size:40,41;Necklace Length:Classic",
                &[
                    (Some("Right Thumb Ring Size"), "40"),
                    (Some("Right Thumb Ring Size"), "41"),
                    (Some("Necklace Length"), "Classic"),
                ],
            ),
            (
                " Größe : 40 , 41 ; Länge : klassisch ",
                "Größe:40,41;Länge:klassisch",
                &[
                    (Some("Größe"), "40"),
                    (Some("Größe"), "41"),
                    (Some("Länge"), "klassisch"),
                ],
            ),
            ("A:x;B:x", "A:x;B:x", &[(Some("A"), "x"), (Some("B"), "x")]),
        ];

        for (text, wire, values) in cases {
            let preferences: Preferences = text.parse().unwrap();
            assert_eq!(preferences.to_string(), wire);
            assert!(preferences.iter().eq(values.iter().copied()), "{text:?}");
            assert_eq!(wire.parse(), Ok(preferences));
        }
    }

    #[test]
    fn text_of_neither_form_is_refused() {
        let colons = ":".repeat(100_000);
        let semicolons = ";".repeat(100_000);
        let cases = [
            "",
            " ",
            ";",
            ":",
            ",:",
            "a;",
            ";a",
            "a;;b",
            "a; ;b",
            "a:",
            ":a",
            "a:b;",
            "a:b;c",
            "c;a:b",
            "a:b:c",
            "a:b,",
            "a:,b",
            "a:b,,c",
            "a,b:c",
            "a: ;b:c",
            "a:1;a:2",
            "a:1; a :2",
            "\u{3000}",
            &colons,
            &semicolons,
        ];

        for text in cases {
            assert_eq!(text.parse::<Preferences>(), Err(INVALID), "{text:?}");
        }
    }

    #[test]
    fn a_value_alone_may_hold_a_comma_only() {
        let cases: [(&[&str], bool); 8] = [
            (&["Young Professional", "Lawyer"], true),
            (&["Smith, Wesson"], true),
            (&["+1", "-1"], true),
            (&[], false),
            (&["a", " "], false),
            (&["a;b"], false),
            (&["a:b"], false),
            (&[":"], false),
        ];

        for (values, allowed) in cases {
            assert_eq!(Preferences::flat(values).is_ok(), allowed, "{values:?}");
        }
    }

    #[test]
    fn a_group_holds_values_and_no_separator() {
        type Groups<'a> = &'a [(&'a str, &'a [&'a str])];
        let cases: [(Groups, bool); 13] = [
            (&[("Size", &["40", "41"]), ("Length", &["Classic"])], true),
            (&[("Size", &["40"]), ("size", &["40"])], true),
            (&[], false),
            (&[("Size", &[])], false),
            (&[("", &["40"])], false),
            (&[("Size", &["40", " "])], false),
            (&[("Size;", &["40"])], false),
            (&[("Size:", &["40"])], false),
            (&[("Size,", &["40"])], false),
            (&[("Size", &["40;41"])], false),
            (&[("Size", &["40:41"])], false),
            (&[("Size", &["40,41"])], false),
            (&[("Size", &["40"]), (" Size ", &["41"])], false),
        ];

        for (groups, allowed) in cases {
            let preferences = Preferences::groups(groups.iter().copied());
            assert_eq!(preferences.is_ok(), allowed, "{groups:?}");
        }
    }

    #[test]
    fn it_travels_as_text() {
        for wire in [
            r#""Young Professional; Lawyer""#,
            r#""Size:40,41;Length:Classic""#,
        ] {
            let preferences: Preferences = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&preferences).unwrap(), wire);
        }
        for wire in [r#""""#, r#""a:b;c""#, "40", "null", r#"["Lawyer"]"#] {
            assert!(serde_json::from_str::<Preferences>(wire).is_err(), "{wire}");
        }
    }
}
