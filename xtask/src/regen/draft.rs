//! The new `specs`: documents, what is generated from them, and when they were read.

use std::{collections::BTreeMap, path::PathBuf};

use openapi_verdict::Report;
use serde_json::Value;

use crate::{
    generation::{self, DefaultName, yaml},
    source::{GatsbyPage, Problem},
};

use super::{
    fingerprint::Fingerprint,
    tree::{Files, documents, source, text},
};

/// The part of the sources that is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Taken {
    /// Every document.
    All,
    /// The documents of operations that are in `specs`.
    Known,
    /// Every document, and nothing else stays.
    Whole,
}

/// Everything that a run would put in place.
#[derive(Debug, Default)]
pub struct Draft {
    pub files: Files,
    /// The source of each document that was read.
    pub origins: BTreeMap<PathBuf, String>,
    pub replaced: Vec<Replaced>,
    pub vendors: Vec<Vendor>,
    /// The new words of Gatsby's page, for people; empty if there are none.
    pub gatsby: String,
    pub notes: Vec<String>,
    /// Everything that is wrong.
    pub to_fix: Vec<String>,
    /// All sources could be read.
    pub is_read: bool,
}

/// A file of ours that a vendor's page replaces.
#[derive(Debug)]
pub struct Replaced {
    pub file: String,
    pub origin: String,
    /// The changes from ours to the vendor's.
    pub report: Report,
}

/// The output for a vendor.
#[derive(Debug)]
pub struct Vendor {
    pub name: &'static str,
    /// The union of its documents, if they agree.
    pub union: Option<Value>,
    pub default_names: Vec<DefaultName>,
    /// The Rust could be generated.
    pub is_generated: bool,
}

impl Draft {
    /// Notes what is new on Gatsby's page.
    pub fn compare(&mut self, page: GatsbyPage) -> Result<(), Problem> {
        let known = Fingerprint::parse(&text(&self.files, "gatsby.page.txt")?);
        let now = Fingerprint::of(&page.text);
        if known == now {
            let origin = page.origin;
            self.notes.push(format!(
                "{origin}: Gatsby's words are those that specs/gatsby was written from"
            ));
            return Ok(());
        }
        self.gatsby = known.difference(&page.text);
        self.write("gatsby.page.txt", now.to_string());
        self.date("gatsby")
    }

    /// Generates what build.rs would, by the same code.
    pub fn generate(
        &mut self,
        name: &'static str,
        formats: &[(&str, &str)],
    ) -> Result<(), Problem> {
        let documents = documents(&self.files, name);
        let overlay = source(&self.files, &format!("{name}.overlay.yaml"))?;
        let (generated, refusals) = generation::draft(&generation::Vendor {
            name,
            documents: &documents,
            overlay: (!overlay.text.is_empty()).then_some(&overlay),
            days: &source(&self.files, "read.txt")?,
            formats,
        });
        self.to_fix.extend(refusals.iter().map(ToString::to_string));
        let mut vendor = Vendor {
            name,
            union: generation::union::unite(&documents).ok(),
            default_names: Vec::new(),
            is_generated: generated.is_some(),
        };
        if let Some(generated) = generated {
            self.write(&format!("{name}.rs"), generated.rust);
            self.write(&format!("{name}.json"), generated.json);
            vendor.default_names = generated.default_names;
        }
        self.vendors.push(vendor);
        Ok(())
    }

    fn write(&mut self, name: &str, text: String) {
        self.files.insert(name.into(), text.into_bytes());
    }

    /// Writes that a vendor's pages were first read today as they are.
    pub fn date(&mut self, vendor: &str) -> Result<(), Problem> {
        let dates = dated(&text(&self.files, "read.txt")?, vendor, &today()?);
        self.write("read.txt", dates);
        Ok(())
    }
}

/// The part of a vendor's overlay that is laid over its documents; nothing, if there is none or it cannot be read.
pub fn overlay(files: &Files, vendor: &str) -> Value {
    let text = text(files, &format!("{vendor}.overlay.yaml")).unwrap_or_default();
    let overlay = yaml::read(&text).map(yaml::Node::into_value);
    overlay.map_or(Value::Null, |it| it["actions"][0]["update"].clone())
}

/// The dates with one of them new: lines of a name and a date.
fn dated(dates: &str, name: &str, day: &str) -> String {
    let mut lines: Vec<String> = dates.lines().map(str::to_owned).collect();
    let line = format!("{name} {day}");
    match lines
        .iter()
        .position(|it| it.split(' ').next() == Some(name))
    {
        Some(at) => lines[at] = line,
        None => lines.push(line),
    }
    lines.join("\n") + "\n"
}

/// The day, in UTC. `SOURCE_DATE_EPOCH` sets it (reproducible-builds.org).
fn today() -> Result<String, Problem> {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok();
    let now = match set.and_then(|it| it.parse().ok()) {
        Some(seconds) => jiff::Timestamp::from_second(seconds)
            .map_err(|err| Problem::new(format!("SOURCE_DATE_EPOCH: {err}")))?,
        None => jiff::Timestamp::now(),
    };
    Ok(now.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_changes_and_the_others_stay() {
        assert_eq!(
            dated("# a\nbspk 1\ngatsby 1\n", "bspk", "2"),
            "# a\nbspk 2\ngatsby 1\n"
        );
        assert_eq!(dated("", "bspk", "2"), "bspk 2\n");
    }
}
