//! The report: what changed, for a person, a pull request, or a program.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    accepted::{Accepted, word},
    change::{Change, EVERYWHERE},
    compare,
    document::Document,
    rule::Level,
};

/// Everything that changed from one document to another.
#[derive(Debug, Default)]
pub struct Report {
    changes: Vec<Change>,
    notes: Vec<String>,
}

/// The worst level of what is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Something breaks.
    Breaking,
    /// Something may break.
    Risky,
    /// Nothing breaks.
    Compatible,
    /// Nothing changed, or all of it is accepted.
    None,
}

impl Report {
    /// Compares two documents.
    pub fn between(old: &Document, new: &Document) -> Self {
        Self {
            changes: compare::changes(old, new),
            notes: Vec::new(),
        }
    }

    /// Adds what changed in another document.
    pub fn add(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.changes
            .sort_by(|one, other| one.rank().cmp(&other.rank()));
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Marks what was read and accepted before.
    pub fn accept(&mut self, accepted: &Accepted) {
        self.notes = accepted.apply(&mut self.changes);
    }

    #[cfg(test)]
    /// All changes, accepted ones too: the worst first, then by path, method and place.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What a person should know beside the changes: lines of `--accepted` that can go.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The worst level of what is not accepted.
    pub fn verdict(&self) -> Verdict {
        match self.open().map(|change| change.level).min() {
            Some(Level::Breaking) => Verdict::Breaking,
            Some(Level::Risky) => Verdict::Risky,
            Some(Level::Compatible) => Verdict::Compatible,
            None => Verdict::None,
        }
    }

    /// Whether something of this level, or worse, is not accepted.
    pub fn is_denied(&self, deny: Level) -> bool {
        self.open().any(|change| change.level <= deny)
    }

    /// For a program: `{"verdict", "changes": [{"level", "id", "method", "path", "place", "text"}]}`, where an accepted
    /// change has its reason as `accepted` besides.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Json<'a> {
            verdict: Verdict,
            changes: &'a [Change],
        }
        let json = Json {
            verdict: self.verdict(),
            changes: &self.changes,
        };
        let mut text = serde_json::to_string_pretty(&json).unwrap_or_default();
        text.push('\n');
        text
    }

    /// For a terminal: by operation, those with the worst change first.
    pub fn text(&self) -> String {
        let width = self.changes.iter().map(|change| change.id.len()).max();
        let width = width.unwrap_or_default();
        let mut text = String::new();
        for (operation, changes) in self.by_operation() {
            let _ = writeln!(text, "{}", plain(&operation));
            for change in changes {
                let level = mark(change);
                let (id, place) = (change.id, plain(&change.place));
                let what = plain(&change.text);
                let _ = writeln!(text, "  {level:<10}  {id:<width$}  {place}: {what}");
                if let Some(reason) = &change.accepted {
                    let reason = plain(reason);
                    let _ = writeln!(text, "  {:<10}  {:<width$}  accepted: {reason}", "", "");
                }
            }
            text.push('\n');
        }
        let _ = writeln!(text, "{}", self.summary());
        text
    }

    /// For a pull request.
    pub fn markdown(&self) -> String {
        let mut text = format!("### API changes: {}\n", self.summary());
        for level in Level::ALL {
            let changes: Vec<_> = self.open().filter(|change| change.level == level).collect();
            let title = match level {
                Level::Breaking => "Breaking",
                Level::Risky => "Risky",
                Level::Compatible => "Compatible",
            };
            table(&mut text, title, &changes, level == Level::Compatible);
        }
        let accepted: Vec<_> = self
            .changes
            .iter()
            .filter(|it| it.accepted.is_some())
            .collect();
        table(&mut text, "Accepted", &accepted, true);
        text
    }

    /// How much there is of each level, in one line.
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "nothing changed".to_owned();
        }
        let mut parts: Vec<_> = Level::ALL
            .into_iter()
            .map(|level| {
                (
                    self.open().filter(|it| it.level == level).count(),
                    level.word(),
                )
            })
            .collect();
        parts.push((self.changes.len() - self.open().count(), "accepted"));
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        parts.join(", ")
    }

    /// What is not accepted.
    fn open(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(|change| change.accepted.is_none())
    }

    /// Groups in the order of their first, which is their worst, change.
    fn by_operation(&self) -> Vec<(String, Vec<&Change>)> {
        let mut groups: Vec<(String, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            let name = operation(change);
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, changes)) => changes.push(change),
                None => groups.push((name, vec![change])),
            }
        }
        groups
    }
}

fn operation(change: &Change) -> String {
    match (change.method.as_str(), change.path.as_str()) {
        (EVERYWHERE, EVERYWHERE) => "every operation".to_owned(),
        (EVERYWHERE, path) => path.to_owned(),
        (method, path) => format!("{method} {}", word(path)),
    }
}

fn mark(change: &Change) -> &'static str {
    match change.accepted {
        Some(_) => "accepted",
        None => change.level.word(),
    }
}

/// A table of Markdown; folded, where people need not look.
fn table(text: &mut String, title: &str, changes: &[&Change], is_folded: bool) {
    if changes.is_empty() {
        return;
    }
    let count = changes.len();
    let _ = match is_folded {
        true => write!(text, "\n<details><summary>{title} ({count})</summary>\n"),
        false => write!(text, "\n#### {title} ({count})\n"),
    };
    text.push_str("\n| operation | where | what | id |\n| --- | --- | --- | --- |\n");
    for change in changes {
        let reason = change.accepted.as_ref();
        let reason = reason.map_or_else(String::new, |it| format!("; accepted: {it}"));
        let _ = writeln!(
            text,
            "| {} | {} | {} | `{}` |",
            cell(&operation(change)),
            cell(&change.place),
            cell(&format!("{}{reason}", change.text)),
            change.id
        );
    }
    if is_folded {
        text.push_str("\n</details>\n");
    }
}

/// Text that may hold anything, in a cell of a table of Markdown.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        match letter {
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '&' => cell.push_str("&amp;"),
            // A mention would call people in.
            '@' => cell.push_str("&#64;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' => {
                cell.push('\\');
                cell.push(letter);
            }
            _ => cell.push(letter),
        }
    }
    cell
}

/// Without what a terminal would obey, or what turns the direction of writing.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                '\u{fffd}'
            }
            letter if letter.is_control() => '\u{fffd}',
            letter => letter,
        })
        .collect()
}
