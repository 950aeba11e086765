//! `cargo xtask regen`: from the vendors' pages to reviewed types.
//!
//! ```text
//! source                      what the arguments hold
//! document, node, merge, yaml many documents become one, in the layout of the vendor's
//! fingerprint                 what Gatsby's prose says
//! made, scratch, interrupt    the new `specs`, generated and compiled aside
//! tree, swap                  the old `specs`, and the one step that replaces it
//! names, bump, outcome        the report
//! ```

mod bump;
mod document;
mod fingerprint;
mod interrupt;
mod known;
mod made;
mod merge;
mod names;
mod node;
mod outcome;
mod scratch;
mod swap;
mod tree;
mod yaml;

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

use crate::{
    diff::{Deny, Format, parse_accepted, parse_document},
    source::{self, Problem},
    terminal::plain,
};

use made::{Made, Taken};
use outcome::{Outcome, unified};
use tree::{Files, Tree};

/// The end of `cargo xtask regen --help`.
pub const EXAMPLES: &str = "\
Examples:
  cargo xtask regen                                        after an edit of specs/gatsby/shopper_api.yaml or an overlay
  cargo xtask regen page.md pages/                         from saved pages of BSPK's
  cargo xtask regen https://developers.bspk.com/api-reference/shoppers/creates-or-updates-a-shopper-in-bspk.md
  cargo xtask regen https://developers.bspk.com/llms.txt   from every page that the index lists
  cargo xtask regen platform_v1.json --whole               what the document does not have goes away
  cargo xtask regen gatsby.html                            does Gatsby's page still say the same?
  cargo xtask regen URL --known --deny breaking            in a scheduled job: has something changed that we use?

Exits with 0 when specs is as it shall be; with 1 when something is wrong or denied, and specs is as it was; with 2 when
an argument is not understood.";

/// The arguments of `cargo xtask regen`.
#[derive(clap::Args)]
pub struct Args {
    /// A Markdown page or a folder of them, an OpenAPI 3.0 document, Gatsby's page, or an https address of one of these or
    /// of an llms.txt. None: the documents in specs as they are
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Leaves specs as it is and exits with 1 if a change is of this level, or worse, and not in specs/accepted.txt
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Deny>,
    /// Takes the sources for all there is: an operation that none of them has goes away
    #[arg(long, requires = "sources")]
    whole: bool,
    /// Takes only the operations that specs has already: has something changed that we use?
    #[arg(long, requires = "sources", conflicts_with = "whole")]
    known: bool,
    /// Does not compile the crate with the new documents first: for a change that src has to follow
    #[arg(long)]
    no_compile: bool,
}

/// Runs it, and says what became of it.
pub fn run(args: &Args) -> ExitCode {
    match regen(args) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {}", plain(&problem.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// A reader that stops listening has heard enough.
fn tell(text: &str) {
    let _ = io::stdout().write_all(plain(text).as_bytes());
}

fn regen(args: &Args) -> Result<ExitCode, Problem> {
    // The turn comes before the reading: a run that was killed may have to be finished first.
    let root = Tree::root()?;
    let _turn = swap::turn(&root)?;
    interrupt::listen().map_err(|err| Problem::new(format!("signals: {err}")))?;
    scratch::sweep(&root)?;
    let tree = Tree::read(root)?;
    let taken = match (args.whole, args.known) {
        (true, _) => Taken::Whole,
        (_, true) => Taken::Known,
        _ => Taken::All,
    };
    let made = made::make(&tree, source::read(&args.sources)?, taken)?;
    if made.files == tree.files {
        let outcome = Outcome {
            notes: made.notes,
            ..Default::default()
        };
        tell(&outcome.write(args.format));
        return Ok(ExitCode::SUCCESS);
    }
    let outcome = outcome(&tree, &made)?;
    if args.deny.is_some_and(|deny| deny.denies(&outcome.api)) {
        tell(&outcome.write(args.format));
        eprintln!(
            "error: denied, so specs is as it was; what was read and accepted goes into specs/accepted.txt"
        );
        return Ok(ExitCode::FAILURE);
    }
    let is_new = |name: &str| made.files.get(Path::new(name)) != tree.files.get(Path::new(name));
    if !args.no_compile && (is_new("bspk.rs") || is_new("gatsby.rs") || is_new(made::BSPK)) {
        scratch::compile(&tree.root, &made.files)?;
    }
    if !tree.is_as_read()? {
        return Err(Problem::new(
            "specs was changed by another program in the meantime and is left as that wrote it; run this again",
        ));
    }
    swap::put(&tree.root, &made.files, &tree.files)?;
    tell(&outcome.write(args.format));
    Ok(ExitCode::SUCCESS)
}

/// The parts of a report on a change.
fn outcome(tree: &Tree, made: &Made) -> Result<Outcome, Problem> {
    let new = |name: &str| text(&made.files, name);
    let mut outcome = Outcome {
        gatsby: made.gatsby.clone(),
        notes: made.notes.clone(),
        ..Default::default()
    };
    for (path, bytes) in &made.files {
        if tree.files.get(path) != Some(bytes) {
            outcome.files.push(format!("specs/{}", path.display()));
        }
    }
    for vendor in ["bspk", "gatsby"] {
        let (document, rust) = (format!("{vendor}.json"), format!("{vendor}.rs"));
        let (was, is) = (tree.text(&rust)?, new(&rust));
        let read = |name: String, text: &str| parse_document(&name, text).map_err(Problem::new);
        let old = read(
            format!("the former specs/{document}"),
            &tree.text(&document)?,
        )?;
        let now = read(format!("specs/{document}"), &new(&document))?;
        outcome.api.merge(openapi_verdict::compare(&old, &now));
        outcome
            .diff
            .push_str(&unified(&format!("specs/{rust}"), &was, &is));
        let module = format!("src/{vendor}.rs");
        let module = fs::read_to_string(tree.root.join(&module))
            .map_err(|err| Problem::new(format!("{module}: {err}")))?;
        outcome
            .names
            .extend(names::changes(vendor, &was, &is, &module)?);
    }
    let accepted = parse_accepted("specs/accepted.txt", &tree.text("accepted.txt")?);
    let unused = outcome.api.accept(&accepted.map_err(Problem::new)?);
    let unused = unused
        .into_iter()
        .map(|note| format!("specs/accepted.txt: {note}"));
    outcome.notes.extend(unused);
    if !outcome.diff.is_empty() {
        outcome.bump = Some(bump::bump(&version(&tree.root)?, &outcome.names));
    }
    Ok(outcome)
}

fn text(files: &Files, name: &str) -> String {
    let bytes = files.get(Path::new(name));
    bytes.map_or_else(String::new, |bytes| {
        String::from_utf8_lossy(bytes).into_owned()
    })
}

/// The crate's version.
fn version(root: &Path) -> Result<String, Problem> {
    let manifest = fs::read_to_string(root.join("Cargo.toml"))
        .map_err(|err| Problem::new(format!("Cargo.toml: {err}")))?;
    let found = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    found
        .map(str::to_owned)
        .ok_or_else(|| Problem::new("Cargo.toml has no line `version = \"..\"`"))
}
