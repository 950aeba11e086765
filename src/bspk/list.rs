//! Lists that travel as one text, joined by `;`.

use std::{fmt, str::FromStr};

use crate::{
    invalid_value::InvalidValue,
    text::{join, wire_text},
};

macro_rules! list {
    (
        $(#[$about:meta])*
        pub struct $name:ident;

        invalid: $invalid:literal,
        description: $description:literal,
    ) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        wire_text!($name, InvalidValue($invalid), {
            "description": $description,
            "pattern": "^[\\s\\u0085\\uFEFF]*[^;\\s\\u0085\\uFEFF][^;]*(;[\\s\\u0085\\uFEFF]*[^;\\s\\u0085\\uFEFF][^;]*)*$",
        });

        impl $name {
            /// The list of these items, each without the white space round it.
            ///
            /// # Errors
            ///
            /// If there is no item, or if one is blank or holds a `;`, which BSPK has no way to escape.
            pub fn new<I>(items: I) -> Result<$name, InvalidValue>
            where
                I: IntoIterator,
                I::Item: AsRef<str>,
            {
                join(items, &[';'], ";").map($name).ok_or(InvalidValue($invalid))
            }

            /// The items, in order. There is at least one.
            pub fn iter(&self) -> impl Iterator<Item = &str> {
                self.0.split(';')
            }
        }

        impl FromStr for $name {
            type Err = InvalidValue;

            fn from_str(text: &str) -> Result<$name, InvalidValue> {
                $name::new(text.split(';'))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

list! {
    /// The languages that a shopper speaks, such as `en;fr`.
    ///
    /// Which codes BSPK supports is not published, so none is refused here. `Debug` does not show them.
    ///
    /// # Example: a shopper who speaks two languages
    ///
    /// ```
    /// use shoppers::bspk::Languages;
    ///
    /// let languages = Languages::new(["en", "fr"])?;
    /// assert_eq!(languages.to_string(), "en;fr");
    /// assert!(languages.iter().any(|language| language == "fr"));
    /// # Ok::<(), shoppers::bspk::InvalidValue>(())
    /// ```
    pub struct Languages;

    invalid: "invalid languages: expected one or more, separated by `;`, none of them blank or holding a `;` \
              (leave the field out to send none)",
    description: "One or more languages, separated by semicolons, such as en;fr.",
}

list! {
    /// The attributes of a shopper that BSPK keeps as they are when it updates them, such as `first_name;last_name`.
    ///
    /// `Debug` does not show them.
    ///
    /// # Example: a name that the store has corrected
    ///
    /// ```
    /// use shoppers::bspk::IgnoreColumns;
    ///
    /// let ignore_columns = IgnoreColumns::new(["first_name", "last_name"])?;
    /// assert_eq!(ignore_columns, "first_name; last_name".parse()?);
    /// # Ok::<(), shoppers::bspk::InvalidValue>(())
    /// ```
    pub struct IgnoreColumns;

    invalid: "invalid ignore columns: expected one or more attributes, separated by `;`, none of them blank or holding a `;` \
              (leave the field out to ignore none)",
    description: "One or more attributes that an update leaves alone, separated by semicolons, such as first_name;last_name.",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_joined_and_read_back() {
        let long = "x".repeat(100_000);
        let cases: [(&[&str], &str); 5] = [
            (&["en"], "en"),
            (&["en", "fr"], "en;fr"),
            (&[" en", "fr\t"], "en;fr"),
            (
                &["zh Hant", "português", "a,b:c"],
                "zh Hant;português;a,b:c",
            ),
            (&[&long], &long),
        ];

        for (items, wire) in cases {
            let languages = Languages::new(items).unwrap();
            assert_eq!(languages.to_string(), wire);
            assert!(languages.iter().eq(items.iter().map(|item| item.trim())));
            assert_eq!(wire.parse(), Ok(languages));
        }
    }

    #[test]
    fn items_come_from_any_list_of_text() {
        let owned = vec![String::from("en"), String::from("fr")];

        assert_eq!(Languages::new(&owned), Languages::new(["en", "fr"]));
        assert_eq!(Languages::new(owned), Languages::new(["en", "fr"]));
    }

    #[test]
    fn an_empty_list_a_blank_item_and_a_separator_are_refused() {
        let cases: [&[&str]; 7] = [
            &[],
            &[""],
            &["", "en"],
            &["en", " \n"],
            &["en", "\u{3000}"],
            &["en;fr"],
            &[";"],
        ];

        for items in cases {
            assert!(Languages::new(items).is_err(), "{items:?}");
            assert!(IgnoreColumns::new(items).is_err(), "{items:?}");
        }
    }

    #[test]
    fn text_is_split_and_trimmed() {
        assert_eq!("en ; fr".parse(), Languages::new(["en", "fr"]));
        assert_eq!(
            "\tfirst_name;last_name\n".parse(),
            IgnoreColumns::new(["first_name", "last_name"])
        );
        for text in ["", " ", ";", "en;", ";en", "en;;fr", "en; ;fr"] {
            assert!(text.parse::<Languages>().is_err(), "{text:?}");
            assert!(text.parse::<IgnoreColumns>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn it_travels_as_text() {
        let wire = r#""en;fr""#;

        let languages: Languages = serde_json::from_str(wire).unwrap();
        let ignore_columns: IgnoreColumns = serde_json::from_str(wire).unwrap();

        assert_eq!(serde_json::to_string(&languages).unwrap(), wire);
        assert_eq!(serde_json::to_string(&ignore_columns).unwrap(), wire);
        for wire in [r#""""#, r#""en;""#, "1", "null", r#"["en"]"#] {
            assert!(serde_json::from_str::<Languages>(wire).is_err(), "{wire}");
        }
    }
}
