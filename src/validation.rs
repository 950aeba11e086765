//! The rules of values and bodies that are checked here, and blank texts.

#[cfg(feature = "client")]
use crate::{Error, Operation};

/// The rule that a value breaks, and what to do. It names the field and never holds the value.
#[cfg(feature = "client")]
pub(crate) type ValidationError = &'static str;

/// The rules of a body, beyond its schema.
#[cfg(feature = "client")]
pub(crate) trait Validate {
    /// Checks it for an operation.
    fn validate(&self, operation: &Operation) -> Result<(), ValidationError>;
}

/// Refuses a body that breaks a rule.
#[cfg(feature = "client")]
pub(crate) fn check(operation: &'static Operation, body: &impl Validate) -> Result<(), Error> {
    body.validate(operation)
        .map_err(|fault| Error::refused(operation, fault))
}

/// Refuses a value that would lead to another path: `DELETE /public/shopper/..` is `DELETE /public/`, and a backslash is a
/// slash to a URL.
// The documents say if there is one.
#[cfg(feature = "client")]
#[allow(dead_code)]
pub(crate) fn check_segment(
    operation: &'static Operation,
    value: &str,
    fault: ValidationError,
) -> Result<(), Error> {
    if value.trim().is_empty() || value == "." || value == ".." || value.contains(['/', '\\']) {
        return Err(Error::refused(operation, fault));
    }
    Ok(())
}

/// White space by Unicode, and the byte order mark, which spreadsheets leave behind. A pattern writes it as
/// `[\s\u0085\uFEFF]`: of the two, some engines count the one and some the other.
fn is_space(character: char) -> bool {
    character.is_whitespace() || character == '\u{feff}'
}

pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Returns `true` if there is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_escape_its_path() {
        let operation = &crate::gatsby::generated::GET_SHOPPER;
        let cases = [
            ("65a1", true),
            ("a.b", true),
            ("..a", true),
            ("", false),
            (" ", false),
            (".", false),
            ("..", false),
            ("a/b", false),
            ("a\\b", false),
        ];

        for (value, expected) in cases {
            let checked = check_segment(operation, value, "fault");

            assert_eq!(checked.is_ok(), expected, "{value:?}");
            assert!(checked.is_ok() || checked.unwrap_err().is_invalid());
        }
    }
}
