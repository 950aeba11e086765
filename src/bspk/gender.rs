//! A shopper's gender.

use super::open_enum::open_enum;

open_enum! {
    /// A shopper's gender, by BSPK's codes.
    ///
    /// A code that is not known here is kept as it is, so `m` and ` M` are not [`Male`](Gender::Male). A known code always
    /// reads as its variant, never as [`Other`](Gender::Other). `Debug` does not show it.
    ///
    /// # Example: a known code and another
    ///
    /// ```
    /// use shoppers::bspk::Gender;
    ///
    /// assert_eq!("F".parse(), Ok(Gender::Female));
    ///
    /// let gender: Gender = "X".parse()?;
    /// assert!(matches!(&gender, Gender::Other(other) if other.as_str() == "X"));
    /// assert_eq!(gender.to_string(), "X");
    /// # Ok::<(), shoppers::bspk::InvalidValue>(())
    /// ```
    pub enum Gender {
        /// `M`.
        Male = "M",
        /// `F`.
        Female = "F",
        /// `NB`, which BSPK names on the pages of its file import and webhooks, and not on that of the API.
        NonBinary = "NB",
    }

    /// A gender's code that is not known here; it comes from parsing a [`Gender`].
    pub struct OtherGender;

    invalid: "invalid gender: expected M, F, NB or another code that is not blank (leave the field out to send none)",
    schema: {
        "description": "A gender: M, F, NB or another code.",
        "pattern": "[^\\s\\u0085\\uFEFF]",
        "examples": ["M", "F", "NB"],
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_code_is_its_variant() {
        let cases = [
            ("M", Gender::Male),
            ("F", Gender::Female),
            ("NB", Gender::NonBinary),
        ];

        for (code, gender) in cases {
            assert_eq!(code.parse(), Ok(gender.clone()));
            assert_eq!(gender.as_str(), code);
            assert_eq!(gender.to_string(), code);
        }
    }

    #[test]
    fn another_code_is_kept_as_it_is() {
        let long = "M".repeat(100_000);

        for code in ["m", "X", " M", "M\n", "Ｍ", "+1", "-1", "NULL", &long] {
            let gender: Gender = code.parse().unwrap();
            assert!(matches!(gender, Gender::Other(_)), "{code:?}");
            assert_eq!(gender.as_str(), code);
        }
    }

    #[test]
    fn a_blank_code_is_refused() {
        for code in ["", " ", "\t\n", "\u{3000}"] {
            assert_eq!(code.parse::<Gender>(), Err(INVALID), "{code:?}");
        }
    }

    #[test]
    fn it_travels_as_text() {
        for wire in [r#""M""#, r#""NB""#, r#""X""#, r#""é\"""#] {
            let gender: Gender = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&gender).unwrap(), wire);
        }
        for wire in [r#""""#, "1", "null", "true", r#"{"Other":"M"}"#] {
            assert!(serde_json::from_str::<Gender>(wire).is_err(), "{wire}");
        }
    }
}
