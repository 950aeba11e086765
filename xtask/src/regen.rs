//! `cargo xtask regen`: from the vendors' pages to reviewed types.
//!
//! ```text
//! source                      the content of the arguments
//! folder, fingerprint         each document a file; the words of Gatsby's page
//! draft, scratch, interrupt   the new `specs`, generated and compiled aside
//! tree, swap                  the old `specs`, and the one step that replaces it
//! names, bump, outcome        the changes for callers, of the API and of the Rust
//! report, advice              how they are written, and the lines to paste
//! ```

mod advice;
mod bump;
mod draft;
mod fingerprint;
mod folder;
mod interrupt;
mod names;
mod outcome;
mod report;
mod scratch;
mod swap;
mod tree;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use crate::{
    diff::{Deny, Format},
    formats,
    source::{self, Problem, Read},
    terminal::plain,
};

use draft::{Draft, Taken};
use outcome::Outcome;
use tree::{Tree, documents};

/// The end of `cargo xtask regen --help`.
pub const EXAMPLES: &str = "\
Examples:
  cargo xtask regen https://developers.bspk.com/llms.txt   every operation that the vendor publishes
  cargo xtask regen https://developers.bspk.com/api-reference/shoppers/creates-or-updates-a-shopper-in-bspk.md
  cargo xtask regen page.md pages/                         from saved pages
  cargo xtask regen platform_v1.json                       a whole document; it replaces the pages that it covers
  cargo xtask regen pages/ --whole                         what the sources do not have is removed
  cargo xtask regen gatsby.html                            does Gatsby's page still say the same?
  cargo xtask regen                                        after an edit of specs/gatsby or of an overlay
  cargo xtask regen URL --known --deny breaking            in a scheduled job: has something changed that we use?

Exits with 0 when specs is new, or as it should be, and its tests and examples compile; with 1 when something has to be
fixed or is denied, and specs is as it was; with 2 when an argument is invalid.";

/// The arguments of `cargo xtask regen`.
#[derive(clap::Args)]
pub struct Args {
    /// A Markdown page or a folder of them, an OpenAPI 3.0 document, Gatsby's page, or an https address of one of these or
    /// of an llms.txt. None: the documents in specs as they are
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Leaves specs as it is and exits with 1 if a change of this level, or worse, is not in specs/accepted.txt
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Deny>,
    /// Takes the sources as complete: an operation that none of them has is removed
    #[arg(long, requires = "sources")]
    whole: bool,
    /// Leaves out operations that specs does not have yet: has something changed that we use?
    #[arg(long, requires = "sources", conflicts_with = "whole")]
    known: bool,
    /// Skips compiling the crate with the new documents: for a change that src has to follow
    #[arg(long)]
    no_compile: bool,
}

impl Args {
    fn taken(&self) -> Taken {
        if self.whole {
            Taken::Whole
        } else if self.known {
            Taken::Known
        } else {
            Taken::All
        }
    }
}

/// Runs it and prints the report.
pub fn run(args: &Args) -> ExitCode {
    match regen(args) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {}", plain(&problem.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn regen(args: &Args) -> Result<ExitCode, Problem> {
    // The lock comes before the reading: a run that was killed may have to be finished first.
    let root = Tree::root()?;
    let _turn = swap::turn(&root)?;
    interrupt::listen().map_err(|err| Problem::new(format!("signals: {err}")))?;
    scratch::sweep(&root)?;
    let tree = Tree::read(root)?;
    let draft = make(&tree, source::read(&args.sources), args.taken())?;
    let files = draft.files.clone();
    let compiles = !args.no_compile && is_worth_compiling(&tree, &draft);
    let mut outcome = Outcome::of(&tree, draft)?;
    let is_denied = args.deny.is_some_and(|it| it.denies(outcome.verdict()));
    if compiles && !is_denied {
        match scratch::compile(&tree.root, &files) {
            Ok(errors) => outcome.to_fix.extend(errors),
            Err(problem) => outcome.to_fix.push(problem.to_string()),
        }
    }
    if outcome.to_fix.is_empty() && !is_denied && files != tree.files {
        match put(&tree, &files) {
            Ok(()) => outcome.is_put = true,
            Err(problem) => outcome.to_fix.push(problem.to_string()),
        }
    }
    // A reader that closes the pipe early, such as `head`, is no failure.
    let _ = io::stdout().write_all(plain(&outcome.report(args.format)).as_bytes());
    if !outcome.to_fix.is_empty() {
        eprintln!(
            "error: specs is as it was: fix what the report lists, and run this again. Where src cannot fit the old and the new, \
             put the new in place with --no-compile, then change src"
        );
    } else if is_denied {
        eprintln!(
            "error: denied, so specs is as it was; write changes that are acceptable into specs/accepted.txt"
        );
    } else {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// Makes the new folder in memory.
fn make(tree: &Tree, read: Read, taken: Taken) -> Result<Draft, Problem> {
    let mut draft = Draft {
        files: tree.files.clone(),
        notes: read.notes,
        to_fix: read.problems.iter().map(ToString::to_string).collect(),
        ..Draft::default()
    };
    folder::place(&mut draft, read.documents, taken);
    draft.is_read = draft.to_fix.is_empty();
    if documents(&draft.files, "bspk") != documents(&tree.files, "bspk") {
        draft.date("bspk")?;
    }
    if let Some(page) = read.gatsby {
        draft.compare(page)?;
    }
    draft.generate("bspk", &formats::BSPK)?;
    draft.generate("gatsby", &formats::GATSBY)?;
    Ok(draft)
}

/// Returns `true` if the draft is complete, and other than what is compiled now.
fn is_worth_compiling(tree: &Tree, draft: &Draft) -> bool {
    let is_new = |extension: &str| {
        let mut files = draft.files.iter();
        files.any(|(path, bytes)| {
            path.extension().is_some_and(|it| it == extension)
                && tree.files.get(path) != Some(bytes)
        })
    };
    let is_generated = draft.vendors.iter().all(|it| it.is_generated);
    draft.is_read && is_generated && (is_new("rs") || is_new("json"))
}

fn put(tree: &Tree, files: &tree::Files) -> Result<(), Problem> {
    if !tree.is_as_read()? {
        return Err(Problem::new(
            "specs was changed by another program in the meantime and is left as that wrote it; run this again",
        ));
    }
    swap::put(&tree.root, files, &tree.files)
}
