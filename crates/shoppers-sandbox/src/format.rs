//! What the vendors say of a string in prose.

/// "full or partial (YYYY-MM-DD or MM-DD)" (specs/bspk.yaml, `birthday`).
pub(crate) fn is_birthday(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] => (Some(year), month, day),
        [month, day] => (None, month, day),
        _ => return false,
    };
    let (Some(month), Some(day)) = (digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let has_leap_day = match year.map(|it| digits(it, 4)) {
        None => true,
        Some(None) => return false,
        Some(Some(0)) => return false,
        Some(Some(year)) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0),
    };
    let days = match month {
        2 => 28 + u32::from(has_leap_day),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// "must include a 10-digit phone number with country code" (Gatsby's page); read as E.164, as not
/// every country's numbers have ten digits.
pub(crate) fn is_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|number| {
        (8..=15).contains(&number.len())
            && number.bytes().all(|it| it.is_ascii_digit())
            && !number.starts_with('0')
    })
}

/// White space by Unicode, and the byte order mark, which spreadsheets leave behind.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|it| it.is_whitespace() || it == '\u{feff}')
}

/// Items that are joined by `;`, none of them blank.
pub(crate) fn is_list(text: &str) -> bool {
    !text.split(';').any(is_blank)
}

/// "Young Professional; Lawyer" or "Right Thumb Ring Size:40,41;Necklace Length:Classic" (specs/bspk.yaml,
/// `preferences`).
pub(crate) fn is_preferences(text: &str) -> bool {
    let mut groups = std::collections::HashSet::new();
    let mut is_group = |part: &str| match part.split_once(':') {
        Some((name, values)) => {
            let name = name.trim_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
            !name.contains(',')
                && !name.is_empty()
                && !values.contains(':')
                && !values.split(',').any(is_blank)
                && groups.insert(name.to_owned())
        }
        None => false,
    };
    if text.contains(':') {
        text.split(';').all(&mut is_group)
    } else {
        is_list(text)
    }
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let is_number = text.len() == count && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_full_or_partial() {
        for (text, good) in [
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
            ("1982-02-22T00:00:00Z", false),
            ("22/02/1982", false),
            ("", false),
        ] {
            assert_eq!(is_birthday(text), good, "{text:?}");
        }
    }

    #[test]
    fn a_phone_has_its_country_code() {
        for (text, good) in [
            ("+15551234567", true),
            ("+4712345678", true),
            ("15551234567", false),
            ("5551234567", false),
            ("+0555123456", false),
            ("+1 555 123 4567", false),
            ("+1555", false),
            ("+1234567890123456", false),
            ("", false),
        ] {
            assert_eq!(is_phone(text), good, "{text:?}");
        }
    }
}
