//! Commands that can be pasted into a shell.

use std::{env, ffi::OsStr};

/// A word as a POSIX shell has to be given it.
pub fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-+=/.,:@%".contains(&byte);
    match !word.is_empty() && word.bytes().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// The command that this process was started with. A key is never part of it.
pub fn command() -> String {
    let words = env::args_os();
    let words: Vec<String> = words.map(|word| quoted(&shown(&word))).collect();
    words.join(" ")
}

fn shown(word: &OsStr) -> String {
    word.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_word_to_a_shell() {
        for (word, expected) in [
            ("import", "import"),
            ("--map", "--map"),
            ("a b", "'a b'"),
            ("", "''"),
            ("it's", r"'it'\''s'"),
            ("$(rm)", "'$(rm)'"),
            ("a\nb", "'a\nb'"),
            ("ö", "'ö'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
