//! A vendor's texts in doc comments, as words and nothing else.
//!
//! rustdoc reads a doc comment as Markdown, and `cargo test` runs the code blocks in it as Rust. So every doc comment of
//! the generated code is written anew here, line by line: without white space in front, and with a backslash before
//! each character that Markdown could take for more than itself. A word in backticks stays one, as inline code is not run.

use syn::{Attribute, Expr, ExprLit, File, Lit, Meta, parse_quote, visit_mut::VisitMut};

/// Turns the text of every doc comment into plain words.
pub fn make_plain(file: &mut File) {
    Docs.visit_file_mut(file);
}

/// Returns `true` for a character that is not seen, or changes what is seen around it.
pub fn is_hidden(letter: char) -> bool {
    // Unicode's "Cf" where it turns lines around, joins, or stands for nothing.
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

struct Docs;

impl VisitMut for Docs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut plain: Vec<Attribute> = Vec::with_capacity(attributes.len());
        for attribute in attributes.drain(..) {
            match text(&attribute) {
                None => plain.push(attribute),
                Some(text) => {
                    for line in lines(&text) {
                        plain.push(match attribute.style {
                            syn::AttrStyle::Outer => parse_quote! { #[doc = #line] },
                            syn::AttrStyle::Inner(_) => parse_quote! { #![doc = #line] },
                        });
                    }
                }
            }
        }
        *attributes = plain;
    }
}

/// The text of a doc comment.
fn text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => Some(String::new()),
        },
        _ => None,
    }
}

/// The lines of a text as they stand behind `///`, without empty ones at its ends or next to each other.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(plain) {
        if !line.is_empty() {
            lines.push(format!(" {line}"));
        } else if lines.last().is_some_and(|it| !it.is_empty()) {
            lines.push(line);
        }
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A text on one line, without what is not seen.
pub fn words(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|it| if it.is_whitespace() { ' ' } else { it })
        .filter(|it| !is_hidden(*it))
        .collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    words.join(" ")
}

/// One line as Markdown that says just that.
fn plain(line: &str) -> String {
    let letters: Vec<char> = words(line).chars().collect();
    let number = letters.iter().take_while(|it| it.is_ascii_digit()).count();
    let mut plain = String::with_capacity(letters.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        if let Some(end) = code_end(&letters, at) {
            plain.extend(&letters[at..end]);
            at = end;
            continue;
        }
        let before = at.checked_sub(1).and_then(|it| letters.get(it));
        let after = letters.get(at + 1);
        let is_word = |it: Option<&char>| it.is_some_and(|it| it.is_alphanumeric());
        let escaped = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' => true,
            '_' => !(is_word(before) && is_word(after)),
            '&' => after.is_some_and(|it| *it == '#' || it.is_ascii_alphabetic()),
            '#' | '+' | '-' | '=' | ':' => at == 0,
            // "1. " begins a list.
            '.' | ')' => at > 0 && at == number && after.is_none_or(|it| *it == ' '),
            _ => false,
        };
        if escaped {
            plain.push('\\');
        }
        plain.push(letter);
        at += 1;
    }
    plain
}

/// The end of a word in single backticks that begins at `at`.
fn code_end(letters: &[char], at: usize) -> Option<usize> {
    let is_tick = |at: usize| letters.get(at) == Some(&'`');
    if !is_tick(at) || (at > 0 && is_tick(at - 1)) {
        return None;
    }
    let word = letters[at + 1..]
        .iter()
        .take_while(|it| it.is_ascii_graphic() && **it != '`');
    let end = at + 1 + word.count();
    (end > at + 1 && is_tick(end) && !is_tick(end + 1)).then_some(end + 1)
}
