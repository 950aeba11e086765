//! Text for a terminal.

use crate::generation::docs::is_hidden;

/// A vendor's words without what a terminal or an editor takes for a command: control characters and escape codes, and the
/// characters that turn the direction of text, hide, or break a line.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|it| if is_harmful(it) { '\u{fffd}' } else { it })
        .collect()
}

fn is_harmful(it: char) -> bool {
    it != '\n' && it != '\t' && is_hidden(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_command_a_terminal_or_turn_around() {
        let cases = [
            ("a\tb\nc", "a\tb\nc"),
            (
                "\u{1b}[2Jgone\u{7}\r\0",
                "\u{fffd}[2Jgone\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("\u{9b}31m", "\u{fffd}31m"),
            (
                "a\u{202e}b\u{2066}c\u{200f}d",
                "a\u{fffd}b\u{fffd}c\u{fffd}d",
            ),
            ("z\u{200b}w\u{2028}x\u{feff}", "z\u{fffd}w\u{fffd}x\u{fffd}"),
            ("Grüße, 名前, 😀", "Grüße, 名前, 😀"),
        ];

        for (text, expected) in cases {
            assert_eq!(plain(text), expected);
        }
    }
}
