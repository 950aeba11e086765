//! The report of a comparison: text, Markdown or JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    accepted::{Accepted, path_word},
    change::{Change, EVERYWHERE},
    compare::changes,
    document::Document,
    rule::Level,
};

/// All changes from one document to another, in the order of severity, path, method and place.
#[derive(Clone, Debug, Default)]
pub struct Report {
    changes: Vec<Change>,
}

/// Compares two documents, seen from a caller of the described API.
pub fn compare(old: &Document, new: &Document) -> Report {
    Report {
        changes: changes(old, new),
    }
}

impl Report {
    /// The changes, including accepted ones.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns `true` if there are no changes at all.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The severity of the worst change that is not accepted; `None` if there is none.
    ///
    /// # Example: stop a release
    ///
    /// ```
    /// # let report = openapi_verdict::Report::default();
    /// use openapi_verdict::Level;
    ///
    /// let is_denied = report.verdict() >= Some(Level::Risky);
    /// # assert!(!is_denied);
    /// ```
    pub fn verdict(&self) -> Option<Level> {
        self.open().map(|change| change.level).max()
    }

    /// Marks the changes that are accepted.
    ///
    /// Returns a note for each line of the list that accepts no change and should be removed.
    pub fn accept(&mut self, accepted: &Accepted) -> Vec<String> {
        accepted.apply(&mut self.changes)
    }

    /// Adds the changes of another document.
    pub fn merge(&mut self, other: Self) {
        self.changes.extend(other.changes);
        let by_rank = |one: &Change, other: &Change| one.rank().cmp(&other.rank());
        self.changes.sort_by(by_rank);
    }

    /// The report as JSON.
    ///
    /// An object with `verdict` (`breaking`, `risky`, `compatible` or `none`) and `changes`, each with `level`, `id`, `method`,
    /// `path`, `place`, `text`, and `accepted` if it is.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Json<'a> {
            verdict: &'static str,
            changes: &'a [Change],
        }
        let json = Json {
            verdict: self.verdict().map_or("none", Level::name),
            changes: &self.changes,
        };
        let mut text = serde_json::to_string_pretty(&json).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The report for a terminal, by operation; the one with the worst change comes first.
    pub fn text(&self) -> String {
        let ids = self.changes.iter().map(|change| change.rule.id());
        let width = ids.map(str::len).max().unwrap_or_default();
        let mut groups: Vec<(String, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            let name = operation(change);
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, changes)) => changes.push(change),
                None => groups.push((name, vec![change])),
            }
        }
        let mut text = String::new();
        for (operation, changes) in groups {
            let _ = writeln!(text, "{}", printable(&operation));
            for change in changes {
                let (level, reason) = match &change.accepted {
                    Some(reason) => ("accepted", Some(printable(reason))),
                    None => (change.level.name(), None),
                };
                let id = change.rule.id();
                let (place, what) = (printable(&change.place), printable(&change.text));
                let _ = writeln!(text, "  {level:<10}  {id:<width$}  {place}: {what}");
                if let Some(reason) = reason {
                    let _ = writeln!(text, "  {:<10}  {:<width$}  accepted: {reason}", "", "");
                }
            }
            text.push('\n');
        }
        let _ = writeln!(text, "{}", self.summary());
        text
    }

    /// The report for a pull request, with a table for each level.
    pub fn markdown(&self) -> String {
        let mut text = format!("### API changes: {}\n", self.summary());
        for (level, title) in [
            (Level::Breaking, "Breaking"),
            (Level::Risky, "Risky"),
            (Level::Compatible, "Compatible"),
        ] {
            let changes = self.open().filter(|change| change.level == level);
            table(&mut text, title, changes, level == Level::Compatible);
        }
        let accepted = self.changes.iter().filter(|it| it.accepted.is_some());
        table(&mut text, "Accepted", accepted, true);
        text
    }

    /// The number of changes of each level, such as `1 breaking, 2 risky`.
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "no changes".to_owned();
        }
        let of = |level| self.open().filter(|change| change.level == level).count();
        let accepted = self.changes.len() - self.open().count();
        let counts = Level::ALL.map(|level| (of(level), level.name()));
        let parts: Vec<_> = counts
            .into_iter()
            .chain([(accepted, "accepted")])
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        parts.join(", ")
    }

    /// The changes that are not accepted.
    fn open(&self) -> impl Iterator<Item = &Change> {
        let all = self.changes.iter();
        all.filter(|change| change.accepted.is_none())
    }
}

fn operation(change: &Change) -> String {
    match (change.method.as_str(), change.path.as_str()) {
        (EVERYWHERE, EVERYWHERE) => "all operations".to_owned(),
        (EVERYWHERE, path) => path.to_owned(),
        (method, path) => format!("{method} {}", path_word(path)),
    }
}

/// Adds a table, folded if readers need not look.
fn table<'a>(
    text: &mut String,
    title: &str,
    changes: impl Iterator<Item = &'a Change>,
    is_folded: bool,
) {
    let mut rows = String::new();
    let mut count = 0;
    for change in changes {
        count += 1;
        let reason = change.accepted.as_ref();
        let reason = reason.map_or_else(String::new, |it| format!("; accepted: {it}"));
        let _ = writeln!(
            rows,
            "| {} | {} | {} | `{}` |",
            cell(&operation(change)),
            cell(&change.place),
            cell(&format!("{}{reason}", change.text)),
            change.rule.id()
        );
    }
    if count == 0 {
        return;
    }
    let (before, after) = if is_folded {
        let summary = format!("<details><summary>{title} ({count})</summary>");
        (summary, "\n</details>\n")
    } else {
        (format!("#### {title} ({count})"), "")
    };
    let header = "| operation | place | change | id |\n| --- | --- | --- | --- |";
    let _ = write!(text, "\n{before}\n\n{header}\n{rows}{after}");
}

/// Escapes text for a cell of a Markdown table.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '&' => cell.push_str("&amp;"),
            // A mention would notify people.
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

/// Replaces characters that control a terminal or the direction of text.
fn printable(text: &str) -> String {
    let is_harmful = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(is_harmful, "\u{fffd}")
}
