//! The content of Gatsby's page, without its words.
//!
//! Gatsby publishes prose, so a person writes specs/gatsby and has to know when the prose changes. The page itself is
//! not ours to copy. So it is cut into pieces of a few words, wherever a sentence or a line of code ends, and
//! the hash of each is kept: enough to show what is new in a page, and where something is gone.

use std::fmt;

use sha2::{Digest, Sha256};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The hash of each piece of a page, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Fingerprint(Vec<String>);

const HEADER: &str = "\
# What Gatsby's page said when specs/gatsby/shopper_api.yaml was written from it: a hash for each piece of a few words, as the page is
# not ours to copy. Written by `cargo xtask regen PAGE`, which shows what is new in PAGE.
";

/// A piece is no longer than this, so that a change is found near where it is.
const WORDS: usize = 12;

impl Fingerprint {
    /// The fingerprint of a page's words.
    pub fn of(page: &str) -> Self {
        Self(pieces(page).iter().map(|it| hash(it)).collect())
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Self {
        let lines = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        Self(lines.map(str::to_owned).collect())
    }

    /// The difference to another page: the new pieces in words, those that are gone by number.
    pub fn difference(&self, page: &str) -> String {
        let pieces = pieces(page);
        let now = Self::of(page);
        let mut shown = String::new();
        for op in capture_diff_slices(Algorithm::Myers, &self.0, &now.0) {
            let (gone, new) = (op.old_range().len(), op.new_range());
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let before = new
                .start
                .checked_sub(1)
                .map_or("the start", |at| pieces[at].as_str());
            shown.push_str(&format!("@@ behind: {before}\n"));
            if gone > 0 {
                shown.push_str(&format!(
                    "- ({gone} of the pieces that were here are gone)\n"
                ));
            }
            for piece in &pieces[new] {
                shown.push_str(&format!("+ {piece}\n"));
            }
        }
        shown
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        self.0.iter().try_for_each(|hash| writeln!(f, "{hash}"))
    }
}

/// The words of a page in pieces that do not depend on how its lines are broken.
fn pieces(page: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece: Vec<String> = Vec::new();
    for word in page.split_whitespace().filter_map(normal) {
        let ends = word.ends_with(['.', ':', ',', ';', '{', '}', '[', ']', '?', '!']);
        piece.push(word);
        if ends || piece.len() == WORDS {
            pieces.push(piece.join(" "));
            piece.clear();
        }
    }
    if !piece.is_empty() {
        pieces.push(piece.join(" "));
    }
    pieces
}

/// A word as every rendering of the page has it.
fn normal(word: &str) -> Option<String> {
    let word = word.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    // Web pages hide addresses from robots: "[email protected]" (VENDORS.md, section 6).
    if word.contains('@') || word == "[email" {
        return Some("(e-mail)".to_owned());
    }
    let is_mark = matches!(word.as_str(), "•" | "-" | "*" | "protected]");
    (!is_mark).then_some(word)
}

fn hash(piece: &str) -> String {
    let digest = Sha256::digest(piece.as_bytes());
    digest
        .iter()
        .take(8)
        .map(|it| format!("{it:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Shopper API\n\n  • Create a shopper.\n  • Get it.\n{\n  \"email\": \"john@x.example\",\n}\nIt’s all.";

    #[test]
    fn how_a_page_is_laid_out_makes_no_difference() {
        let other =
            "Shopper API Create a shopper. Get it. { \"email\": [email protected] } It's all.";

        assert_eq!(
            Fingerprint::of(other),
            Fingerprint::of(&other.replace(' ', "\n\n"))
        );
        assert_eq!(
            Fingerprint::of(PAGE),
            Fingerprint::of(&PAGE.replace("  • ", ""))
        );
        assert_eq!(
            Fingerprint::parse(&Fingerprint::of(PAGE).to_string()),
            Fingerprint::of(PAGE)
        );
        assert_eq!(Fingerprint::of(PAGE).difference(PAGE), "");
    }

    #[test]
    fn what_is_new_is_shown_and_what_is_gone_is_counted() {
        let known = Fingerprint::of(PAGE);

        assert_eq!(
            known.difference(&PAGE.replace("Get it.", "Get it by phone.")),
            "@@ behind: Shopper API Create a shopper.\n- (1 of the pieces that were here are gone)\n+ Get it by phone.\n"
        );
        assert_eq!(
            known.difference(&PAGE.replace("  • Get it.\n", "")),
            "@@ behind: Shopper API Create a shopper.\n- (1 of the pieces that were here are gone)\n"
        );
    }

    #[test]
    fn the_page_is_not_in_its_fingerprint() {
        let kept = Fingerprint::of(PAGE).to_string();

        assert!(!kept.contains("Create a shopper"), "{kept}");
    }
}
