//! White space around a text, and texts of nothing else.

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
