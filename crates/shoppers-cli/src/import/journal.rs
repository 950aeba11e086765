//! The outcome of each row, on disk before it counts.
//!
//! An append-only file of lines, each with a checksum. The database `redb` 4.6 would take half of the space at twice the
//! time, but after a kill it returns from a damaged page to an older state without notice, so that a create could be sent
//! twice, and it panics on some damaged files. A damaged line is found here, and its row is known.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use tokio::sync::oneshot;

use super::{
    messages::unwritable,
    rejects::{Format, RejectsFile},
    row::{Position, RejectKind},
};
use crate::{exit::Failure, files::sync_folder, output::note};

mod history;
mod record;
mod writer;

pub use history::History;
pub use record::Header;
use record::Line;
use writer::{JournalWriter, Request};
pub use writer::{Record, WriteError};

/// A journal that is open and locked.
pub struct OpenJournal {
    pub history: History,
    header: Header,
    path: PathBuf,
    file: File,
}

/// Takes records from many tasks. Clones write to one journal.
#[derive(Clone)]
pub struct Journal {
    requests: Sender<Request>,
}

/// Waits for the end of a journal: when every clone is gone, everything is written.
pub struct WriterThread(thread::JoinHandle<io::Result<()>>);

impl OpenJournal {
    /// Opens or creates a journal, for this process alone, and reads what earlier runs of the import that `header` describes
    /// have recorded. The journal of another import is refused, unless none of its rows has an outcome.
    pub fn new(path: &Path, header: Header, file_name: &str) -> Result<Self, Failure> {
        let place = path.display().to_string();
        let failed = |err: io::Error| Failure::stopped(unwritable(path, &err));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        file.try_lock().map_err(|err| match err {
            TryLockError::WouldBlock => Failure::stopped(format!(
                "{place}: another import is using it; wait until that has ended"
            )),
            TryLockError::Error(err) => failed(err),
        })?;
        let metadata = file.metadata().map_err(failed)?;
        // A device or a pipe has no history, and may have no end.
        let mut history = if metadata.is_file() {
            History::read(BufReader::new(&file), &place)?
        } else {
            History::default()
        };
        if let Some(found) = &history.header
            && let Some(why) = found.difference(&header, file_name)
        {
            if !history.is_without_outcome(metadata.len()) {
                return Err(Failure::usage(format!("{place}: {why}")));
            }
            // The import starts over, which refuses rejects files that hold something.
            history = History::default();
        }
        if history.is_damaged() {
            note(&format!(
                "warning: {place}: its end is damaged; rows without a shopper_ref that it may be about count as ambiguous"
            ));
        }
        Ok(Self {
            history,
            header,
            path: path.to_owned(),
            file,
        })
    }

    /// Starts to write to the journal and to the rejects files. Records the attempt timeout of this run, if later ones have to
    /// know it.
    pub fn start(
        self,
        attempt_timeout: Option<Duration>,
        rejects: &[PathBuf; 3],
        format: &Format,
    ) -> Result<(Journal, WriterThread, History), Failure> {
        let is_new = self.history.header.is_none();
        let path = self.path.clone();
        let started = self.try_start(attempt_timeout, rejects, format);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|it| it.is_file());
        if started.is_err() && is_new && is_file {
            // A journal without a row would make the next run take the rejects files for its own.
            let _ = fs::remove_file(path);
        }
        started
    }

    fn try_start(
        mut self,
        attempt_timeout: Option<Duration>,
        rejects: &[PathBuf; 3],
        format: &Format,
    ) -> Result<(Journal, WriterThread, History), Failure> {
        for (index, path) in rejects.iter().enumerate() {
            if *path == self.path || rejects[..index].contains(path) {
                return Err(Failure::usage(format!(
                    "{}: one file cannot hold two things; choose different ones with --journal and --rejects",
                    path.display()
                )));
            }
        }
        let continues = self.history.header.is_some();
        let mut files = Vec::new();
        for kind in RejectKind::ALL {
            let path = &rejects[kind as usize];
            let extent = continues.then_some(self.history.rejects[kind as usize]);
            files.push(RejectsFile::open(path, extent, format.clone())?);
            sync_folder(path).map_err(|err| Failure::stopped(unwritable(path, &err)))?;
        }
        self.write_head(attempt_timeout)
            .map_err(|err| Failure::stopped(unwritable(&self.path, &err)))?;
        let writer = JournalWriter {
            rejects: files,
            journal: self.file,
            path: self.path,
        };
        let (requests, received) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&received))
            .map_err(|err| {
                Failure::stopped(format!("the journal's thread did not start: {err}"))
            })?;
        Ok((Journal { requests }, WriterThread(thread), self.history))
    }

    /// Writes the header if there is none, goes to the end of the last whole line, cuts off what is torn, and records an
    /// attempt timeout that is longer than those before.
    fn write_head(&mut self, attempt_timeout: Option<Duration>) -> io::Result<()> {
        let mut lines = String::new();
        if self.history.header.is_none() {
            lines += &Line::Import(self.header.clone()).to_string();
        }
        if let Some(attempt_timeout) = attempt_timeout
            && attempt_timeout > self.history.attempt_timeout
        {
            self.history.extend(attempt_timeout);
            lines += &Line::Run { attempt_timeout }.to_string();
        }
        // A device has no length to cut.
        if self.file.metadata()?.len() != self.history.bytes {
            self.file.set_len(self.history.bytes)?;
        }
        self.file.seek(SeekFrom::Start(self.history.bytes))?;
        self.file.write_all(lines.as_bytes())?;
        self.file.sync_all()?;
        sync_folder(&self.path)
    }
}

impl Journal {
    /// Records the state of a row, and returns when it is on disk.
    pub async fn record(&self, position: Position, record: Record) -> Result<(), WriteError> {
        let (written, is_written) = oneshot::channel();
        let request = Request {
            position,
            record,
            written,
        };
        let closed = || WriteError::from("the journal is closed");
        self.requests.send(request).map_err(|_| closed())?;
        is_written.await.map_err(|_| closed())?
    }
}

impl WriterThread {
    /// Waits until the last record is written and empty rejects files are removed.
    pub fn join(self) -> io::Result<()> {
        self.0.join().unwrap_or(Ok(()))
    }
}
