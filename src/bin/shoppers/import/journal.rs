//! What has become of each row, on disk before it counts.

use std::{
    borrow::Cow,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use tokio::sync::oneshot;

use super::{
    aside::{Aside, Form, Unfit},
    source::{Position, Raw},
};
use crate::exit::Failure;

mod history;
mod record;

use history::Damage;
pub use history::{Counts, History};
use record::{Event, Record};
pub use record::{Extent, Header};

/// How many records are written to the disk at once.
const TOGETHER: usize = 1024;

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
    /// It was refused.
    Rejected(Kept),
    /// The vendor may have it.
    InDoubt(Kept),
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

struct Entry {
    position: Position,
    note: Note,
    written: oneshot::Sender<Result<(), Unwritten>>,
}

/// The one who writes.
struct Scribe {
    journal: File,
    path: PathBuf,
    rejects: Aside,
    in_doubt: Aside,
}

/// The end of a journal: when every clone is gone, all is written.
pub struct Writing(thread::JoinHandle<io::Result<()>>);

impl Opened {
    /// Opens or makes a journal, for this process alone, and reads what earlier runs of the import that `header` speaks of
    /// have noted.
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
        let history = match file.metadata().map_err(failed)?.is_file() {
            true => History::read(BufReader::new(&file)).map_err(|damage| damaged(path, damage))?,
            false => History::default(),
        };
        if let Some(found) = &history.header
            && let Some(why) = differs(found, &header, file_name)
        {
            return Err(Failure::usage(format!("{place}: {why}")));
        }
        Ok(Self {
            history,
            header,
            path: path.to_owned(),
            file,
        })
    }

    /// Begins to write: to this journal, and to the files of the rows that are set aside.
    pub fn start(
        self,
        aside: (&Path, &Path),
        form: &Form,
    ) -> Result<(Journal, Writing, History), Failure> {
        let is_new = self.history.header.is_none();
        let path = self.path.clone();
        let begun = self.begin(aside, form);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|it| it.is_file());
        if begun.is_err() && is_new && is_file {
            // A journal without a row would make the next run believe that the rows set aside are its own.
            let _ = fs::remove_file(path);
        }
        begun
    }

    fn begin(
        mut self,
        (rejects, in_doubt): (&Path, &Path),
        form: &Form,
    ) -> Result<(Journal, Writing, History), Failure> {
        for place in [rejects, in_doubt] {
            if place == self.path || rejects == in_doubt {
                return Err(Failure::usage(format!(
                    "{}: one file cannot hold two things; see --journal and --rejects",
                    place.display()
                )));
            }
        }
        let goes_on = self.history.header.is_some();
        let aside = |place: &Path, extent: Extent| {
            let opened = Aside::open(place, goes_on.then_some(extent), form.clone());
            let opened = opened.map_err(|err| unfit(place, &self.path, err))?;
            sync_folder(place).map_err(|err| Failure::stopped(unwritable(place, &err)))?;
            Ok(opened)
        };
        let rejects = aside(rejects, self.history.rejects)?;
        let in_doubt = match aside(in_doubt, self.history.in_doubt) {
            Ok(in_doubt) => in_doubt,
            Err(failure) => {
                let _ = rejects.close();
                return Err(failure);
            }
        };
        if let Err(err) = self.find_the_end() {
            let _ = rejects.close().and(in_doubt.close());
            return Err(Failure::stopped(unwritable(&self.path, &err)));
        }
        let scribe = Scribe {
            rejects,
            in_doubt,
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

    /// Goes behind the last record, and cuts off what is torn; writes the first line if there is none.
    fn find_the_end(&mut self) -> io::Result<()> {
        let file = &mut self.file;
        if self.history.header.is_some() {
            file.set_len(self.history.bytes)?;
            file.seek(SeekFrom::Start(self.history.bytes))?;
            return Ok(());
        }
        let line = self.header.line();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(line.as_bytes())?;
        if file.metadata()?.len() > line.len() as u64 {
            file.set_len(line.len() as u64)?;
        }
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

impl Scribe {
    /// Writes what has queued up as one, for as long as there is something.
    fn write_all(mut self, entries: &Receiver<Entry>) -> io::Result<()> {
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
        self.rejects.close().and(self.in_doubt.close())
    }

    /// Writes rows that are set aside before the records that speak of them.
    fn write(&mut self, batch: &[Entry]) -> Result<(), Unwritten> {
        let mut lines = String::new();
        for Entry { position, note, .. } in batch {
            let event = match note {
                Note::Started => Event::Started,
                Note::Returned => Event::Returned,
                Note::Stored => Event::Stored,
                Note::Rejected(Kept { code, reason, raw }) => Event::Rejected {
                    aside: self.rejects.add(*position, code, reason, raw),
                    code: code.clone(),
                },
                Note::InDoubt(Kept { code, reason, raw }) => Event::InDoubt {
                    aside: self.in_doubt.add(*position, code, reason, raw),
                },
            };
            let position = *position;
            lines.push_str(&Record { position, event }.line());
        }
        let place = |path: &Path| {
            let path = path.to_owned();
            move |err: io::Error| Unwritten(unwritable(&path, &err).into())
        };
        self.rejects.write().map_err(place(self.rejects.path()))?;
        self.in_doubt.write().map_err(place(self.in_doubt.path()))?;
        let journal = self.journal.write_all(lines.as_bytes());
        journal
            .and_then(|()| self.journal.sync_data())
            .map_err(place(&self.path))
    }
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What to say of a place that cannot be written.
fn unwritable(path: &Path, err: &io::Error) -> String {
    let remedy = match err.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "put it elsewhere with --journal and --rejects"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "make the folder, or put it elsewhere with --journal and --rejects"
        }
        _ => "it has to be a file that can be written; see --journal and --rejects",
    };
    format!("{}: {err}; {remedy}", path.display())
}

/// Why a journal is not that of this import.
fn differs(found: &Header, expected: &Header, file_name: &str) -> Option<String> {
    let elsewhere = "to begin anew, move the journal away";
    if found.operation != expected.operation {
        return Some(format!(
            "the journal of an import by {}, not by {}; {elsewhere}, or name another with --journal",
            found.operation, expected.operation
        ));
    }
    if found.file != expected.file {
        return Some(match expected.file {
            Some(_) => format!(
                "{file_name} is not the file that this import began with; to go on, bring that back; {elsewhere}, and each row is sent again"
            ),
            None => format!("the journal of an import of a file, not of stdin; {elsewhere}"),
        });
    }
    (found.mark != expected.mark).then(|| {
        format!(
            "this import began with another --map, --map-file, --ignore-column, --format or --delimiter; give the same ones to go on; {elsewhere}, and each row is sent again"
        )
    })
}

fn damaged(path: &Path, damage: Damage) -> Failure {
    let place = path.display();
    match damage {
        Damage::Input(err) => Failure::stopped(format!("{place}: {err}")),
        Damage::NoJournal => Failure::usage(format!(
            "{place}: not the journal of an import; name another place with --journal"
        )),
        Damage::Line(line) => Failure::usage(format!(
            "{place}: line {line} is damaged, and lines after it are not; bring back a copy of the journal, or cut it before that line, and what came after is sent again"
        )),
    }
}

fn unfit(path: &Path, journal: &Path, err: Unfit) -> Failure {
    match err {
        Unfit::Io(err) => Failure::stopped(unwritable(path, &err)),
        Unfit::Taken => Failure::usage(format!(
            "{}: rows of another import are in it; move it elsewhere (it can be imported like any file)",
            path.display()
        )),
        Unfit::Changed => Failure::usage(format!(
            "{}: not as {} says it was left; move it elsewhere (it can be imported like any file) and start again",
            path.display(),
            journal.display()
        )),
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
