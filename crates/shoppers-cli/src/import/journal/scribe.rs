//! The one who writes: records, and rows that are set aside before the records that speak of them.

use std::{
    fs::File,
    io::{self, Seek, Write},
    path::{Path, PathBuf},
    sync::mpsc::Receiver,
};

use tokio::sync::oneshot;

use super::{
    super::{
        aside::{Aside, ByKind},
        source::Position,
    },
    Kept, Note, Unwritten, is_in_place,
    record::{Event, Record},
    words::{removed, unwritable},
};

/// How many records are written to the disk at once.
const TOGETHER: usize = 1024;

/// What is to be noted, and who waits for it.
pub struct Entry {
    pub position: Position,
    pub note: Note,
    pub written: oneshot::Sender<Result<(), Unwritten>>,
}

/// The one who writes.
pub struct Scribe {
    pub journal: File,
    pub path: PathBuf,
    pub aside: ByKind<Aside>,
}

impl Scribe {
    /// Writes what has queued up as one, for as long as there is something.
    pub fn write_all(mut self, entries: &Receiver<Entry>) -> io::Result<()> {
        // After a failure nobody knows what is on the disk, so nothing is added to it.
        let mut failed: Option<Unwritten> = None;
        while let Ok(first) = entries.recv() {
            let mut batch = vec![first];
            batch.extend(entries.try_iter().take(TOGETHER - 1));
            if failed.is_none() {
                failed = self.write(&batch).err();
            }
            let outcome = failed.clone().map_or(Ok(()), Err);
            for entry in batch {
                // Who asked may have given up.
                let _ = entry.written.send(outcome.clone());
            }
        }
        let closed = self.aside.into_iter().map(Aside::close);
        closed.fold(Ok(()), io::Result::and)
    }

    /// Writes rows that are set aside before the records that speak of them, and looks whether all of it is where it can
    /// be found again.
    fn write(&mut self, batch: &[Entry]) -> Result<(), Unwritten> {
        let mut lines = String::new();
        for Entry { position, note, .. } in batch {
            let event = match note {
                Note::Started => Event::Started,
                Note::Returned => Event::Returned,
                Note::Stored => Event::Stored,
                Note::Aside(kind, Kept { code, reason, raw }) => Event::Aside {
                    kind: *kind,
                    code: code.clone(),
                    extent: self.aside[*kind].add(*position, code, reason, raw),
                },
            };
            let position = *position;
            lines.push_str(&Record { position, event }.line());
        }
        let place = |path: &Path| {
            let path = path.to_owned();
            move |err: io::Error| Unwritten(unwritable(&path, &err).into())
        };
        for aside in self.aside.iter_mut() {
            aside.write().map_err(place(aside.path()))?;
        }
        self.append(&lines).map_err(place(&self.path))?;
        let files = self.aside.iter().map(|it| (it.path(), it.file()));
        for (path, file) in files.chain([(&*self.path, &self.journal)]) {
            if !is_in_place(path, file).map_err(place(path))? {
                return Err(Unwritten(removed(path).into()));
            }
        }
        Ok(())
    }

    /// Appends whole records. If that fails, none of them stays: a row that is then not sent must not look as if it was.
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
