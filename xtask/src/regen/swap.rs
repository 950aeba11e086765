//! Puts a new `specs` in the place of the old in one step.
//!
//! The new folder is made whole beside the old one, is written through to the disk, and then the two change names. Linux
//! and macOS do that in one call, so a kill at any moment leaves one or the other. Where a file system
//! cannot, the new folder stays beside the old one, marked as complete, until each of its files has been moved; a run
//! that was killed in between is finished by the next.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::source::Problem;

use super::tree::{Files, files};

/// The new folder while it is made.
const NEW: &str = ".specs.new";
/// The new folder once it is whole, where it has to be moved file by file.
const WHOLE: &str = ".specs.whole";

/// One run at a time: the lock goes with the value, and with the process.
#[derive(Debug)]
pub struct Turn {
    _lock: Option<File>,
}

/// Does not wait: a second run is refused. Cleans up behind a run that was killed.
pub fn turn(root: &Path) -> Result<Turn, Problem> {
    // A folder can be opened, and so locked, on Unix alone.
    let lock = File::open(root).ok();
    if let Some(lock) = &lock
        && matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock))
    {
        return Err(Problem::new(
            "another regen is at work in here; wait for it",
        ));
    }
    recover(root)
        .map_err(|err| Problem::new(format!("cleaning up behind a run that was killed: {err}")))?;
    Ok(Turn { _lock: lock })
}

fn recover(root: &Path) -> io::Result<()> {
    if root.join(WHOLE).exists() {
        move_all(root)?;
    }
    remove(&root.join(NEW))
}

/// Makes `specs` hold `new`, or leaves it as it is.
pub fn put(root: &Path, new: &Files, old: &Files) -> Result<(), Problem> {
    let made = make(root, new, old);
    let put = made.and_then(|()| exchange(root));
    if let Err(err) = put {
        if root.join(WHOLE).exists() {
            return Err(Problem::new(format!(
                "specs is replaced in part: {err}; run this again, which finishes it"
            )));
        }
        // What cannot be removed now is removed by the next run.
        let _ = remove(&root.join(NEW));
        return Err(Problem::new(format!(
            "specs could not be replaced and is as it was: {err}"
        )));
    }
    Ok(())
}

fn make(root: &Path, new: &Files, old: &Files) -> io::Result<()> {
    let folder = root.join(NEW);
    fs::create_dir(&folder)?;
    let mut folders = vec![folder.clone()];
    for (path, bytes) in new {
        let to = folder.join(path);
        if let Some(above) = to.parent().filter(|it| !it.exists()) {
            fs::create_dir_all(above)?;
            folders.push(above.to_owned());
        }
        let from = root.join("specs").join(path);
        // A file that stays is the same file: its time tells cargo that nothing happened.
        if old.get(path) == Some(bytes) && fs::hard_link(&from, &to).is_ok() {
            continue;
        }
        let mut file = File::create_new(&to)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        if let Ok(known) = fs::metadata(&from) {
            fs::set_permissions(&to, known.permissions())?;
        }
    }
    fs::set_permissions(&folder, fs::metadata(root.join("specs"))?.permissions())?;
    folders.iter().try_for_each(|folder| sync(folder))
}

fn exchange(root: &Path) -> io::Result<()> {
    match exchange_names(&root.join("specs"), &root.join(NEW)) {
        Ok(()) => {
            // From here on it is done. What is left of the old folder is removed by the next run at the latest.
            let _ = sync(root);
            let _ = remove(&root.join(NEW));
            Ok(())
        }
        Err(err) if is_unknown(&err) => journal(root),
        Err(err) => Err(err),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_names(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_names(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Returns `true` if a system or file system cannot exchange names at all.
fn is_unknown(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

fn journal(root: &Path) -> io::Result<()> {
    fs::rename(root.join(NEW), root.join(WHOLE))?;
    sync(root)?;
    move_all(root)
}

/// Moves what is in the whole folder to its place; again, if it was begun before.
fn move_all(root: &Path) -> io::Result<()> {
    let whole = root.join(WHOLE);
    let left = files(&whole).map_err(|err| io::Error::other(err.to_string()))?;
    for path in left.keys() {
        let to = root.join("specs").join(path);
        if let Some(above) = to.parent() {
            fs::create_dir_all(above)?;
        }
        fs::rename(whole.join(path), to)?;
    }
    sync(&root.join("specs"))?;
    remove(&whole)
}

fn remove(folder: &PathBuf) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(()),
    }
}

/// Writes a folder through to the disk, where that can be asked for.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repository of its own, removed when the test ends.
    struct Root(PathBuf);

    impl Root {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("regen-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&root);
            fs::create_dir_all(root.join("specs")).unwrap();
            for (path, bytes) in &old() {
                fs::write(root.join("specs").join(path), bytes).unwrap();
            }
            Self(root)
        }

        fn specs(&self) -> Files {
            files(&self.0.join("specs")).unwrap()
        }

        /// The folders beside `specs`.
        fn rest(&self) -> usize {
            fs::read_dir(&self.0).unwrap().count() - 1
        }
    }

    impl Drop for Root {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn old() -> Files {
        Files::from([("a".into(), b"1".to_vec()), ("b".into(), b"1".to_vec())])
    }

    fn new() -> Files {
        Files::from([
            ("a".into(), b"1".to_vec()),
            ("b".into(), b"2".to_vec()),
            ("c/d".into(), b"2".to_vec()),
        ])
    }

    #[test]
    fn the_new_folder_takes_the_place_of_the_old_either_way() {
        let ways: [fn(&Path) -> io::Result<()>; 2] = [exchange, journal];
        for (at, way) in ways.into_iter().enumerate() {
            let root = Root::new(&format!("way-{at}"));

            make(&root.0, &new(), &old()).unwrap();
            way(&root.0).unwrap();

            assert_eq!(root.specs(), new());
            assert_eq!(root.rest(), 0);
        }
    }

    #[test]
    fn a_folder_that_is_not_whole_is_swept_away() {
        let root = Root::new("swept");
        fs::create_dir(root.0.join(NEW)).unwrap();
        fs::write(root.0.join(NEW).join("b"), "half").unwrap();

        turn(&root.0).unwrap();

        assert_eq!(root.specs(), old());
        assert_eq!(root.rest(), 0);
    }

    #[test]
    fn a_journal_that_was_begun_is_finished() {
        let root = Root::new("finished");
        make(&root.0, &new(), &old()).unwrap();
        fs::rename(root.0.join(NEW), root.0.join(WHOLE)).unwrap();
        fs::rename(root.0.join(WHOLE).join("b"), root.0.join("specs/b")).unwrap();

        turn(&root.0).unwrap();

        assert_eq!(root.specs(), new());
        assert_eq!(root.rest(), 0);
    }

    #[test]
    fn a_second_run_is_refused() {
        let root = Root::new("second");
        let _first = turn(&root.0).unwrap();

        assert!(
            turn(&root.0)
                .unwrap_err()
                .to_string()
                .contains("another regen")
        );
    }
}
