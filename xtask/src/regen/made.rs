//! The new `specs`: documents, what is generated from them, and when they were read.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    formats,
    generation::{self, Generated, Source, Vendor},
    source::{Problem, Read},
};

use super::{
    document::{Document, parse},
    fingerprint::Fingerprint,
    known,
    merge::{Unmentioned, merge},
    tree::{Files, Tree},
    yaml,
};

/// The document that the operations of BSPK's pages are merged into.
pub const BSPK: &str = "bspk/upsert_shopper.yaml";

/// The part of the sources that is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Taken {
    /// All that they have.
    All,
    /// Of the operations those that are in `specs`.
    Known,
    /// All that they have, and nothing else stays.
    Whole,
}

/// Everything that a run would put in place.
#[derive(Debug)]
pub struct Made {
    pub files: Files,
    /// The new words of Gatsby's page, for people; empty if there are none.
    pub gatsby: String,
    pub notes: Vec<String>,
}

/// Makes the new folder in memory, and refuses what build.rs would refuse.
pub fn make(tree: &Tree, read: Read, taken: Taken) -> Result<Made, Problem> {
    let mut files = tree.files.clone();
    let mut notes = read.notes;
    let was = tree.text(BSPK)?;
    let origins: Vec<_> = read.documents.iter().map(|it| it.origin.clone()).collect();
    let mut documents = read
        .documents
        .into_iter()
        .map(Document::read)
        .collect::<Result<Vec<_>, _>>()?;
    let mut is = was.clone();
    if !documents.is_empty() {
        let old = parse(&was, 0).map_err(|err| err.of("specs/bspk/upsert_shopper.yaml"))?;
        if taken == Taken::Known {
            known::keep(&old, &mut documents, &mut notes);
        }
        let unmentioned = match taken {
            Taken::Whole => Unmentioned::Go,
            Taken::All | Taken::Known => Unmentioned::Stay,
        };
        let merged = merge(&old, &documents, unmentioned)?;
        notes.extend(merged.notes);
        if !merged.node.says(&old) {
            is = nearest(&was, yaml::write(&merged.node), &merged.node, &documents);
        }
    }
    let mut dates = tree.text("read.txt")?;
    if is != was {
        dates = dated(&dates, "bspk", &today());
    }
    let mut gatsby = String::new();
    if let Some(page) = read.gatsby {
        let known = Fingerprint::parse(&tree.text("gatsby.page.txt")?);
        let now = Fingerprint::of(&page.text);
        if known != now {
            gatsby = known.difference(&page.text);
            dates = dated(&dates, "gatsby", &today());
            files.insert("gatsby.page.txt".into(), now.to_string().into_bytes());
        } else {
            notes.push(format!(
                "{}: Gatsby's words are those that specs/gatsby/shopper_api.yaml was written from",
                page.origin
            ));
        }
    }
    let from = if origins.is_empty() || is == was {
        String::new()
    } else {
        format!(" as it would be with {}", origins.join(", "))
    };
    let days = source("specs/read.txt", dates);
    let bspks = source(&format!("specs/bspk/upsert_shopper.yaml{from}"), is);
    let gatsbys = source(
        "specs/gatsby/shopper_api.yaml",
        tree.text("gatsby/shopper_api.yaml")?,
    );
    for (name, document, formats) in [
        ("bspk", &bspks, &formats::BSPK[..]),
        ("gatsby", &gatsbys, &[]),
    ] {
        let generated = generate(tree, name, document, &days, formats)?;
        let names = generated.default_names.iter();
        notes.extend(names.map(|it| format!("{name}: {it}")));
        let texts = [("rs", generated.rust), ("json", generated.json)];
        files.extend(texts.map(|(ext, text)| (format!("{name}.{ext}").into(), text.into_bytes())));
    }
    let texts = [(BSPK, bspks.text), ("read.txt", days.text)];
    files.extend(texts.map(|(name, text)| (PathBuf::from(name), text.into_bytes())));
    Ok(Made {
        files,
        gatsby,
        notes,
    })
}

/// Generates what build.rs would, by the same code.
fn generate(
    tree: &Tree,
    name: &str,
    document: &Source,
    days: &Source,
    formats: &[(&str, &str)],
) -> Result<Generated, Problem> {
    let file = format!("{name}.overlay.yaml");
    let overlay = source(&format!("specs/{file}"), tree.text(&file)?);
    generation::generate(&Vendor {
        name,
        documents: std::slice::from_ref(document),
        overlay: (!overlay.text.is_empty()).then_some(&overlay),
        days,
        formats,
    })
    .map_err(|refusals| Problem::new(refusals.to_string()))
}

fn source(file: &str, text: String) -> Source {
    Source {
        file: file.to_owned(),
        text,
    }
}

/// Of the ways to write a document the one that changes the fewest lines: ours, or its author's own text.
fn nearest(was: &str, ours: String, node: &super::node::Node, sources: &[Document]) -> String {
    let whole = sources.iter().filter(|it| {
        it.node.says(node) && !it.text.is_empty() && !it.text.trim_start().starts_with('{')
    });
    let texts = whole.map(|it| it.text.clone()).chain([ours]);
    texts
        .min_by_key(|text| changed_lines(was, text))
        .unwrap_or_default()
}

fn changed_lines(was: &str, is: &str) -> usize {
    let diff = similar::TextDiff::from_lines(was, is);
    diff.iter_all_changes()
        .filter(|it| it.tag() != similar::ChangeTag::Equal)
        .count()
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
fn today() -> String {
    let set = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|it| it.parse().ok());
    let now = set.map_or_else(SystemTime::now, |seconds| {
        UNIX_EPOCH + Duration::from_secs(seconds)
    });
    day(now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400)
}

/// The date of a day since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn day(since_1970: u64) -> String {
    let days = since_1970 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_write_it() {
        let cases = [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (20_818, "2026-12-31"),
        ];

        for (since, expected) in cases {
            assert_eq!(day(since), expected);
        }
    }

    #[test]
    fn one_date_changes_and_the_others_stay() {
        assert_eq!(
            dated("# a\nbspk 1\ngatsby 1\n", "bspk", "2"),
            "# a\nbspk 2\ngatsby 1\n"
        );
        assert_eq!(dated("", "bspk", "2"), "bspk 2\n");
    }
}
