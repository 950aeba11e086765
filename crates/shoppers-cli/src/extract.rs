//! The command `extract`: the records of a list of BSPK's Extraction API, each as it came, in a line of its own.
//!
//! The time that is asked for is cut into windows (`window`), and each is read page by page (`engine`). A record that was
//! written before is recognised by its hash (`record`, `seen`) and left out. The lines of a page are written (`sink`)
//! before the state that says so (`state`).

use std::path::{Path, PathBuf};

use clap::{
    Args, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser},
};
use serde_json::json;
use shoppers::{Error, ErrorKind, Operation, Pages, bspk};

use crate::{
    connection::{self, Connect as _, Deadline},
    exit::{Exit, Failure},
    interrupt,
    output::{self, Format, Output, note},
    progress::{Progress, shortened},
    time::Moment,
};

mod engine;
mod record;
mod seen;
mod singer;
mod sink;
mod state;
mod summary;
mod window;

use engine::{End, Engine};
pub use record::line;
pub use sink::{Sink, WriteFault};
use state::{Origin, State, StateFile};
use window::Window;

/// The records of a page (specs/bspk, `per_page`).
const PAGE: u64 = 100;

/// The end of the help.
pub const AFTER_HELP: &str = "\
Examples:
  shoppers bspk extract messages --since 2026-01-01 --count
  shoppers bspk extract messages --since 2026-01-01 > messages.jsonl
  shoppers bspk extract messages --state messages.state --output messages.jsonl
  shoppers bspk extract messages --state messages.state --format singer | target-duckdb > out && tail -n 1 out > messages.state

Each line is a record as BSPK sent it. Stderr has everything else. A record has no id, so a change of it is a line of its own, \
and two records that are equal are one. A record that was deleted is in no list.

Exit codes:
  0    every record is written, or the reader has closed the pipe
  2    the arguments, a file or the environment are invalid; nothing was sent
  3    the extraction stopped; with --state the same command continues it
  4    fewer records came than BSPK counted; stderr has the commands that extract them again
  130  the extraction was interrupted; with --state the same command continues it";

/// Extracts the records of a list, such as messages, as JSON Lines.
///
/// The time from --since to --until is read in windows, page by page, within the quota. With --state the next run goes on
/// where this one ends or is stopped; it begins an hour earlier, as BSPK may show a record late, and leaves out what it
/// has written. After a kill the records of the last page may come again, unless they go to a file of --output.
#[derive(Args)]
#[command(next_help_heading = "Extraction")]
pub struct Extract {
    /// The list to extract.
    #[arg(value_name = "GROUP", value_parser = groups())]
    group: Group,

    /// The beginning: a date, which is midnight in UTC, or a time by RFC 3339 [default: all that there is; with --state,
    /// where the last run ended]
    #[arg(long, value_name = "TIME")]
    since: Option<Moment>,

    /// The end, as --since, which is part of it [default: the moment at which the extraction begins]
    #[arg(long, value_name = "TIME")]
    until: Option<Moment>,

    /// The file that says how far earlier runs came; it is written as the extraction goes on. With --format singer it is
    /// only read, and the STATE lines have what belongs in it.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// The format of the records.
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_default_value = true
    )]
    format: RecordFormat,

    /// The file for the records, in place of stdout. With --state it is continued, without it it has to be new. The words
    /// `text` and `json` are formats of messages, as for all commands.
    #[arg(long, value_name = "FILE", value_parser = file())]
    output: Option<Output>,

    /// Prints the number of records, and the time that they take, and extracts none.
    #[arg(long)]
    count: bool,

    #[command(flatten)]
    connection: connection::Bspk,
    #[command(flatten)]
    deadline: Deadline,
    #[command(flatten)]
    quota: connection::Quota,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum RecordFormat {
    /// Records alone.
    #[default]
    Jsonl,
    /// The messages SCHEMA, RECORD and STATE of Singer.
    Singer,
}

/// A list that comes in pages.
#[derive(Clone, Copy)]
struct Group(&'static Operation);

impl Group {
    /// The name on the command line.
    fn name(self) -> String {
        self.stream().replace('_', "-")
    }

    /// The name of its stream in Singer.
    fn stream(self) -> &'static str {
        let name = self.0.name;
        name.strip_prefix("list_").unwrap_or(name)
    }

    /// The list within a window.
    fn list<T>(self, client: &bspk::Client, window: Window) -> Result<Pages<T>, Failure> {
        let arguments = json!({"from": window.from, "to": window.to});
        client
            .pages_by_name(self.0.name, arguments)
            .map_err(|err| Failure::usage(err.to_string()))
    }
}

/// The lists that can be asked for a range of time.
fn lists() -> impl Iterator<Item = &'static Operation> {
    let has = |list: &Operation, name| list.parameters.iter().any(|it| it.name == name);
    let lists = bspk::OPERATIONS.iter();
    lists.filter(move |it| it.is_paged && has(it, "from") && has(it, "to"))
}

fn groups() -> impl TypedValueParser<Value = Group> {
    let groups = || lists().map(Group);
    let names = groups().map(|it| PossibleValue::new(it.name()).help(it.0.summary));
    PossibleValuesParser::new(names).try_map(move |name| {
        let mut groups = groups();
        groups
            .find(|it| it.name() == name)
            .ok_or("there is no such list")
    })
}

/// Reads the value of an `--output` that may be a file.
pub fn file() -> ValueParser {
    clap::builder::PathBufValueParser::new()
        .map(Output::from)
        .into()
}

impl Extract {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let origin = self.origin()?;
        let client = self
            .deadline
            .build(self.quota.of(self.connection.builder()?)?)?;
        if self.count {
            let state = self.state.as_deref().map(state::read).transpose()?;
            let state = State::begin(state.flatten(), origin)?;
            return self.count(&client, state.window(), output).await;
        }
        let file = self.output.as_ref().and_then(Output::file);
        let (state, state_file) = self.open_state(origin, file)?;
        let sink = match file {
            Some(path) => Sink::file(path, state.file.as_ref())?,
            None => Sink::Stdout,
        };
        let interrupted = interrupt::watch()?;
        let progress = Progress::new("records", PAGE, state.expected(), state.received());
        let group = self.group;
        let mut engine = Engine::new(&client, group, self.format, sink, state, state_file);
        let end = engine.run(interrupted, progress).await;
        let end = match end {
            Ok(end) => end,
            Err(failure) => {
                self.say_how_to_continue();
                return Err(failure);
            }
        };
        let summary = engine.summary();
        match end {
            End::Closed => return Ok(Exit::Done),
            End::Interrupted => {
                summary.print(output);
                self.say_how_to_continue();
                return Ok(Exit::Interrupted);
            }
            End::Done => summary.print(output),
        }
        for window in &summary.short {
            note(&format!("extract again: {}", self.again(*window)));
        }
        Ok(if summary.short.is_empty() {
            Exit::Done
        } else {
            Exit::Short
        })
    }

    /// The extraction that the arguments ask for.
    fn origin(&self) -> Result<Origin, Failure> {
        let now = Moment::now();
        let (since, until) = (self.since, self.until);
        if until.or(since).is_some_and(|it| it > now) {
            return Err(Failure::usage(
                "--since and --until cannot lie in the future, of which there are no records yet",
            )
            .next("leave --until out to extract all up to now"));
        }
        if since.zip(until).is_some_and(|(since, until)| since > until) {
            return Err(Failure::usage("--since is later than --until").next("swap them"));
        }
        if self.format == RecordFormat::Singer
            && self.output.as_ref().and_then(Output::file).is_some()
        {
            return Err(
                Failure::usage("--format singer is for a pipe, and --output for a file")
                    .next("redirect stdout with > instead"),
            );
        }
        Ok(Origin {
            group: self.group.0.name,
            base_url: connection::address(self.connection.base_url())?,
            since,
            until,
            now,
        })
    }

    /// Reads the state, and opens its file, if there is one to write.
    fn open_state(
        &self,
        origin: Origin,
        output: Option<&Path>,
    ) -> Result<(State, Option<StateFile>), Failure> {
        let Some(path) = &self.state else {
            return Ok((State::begin(None, origin)?, None));
        };
        if self.format == RecordFormat::Singer {
            return Ok((State::begin(state::read(path)?, origin)?, None));
        }
        if output == Some(path) {
            let place = path.display();
            return Err(
                Failure::usage(format!("{place}: one file cannot hold two things"))
                    .next("choose different ones with --state and --output"),
            );
        }
        let (file, found) = StateFile::open(path)?;
        Ok((State::begin(found, origin)?, Some(file)))
    }

    /// Prints the number of records, by a call without a body.
    async fn count(
        &self,
        client: &bspk::Client,
        window: Window,
        output: Format,
    ) -> Result<Exit, Failure> {
        let list = self.group.list::<()>(client, window)?;
        let records = tokio::select! {
            count = list.total_count() => count.map_err(|err| failure(&err))?,
            Ok(()) = tokio::signal::ctrl_c() => return Ok(Exit::Interrupted),
        };
        let pages = records.div_ceil(PAGE).max(1);
        let quota = client.quota();
        let seconds = quota.permits.map(|permits| {
            // The first window's calls go out at once.
            let windows = (pages - 1) / permits.max(1) as u64;
            windows.saturating_mul(quota.window.as_secs())
        });
        let group = self.group.name();
        let Window { from, to } = window;
        output::print(&match output {
            Format::Json => {
                json!({"records": records, "pages": pages, "seconds": seconds, "since": from, "until": to})
                    .to_string()
            }
            Format::Text => {
                let took = seconds.map(std::time::Duration::from_secs).map(shortened);
                let took = took.map_or(String::new(), |it| format!("; they take at least {it}"));
                format!("{records} {group} from {from} to {to}, on {pages} pages{took}")
            }
        })?;
        Ok(Exit::Done)
    }

    fn say_how_to_continue(&self) {
        note(&match (&self.state, self.format) {
            (Some(_), RecordFormat::Jsonl) => format!("to continue: {}", output::command()),
            (_, RecordFormat::Singer) => {
                "to continue, use the last STATE line that the target has written as --state"
                    .to_owned()
            }
            (None, RecordFormat::Jsonl) => "without --state the next run begins anew".to_owned(),
        });
    }

    /// The command that extracts a window, for a POSIX shell.
    fn again(&self, window: Window) -> String {
        let Window { from, to } = window;
        let group = self.group.name();
        format!("shoppers bspk extract {group} --since {from} --until {to}")
    }
}

/// The failure of a call.
fn failure(err: &Error) -> Failure {
    let next = match err.kind() {
        ErrorKind::Invalid => return Failure::usage(err.to_string()),
        ErrorKind::Unauthorized => {
            "check the key (BSPK_API_KEY or --key-file), and ask BSPK if the address of this machine is on its list: the \
             Extraction API answers no other"
        }
        ErrorKind::Throttled => "try again later, or with a longer --deadline",
        ErrorKind::Unreadable => "check the base URL, and any proxy in front of the vendor",
        _ => "try again later, or run `shoppers doctor`",
    };
    Failure::new(Exit::Stopped, err.kind().as_str(), err.to_string())
        .next(next)
        .fact("status", err.status())
        .fact("attempts", err.attempts())
}
