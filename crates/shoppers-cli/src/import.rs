//! Imports of files.
//!
//! A file is surveyed, its rows are read one by one (`source`), made into shoppers (`destination`) and sent (`engine`);
//! what has become of each is in the `journal` before it counts, and rows that are refused, in doubt or stored
//! with warnings are set `aside`. Nothing of a shopper is printed, or in the journal.

use std::{fmt::Write, path::PathBuf, sync::atomic::Ordering, time::Duration};

use clap::Args;
use reqwest::Url;
use shoppers::{Builder, Retries, bspk, gatsby};

use crate::{
    attributes::Attributes,
    connection,
    exit::{Exit, Failure},
    output::{self, Format, note},
};

mod arguments;
mod aside;
mod destination;
mod dry_run;
mod engine;
mod feed;
mod interrupt;
mod journal;
mod layout;
mod names;
mod progress;
mod repeats;
mod shell;
mod source;
mod summary;
pub mod tally;

use arguments::Arguments;
use aside::Form;
use destination::Destination;
use engine::{Engine, Settings, Stop};
use feed::Feed;
use journal::{Header, Opened, Run};
use layout::Layout;
use names::Names;
use progress::Progress;
use source::{Source, Survey};
use summary::Summary;
use tally::Tally;

/// What the exit codes say of an import.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    every row is stored
  1    rows were refused or are in doubt, and are set aside
  2    the file or the command cannot be imported; nothing was sent
  3    it could not go on, or was interrupted; the same command goes on
  130  it was interrupted a second time, and ended at once; the same command goes on";

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
    /// How long to look for a shopper after a create whose outcome is unknown. At least twice the longest --attempt-timeout
    /// of any run of this import.
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
        // A row that would have to wait for its turn longer than for its answer is put off.
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

/// A vendor that is imported into, as the command line has it.
struct Target<'a> {
    base_url: &'a str,
    quota: &'a connection::Quota,
    settling_time: Duration,
}

async fn import<D: Destination + connection::Vendor>(
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
            // The engine sends rows again. It can be interrupted while it waits, and gives up in time.
            .retries(Retries::off()),
    )?;
    let Some(journal) = arguments.journal() else {
        return Err(Failure::usage(
            "rows from stdin or a pipe need a place where their outcome is noted: --journal FILE",
        ));
    };
    send(
        client,
        arguments,
        names,
        address(target.base_url)?,
        target.settling_time,
        journal,
        output,
    )
    .await
}

/// The address that a journal belongs to, in one form however it is written.
fn address(base_url: &str) -> Result<String, Failure> {
    let url = Url::parse(base_url.trim())
        .map_err(|err| Failure::usage(format!("the base URL is not one: {err}")))?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Sends the rows of a file, and tells what has come of it.
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
    let survey = match arguments.is_stream() {
        true => None,
        false => Some(survey(&source, arguments)?),
    };
    let header = Header {
        operation: D::OPERATION.to_owned(),
        address,
        file: survey.as_ref().map(|it| (it.sha256.clone(), it.bytes)),
        mark: source.layout.mark(&source.names),
    };
    let aside = arguments.aside(&journal, source.layout.format());
    let run = D::LOOKS_FIRST.then_some(Run {
        attempt_timeout: arguments.attempt_timeout,
    });
    let opened = Opened::new(&journal, header, &arguments.name())?;
    let form = Form::of(&source.layout);
    let (journal, writing, history) = opened.start(run, &aside, &form)?;
    let client = client.settling(settling_time.max(2 * history.attempt_timeout));
    if let (Some(key), Layout::Csv(table)) = (D::KEY, &source.layout)
        && !table.has(key)
    {
        note(&format!(
            "warning: no column is {key}, so each import of this file makes new shoppers"
        ));
    }
    let (before, counts) = (history.counts.sum(), history.counts);
    let total = survey.as_ref().map(|it| it.rows);
    let tally = Tally::begin();
    let interrupted = interrupt::watch()?;
    let Feed { rows, repeated } = feed::begin::<D>(
        source,
        survey.map(|it| it.checkpoints),
        history,
        arguments.name(),
    )?;
    let settings = Settings {
        concurrency: arguments.concurrency.map(Into::into),
        give_up_after: arguments.give_up_after,
        attempt_timeout: arguments.attempt_timeout,
    };
    let mut progress = Progress::new(total, before);
    let engine = Engine::<D>::new(client, journal, settings, counts);
    let ended = engine.run(rows, interrupted, &mut progress).await;
    let took = progress.end();
    if let Some(warning) = repeats::warning::<D>(repeated.load(Ordering::Relaxed)) {
        note(&warning);
    }
    if let Err(err) = writing.end() {
        note(&format!(
            "warning: an empty file of rows set aside could not be removed: {err}"
        ));
    }
    let done = ended.counts.sum();
    let stop = match (ended.stop, total) {
        (None, Some(total)) if done < total => {
            let why = format!(
                "{}: it became shorter while it was imported",
                arguments.name()
            );
            Some(Stop::Source(Failure::stopped(why)))
        }
        // It came too late.
        (Some(Stop::Interrupted), Some(total)) if done == total => None,
        (stop, _) => stop,
    };
    let summary = Summary {
        rows: total.or(stop.is_none().then_some(done)),
        counts: ended.counts,
        skipped: before,
        throttled: tally.throttled(),
        retries: tally.retries() + ended.sent_again,
        took,
        stop,
        aside,
        is_stdin: arguments.is_stream(),
    };
    summary.tell(output)?;
    Ok(end(summary, D::VARIABLE, output))
}

/// Says why an import has ended early, if it has, and what to do next. The key comes from this variable.
fn end(summary: Summary, variable: &str, output: Format) -> Exit {
    let counts = summary.counts;
    let failure = match summary.stop {
        None if counts.rejected + counts.in_doubt > 0 => return Exit::Incomplete,
        None => return Exit::Done,
        Some(Stop::Source(failure)) => failure,
        Some(Stop::Interrupted) => Failure::stopped("interrupted"),
        Some(Stop::Refused(why)) => Failure::stopped(why).next(format!(
            "check the key ({variable} or --key-file) and the base URL, or ask `shoppers doctor`"
        )),
        Some(Stop::Unreadable(why)) => Failure::stopped(format!(
            "answers are not the vendor's, several in a row: {why}"
        ))
        .next("check the base URL, and whether a proxy answers in the vendor's place"),
        Some(Stop::Down(why)) => Failure::stopped(format!(
            "no row has got through for longer than --give-up-after: {why}"
        ))
        .next("go on later, or check the base URL and ask `shoppers doctor`"),
        Some(Stop::Unwritten(why)) => Failure::stopped(why.to_string())
            .next("rows that were under way are sent again, or listed as in doubt, next time"),
    };
    output::report(&failure, output)
}

/// Reads the file once, so that nothing is sent of one that cannot be sent to its end.
fn survey(source: &Source, arguments: &Arguments) -> Result<Survey, Failure> {
    source.survey(&arguments.file, |position, raw| {
        let unknown = source::unknown(raw, &source.names);
        if unknown.is_empty() {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "{}: line {}: {}",
            arguments.name(),
            position.line,
            source.names.unknown_names(&unknown)
        )))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // A String takes everything.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
