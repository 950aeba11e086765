//! The report of a run: on a terminal, in a pull request, for a program.

use std::fmt::Write as _;

use openapi_verdict::Level;
use serde_json::{Value, json};

use crate::diff::Format;

use super::{
    bump::Bump,
    names::{Change, Fate},
    outcome::Outcome,
};

impl Outcome {
    /// The report in a format.
    pub fn report(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Markdown => self.markdown(),
            Format::Json => format!("{:#}\n", self.json()),
        }
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for note in &self.notes {
            let _ = writeln!(out, "note: {note}");
        }
        if self.is_unchanged() {
            out.push_str("nothing changed: specs is as the sources and build.rs have it\n");
        }
        if !self.api.is_empty() {
            let _ = write!(out, "\nThe API\n{}", self.api.text());
        }
        for (title, body) in self.sections() {
            let _ = write!(out, "\n{title}\n{body}");
        }
        out
    }

    fn markdown(&self) -> String {
        let mut out = "### `cargo xtask regen`\n\n".to_owned();
        if self.is_unchanged() {
            out.push_str("Nothing changed.\n");
        }
        if !self.api.is_empty() {
            out.push_str(&self.api.markdown());
        }
        for (title, body) in self.sections() {
            let _ = write!(out, "\n**{title}**\n\n{}\n", fenced(&body));
        }
        for note in &self.notes {
            let _ = writeln!(out, "\n> {note}");
        }
        out
    }

    fn json(&self) -> Value {
        let object = |json: &str| serde_json::from_str::<Value>(json).unwrap_or_default();
        let replaced = self.replaced.iter().map(|it| {
            json!({"file": it.file, "by": it.origin, "changes": object(&it.report.json())["changes"]})
        });
        json!({
            "verdict": self.verdict().map_or("none", Level::name),
            "changes": object(&self.api.json())["changes"],
            "replaced": replaced.collect::<Vec<_>>(),
            "gatsby": self.gatsby,
            "rust": {"names": self.names, "version": self.bump},
            "to_fix": self.to_fix,
            "to_do": self.to_do,
            "files": self.files,
            "put": self.is_put,
            "notes": self.notes,
        })
    }

    fn is_unchanged(&self) -> bool {
        self.files.is_empty() && self.to_fix.is_empty()
    }

    /// The parts of the report behind the changes of the API, each with a title.
    fn sections(&self) -> Vec<(&'static str, String)> {
        let lines = |lines: Vec<String>| {
            let line = |it: String| format!("  {}\n", it.replace('\n', "\n  "));
            lines.into_iter().map(line).collect::<String>()
        };
        let ours = self.replaced.iter().map(|it| {
            let (file, origin, report) = (&it.file, &it.origin, &it.report);
            let changes = report.text();
            let summary = report.summary();
            if report.is_empty() {
                format!("{file}, now from {origin}: ours said the same")
            } else {
                format!("{file}, now from {origin}: ours was {summary} away\n{changes}")
            }
        });
        let mut rust: Vec<String> = self.names.iter().map(name).collect();
        rust.extend(self.bump.as_ref().map(version));
        let verdict = self.verdict().map_or("none", Level::name);
        let verdict = if self.is_unchanged() {
            String::new()
        } else {
            format!("  {verdict}\n")
        };
        let files = if self.is_put {
            "Changed"
        } else {
            "Would change; specs is as it was"
        };
        let parts = [
            ("Written by us until now", lines(ours.collect())),
            (
                "Gatsby's page says something new: read it, edit specs/gatsby, run this again",
                self.gatsby.clone(),
            ),
            ("The Rust", lines(rust)),
            ("The verdict", verdict),
            (files, lines(self.files.clone())),
            ("To fix", lines(self.to_fix.clone())),
            ("To do before a release: lines to paste", self.to_do.clone()),
        ];
        let parts = parts.into_iter();
        parts.filter(|(_, body)| !body.is_empty()).collect()
    }
}

fn name(change: &Change) -> String {
    let fate = match change.fate {
        Fate::Removed => "removed",
        Fate::Changed => "changed",
        Fate::Added => "added",
    };
    let detail = match (&change.was, &change.is) {
        (Some(was), Some(is)) => format!(": `{was}` is now `{is}`"),
        (Some(it), None) | (None, Some(it)) => format!(": `{it}`"),
        (None, None) => String::new(),
    };
    let inside = if change.public {
        ""
    } else {
        " (inside the crate)"
    };
    format!("{fate} `{}`{detail}{inside}", change.name)
}

fn version(bump: &Bump) -> String {
    let Bump {
        was,
        letter,
        documented,
        why,
        ..
    } = bump;
    if letter == documented {
        format!("version {was} -> {letter}: {why}")
    } else {
        format!(
            "version {was} -> {letter} by the letter of semver, {documented} as documented: {why}"
        )
    }
}

/// A block whose fence is longer than any in it.
fn fenced(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{}\n{fence}", text.trim_end())
}
