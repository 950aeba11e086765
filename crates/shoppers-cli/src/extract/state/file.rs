//! The file of a state, which is replaced in one step.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use super::{State, VERSION};
use crate::{
    exit::Failure,
    files::{extended, is_in_place, private, sync_folder, unwritable},
};

/// A longer file is no state.
const LONGEST: u64 = 256 << 20;

/// Saving takes at most one part of so many of the time.
const PART: u32 = 10;

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
        let file = private().open(path).map_err(failed)?;
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
        let mut file = private().truncate(true).open(&path)?;
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

#[cfg(test)]
mod tests {
    use super::{super::tests::origin, *};

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
