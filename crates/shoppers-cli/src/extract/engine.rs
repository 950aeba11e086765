//! Reads windows page by page, writes their records, and saves how far it came.

use serde_json::value::RawValue;
use shoppers::{Page, Pages, bspk};
use tokio::{sync::watch, task::block_in_place, time::Instant};

use super::{
    Group, RecordFormat, failure, record,
    seen::{Hashes, Seen},
    singer,
    sink::{Sink, WriteFault},
    state::{Run, State, StateFile},
    summary::Summary,
};
use crate::{
    exit::Failure,
    progress::{Done, Progress},
};

/// A record as it came.
type Record = Box<RawValue>;

/// The end of a run that no failure has stopped.
pub enum End {
    Done,
    /// The user asked for it.
    Interrupted,
    /// The reader of the records has gone.
    Closed,
}

/// The reason why a run does not come to its end.
enum Stop {
    Interrupted,
    Closed,
    Failed(Failure),
}

impl From<WriteFault> for Stop {
    fn from(fault: WriteFault) -> Self {
        match fault {
            WriteFault::Closed => Self::Closed,
            WriteFault::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Extracts a list.
pub struct Engine<'a> {
    client: &'a bspk::Client,
    group: Group,
    format: RecordFormat,
    sink: Sink,
    /// Without the records that may come again, which are in `seen`.
    state: State,
    file: Option<StateFile>,
    seen: Seen,
    summary: Summary,
    began: Instant,
}

impl<'a> Engine<'a> {
    pub fn new(
        client: &'a bspk::Client,
        group: Group,
        format: RecordFormat,
        sink: Sink,
        mut state: State,
        file: Option<StateFile>,
    ) -> Self {
        let seen = Seen::new(std::mem::take(&mut state.seen));
        let summary = Summary::new(group.name(), &state);
        Self {
            client,
            group,
            format,
            sink,
            state,
            file,
            seen,
            summary,
            began: Instant::now(),
        }
    }

    /// Reads all windows, and saves the state: at first, so that a place that cannot be written is known before anything is
    /// sent, and at the end, whatever that is.
    pub async fn run(
        &mut self,
        mut interrupted: watch::Receiver<bool>,
        mut progress: Progress,
    ) -> Result<End, Failure> {
        if self.file.is_some()
            && let Err(Stop::Failed(failure)) = self.save()
        {
            return Err(failure);
        }
        let outcome = self.windows(&mut interrupted, &mut progress).await;
        progress.finish();
        let saved = self.save();
        self.summary.took = self.began.elapsed();
        match (outcome, saved) {
            (Err(Stop::Failed(failure)), _) | (_, Err(Stop::Failed(failure))) => Err(failure),
            (Err(Stop::Closed), _) | (_, Err(Stop::Closed)) => Ok(End::Closed),
            (Err(Stop::Interrupted), _) | (_, Err(Stop::Interrupted)) => Ok(End::Interrupted),
            (Ok(()), Ok(())) => Ok(End::Done),
        }
    }

    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    async fn windows(
        &mut self,
        interrupted: &mut watch::Receiver<bool>,
        progress: &mut Progress,
    ) -> Result<(), Stop> {
        if self.format == RecordFormat::Singer {
            self.sink.write(&singer::schema(self.group))?;
        }
        while let Some(run) = self.state.run.clone() {
            let mut pages = self.pages(&run)?;
            let mut is_first = run.page.is_none();
            let mut shortened = None;
            while let Some(page) = self.page(&mut pages, interrupted, progress).await? {
                if is_first {
                    is_first = false;
                    let records = page.total.unwrap_or_default();
                    self.set_total(page.total, progress);
                    shortened = run.window.shortened(records);
                    if shortened.is_some() {
                        break;
                    }
                }
                block_in_place(|| self.take(page))?;
            }
            if let (Some(window), Some(run)) = (shortened, &mut self.state.run) {
                run.enter(window);
            } else {
                self.end_window(progress);
                // The end of the run is saved by its caller.
                if self.format == RecordFormat::Singer && self.state.run.is_some() {
                    block_in_place(|| self.save())?;
                }
            }
        }
        Ok(())
    }

    fn pages(&self, run: &Run) -> Result<Pages<Record>, Failure> {
        let pages = self.group.list(self.client, run.window)?;
        match run.page.clone() {
            None => Ok(pages),
            Some(page) => pages.resume(page).map_err(|_| {
                Failure::usage("the page in the state is of another list")
                    .next("choose another with --state")
            }),
        }
    }

    /// Returns the next page of a window; `None` at its end.
    async fn page(
        &self,
        pages: &mut Pages<Record>,
        interrupted: &mut watch::Receiver<bool>,
        progress: &mut Progress,
    ) -> Result<Option<Page<Record>>, Stop> {
        let received = Received {
            records: self.state.received(),
            repeated: self.summary.repeated,
        };
        loop {
            progress.show(&received, || self.client.quota());
            // A page that is dropped here is asked for again, or by the next run.
            tokio::select! {
                biased;
                Ok(_) = interrupted.wait_for(|it| *it) => return Err(Stop::Interrupted),
                page = pages.next_page() => return page.map_err(|err| failure(&err).into()),
                () = progress.tick() => {}
            }
        }
    }

    /// Keeps the number of records of the whole run, if this is its first page.
    fn set_total(&mut self, total: Option<u64>, progress: &Progress) {
        if let (Some(run), Some(total)) = (&mut self.state.run, total)
            && run.expected.is_none()
            && run.before == 0
        {
            run.expected = Some(total);
            progress.set_total(total);
        }
    }

    /// Writes the records of a page that were not written before.
    fn take(&mut self, page: Page<Record>) -> Result<(), Stop> {
        let Some(run) = &mut self.state.run else {
            return Ok(());
        };
        let mut hashes = Hashes::new();
        let mut lines = Vec::new();
        let mut written = 0;
        for item in &page.items {
            let (hash, latest) = record::read(item, self.state.salt);
            if self.seen.is_in_window(hash) || hashes.contains_key(&hash) {
                continue;
            }
            hashes.insert(hash, latest.unwrap_or(run.window.to));
            if self.seen.is_of_before(hash) {
                continue;
            }
            written += 1;
            let line = record::line(item);
            match self.format {
                RecordFormat::Jsonl => lines.extend_from_slice(line.as_bytes()),
                RecordFormat::Singer => singer::add_record(&mut lines, self.group, &line),
            }
            lines.push(b'\n');
        }
        self.sink.write(&lines)?;
        let received = page.items.len() as u64;
        run.take(received, hashes.len() as u64, page.total);
        run.page = page.next;
        self.summary.written += written;
        self.summary.repeated += received - written;
        self.seen.extend(hashes);
        let is_due = self.file.as_ref().is_some_and(StateFile::is_due);
        // The end of the window saves more.
        if is_due && run.page.is_some() {
            self.save()?;
        }
        Ok(())
    }

    /// Goes on to the next window, or ends the run.
    fn end_window(&mut self, progress: &Progress) {
        let next_from = self.state.next_from();
        let Some(run) = &mut self.state.run else {
            return;
        };
        self.summary.windows += 1;
        if let Some(message) = complaint(run) {
            progress.message(&message);
        }
        if run.came() < run.counted {
            run.short.push(run.window);
        }
        self.seen.advance(next_from);
        match run.window.after(run.received, run.remain(), run.until) {
            Some(window) => run.enter(window),
            None => {
                self.summary.short.clone_from(&run.short);
                self.state.finish();
            }
        }
    }

    /// Saves how far the records are written.
    fn save(&mut self) -> Result<(), Stop> {
        if self.file.is_none() && self.format == RecordFormat::Jsonl {
            return Ok(());
        }
        let seen = self.seen.kept(self.state.next_from());
        let state = self.state.with(self.sink.sync()?, seen);
        match &mut self.file {
            Some(file) => file.save(&state)?,
            None => self.sink.write(&singer::state(&state))?,
        }
        Ok(())
    }
}

/// The records that came, for the progress.
struct Received {
    records: u64,
    repeated: u64,
}

impl Done for Received {
    fn done(&self) -> u64 {
        self.records
    }

    fn about(&self) -> String {
        match self.repeated {
            0 => String::new(),
            repeated => format!("{repeated} came again"),
        }
    }
}

/// Says that a window does not have as many records as the vendor counted.
fn complaint(run: &Run) -> Option<String> {
    let (came, counted) = (run.came(), run.counted);
    if came == counted || counted == 0 {
        return None;
    }
    let what = if came < counted {
        "some may be missing"
    } else {
        "its count is wrong"
    };
    let (from, to) = (run.window.from, run.window.to);
    Some(format!(
        "warning: {came} records came from {from} to {to}, and BSPK counted {counted}: {what}"
    ))
}
