//! The thread that writes the journal and the rejects files.

use std::{
    fs::File,
    io::{self, Seek, Write},
    path::PathBuf,
    sync::{Arc, mpsc::Receiver},
};

use tokio::sync::oneshot;

use super::{
    super::{
        messages::{removed, unwritable},
        rejects::{Reject, RejectsFile},
        row::{Position, RejectKind},
    },
    record::{Event, Line},
};
use crate::files::is_in_place;

/// The most records that are written to the disk together.
const BATCH: usize = 1024;

/// The reason why a record is not on disk. It holds no shopper's data.
pub type WriteError = Arc<str>;

/// A change in the state of a row.
pub enum Record {
    /// The row is about to be sent, and sending it twice may do harm.
    Started,
    /// The row was about to be sent, and the vendor did nothing with it.
    NotSent,
    /// The vendor has stored the row.
    Stored,
    /// The row goes to the file of this kind.
    Reject(RejectKind, Reject),
}

/// A record, and the task that waits until it is on disk.
pub struct Request {
    pub position: Position,
    pub record: Record,
    pub written: oneshot::Sender<Result<(), WriteError>>,
}

/// Writes records, and first the rejects that they refer to.
pub struct JournalWriter {
    pub journal: File,
    pub path: PathBuf,
    pub rejects: Vec<RejectsFile>,
}

impl JournalWriter {
    /// Writes requests until all senders are gone, those that have queued up together.
    pub fn run(mut self, requests: &Receiver<Request>) -> io::Result<()> {
        // After a failure the content of the disk is unknown, so nothing is added to it.
        let mut outcome = Ok(());
        while let Ok(first) = requests.recv() {
            let mut batch = vec![first];
            batch.extend(requests.try_iter().take(BATCH - 1));
            if outcome.is_ok() {
                outcome = self.write(&mut batch);
            }
            for request in batch {
                // The task may have been cancelled.
                let _ = request.written.send(outcome.clone());
            }
        }
        let closed = self.rejects.into_iter().map(RejectsFile::close);
        closed.fold(Ok(()), io::Result::and)
    }

    fn write(&mut self, batch: &mut [Request]) -> Result<(), WriteError> {
        let mut lines = String::new();
        for Request {
            position, record, ..
        } in batch
        {
            let event = match record {
                Record::Started => Event::Started,
                Record::NotSent => Event::NotSent,
                Record::Stored => Event::Stored,
                Record::Reject(kind, reject) => {
                    Event::Reject(*kind, self.rejects[*kind as usize].add(*position, reject))
                }
            };
            lines.push_str(&Line::Row(*position, event).to_string());
        }
        for file in &mut self.rejects {
            file.write().map_err(|err| unwritable(file.path(), &err))?;
        }
        self.append(&lines)
            .map_err(|err| unwritable(&self.path, &err))?;
        let rejects = self.rejects.iter().map(|it| (it.path(), it.file()));
        for (path, file) in rejects.chain([(&*self.path, &self.journal)]) {
            if !is_in_place(path, file).map_err(|err| unwritable(path, &err))? {
                return Err(removed(path).into());
            }
        }
        Ok(())
    }

    /// Appends whole lines. If that fails, none of them stays: a row that is then not sent must not look as if it was.
    fn append(&mut self, lines: &str) -> io::Result<()> {
        // A pipe or a terminal has no length to go back to.
        let end = self.journal.stream_position();
        let written = self.journal.write_all(lines.as_bytes());
        let synced = written.and_then(|()| self.journal.sync_data());
        if let (Err(_), Ok(end)) = (&synced, end) {
            // The first error is the one to report.
            let _ = self.journal.set_len(end);
        }
        synced
    }
}
