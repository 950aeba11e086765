//! The words of a web page.

use html5gum::{DefaultEmitter, Token, Tokenizer};

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
const UNREAD: [&[u8]; 6] = [
    b"script",
    b"style",
    b"head",
    b"noscript",
    b"svg",
    b"template",
];

/// Elements that stand inside a line.
const INLINE: [&[u8]; 12] = [
    b"a", b"b", b"i", b"em", b"strong", b"span", b"code", b"u", b"font", b"mark", b"small", b"sup",
];

/// The words of a web page: of its article, if it says which part that is.
pub fn text(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let part = ["article", "main", "body"].iter().find_map(|name| {
        let start = lower.find(&format!("<{name}"))?;
        let end = lower.rfind(&format!("</{name}"))?;
        (start < end).then(|| &page[start..end])
    });
    let mut emitter = DefaultEmitter::default();
    // The content of a script holds no tags.
    emitter.naively_switch_states(true);
    let mut words = String::new();
    let mut unread = 0_usize;
    for Ok(token) in Tokenizer::new_with_emitter(part.unwrap_or(page), emitter) {
        let name = match &token {
            Token::StartTag(tag) => &tag.name,
            Token::EndTag(tag) => &tag.name,
            Token::String(text) => {
                if unread == 0 {
                    words.push_str(&String::from_utf8_lossy(text));
                }
                continue;
            }
            _ => continue,
        };
        let name: &[u8] = name;
        if UNREAD.contains(&name) {
            unread = match &token {
                Token::StartTag(tag) if !tag.self_closing => unread + 1,
                Token::EndTag(_) => unread.saturating_sub(1),
                _ => unread,
            };
        }
        if !INLINE.contains(&name) {
            words.push('\n');
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_page_are_those_of_its_article() {
        let page = "<!DOCTYPE html><html><head><title>No</title></head><body><nav>Home</nav><article><h1>One</h1>\
                    <script>if (a < b) {}</script><p>it&rsquo;s <b>bo</b>ld &amp; &#x41; 1 < 2</p><!-- no > --><li>x</li>\
                    <svg><title>No</title></svg></article><footer>No</footer></body></html>";

        assert!(is_html(page));
        let words: Vec<_> = text(page).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["One", "it’s", "bold", "&", "A", "1", "<", "2", "x"]);
    }
}
