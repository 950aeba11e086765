//! The outcome of a run, or of one that put nothing in place.

use std::{collections::BTreeSet, fs};

use openapi_verdict::{Document, Level, Report, compare};
use serde_json::Value;

use crate::{
    diff::parse_accepted,
    generation::{Source, document},
    source::Problem,
};

use super::{
    advice,
    bump::{self, Bump},
    draft::{Draft, Replaced, Vendor, overlay},
    folder, names,
    tree::{Tree, documents, text},
};

/// Everything that the report says.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The changes for callers of the API.
    pub api: Report,
    /// The files of ours that a vendor's page replaces.
    pub replaced: Vec<Replaced>,
    /// The new words of Gatsby's page.
    pub gatsby: String,
    /// The changes of the generated Rust.
    pub names: Vec<names::Change>,
    pub bump: Option<Bump>,
    /// Everything that has to be fixed before it can be put in place.
    pub to_fix: Vec<String>,
    /// Lines to paste.
    pub to_do: String,
    /// The files of `specs` that change, and the source of a document.
    pub files: Vec<String>,
    /// `specs` is new.
    pub is_put: bool,
    pub notes: Vec<String>,
}

impl Outcome {
    /// Compares a draft with the tree.
    pub fn of(tree: &Tree, draft: Draft) -> Result<Self, Problem> {
        let mut outcome = Self {
            files: files(tree, &draft),
            ..Self::default()
        };
        for vendor in &draft.vendors {
            outcome.add(tree, &draft, vendor)?;
        }
        let accepted = parse_accepted("specs/accepted.txt", &tree.text("accepted.txt")?);
        let unused = outcome.api.accept(&accepted.map_err(Problem::new)?);
        let unused = unused.iter().map(|it| format!("specs/accepted.txt: {it}"));
        outcome.notes = draft.notes.into_iter().chain(unused).collect();
        if !outcome.names.is_empty() {
            outcome.bump = Some(bump::bump(&tree.version()?, &outcome.names));
        }
        outcome.replaced = draft.replaced;
        outcome.gatsby = draft.gatsby;
        outcome.to_fix = draft.to_fix;
        Ok(outcome)
    }

    fn add(&mut self, tree: &Tree, draft: &Draft, vendor: &Vendor) -> Result<(), Problem> {
        let name = vendor.name;
        let old = before(tree, name)?;
        let new = match &vendor.union {
            Some(union) => {
                self.api.merge(compare(&parsed(&old)?, &parsed(union)?));
                union
            }
            None => {
                self.api.merge(file_by_file(tree, draft, name)?);
                &old
            }
        };
        let overlay = overlay(&draft.files, name);
        let lines = advice::lines(name, &vendor.default_names, &old, new, &overlay);
        self.to_do.push_str(&lines);
        let rust = format!("{name}.rs");
        let (was, is) = (tree.text(&rust)?, text(&draft.files, &rust)?);
        if was != is {
            let module = format!("src/{name}.rs");
            let module = fs::read_to_string(tree.root.join(&module))
                .map_err(|err| Problem::new(format!("{module}: {err}")))?;
            self.names.extend(names::changes(name, &was, &is, &module)?);
            self.to_do.push_str(advice::derive(&was, &is));
        }
        Ok(())
    }

    /// The worst that the changes do to callers, of the API or of the Rust. What is accepted of the API is accepted of the
    /// Rust that follows from it.
    pub fn verdict(&self) -> Option<Level> {
        let api = self.api.verdict();
        let is_accepted = api.is_none() && !self.api.is_empty();
        let is_breaking = self.bump.as_ref().is_some_and(|it| it.is_breaking);
        if is_breaking && !is_accepted {
            Some(Level::Breaking)
        } else {
            api
        }
    }
}

/// The files that change, with the sources of documents.
fn files(tree: &Tree, draft: &Draft) -> Vec<String> {
    let changed = draft
        .files
        .iter()
        .filter(|(path, bytes)| tree.files.get(*path) != Some(bytes));
    let changed = changed.map(|(path, _)| match draft.origins.get(path) {
        Some(origin) => format!("specs/{}, from {origin}", path.display()),
        None => format!("specs/{}", path.display()),
    });
    let gone = tree
        .files
        .keys()
        .filter(|path| !draft.files.contains_key(*path));
    changed
        .chain(gone.map(|path| format!("specs/{}, which goes", path.display())))
        .collect()
}

/// The union of a vendor's documents as the last run left it.
fn before(tree: &Tree, vendor: &str) -> Result<Value, Problem> {
    let file = format!("{vendor}.json");
    let text = tree.text(&file)?;
    if text.is_empty() {
        return Ok(folder::nothing());
    }
    serde_json::from_str(&text)
        .map_err(|err| Problem::new(format!("specs/{file}: {err}; take it from git again")))
}

fn parsed(document: &Value) -> Result<Document, Problem> {
    Document::new(document.clone()).map_err(|err| Problem::new(err.to_string()))
}

/// The changes of each document by itself, where the documents disagree about the whole.
fn file_by_file(tree: &Tree, draft: &Draft, vendor: &str) -> Result<Report, Problem> {
    let (old, new) = (
        documents(&tree.files, vendor),
        documents(&draft.files, vendor),
    );
    let read = |sources: &[Source], file: &str| {
        let found = sources.iter().find(|it| it.file == file)?;
        document::read(&found.text).ok()
    };
    // A document that is new, or gone, but for its operations.
    let empty = |document: &Value| {
        let mut document = document.clone();
        document["paths"] = folder::nothing()["paths"].clone();
        document
    };
    let files: BTreeSet<&str> = old.iter().chain(&new).map(|it| it.file.as_str()).collect();
    let mut report = Report::default();
    for file in files {
        let (was, is) = match (read(&old, file), read(&new, file)) {
            (Some(was), Some(is)) => (was, is),
            (Some(was), None) => (was.clone(), empty(&was)),
            (None, Some(is)) => (empty(&is), is),
            (None, None) => continue,
        };
        report.merge(compare(&parsed(&was)?, &parsed(&is)?));
    }
    Ok(report)
}
