//! The rules that the vendors' documents state in prose.

use std::collections::HashSet;

use jiff::civil::Date;

/// "full or partial (YYYY-MM-DD or MM-DD)" (specs/bspk, `birthday`).
pub(crate) fn is_birthday(text: &str) -> bool {
    let full = if text.len() == 5 {
        format!("2000-{text}") // a leap year
    } else {
        text.to_owned()
    };
    let mut letters = full.bytes().enumerate();
    // Dates of ISO 8601 have more forms than this one, and the year 0.
    full.len() == 10
        && letters.all(|(at, it)| it.is_ascii_digit() || it == b'-' && matches!(at, 4 | 7))
        && !full.starts_with("0000")
        && full.parse::<Date>().is_ok()
}

/// "must include a 10-digit phone number with country code" (Gatsby's page), read as E.164, as not every country's numbers
/// have ten digits.
pub(crate) fn is_phone(text: &str) -> bool {
    has_country_code(text)
        && (9..=16).contains(&text.len())
        && text[1..].bytes().all(|it| it.is_ascii_digit())
        && !text.starts_with("+0")
}

pub(crate) fn has_country_code(phone: &str) -> bool {
    phone.starts_with('+')
}

pub(crate) fn looks_like_email(text: &str) -> bool {
    text.contains('@')
}

pub(crate) fn is_blank(text: &str) -> bool {
    trim(text).is_empty()
}

/// Items separated by `;`, none of them blank.
pub(crate) fn is_list(text: &str) -> bool {
    !text.split(';').any(is_blank)
}

/// "Young Professional; Lawyer" or "Right Thumb Ring Size:40,41;Necklace Length:Classic" (specs/bspk,
/// `preferences`).
pub(crate) fn is_preferences(text: &str) -> bool {
    if !text.contains(':') {
        return is_list(text);
    }
    let mut names = HashSet::new();
    text.split(';').all(|group| {
        group.split_once(':').is_some_and(|(name, values)| {
            let name = trim(name);
            !name.is_empty()
                && !name.contains(',')
                && !values.contains(':')
                && !values.split(',').any(is_blank)
                && names.insert(name)
        })
    })
}

/// Trims Unicode white space, and the byte order mark, which spreadsheets leave behind.
fn trim(text: &str) -> &str {
    text.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_a_date_with_or_without_a_year() {
        for (text, is_valid) in [
            ("1982-02-22", true),
            ("02-22", true),
            ("02-29", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2023-02-29", false),
            ("02-30", false),
            ("04-31", false),
            ("12-31", true),
            ("0000-02-22", false),
            ("13-01", false),
            ("00-01", false),
            ("01-00", false),
            ("2-22", false),
            ("82-02-22", false),
            ("+982-02-22", false),
            ("1982-02", false),
            ("1982-2-222", false),
            ("19820222", false),
            ("1982-02-22T00:00:00Z", false),
            ("22/02/1982", false),
            ("", false),
        ] {
            assert_eq!(is_birthday(text), is_valid, "{text:?}");
        }
    }

    #[test]
    fn a_phone_is_in_e164() {
        for (text, is_valid) in [
            ("+15551234567", true),
            ("+4712345678", true),
            ("15551234567", false),
            ("5551234567", false),
            ("+0555123456", false),
            ("+1 555 123 4567", false),
            ("+1555", false),
            ("+1234567", false),
            ("+12345678", true),
            ("+123456789012345", true),
            ("+1234567890123456", false),
            ("+é1234567", false),
            ("", false),
        ] {
            assert_eq!(is_phone(text), is_valid, "{text:?}");
        }
    }

    #[test]
    fn preferences_are_a_list_or_groups_of_values() {
        for (text, is_valid) in [
            ("Young Professional; Lawyer", true),
            ("Right Thumb Ring Size:40,41;Necklace Length:Classic", true),
            ("Size:40;Size:41", false),
            ("Size:40;\u{feff}Size :41", false),
            ("Size:40;Lawyer", false),
            ("Size:40:41", false),
            ("Size:40,", false),
            (":40", false),
            ("a,b:40", false),
            ("a;;b", false),
        ] {
            assert_eq!(is_preferences(text), is_valid, "{text:?}");
        }
    }
}
