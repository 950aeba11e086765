//! The header `Link`, by RFC 8288 and as vendors write it.

/// The address of the next page: that of the first link whose `rel` has `next` among its words.
///
/// A `rel` may be quoted doubly, as RFC 8288 has it, singly, as BSPK's examples have it, or not at all. An address may hold
/// commas and semicolons, so it is read up to its `>` and never split.
pub(super) fn next<'a>(headers: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    headers.into_iter().find_map(|header| {
        let mut rest = header;
        loop {
            let (_, link) = rest.split_once('<')?;
            let (address, parameters) = link.split_once('>')?;
            let (rel, after) = rel(parameters);
            let mut words = rel.unwrap_or_default().split_ascii_whitespace();
            if words.any(|it| it.eq_ignore_ascii_case("next")) {
                return Some(address.trim());
            }
            rest = after;
        }
    })
}

/// The first `rel` among the parameters of a link, and what comes behind the link.
fn rel(parameters: &str) -> (Option<&str>, &str) {
    let mut found = None;
    let mut rest = parameters;
    loop {
        rest = rest.trim_start_matches(|it: char| it != ';' && it != ',');
        let Some(parameter) = rest.strip_prefix(';') else {
            return (found, rest.strip_prefix(',').unwrap_or_default());
        };
        let end = parameter.find(['=', ';', ',']);
        let (name, behind) = parameter.split_at(end.unwrap_or(parameter.len()));
        let Some(behind) = behind.strip_prefix('=') else {
            rest = behind;
            continue;
        };
        let (value, behind) = value(behind.trim_start());
        if name.trim().eq_ignore_ascii_case("rel") {
            found = found.or(Some(value));
        }
        rest = behind;
    }
}

/// A value with or without quotes, and what comes behind it, the closing quote included.
fn value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''));
    let Some(quote) = quote else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, behind) = text.split_at(end);
        return (value.trim_end(), behind);
    };
    let inside = &text[1..];
    let mut is_escaped = false;
    let end = inside.find(|it: char| {
        let ends = it == quote && !is_escaped;
        is_escaped = it == '\\' && !is_escaped && quote == '"';
        ends
    });
    match end {
        Some(end) => inside.split_at(end),
        None => (inside, ""),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_next_page_is_found_in_every_form() {
        let last = "<https://h/m?page=30>; rel='last'";
        let cases = [
            (
                "<https://h/m?page=2>; rel='next'",
                Some("https://h/m?page=2"),
            ),
            (
                "<https://h/m?page=2>; rel=\"next\"",
                Some("https://h/m?page=2"),
            ),
            ("<https://h/m?page=2>; rel=next", Some("https://h/m?page=2")),
            ("<https://h/m?page=2>;rel=NEXT", Some("https://h/m?page=2")),
            ("< /m?page=2 >;  REL = \"next\"", Some("/m?page=2")),
            ("<?page=2>; rel=\"last next\"", Some("?page=2")),
            (
                "<?page=2>; title=\"a, <b>; \\\"rel=prev\"; rel=next",
                Some("?page=2"),
            ),
            ("<?page=2>; title='a, b'; rel='next'", Some("?page=2")),
            ("<?page=2>; title=\"\"; rel=next", Some("?page=2")),
            (
                "<?page=2>; title=\"\\\"; rel=prev\"; rel=next",
                Some("?page=2"),
            ),
            ("<?page=2>; title=\"\\\\\"; rel=next", Some("?page=2")),
            ("<?page=2>; title='\\'; rel=next", Some("?page=2")),
            ("<?page=2>; rel=prev; rel=next", None),
            (
                "<?ids=CLI1,CLI2;x&page=2>; rel='next'",
                Some("?ids=CLI1,CLI2;x&page=2"),
            ),
            (
                "<?page=9>; rel='last', <?page=2>; rel='next'",
                Some("?page=2"),
            ),
            ("<?page=9>, <?page=2>; hreflang; rel=next", Some("?page=2")),
            ("<?page=2>; rel=\"next", Some("?page=2")),
            ("<?page=2>; rel='nextish'", None),
            ("<?page=2; rel='next'", None),
            ("?page=2; rel='next'", None),
            (last, None),
            ("", None),
            (",;<>=", None),
        ];

        for (header, expected) in cases {
            assert_eq!(next([header]), expected, "{header}");
            assert_eq!(next([last, header]), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_header_holds_is_read_without_a_panic(header in ".*") {
            next([header.as_str()]);
        }

        #[test]
        fn links_in_any_order_and_form_lead_to_the_next_page(
            address in "[a-z/?&=,;:%'\"]{1,30}",
            others in prop::collection::vec("[a-z/?&=,;:%]{0,20}", 0..4),
            at in 0_usize..5,
            quote in prop::sample::select(vec!["", "'", "\""]),
            between in "[ \t]{0,2}",
            in_headers: bool,
        ) {
            let mut links: Vec<String> = others.iter().map(|it| format!("<{it}>; rel={quote}last{quote}")).collect();
            let at = at.min(links.len());
            links.insert(at, format!("<{address}>{between};{between}rel={between}{quote}next{quote}"));
            let headers = if in_headers { links } else { vec![links.join(", ")] };

            prop_assert_eq!(next(headers.iter().map(String::as_str)), Some(address.as_str()));
        }
    }
}
