//! The report of a run: on a terminal, in a pull request, for a program.

use std::fmt::Write as _;

use openapi_verdict::Report;
use serde_json::{Value, json};
use similar::TextDiff;

use crate::diff::Format;

use super::{bump::Bump, names};

/// The outcome of a run, or of one that wrote nothing.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files of `specs` that changed.
    pub files: Vec<String>,
    pub api: Report,
    /// The new words of Gatsby's page.
    pub gatsby: String,
    /// The unified diff of the generated sources.
    pub diff: String,
    pub names: Vec<names::Change>,
    pub bump: Option<Bump>,
    pub notes: Vec<String>,
}

impl Outcome {
    pub fn write(&self, format: Format) -> String {
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
        if self.files.is_empty() {
            out.push_str("nothing changed: specs is as the sources and build.rs have it\n");
            return out;
        }
        if !self.api.is_empty() {
            let _ = write!(out, "\nThe API\n{}", self.api.text());
        }
        if !self.gatsby.is_empty() {
            let _ = writeln!(
                out,
                "\nGatsby's page says something new: read it, edit specs/gatsby/shopper_api.yaml, run this again\n{}",
                self.gatsby
            );
        }
        if !self.diff.is_empty() {
            let _ = writeln!(out, "\nThe Rust\n{}", self.diff);
        }
        for it in &self.names {
            let _ = writeln!(out, "  {}", name(it));
        }
        if let Some(bump) = &self.bump {
            let _ = writeln!(out, "\n{}", version(bump));
        }
        let _ = writeln!(out, "\nchanged: {}", self.files.join(", "));
        out
    }

    fn markdown(&self) -> String {
        let mut out = "### `cargo xtask regen`\n\n".to_owned();
        if self.files.is_empty() {
            out.push_str("Nothing changed.\n");
        }
        if !self.api.is_empty() {
            out.push_str(&self.api.markdown());
        }
        if !self.gatsby.is_empty() {
            let _ = writeln!(
                out,
                "\n**Gatsby's page says something new:**\n\n{}",
                fenced("diff", &self.gatsby)
            );
        }
        if !self.names.is_empty() {
            out.push_str("\n**Names**\n\n");
            for it in &self.names {
                let _ = writeln!(out, "- {}", name(it));
            }
        }
        if let Some(bump) = &self.bump {
            let _ = writeln!(out, "\n**Version:** {}", version(bump));
        }
        if !self.diff.is_empty() {
            let diff = fenced("diff", &self.diff);
            let _ = writeln!(
                out,
                "\n<details><summary>The diff of the generated Rust</summary>\n\n{diff}\n</details>"
            );
        }
        for note in &self.notes {
            let _ = writeln!(out, "\n> {note}");
        }
        out
    }

    fn json(&self) -> Value {
        let api: Value = serde_json::from_str(&self.api.json()).unwrap_or_default();
        json!({
            "verdict": api["verdict"],
            "changes": api["changes"],
            "files": self.files,
            "gatsby": self.gatsby,
            "rust": {"diff": self.diff, "names": self.names, "version": self.bump},
            "notes": self.notes,
        })
    }
}

/// The unified diff of a file.
pub fn unified(path: &str, was: &str, is: &str) -> String {
    if was == is {
        return String::new();
    }
    let diff = TextDiff::from_lines(was, is);
    diff.unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

fn name(change: &names::Change) -> String {
    let fate = match change.fate {
        names::Fate::Removed => "removed",
        names::Fate::Changed => "changed",
        names::Fate::Added => "added",
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
fn fenced(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}
