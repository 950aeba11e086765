//! How far an extraction came, in a file that is replaced in one step.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    hash::{BuildHasher, Hasher, RandomState},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use shoppers::Cursor;

use super::{record::RecordHash, seen::Hashes, sink::Extent, window::Window};
use crate::{
    exit::Failure,
    files::{extended, is_in_place, sync_folder, unwritable},
    time::Moment,
};

/// The version of the format.
const VERSION: u32 = 1;

/// The time before the end of the last run at which the next one begins: by its pages BSPK ranges by creation or by
/// change, which differ, and it is not documented when a record can be seen.
const OVERLAP: Duration = Duration::from_secs(3600);

/// A longer file is no state.
const LONGEST: u64 = 256 << 20;

/// Saving takes at most one part of so many of the time.
const PART: u32 = 10;

/// How far an extraction came. It holds no person's data but the ids in a cursor's filter, of which there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// The operation.
    group: String,
    base_url: String,
    /// The beginning of the first run.
    since: Moment,
    /// The end of the last run that came to its end.
    done: Option<Moment>,
    /// The run that did not.
    pub run: Option<Run>,
    /// The file of the records.
    pub file: Option<Extent>,
    pub salt: RecordHash,
    /// The records that may come again.
    pub seen: Hashes,
}

/// A run that is not at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The end, which stays as it was when the run began.
    pub until: Moment,
    /// The window that is being read.
    pub window: Window,
    /// The page of it to go on from.
    pub page: Option<Cursor>,
    /// The records of the window that came, with those that came twice.
    pub received: u64,
    /// Those without them.
    distinct: u64,
    /// The most records that the window had by a page.
    pub counted: u64,
    /// That number was not the same on all pages.
    has_drifted: bool,
    /// The records of the windows before that came.
    pub before: u64,
    /// The records of the whole run, by its first page.
    pub expected: Option<u64>,
    /// The windows that had fewer records than was said.
    pub short: Vec<Window>,
}

/// An extraction, as the command line has it.
pub struct Origin {
    pub group: &'static str,
    pub base_url: String,
    pub since: Option<Moment>,
    pub until: Option<Moment>,
    pub now: Moment,
}

impl State {
    /// Continues what was `found`, or begins. A state of another extraction is refused.
    pub fn begin(found: Option<Self>, origin: Origin) -> Result<Self, Failure> {
        let mut state = match found {
            Some(found) => found.checked(&origin)?,
            None => Self {
                version: VERSION,
                group: origin.group.to_owned(),
                base_url: origin.base_url,
                since: origin.since.unwrap_or(Moment(0)),
                done: None,
                run: None,
                file: None,
                salt: salt(),
                seen: Hashes::new(),
            },
        };
        if state.run.is_some() {
            return Ok(state);
        }
        let until = origin.until.unwrap_or(origin.now);
        if state.done.is_some_and(|done| until < done) {
            let next = "give a later --until, or leave it out to extract all up to now";
            return Err(Failure::usage("earlier runs went further than --until").next(next));
        }
        let since = state.done.map(|it| it.before(OVERLAP));
        let from = since.map_or(state.since, |it| it.max(state.since));
        // The first attempt at a window is all of it.
        state.run = Some(Run::new(
            until,
            Window {
                from: from.min(until),
                to: until,
            },
        ));
        Ok(state)
    }

    fn checked(self, origin: &Origin) -> Result<Self, Failure> {
        let fault = |what: &str| {
            Failure::usage(format!("the state is of {what}")).next("choose another with --state")
        };
        if self.group != origin.group {
            return Err(fault("another list"));
        }
        if self.base_url != origin.base_url {
            return Err(fault("another base URL"));
        }
        if origin.since.is_some_and(|since| since != self.since) {
            return Err(fault(&format!(
                "an extraction since {}, not since that of --since",
                self.since
            )));
        }
        let frozen = self.run.as_ref().map(|it| it.until);
        if let (Some(frozen), Some(until)) = (frozen, origin.until)
            && frozen != until
        {
            return Err(fault(&format!(
                "a run until {frozen} that has not come to its end; leave --until out to continue it"
            )));
        }
        Ok(self)
    }

    /// The window to read first.
    pub fn window(&self) -> Window {
        let window = self.run.as_ref().map(|it| it.window);
        window.unwrap_or(Window {
            from: self.since,
            to: self.since,
        })
    }

    /// The records of the whole run, if that is known.
    pub fn expected(&self) -> Option<u64> {
        self.run.as_ref()?.expected
    }

    /// The records of the run that came.
    pub fn received(&self) -> u64 {
        self.run.as_ref().map_or(0, |it| it.before + it.received)
    }

    /// The beginning of the next list that may hold records of the current window again: that of the next window, or of the
    /// next run.
    pub fn next_from(&self) -> Moment {
        match &self.run {
            Some(run) if run.window.to < run.until => run.window.to,
            Some(run) => run.until.before(OVERLAP),
            None => self.since,
        }
    }

    /// The same, with the file of its records and those that may come again.
    pub fn with(&self, file: Option<Extent>, seen: Hashes) -> Self {
        Self {
            file: file.or_else(|| self.file.clone()),
            seen,
            ..self.clone()
        }
    }

    /// Ends the run.
    pub fn finish(&mut self) {
        self.done = self.run.take().map(|it| it.until);
    }
}

impl Run {
    fn new(until: Moment, window: Window) -> Self {
        Self {
            until,
            window,
            page: None,
            received: 0,
            distinct: 0,
            counted: 0,
            has_drifted: false,
            before: 0,
            expected: None,
            short: Vec::new(),
        }
    }

    /// Counts the records of a page.
    pub fn take(&mut self, received: u64, distinct: u64, total: Option<u64>) {
        let total = total.unwrap_or(self.counted);
        self.has_drifted |= self.received > 0 && total != self.counted;
        self.counted = self.counted.max(total);
        self.received += received;
        self.distinct += distinct;
    }

    /// The records of the window that came. If their number has changed meanwhile, pages may have shifted, and what came twice
    /// stands for what did not come; otherwise two equal records are two.
    pub fn came(&self) -> u64 {
        if self.has_drifted {
            self.distinct
        } else {
            self.received
        }
    }

    /// Begins the next window.
    pub fn enter(&mut self, window: Window) {
        *self = Self {
            before: self.before + self.received,
            expected: self.expected,
            short: std::mem::take(&mut self.short),
            ..Self::new(self.until, window)
        };
    }
}

/// A number that no one can guess.
fn salt() -> RecordHash {
    let random = || u128::from(RandomState::new().build_hasher().finish());
    RecordHash(random() << 64 | random())
}

/// Reads a state; `None` if there is no such file, or nothing in it.
pub fn read(path: &Path) -> Result<Option<State>, Failure> {
    match File::open(path) {
        Ok(file) => parse(path, file),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(err) => Err(Failure::unreadable(&path.display().to_string(), &err)),
    }
}

fn parse(path: &Path, file: impl Read) -> Result<Option<State>, Failure> {
    let place = path.display().to_string();
    let mut text = String::new();
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(|err| Failure::unreadable(&place, &err))?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    // serde's message may repeat what it found.
    let state: Option<State> = serde_json::from_str(&text).ok();
    let state = state.filter(|it| it.version == VERSION);
    state.map(Some).ok_or_else(|| {
        Failure::usage(format!("{place}: it is no state of an extraction"))
            .next("choose another with --state")
    })
}

/// A state file that is open and locked.
pub struct StateFile {
    path: PathBuf,
    /// The file at the path, for its lock.
    file: File,
    /// The time before which the next save would take too great a part of it.
    next: Instant,
}

impl StateFile {
    /// Opens or creates a state file, for this process alone.
    pub fn open(path: &Path) -> Result<(Self, Option<State>), Failure> {
        let failed = |err: io::Error| Failure::stopped(unwritable(path, &err, "--state"));
        // A link stays one.
        let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = options(true).open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(io::Error::other("not a file")));
        }
        let is_locked = match file.try_lock() {
            Ok(()) => is_in_place(path, &file).map_err(failed)?,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(err)) => return Err(failed(err)),
        };
        if !is_locked {
            return Err(Failure::stopped(format!(
                "{}: another extraction is using it; wait until that has ended",
                path.display()
            )));
        }
        let state = parse(path, &file)?;
        let file = Self {
            path: path.to_owned(),
            file,
            next: Instant::now(),
        };
        Ok((file, state))
    }

    /// Returns `true` if a save does not take too much of the time.
    pub fn is_due(&self) -> bool {
        Instant::now() >= self.next
    }

    /// Replaces the file in one step.
    pub fn save(&mut self, state: &State) -> Result<(), Failure> {
        let began = Instant::now();
        let failed = |err: io::Error| Failure::stopped(unwritable(&self.path, &err, "--state"));
        let file = self.replace(state).map_err(failed)?;
        self.file = file;
        self.next = Instant::now() + began.elapsed() * (PART - 1);
        Ok(())
    }

    fn replace(&self, state: &State) -> io::Result<File> {
        let path = extended(&self.path, ".new");
        let mut file = options(false).truncate(true).open(&path)?;
        // Only the owner of the lock of the state writes here.
        file.lock()?;
        let mut json = serde_json::to_vec(state)?;
        json.push(b'\n');
        file.write_all(&json)?;
        file.sync_all()?;
        fs::rename(&path, &self.path)?;
        sync_folder(&self.path)?;
        Ok(file)
    }
}

fn options(is_read: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(is_read).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(since: Option<i64>, until: Option<i64>) -> Origin {
        Origin {
            group: "list_messages",
            base_url: "https://api.bspk.com".to_owned(),
            since: since.map(Moment),
            until: until.map(Moment),
            now: Moment(100_000),
        }
    }

    fn window(from: i64, to: i64) -> Window {
        Window {
            from: Moment(from),
            to: Moment(to),
        }
    }

    fn refusal(found: &State, origin: Origin) -> String {
        State::begin(Some(found.clone()), origin)
            .unwrap_err()
            .text()
    }

    #[test]
    fn the_next_run_begins_an_hour_before_the_end_of_the_last_one() {
        let first = State::begin(None, origin(None, Some(90_000))).unwrap();
        assert_eq!(first.window(), window(0, 90_000));
        let mut done = first;
        done.finish();

        let next = State::begin(Some(done.clone()), origin(None, None)).unwrap();
        let early = State::begin(None, origin(Some(89_000), Some(90_000))).unwrap();
        let mut early = early;
        early.finish();
        let early = State::begin(Some(early), origin(Some(89_000), None)).unwrap();

        assert_eq!(next.window(), window(86_400, 100_000));
        assert_eq!(
            early.window(),
            window(89_000, 100_000),
            "not before --since"
        );
        assert!(refusal(&done, origin(None, Some(80_000))).contains("went further"));
    }

    #[test]
    fn a_run_that_was_stopped_keeps_its_end_and_its_page() {
        let mut state = State::begin(None, origin(None, Some(90_000))).unwrap();
        let run = state.run.as_mut().unwrap();
        run.enter(window(10, 20));
        run.page = Some("/a?page=2".parse().unwrap());

        let found = serde_json::to_string(&state).unwrap();
        let found: State = serde_json::from_str(&found).unwrap();
        let next = State::begin(Some(found.clone()), origin(None, None)).unwrap();

        assert_eq!((&next, next.window()), (&state, window(10, 20)));
        assert!(refusal(&found, origin(None, Some(95_000))).contains("leave --until out"));
    }

    #[test]
    fn what_came_twice_does_not_count_once_the_total_has_changed() {
        for (pages, expected) in [
            ([(100, 100, Some(150)), (50, 50, Some(150))], (150, 150)),
            ([(100, 90, Some(150)), (50, 50, Some(150))], (150, 150)),
            ([(100, 100, Some(150)), (50, 49, Some(149))], (149, 150)),
            ([(100, 100, Some(150)), (50, 49, Some(151))], (149, 151)),
            ([(100, 100, None), (50, 50, None)], (150, 0)),
        ] {
            let mut run = Run::new(Moment(1), window(0, 1));

            for (received, distinct, total) in pages {
                run.take(received, distinct, total);
            }

            assert_eq!((run.came(), run.counted), expected, "{pages:?}");
        }
    }

    #[test]
    fn a_state_of_another_extraction_is_refused() {
        let state = State::begin(None, origin(Some(7), None)).unwrap();
        let list = Origin {
            group: "list_notes",
            ..origin(None, None)
        };
        let address = Origin {
            base_url: "http://127.0.0.1:1".to_owned(),
            ..origin(None, None)
        };

        for (origin, expected) in [
            (list, "another list"),
            (address, "another base URL"),
            (
                origin(Some(8), None),
                "an extraction since 1970-01-01T00:00:07Z",
            ),
        ] {
            let text = refusal(&state, origin);

            assert!(
                text.contains(expected) && text.contains("--state"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_state_is_replaced_in_one_step_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let (mut file, found) = StateFile::open(&path).unwrap();
        assert_eq!(found, None);
        let state = State::begin(None, origin(None, None)).unwrap();
        // What a kill in the middle of a save leaves behind.
        fs::write(folder.path().join("state.new"), "{\"version\":1,\"gro").unwrap();
        let reader = File::open(&path).unwrap();

        file.save(&state).unwrap();

        assert_eq!(
            parse(&path, reader).unwrap(),
            None,
            "the old file is as it was"
        );
        assert_eq!(read(&path).unwrap(), Some(state.clone()));
        assert!(!folder.path().join("state.new").exists());
        assert!(
            StateFile::open(&path)
                .err()
                .unwrap()
                .message()
                .contains("another extraction")
        );
        drop(file);
        assert_eq!(StateFile::open(&path).unwrap().1, Some(state));
    }

    #[test]
    fn what_is_no_state_is_refused_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let newer = State::begin(None, origin(None, None)).unwrap();
        let newer = State {
            version: 2,
            ..newer
        };
        let newer = serde_json::to_string(&newer).unwrap();

        for text in ["planted", "{\"planted\": 1}", "[]", &newer] {
            fs::write(&path, text).unwrap();
            let err = read(&path).unwrap_err().text();

            assert!(
                err.contains("no state of an extraction") && !err.contains("planted"),
                "{err}"
            );
        }
        assert_eq!(read(&folder.path().join("none")).unwrap(), None);
    }
}
