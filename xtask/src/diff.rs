//! `cargo xtask diff`: compares two OpenAPI 3.0 documents.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::ValueEnum;
use openapi_verdict::{Accepted, Document, Level, compare};

use crate::{generation::yaml, source::address::shown, terminal::plain};

/// The exit code for documents and arguments that cannot be read, as that of clap.
const UNREADABLE: u8 = 2;

/// The end of `cargo xtask diff --help`.
pub const EXAMPLES: &str = "\
Examples:
  cargo xtask diff specs/bspk/upsert_shopper.yaml platform_v1.json
  cargo xtask diff old.yaml new.yaml --format markdown > comment.md
  cargo xtask diff old.yaml new.yaml --deny breaking --accepted specs/accepted.txt

Exits with 0; with 1 if --deny finds a change; with 2 if a document or an argument is invalid.";

/// The arguments of `cargo xtask diff`.
#[derive(clap::Args)]
pub struct Args {
    /// The old document: OpenAPI 3.0.x, in YAML or JSON
    old: PathBuf,
    /// The new document
    new: PathBuf,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exits with 1 if a change of this level or worse is not accepted
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// A file of accepted changes, one on each line: `id method path place  # reason`
    #[arg(long)]
    accepted: Option<PathBuf>,
}

/// The format of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For a program
    Json,
}

/// The mildest level that is denied.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Deny {
    /// Changes that break callers
    Breaking,
    /// Changes that break callers, or may
    Risky,
}

impl Deny {
    /// Returns `true` if a verdict is denied.
    pub fn denies(self, verdict: Option<Level>) -> bool {
        let level = match self {
            Self::Breaking => Level::Breaking,
            Self::Risky => Level::Risky,
        };
        verdict >= Some(level)
    }
}

/// Compares two documents and prints the report.
pub fn run(args: &Args) -> ExitCode {
    match diff(args) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("{}", plain(&problem));
            ExitCode::from(UNREADABLE)
        }
    }
}

fn diff(args: &Args) -> Result<ExitCode, String> {
    let mut report = compare(&read_document(&args.old)?, &read_document(&args.new)?);
    if let Some(path) = &args.accepted {
        let accepted = read(
            path,
            "a list of accepted changes such as specs/accepted.txt",
        )?;
        for note in report.accept(&parse_accepted(&name(path), &accepted)?) {
            eprintln!("{}", plain(&format!("note: {}: {note}", name(path))));
        }
    }
    let text = match args.format {
        Format::Text => report.text(),
        Format::Markdown => report.markdown(),
        Format::Json => report.json(),
    };
    match io::stdout().write_all(plain(&text).as_bytes()) {
        // A reader that closes the pipe early, such as `head`, is no failure.
        Err(err) if err.kind() != io::ErrorKind::BrokenPipe => {
            return Err(format!(
                "the report cannot be written: {err}; write it to another place"
            ));
        }
        _ => {}
    }
    let is_denied = args.deny.is_some_and(|deny| deny.denies(report.verdict()));
    Ok(ExitCode::from(u8::from(is_denied)))
}

/// Parses a document in YAML or JSON. `name` begins the message of an error.
pub fn parse_document(name: &str, text: &str) -> Result<Document, String> {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(format!(
            "{name}: the file is empty; give an OpenAPI 3.0 document in YAML or JSON"
        ));
    }
    if start.starts_with('<') {
        return Err(format!(
            "{name}: this is HTML or XML; save the OpenAPI document itself (often at /openapi.yaml or /openapi.json), not \
             the page that shows it"
        ));
    }
    let node = yaml::read(text).map_err(|err| format!("{name}: {err}; correct that line"))?;
    Document::new(node.into_value()).map_err(|err| format!("{name}: {err}"))
}

/// Parses a list of accepted changes. `name` begins the message of an error.
pub fn parse_accepted(name: &str, text: &str) -> Result<Accepted, String> {
    text.parse().map_err(|err| format!("{name}: {err}"))
}

fn read_document(path: &Path) -> Result<Document, String> {
    let text = read(path, "an OpenAPI 3.0 document")?;
    parse_document(&name(path), &text)
}

fn read(path: &Path, expected: &str) -> Result<String, String> {
    let name = name(path);
    let bytes =
        fs::read(path).map_err(|err| format!("{name}: {err}; give the path of {expected}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{name}: the file is not text; save it as UTF-8"))
}

fn name(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, the text, and parts of the message.
    #[rustfmt::skip]
    const INVALID: &[(&str, &str, &[&str])] = &[
        ("an empty file", " \n", &["is empty"]),
        (
            "a page",
            "<!DOCTYPE html><html></html>",
            &["is HTML", "/openapi.yaml"],
        ),
        (
            "OpenAPI 3.1",
            "openapi: 3.1.0",
            &["OpenAPI \"3.1.0\" is not supported"],
        ),
        ("a list", "- a", &["is not an object"]),
        (
            "a key twice",
            "openapi: 3.0.3\ninfo: {}\ninfo: {}",
            &["line 3", "info"],
        ),
        (
            "invalid YAML",
            "openapi: 3.0.3\npaths:\n  a: [",
            &["not YAML", "line 3"],
        ),
        (
            "invalid JSON",
            "{\n  \"openapi\": \"3.0.3\",\n  \"paths\": {,}\n}",
            &["not JSON", "line 3"],
        ),
        (
            "JSON with a key twice",
            "{\"openapi\": \"3.0.3\", \"info\": {}, \"info\": {}}",
            &["duplicate", "info"],
        ),
        (
            "two documents",
            "---\nopenapi: 3.0.3\n---\nopenapi: 3.0.3\n",
            &["not YAML"],
        ),
    ];

    #[test]
    fn an_invalid_document_is_an_error_with_its_name() {
        for (name, text, expected) in INVALID {
            let error = parse_document("a.yaml", text).unwrap_err();

            assert!(error.starts_with("a.yaml: "), "{name}: {error}");
            for part in *expected {
                assert!(error.contains(part), "{name}: {error:?} lacks {part:?}");
            }
        }
    }

    #[test]
    fn a_document_may_be_yaml_or_json_with_tabs_or_a_byte_order_mark() {
        let empty = parse_document("a", "{openapi: 3.0.3}").unwrap();
        for text in [
            "openapi: 3.0.3\npaths: {}\n",
            "{openapi: 3.0.3, paths: {}}",
            "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {}\n}\n",
            "\u{feff}{\"openapi\": \"3.0.3\"}",
            "# A comment\n---\nopenapi: 3.0.3\npaths:\ninfo:\n",
        ] {
            let document = parse_document("a", text).unwrap();

            assert!(compare(&document, &empty).is_empty(), "{text}");
        }
    }
}
