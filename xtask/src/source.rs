//! The sources of `regen`: pages, folders of pages, OpenAPI documents, and addresses of these or of an index of pages.

pub mod address;
mod fetch;
pub mod html;
mod llms;
mod page;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use crate::terminal::plain;

use address::Address;
use fetch::{Failure, Reader};

/// The reason why a source cannot be used, and the remedy.
#[derive(Debug)]
pub struct Problem(String);

impl Problem {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Says where it is.
    pub fn of(self, origin: impl fmt::Display) -> Self {
        Self(format!("{origin}: {}", self.0))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

/// An OpenAPI document as it was written.
#[derive(Debug)]
pub struct Source {
    /// The file or address, for people.
    pub origin: String,
    pub text: String,
    /// The number of lines of the page above the document.
    pub line: usize,
    /// The operation that the page around it says it holds.
    pub operation: Option<(String, String)>,
}

/// Gatsby's page about its API.
#[derive(Debug)]
pub struct GatsbyPage {
    pub origin: String,
    /// Its words, without tags.
    pub text: String,
}

/// The content of the sources of one run.
#[derive(Debug, Default)]
pub struct Read {
    pub documents: Vec<Source>,
    pub gatsby: Option<GatsbyPage>,
    /// Pages that were passed over, and why.
    pub notes: Vec<String>,
    /// Everything that could not be read, and why.
    pub problems: Vec<Problem>,
}

/// Reads the sources that the arguments name.
pub fn read(arguments: &[String]) -> Read {
    let mut read = Read::default();
    let mut reader = Reader::new();
    for argument in arguments {
        if let Err(problem) = read.argument(argument, &mut reader) {
            read.problems.push(problem);
        }
    }
    read
}

impl Read {
    fn argument(&mut self, argument: &str, reader: &mut Reader) -> Result<(), Problem> {
        let path = Path::new(argument);
        if Address::is_meant(argument) {
            let address =
                Address::parse(argument).map_err(|err| err.of(address::shown(argument)))?;
            self.address(&address, reader)
        } else if path.is_dir() {
            self.folder(path)
        } else {
            self.one(argument, file(path)?, extension(path))
        }
    }

    fn address(&mut self, address: &Address, reader: &mut Reader) -> Result<(), Problem> {
        eprintln!("{}", plain(&format!("reading {address}")));
        let text = reader
            .read(address)
            .map_err(|err| Problem::from(err).of(address))?;
        if !matches!(address.file(), "llms.txt" | "llms-full.txt") {
            return self.one(&address.to_string(), text, address.extension());
        }
        let listed = llms::read(&text, address);
        if listed.pages.is_empty() {
            return Err(Problem::new(
                "lists no page of its own host; is it an index in the form of llmstxt.org?",
            )
            .of(address));
        }
        if listed.elsewhere > 0 {
            self.notes.push(format!(
                "{address}: {} links to other hosts are not followed",
                listed.elsewhere
            ));
        }
        for document in &listed.documents {
            self.notes.push(format!(
                "{address}: lists a whole document, {document}; name it as a source to read it"
            ));
        }
        if listed.pages.len() > fetch::PAGES {
            return Err(Problem::new(format!(
                "lists {} pages, more than the {} that are read at once; name those that matter",
                listed.pages.len(),
                fetch::PAGES
            ))
            .of(address));
        }
        let before = self.documents.len();
        for (at, page) in listed.pages.iter().enumerate() {
            let outcome = self.listed(page, reader)?;
            let line = format!("  {}/{} {page}: {outcome}", at + 1, listed.pages.len());
            eprintln!("{}", plain(&line));
        }
        if self.documents.len() == before {
            return Err(Problem::new("none of its pages holds an operation").of(address));
        }
        Ok(())
    }

    /// Reads a page of an index, and says what it holds. One that is missing or holds no operation is passed over: what it
    /// would have described stays as it is.
    fn listed(&mut self, page: &Address, reader: &mut Reader) -> Result<String, Problem> {
        let text = match reader.read(page) {
            Ok(text) => text,
            Err(Failure::Missing(status)) => {
                self.notes.push(format!(
                    "{page}: answered {status}, so what it describes stays as it is"
                ));
                return Ok(format!("answered {status}, passed over"));
            }
            Err(failure) => return Err(Problem::from(failure).of(page)),
        };
        if html::is_html(&text) {
            return Ok("a web page, passed over".to_owned());
        }
        Ok(match self.fragments(&page.to_string(), &text) {
            Ok(found) if found.is_empty() => "no operation, passed over".to_owned(),
            Ok(found) => found.join(", "),
            Err(problem) => {
                self.problems.push(problem);
                "cannot be read".to_owned()
            }
        })
    }

    fn folder(&mut self, folder: &Path) -> Result<(), Problem> {
        let mut pages = Vec::new();
        pages_below(folder, &mut pages)?;
        pages.sort();
        let before = self.documents.len() + self.problems.len();
        for page in &pages {
            let origin = page.display().to_string();
            match file(page).and_then(|text| self.fragments(&origin, &text)) {
                Ok(found) if found.is_empty() => {
                    let note = format!("{origin}: holds no operation, passed over");
                    self.notes.push(note);
                }
                Ok(_) => {}
                Err(problem) => self.problems.push(problem),
            }
        }
        if self.documents.len() + self.problems.len() == before {
            return Err(Problem::new(format!(
                "none of its {} Markdown pages holds an operation (a block that opens with ```yaml get /path); name a \
                 folder of saved pages",
                pages.len()
            ))
            .of(folder.display()));
        }
        Ok(())
    }

    /// Takes a text for what it is.
    fn one(&mut self, origin: &str, text: String, extension: &str) -> Result<(), Problem> {
        if html::is_html(&text) {
            let words = html::text(&text);
            return if is_gatsbys(&words) {
                self.gatsbys(origin, words)
            } else {
                Err(Problem::new(
                    "is an HTML page, and Markdown was expected; behind the address of a page of BSPK's put `.md`",
                )
                .of(origin))
            };
        }
        let is_file = matches!(extension, "yaml" | "yml" | "json");
        if !is_file && !self.fragments(origin, &text)?.is_empty() {
            return Ok(());
        }
        if is_file || is_document(&text) {
            self.documents.push(Source {
                origin: origin.to_owned(),
                text,
                line: 0,
                operation: None,
            });
            return Ok(());
        }
        if is_gatsbys(&text) {
            self.gatsbys(origin, text)
        } else {
            Err(Problem::new(
                "holds no operation: no block that opens with ```yaml post /path. Name a page of the API's reference, \
                 an OpenAPI document, or Gatsby's page",
            )
            .of(origin))
        }
    }

    /// Takes the documents that a page embeds, and returns their operations.
    fn fragments(&mut self, origin: &str, text: &str) -> Result<Vec<String>, Problem> {
        let found = page::fragments(text).map_err(|err| err.of(origin))?;
        let operations = found.iter().map(|it| format!("{} {}", it.method, it.path));
        let operations = operations.collect();
        self.documents.extend(found.into_iter().map(|it| Source {
            origin: origin.to_owned(),
            text: it.text,
            line: it.line,
            operation: Some((it.method, it.path)),
        }));
        Ok(operations)
    }

    fn gatsbys(&mut self, origin: &str, text: String) -> Result<(), Problem> {
        if let Some(other) = &self.gatsby {
            return Err(Problem::new(format!(
                "is Gatsby's page, and so is {}; name one",
                other.origin
            ))
            .of(origin));
        }
        self.gatsby = Some(GatsbyPage {
            origin: origin.to_owned(),
            text,
        });
        Ok(())
    }
}

/// Gatsby's page is known by what it talks about.
fn is_gatsbys(text: &str) -> bool {
    ["Gatsby", "Shopper API", "/public/shopper"]
        .iter()
        .all(|it| text.contains(it))
}

fn is_document(text: &str) -> bool {
    text.trim_start().starts_with('{')
        || text
            .lines()
            .any(|line| line.starts_with("openapi:") || line.starts_with("swagger:"))
}

fn file(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|err| {
        let fault = match err.kind() {
            std::io::ErrorKind::NotFound => {
                "there is no such file; give a file, a folder of pages, or an https address"
                    .to_owned()
            }
            std::io::ErrorKind::InvalidData => "it is not text in UTF-8; convert it".to_owned(),
            _ => err.to_string(),
        };
        Problem::new(fault).of(path.display())
    })
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default()
}

fn pages_below(folder: &Path, pages: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let failed = |err: std::io::Error| Problem::new(err.to_string()).of(folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        // A link may lead back up; it is not followed.
        if entry.file_type().map_err(failed)?.is_dir() {
            pages_below(&path, pages)?;
        } else if matches!(extension(&path), "md" | "mdx" | "markdown") {
            pages.push(path);
        }
    }
    Ok(())
}
