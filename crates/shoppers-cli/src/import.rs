//! Imports of files.
//!
//! A file is surveyed, its rows are read one by one (`source`), made into shoppers (`destination`) and sent (`engine`).
//! The outcome of each row is in the `journal` before it counts; rejected, ambiguous and warned rows go to files of their own
//! (`rejects`). No shopper's data is printed, or in the journal.

use std::{path::PathBuf, sync::atomic::Ordering, time::Duration};

use clap::Args;
use shoppers::{Builder, Retries, bspk, gatsby};

use crate::{
    attributes::Attributes,
    connection::{self, Connect as _},
    exit::{Exit, Failure},
    interrupt,
    output::{self, Format, note},
    progress::{self, Done, Progress},
};

mod arguments;
mod destination;
mod dry_run;
mod engine;
mod feed;
mod journal;
mod messages;
mod names;
mod rejects;
mod repeats;
mod row;
mod source;
mod summary;

use arguments::Arguments;
use destination::Destination;
use engine::{Engine, Settings, Stop};
use feed::Feed;
use journal::{Header, OpenJournal};
use names::Names;
use row::Counts;
use source::{Layout, Source, Survey};
use summary::Summary;

/// The exit codes of an import, for its help.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    every row is stored
  1    rows are rejected or ambiguous, and in files of their own
  2    the file or the command is wrong; nothing was sent
  3    the import stopped or was interrupted; the same command continues it
  130  the import was interrupted twice; the same command continues it";

/// An import into BSPK.
#[derive(Args)]
pub struct Bspk {
    #[command(flatten)]
    arguments: Arguments,
    #[command(flatten)]
    connection: connection::Bspk,
    #[command(flatten)]
    quota: connection::Quota,
}

/// An import into Gatsby.
#[derive(Args)]
pub struct Gatsby {
    #[command(flatten)]
    arguments: Arguments,
    /// The time to search for a shopper after a create whose outcome is unknown; at least twice the longest
    /// --attempt-timeout of any run of this import.
    #[arg(
        long,
        value_parser = humantime::parse_duration,
        default_value = "45s",
        value_name = "TIME",
        help_heading = "Import"
    )]
    settling_time: Duration,
    #[command(flatten)]
    connection: connection::Gatsby,
    #[command(flatten)]
    quota: connection::Quota,
}

impl Bspk {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        // A row that would wait for the quota longer than for its answer is sent later.
        let deadline = self.arguments.attempt_timeout;
        let builder = || Ok(self.connection.builder()?.deadline(deadline));
        let target = Target {
            base_url: self.connection.base_url(),
            quota: &self.quota,
            settling_time: Duration::ZERO,
        };
        import::<bspk::Client>(&self.arguments, builder, target, output).await
    }
}

impl Gatsby {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let builder = || self.connection.builder();
        let target = Target {
            base_url: self.connection.base_url(),
            quota: &self.quota,
            settling_time: self.settling_time,
        };
        import::<gatsby::Client>(&self.arguments, builder, target, output).await
    }
}

/// The vendor, as the command line describes it.
struct Target<'a> {
    base_url: &'a str,
    quota: &'a connection::Quota,
    settling_time: Duration,
}

async fn import<D: Destination>(
    arguments: &Arguments,
    builder: impl FnOnce() -> Result<Builder<D>, Failure>,
    target: Target<'_>,
    output: Format,
) -> Result<Exit, Failure> {
    let quota = target.quota;
    let names = Names::new(Attributes::of::<D::Shopper>(), arguments)?;
    if arguments.dry_run {
        let source = Source::open(arguments, names)?;
        return dry_run::run::<D>(arguments, quota.fraction::<D>()?, source, output);
    }
    let client = connection::build(
        quota
            .of(builder()?)?
            .attempt_timeout(arguments.attempt_timeout)
            // The engine retries: it can be interrupted while it waits, and gives up in time.
            .retries(Retries::off()),
    )?;
    let Some(journal) = arguments.journal() else {
        return Err(Failure::usage(
            "stdin and pipes need a file for the outcome of each row; add --journal FILE",
        ));
    };
    send(
        client,
        arguments,
        names,
        connection::address(target.base_url)?,
        target.settling_time,
        journal,
        output,
    )
    .await
}

/// Sends the rows of a file, and prints the result.
async fn send<D: Destination>(
    client: D,
    arguments: &Arguments,
    names: Names,
    address: String,
    settling_time: Duration,
    journal: PathBuf,
    output: Format,
) -> Result<Exit, Failure> {
    let source = Source::open(arguments, names)?;
    let survey = survey(&source, arguments)?;
    let header = Header::new(
        D::OPERATION,
        address,
        survey.as_ref().map(|it| (it.sha256.clone(), it.bytes)),
        source.layout.settings(&source.names),
    );
    let rejects = arguments.reject_paths(&journal, source.layout.format());
    let attempt_timeout = D::FINDS_FIRST.then_some(arguments.attempt_timeout);
    let format = rejects::Format::of(&source.layout);
    let (journal, writer, history) = OpenJournal::new(&journal, header, &arguments.name())?.start(
        attempt_timeout,
        &rejects,
        &format,
    )?;
    let client = client.settling(settling_time.max(2 * history.attempt_timeout));
    if let (Some(key), Layout::Csv(table)) = (D::IDENTIFIER, &source.layout)
        && !table.has(key)
    {
        note(&format!(
            "warning: no column is {key}, so each import of this file creates new shoppers"
        ));
    }
    let (before, counts) = (history.counts.sum(), history.counts);
    let total = survey.as_ref().map(|it| it.rows);
    let interrupted = interrupt::watch()?;
    let hashes = survey.map(|it| it.hashes);
    let Feed { rows, repeated } = feed::start::<D>(source, hashes, history, arguments.name())?;
    let settings = Settings {
        concurrency: arguments.concurrency.map(Into::into),
        give_up_after: arguments.give_up_after,
        attempt_timeout: arguments.attempt_timeout,
    };
    let mut progress = Progress::new("rows", 1, total, before);
    let engine = Engine::<D>::new(client, journal, settings, counts);
    let result = engine.run(rows, interrupted, &mut progress).await;
    let took = progress.finish();
    if let Some(warning) = repeats::warning::<D>(repeated.load(Ordering::Relaxed)) {
        note(&warning);
    }
    if let Err(err) = writer.join() {
        note(&format!(
            "warning: an empty rejects file could not be removed: {err}"
        ));
    }
    let done = result.counts.sum();
    let stop = match (result.stop, total) {
        (None, Some(total)) if done < total => {
            let message = format!(
                "{}: the file became shorter during the import",
                arguments.name()
            );
            Some(Stop::Source(Failure::stopped(message)))
        }
        // The interruption came after the last row.
        (Some(Stop::Interrupted), Some(total)) if done == total => None,
        (stop, _) => stop,
    };
    let summary = Summary {
        rows: total.or(stop.is_none().then_some(done)),
        counts: result.counts,
        skipped: before,
        throttled: result.throttled,
        retries: result.retries,
        took,
        stop,
        rejects,
        is_stream: arguments.is_stream(),
    };
    summary.print(output)?;
    Ok(end(summary, D::KEY_VARIABLE, output))
}

/// Prints the reason why an import has stopped, and the remedy. `variable` holds the key.
fn end(summary: Summary, variable: &str, output: Format) -> Exit {
    let counts = summary.counts;
    let failure = match summary.stop {
        None if counts.rejected + counts.ambiguous > 0 => return Exit::Incomplete,
        None => return Exit::Done,
        Some(Stop::Source(failure)) => failure,
        Some(Stop::Interrupted) => Failure::stopped("interrupted"),
        Some(Stop::Refused(message)) => Failure::stopped(message).next(format!(
            "check the key ({variable} or --key-file) and the base URL, or run `shoppers doctor`"
        )),
        Some(Stop::Unreadable(message)) => Failure::stopped(format!(
            "several answers in a row are not the vendor's: {message}"
        ))
        .next("check the base URL, and any proxy in front of the vendor"),
        Some(Stop::Down(message)) => Failure::stopped(format!(
            "no row succeeded for longer than --give-up-after: {message}"
        ))
        .next("continue later, or check the base URL and run `shoppers doctor`"),
        Some(Stop::Unwritten(message)) => Failure::stopped(message.to_string())
            .next("rows that were under way are sent again, or listed as ambiguous, next time"),
    };
    output::report(&failure, output)
}

/// Reads a file before anything is sent, so that none is sent that cannot be read to its end.
fn survey(source: &Source, arguments: &Arguments) -> Result<Option<Survey>, Failure> {
    let name = arguments.name();
    source.survey(&name, |position, row| {
        let unknown = source::unknown(row, &source.names);
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "{name}: line {}: {}",
            position.line,
            source.names.unknown_names(&unknown)
        )))
    })
}

impl Done for Counts {
    fn done(&self) -> u64 {
        self.sum()
    }

    fn about(&self) -> String {
        let ambiguous = match self.ambiguous {
            0 => String::new(),
            rows => format!(", {rows} ambiguous"),
        };
        format!("{} rejected{ambiguous}", self.rejected)
    }
}
