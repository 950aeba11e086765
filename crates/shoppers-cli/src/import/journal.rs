//! What has become of each row, on disk before it counts.

use std::{
    borrow::Cow,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Sender},
    },
    thread,
};

use tokio::sync::oneshot;

use super::{
    aside::{Aside, ByKind, Form, Kind},
    source::{Position, Raw},
};
use crate::{exit::Failure, output::note};

mod history;
mod record;
mod scribe;
mod words;

pub use history::{Counts, History};
pub use record::{Extent, Header, Run};
use scribe::{Entry, Scribe};
use words::{damaged, damaged_end, differs, unfit, unwritable};

/// A journal that is open, and that nobody else has.
pub struct Opened {
    pub history: History,
    header: Header,
    path: PathBuf,
    file: File,
}

/// Takes records from many tasks. Clones write to one journal.
#[derive(Clone)]
pub struct Journal {
    entries: Sender<Entry>,
}

/// What has become of a row.
pub enum Note {
    /// It is about to be sent, and sending it twice may do harm.
    Started,
    /// It was about to be sent, and was not carried out.
    Returned,
    /// The vendor has it.
    Stored,
    /// It is to be set aside, for what has become of it.
    Aside(Kind, Kept),
}

/// A row to be set aside, and why.
pub struct Kept {
    pub code: Cow<'static, str>,
    /// It may hold the vendor's words, and so a shopper's data.
    pub reason: String,
    pub raw: Raw,
}

/// Why a record is not on disk. Nothing of a shopper is in it.
#[derive(Clone, Debug)]
pub struct Unwritten(Arc<str>);

/// The end of a journal: when every clone is gone, all is written.
pub struct Writing(thread::JoinHandle<io::Result<()>>);

impl Opened {
    /// Opens or makes a journal, for this process alone, and reads what earlier runs of the import that `header` speaks of
    /// have noted. The journal of another import is refused, unless nothing has come of any of its rows.
    pub fn new(path: &Path, header: Header, file_name: &str) -> Result<Self, Failure> {
        let place = path.display();
        let failed = |err: io::Error| Failure::stopped(unwritable(path, &err));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::stopped(format!(
                    "{place}: another import is using it; wait until that has ended"
                )));
            }
            Err(TryLockError::Error(err)) => return Err(failed(err)),
        }
        // What is no file has no history, and may have no end.
        let metadata = file.metadata().map_err(failed)?;
        let mut history = match metadata.is_file() {
            true => History::read(BufReader::new(&file)).map_err(|damage| damaged(path, damage))?,
            false => History::default(),
        };
        if let Some(found) = &history.header
            && let Some(why) = differs(found, &header, file_name)
        {
            if !history.is_without_outcome(metadata.len()) {
                return Err(Failure::usage(format!("{place}: {why}")));
            }
            // Begun anew, which refuses files of rows set aside that hold something.
            history = History::default();
        }
        if history.is_damaged() {
            note(&damaged_end(path));
        }
        Ok(Self {
            history,
            header,
            path: path.to_owned(),
            file,
        })
    }

    /// Begins to write: to this journal, and to the files of the rows that are set aside. Notes the run, if it has to be
    /// known to those after it.
    pub fn start(
        self,
        run: Option<Run>,
        places: &ByKind<PathBuf>,
        form: &Form,
    ) -> Result<(Journal, Writing, History), Failure> {
        let is_new = self.history.header.is_none();
        let path = self.path.clone();
        let begun = self.begin(run, places, form);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|it| it.is_file());
        if begun.is_err() && is_new && is_file {
            // A journal without a row would make the next run believe that the rows set aside are its own.
            let _ = fs::remove_file(path);
        }
        begun
    }

    fn begin(
        mut self,
        run: Option<Run>,
        places: &ByKind<PathBuf>,
        form: &Form,
    ) -> Result<(Journal, Writing, History), Failure> {
        let mut taken = vec![&self.path];
        for place in places.iter() {
            if taken.contains(&place) {
                return Err(Failure::usage(format!(
                    "{}: one file cannot hold two things; see --journal and --rejects",
                    place.display()
                )));
            }
            taken.push(place);
        }
        let goes_on = self.history.header.is_some();
        let aside = ByKind::try_new(|kind| {
            let place = &places[kind];
            let extent = goes_on.then_some(self.history.aside[kind]);
            let opened = Aside::open(place, extent, form.clone())
                .map_err(|err| unfit(place, &self.path, err))?;
            sync_folder(place).map_err(|err| Failure::stopped(unwritable(place, &err)))?;
            Ok(opened)
        })?;
        self.find_the_end()
            .and_then(|()| self.note_run(run))
            .map_err(|err| Failure::stopped(unwritable(&self.path, &err)))?;
        let scribe = Scribe {
            aside,
            journal: self.file,
            path: self.path,
        };
        let (entries, received) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || scribe.write_all(&received))
            .map_err(|err| Failure::stopped(format!("the journal could not be begun: {err}")))?;
        Ok((Journal { entries }, Writing(thread), self.history))
    }

    fn note_run(&mut self, run: Option<Run>) -> io::Result<()> {
        let longer = run.filter(|run| run.attempt_timeout > self.history.attempt_timeout);
        let Some(run) = longer else {
            return Ok(());
        };
        self.history.begin(run);
        self.file.write_all(run.line().as_bytes())?;
        self.file.sync_data()
    }

    /// Goes behind the last record, and cuts off what is torn; writes the first line if there is none.
    fn find_the_end(&mut self) -> io::Result<()> {
        let file = &mut self.file;
        if self.history.header.is_some() {
            file.set_len(self.history.bytes)?;
            file.seek(SeekFrom::Start(self.history.bytes))?;
            return Ok(());
        }
        let line = self.header.line();
        // Nothing of an older one may be left behind the new line. What is no file has no length.
        if file.metadata()?.len() > 0 {
            file.set_len(0)?;
        }
        file.seek(SeekFrom::Start(0))?;
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        sync_folder(&self.path)
    }
}

impl Journal {
    /// Notes what has become of a row, and comes back when that is on disk.
    pub async fn note(&self, position: Position, note: Note) -> Result<(), Unwritten> {
        let (written, is_written) = oneshot::channel();
        let entry = Entry {
            position,
            note,
            written,
        };
        let gone = || Unwritten("the journal is closed".into());
        self.entries.send(entry).map_err(|_| gone())?;
        is_written.await.map_err(|_| gone())?
    }
}

impl Writing {
    /// Waits until the last record is written, and takes away what is empty.
    pub fn end(self) -> io::Result<()> {
        self.0.join().unwrap_or(Ok(()))
    }
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// So that a new file is found again after a loss of power.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = fs::canonicalize(path)?;
    match folder.parent() {
        // Not every system can open a folder.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Returns `true` if a path still leads to the file that was opened there.
#[cfg(unix)]
fn is_in_place(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let opened = file.metadata()?;
    match fs::metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (opened.dev(), opened.ino())),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(err) => Err(err),
    }
}

/// Returns `true` if a path still leads to a file. Elsewhere than on Unix one that is open cannot be removed.
#[cfg(not(unix))]
fn is_in_place(path: &Path, _file: &File) -> io::Result<bool> {
    path.try_exists()
}
