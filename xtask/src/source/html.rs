//! The words of a web page.

/// Returns `true` if a text is a web page rather than Markdown.
pub fn is_html(text: &str) -> bool {
    let start: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(200)
        .collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with("<?xml") && start.contains("<html"))
}

/// Elements whose content is not text.
const UNREAD: [&str; 6] = ["script", "style", "head", "noscript", "svg", "template"];

/// Elements that stand inside a line.
const INLINE: [&str; 12] = [
    "a", "b", "i", "em", "strong", "span", "code", "u", "font", "mark", "small", "sup",
];

/// The words of a web page: of its article, if it says which part that is.
pub fn text(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let part = ["article", "main", "body"].iter().find_map(|name| {
        let start = lower.find(&format!("<{name}"))?;
        let end = lower.rfind(&format!("</{name}"))?;
        (start < end).then(|| &page[start..end])
    });
    words(part.unwrap_or(page))
}

fn words(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let end = rest.find('>').map_or(rest.len(), |at| at + 1);
        let name: String = rest[1..end]
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if name.is_empty() && !rest.starts_with("<!") && !rest.starts_with("</") {
            // Not a tag: a word of the page.
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let is_opening = !rest.starts_with("</");
        rest = &rest[end..];
        if !INLINE.contains(&name.as_str()) {
            out.push('\n');
        }
        if is_opening && UNREAD.contains(&name.as_str()) {
            let close = format!("</{name}");
            let at = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
            rest = &rest[at..];
        }
    }
    out.push_str(rest);
    decoded(&out)
}

/// Replaces the character references that help centres write.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .char_indices()
            .take(12)
            .find(|(_, it)| *it == ';')
            .map(|(at, _)| at);
        match end.and_then(|end| Some((end, letter(&rest[1..end])?))) {
            Some((end, letter)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bull", '•'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
    ];
    known
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_page_are_those_of_its_article() {
        let page = "<!DOCTYPE html><html><head><title>No</title></head><body><nav>Home</nav><article><h1>One</h1>\
                    <script>if (a < b) {}</script><p>it&rsquo;s <b>bo</b>ld &amp; &#x41; 1 < 2</p><!-- no > --><li>x</li>\
                    </article><footer>No</footer></body></html>";

        assert!(is_html(page));
        let words: Vec<_> = text(page).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["One", "it’s", "bold", "&", "A", "1", "<", "2", "x"]);
    }
}
