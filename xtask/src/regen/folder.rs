//! The folder of BSPK's documents: each source becomes a file, byte for byte, and replaces the files that describe the same.

use std::{fmt, path::PathBuf};

use openapi_verdict::compare;
use serde_json::{Value, json};

use crate::{
    generation::{
        self,
        document::{self, members, operations},
        names::field_name,
        place::Place,
    },
    source::Source,
};

use super::{
    draft::{Draft, Replaced, Taken, overlay},
    tree::{Files, documents},
};

/// The folder of the documents that sources become.
const FOLDER: &str = "bspk";

/// The first words of a file that no vendor wrote.
const OURS: &str = "# Written by us";

/// A document that is known to be OpenAPI 3.0.
#[derive(Debug)]
struct Document {
    /// A file or an address, and the line of a page, for people.
    origin: String,
    text: String,
    value: Value,
    operations: Vec<Operation>,
}

#[derive(Clone, Debug, PartialEq)]
struct Operation {
    method: String,
    path: String,
}

impl Operation {
    /// Returns `true` for the same method of a path of which at most the names of parameters differ.
    fn is(&self, other: &Self) -> bool {
        self.method == other.method && shape(&self.path) == shape(&other.path)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{} {}`", self.method, self.path)
    }
}

impl Document {
    /// Reads a source, or says all that is wrong with it.
    fn read(source: Source) -> Result<Self, Vec<String>> {
        // The empty lines keep the numbers of the page's lines.
        let page = generation::Source {
            file: source.origin.clone(),
            text: "\n".repeat(source.line) + &source.text,
        };
        let read = document::read(&page.text).map_err(|refusals| {
            let refusals = refusals.map(|it| it.in_file(&page));
            refusals.iter().map(ToString::to_string).collect::<Vec<_>>()
        });
        let origin = match source.line {
            0 => source.origin,
            line => format!("{}:{}", source.origin, line + 1),
        };
        let document = Self::of(origin, source.text, read?);
        let fault = |what: &str| Err(vec![format!("{}: {what}", document.origin)]);
        if let Some((method, path)) = source.operation {
            let named = Operation { method, path };
            if !document.operations.contains(&named) {
                return fault(&format!(
                    "the block says that it holds {named}, and does not; see what the vendor meant"
                ));
            }
        }
        if document.value["info"]["title"]
            .as_str()
            .is_some_and(|it| it.contains("Gatsby"))
        {
            return fault(
                "is Gatsby's, which is written by hand: edit specs/gatsby, then run `cargo xtask regen` without it",
            );
        }
        if document.operations.is_empty() {
            return fault("describes no operation; is it the right file?");
        }
        Ok(document)
    }

    fn of(origin: String, text: String, value: Value) -> Self {
        let operations = operations(&value).into_iter().filter_map(|(place, _)| {
            let [_, path, method] = <[String; 3]>::try_from(place.keys()).ok()?;
            Some(Operation { method, path })
        });
        Self {
            origin,
            text,
            operations: operations.collect(),
            value,
        }
    }

    fn has(&self, operation: &Operation) -> bool {
        self.operations.iter().any(|it| it.is(operation))
    }

    fn shares(&self, other: &Self) -> bool {
        self.operations.iter().any(|it| other.has(it))
    }

    /// The document without the operations that the other does not have.
    fn only(&self, other: &Self) -> Option<openapi_verdict::Document> {
        let mut value = self.value.clone();
        for operation in self.operations.iter().filter(|it| !other.has(it)) {
            if let Some(item) = value["paths"][&operation.path].as_object_mut() {
                item.remove(&operation.method);
            }
        }
        openapi_verdict::Document::new(value).ok()
    }
}

/// Saves the sources, and removes the files that they replace.
pub fn place(draft: &mut Draft, sources: Vec<Source>, taken: Taken) {
    if sources.is_empty() {
        return;
    }
    let old = documents_of(&draft.files);
    let mut new = Vec::new();
    for source in sources {
        match Document::read(source) {
            Ok(document) => choose(draft, document, &old, &mut new, taken),
            Err(problems) => draft.to_fix.extend(problems),
        }
    }
    let blocked = remove(draft, &old, &new, taken);
    let overlay = overlay(&draft.files, "bspk");
    for document in new {
        let replaced: Vec<_> = old.iter().filter(|(_, it)| it.shares(&document)).collect();
        if replaced.iter().any(|(path, _)| blocked.contains(path)) {
            continue;
        }
        let stem = match (&replaced[..], &document.operations[..]) {
            ([(path, old)], [_]) if old.operations.len() == 1 => path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into(),
            _ => stem(&document, &overlay),
        };
        let path = free(&draft.files, &stem, &document.text);
        for (was, old) in replaced {
            compare_with(draft, was, old, &path, &document);
        }
        draft.origins.insert(path.clone(), document.origin);
        draft.files.insert(path, document.text.into_bytes());
    }
}

/// The documents in the folder. One that cannot be read is refused when the Rust is generated.
fn documents_of(files: &Files) -> Vec<(PathBuf, Document)> {
    let documents = documents(files, FOLDER).into_iter().filter_map(|source| {
        let value = document::read(&source.text).ok()?;
        let path = PathBuf::from(source.file.strip_prefix("specs/")?);
        Some((path, Document::of(source.file, source.text, value)))
    });
    documents.collect()
}

/// Adds a document to the new ones, if it is taken and says something of its own.
fn choose(
    draft: &mut Draft,
    document: Document,
    old: &[(PathBuf, Document)],
    new: &mut Vec<Document>,
    taken: Taken,
) {
    if taken == Taken::Known && !old.iter().any(|(_, it)| it.shares(&document)) {
        for operation in &document.operations {
            let note = format!("{}: {operation} is new and left out", document.origin);
            draft.notes.push(note);
        }
        return;
    }
    let Some(at) = new.iter().position(|it| it.shares(&document)) else {
        return new.push(document);
    };
    let known = &new[at];
    for operation in document.operations.iter().filter(|it| known.has(it)) {
        let (path, method) = (operation.path.as_str(), operation.method.as_str());
        let (one, other) = (
            &document.value["paths"][path][method],
            &known.value["paths"][path][method],
        );
        if one != other {
            let place = Place::top().key("paths").key(path).key(method);
            draft.to_fix.push(format!(
                "{} and {} disagree about {operation}, at {}; see which is out of date, and name the other alone",
                document.origin,
                known.origin,
                difference(one, other, place)
            ));
            return;
        }
    }
    let covers = |one: &Document, other: &Document| other.operations.iter().all(|it| one.has(it));
    let (more, less) = if covers(known, &document) {
        (known.origin.clone(), document.origin.clone())
    } else if covers(&document, known) {
        let origins = (document.origin.clone(), known.origin.clone());
        new[at] = document;
        origins
    } else {
        draft.to_fix.push(format!(
            "{} and {} describe the same operations in part; name one of them",
            document.origin, known.origin
        ));
        return;
    };
    draft
        .notes
        .push(format!("{less}: says what {more} says, passed over"));
}

/// The first difference of two values.
fn difference(one: &Value, other: &Value, place: Place) -> Place {
    let mut keys = members(one)
        .chain(members(other))
        .map(|(key, _)| key.as_str());
    match keys.find(|key| one[key] != other[key]) {
        Some(key) => difference(&one[key], &other[key], place.key(key)),
        None => place,
    }
}

/// Removes the files whose operations all have a new document, and returns those that cannot be replaced in part.
fn remove(
    draft: &mut Draft,
    old: &[(PathBuf, Document)],
    new: &[Document],
    taken: Taken,
) -> Vec<PathBuf> {
    let mut blocked = Vec::new();
    for (path, document) in old {
        let (described, left): (Vec<_>, Vec<_>) = document
            .operations
            .iter()
            .partition(|it| new.iter().any(|new| new.has(it)));
        if left.is_empty() && !described.is_empty() {
            draft.files.remove(path);
        } else if taken == Taken::Whole {
            draft.files.remove(path);
            let notes = left
                .iter()
                .map(|it| format!("{it} is in no source, so it goes"));
            draft.notes.extend(notes);
        } else if !described.is_empty() {
            let left: Vec<_> = left.iter().map(ToString::to_string).collect();
            draft.to_fix.push(format!(
                "{}: describes {} too, of which there is no source, and a file is replaced whole; name a source for each, \
                 or the whole document",
                document.origin,
                left.join(", ")
            ));
            blocked.push(path.clone());
        }
    }
    blocked
}

/// Notes how far a file of ours was from the vendor's, and what is called otherwise now.
fn compare_with(draft: &mut Draft, was: &PathBuf, old: &Document, path: &PathBuf, new: &Document) {
    for operation in &old.operations {
        let now = new.operations.iter().find(|it| it.is(operation));
        if let Some(now) = now.filter(|it| *it != operation) {
            draft.notes.push(format!("{operation} is now called {now}"));
        }
    }
    let is_ours = old.text.starts_with(OURS) && !new.text.starts_with(OURS);
    if let (true, Some(ours), Some(theirs)) = (is_ours, old.only(old), new.only(old)) {
        draft.replaced.push(Replaced {
            file: format!("specs/{}", was.display()),
            origin: new.origin.clone(),
            report: compare(&ours, &theirs),
        });
    }
    if was != path {
        let (was, path) = (was.display(), path.display());
        draft
            .notes
            .push(format!("specs/{was} is replaced by specs/{path}"));
    }
}

/// The name of a new file: that of its operation, or of the document if it holds many.
fn stem(document: &Document, overlay: &Value) -> String {
    if let [Operation { method, path }] = &document.operations[..] {
        let named = [&overlay["paths"], &document.value["paths"]]
            .into_iter()
            .find_map(|paths| paths[path][method]["operationId"].as_str());
        return match named {
            Some(name) => field_name(name),
            None => field_name(&format!("{method} {}", path.replace(['{', '}'], ""))),
        };
    }
    let file = document.origin.rsplit(['/', '\\']).next();
    let stem = file.unwrap_or_default().split(['.', '?', ':']).next();
    field_name(stem.unwrap_or_default())
}

/// A path in the folder that no file has.
fn free(files: &Files, stem: &str, text: &str) -> PathBuf {
    let is_json = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('{');
    let extension = if is_json { "json" } else { "yaml" };
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    std::iter::once(stem.to_owned())
        .chain(numbered)
        .map(|stem| PathBuf::from(format!("{FOLDER}/{stem}.{extension}")))
        .find(|path| !files.contains_key(path))
        .unwrap_or_default()
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            "{}".to_owned()
        } else {
            part.to_owned()
        }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A document without operations.
pub fn nothing() -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}})
}
