//! Rows that are set aside, as they were, to be mended or looked up, and imported again.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{
    journal::Extent,
    source::{Position, Raw, running_hash},
};
use crate::output::masked;

mod form;
mod kind;

pub use form::Form;
pub use kind::{ByKind, Kind};

/// A file of rows that are set aside. It is there from the beginning, so that it is known that it can be written, and
/// it is removed if nothing came into it, when it is closed or dropped.
pub struct Aside {
    path: PathBuf,
    file: File,
    bytes: u64,
    sha256: Sha256,
    form: Form,
    /// What is still to be written.
    pending: Vec<u8>,
}

/// Why the rows of an earlier run cannot be added to.
#[derive(Debug)]
pub enum Unfit {
    Io(io::Error),
    /// It is not what the journal says it is.
    Changed,
    /// It has rows of another import.
    Taken,
    /// Another import writes to it.
    Busy,
}

impl Aside {
    /// Opens the file, for this process alone. Without a `known` extent the import begins, and there must be nothing in it
    /// yet. What was written behind the extent is cut off, as the journal knows nothing of it. A file that is not there any
    /// more was taken away to be mended, and begins anew.
    pub fn open(path: &Path, known: Option<Extent>, form: Form) -> Result<Self, Unfit> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        // It is of people, and nobody has said who else may read it.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("not a file, so rows cannot be kept there").into());
        }
        match file.try_lock() {
            // Whoever had it may have taken it away, as it was empty.
            Ok(()) if path.exists() => {}
            Ok(()) | Err(TryLockError::WouldBlock) => return Err(Unfit::Busy),
            Err(TryLockError::Error(err)) => return Err(err.into()),
        }
        // Not before it is ours: whoever had it may have written until then.
        let found = file.metadata()?.len();
        let extent = match known {
            Some(extent) if found > 0 => extent,
            None if found > 0 => return Err(Unfit::Taken),
            _ => Extent::default(),
        };
        let bytes = extent.bytes;
        let mut sha256 = Sha256::new();
        let read = io::copy(&mut (&file).take(bytes), &mut sha256)?;
        let is_as_noted = match bytes {
            0 => found == 0 || is_ours(&mut file, &form)?,
            _ => read == bytes && running_hash(&sha256) == extent.hash,
        };
        if !is_as_noted {
            return Err(Unfit::Changed);
        }
        file.set_len(bytes)?;
        file.seek(SeekFrom::Start(bytes))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            bytes,
            sha256,
            form,
            pending: Vec::new(),
        })
    }

    /// Adds a row. It is written with the next [`write`](Self::write).
    pub fn add(&mut self, position: Position, code: &str, reason: &str, raw: &Raw) -> Extent {
        let before = self.pending.len();
        if self.bytes == 0 && before == 0 {
            self.pending.extend(self.form.head());
        }
        self.pending
            .extend(self.form.row(position, code, &masked(reason), raw));
        self.sha256.update(&self.pending[before..]);
        Extent {
            bytes: self.bytes + self.pending.len() as u64,
            hash: running_hash(&self.sha256),
        }
    }

    /// Writes what was added, to the disk.
    pub fn write(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.file.write_all(&self.pending)?;
        self.file.sync_data()?;
        self.bytes += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// Ends, and tells if what is empty could not be removed.
    pub fn close(self) -> io::Result<()> {
        self.remove_if_empty()
    }

    /// A file without a row is no help to anybody.
    fn remove_if_empty(&self) -> io::Result<()> {
        match fs::metadata(&self.path) {
            Ok(metadata) if metadata.len() == 0 => fs::remove_file(&self.path),
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            _ => Ok(()),
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Who wants to know calls `close`.
        let _ = self.remove_if_empty();
    }
}

impl From<io::Error> for Unfit {
    fn from(err: io::Error) -> Self {
        Self::Io(err)
    }
}

/// Whether a file of whose rows the journal knows nothing was begun before the program was killed, and is not somebody's.
fn is_ours(file: &mut File, form: &Form) -> io::Result<bool> {
    let head = match form {
        Form::Csv { .. } => form.head(),
        Form::Lines => b"{\"line\":".to_vec(),
    };
    file.seek(SeekFrom::Start(0))?;
    let mut found = Vec::new();
    (&*file).take(head.len() as u64).read_to_end(&mut found)?;
    Ok(head.starts_with(&found))
}

#[cfg(test)]
mod tests {
    use super::{
        form::tests::{POSITION, cells, form},
        *,
    };

    #[test]
    fn what_the_journal_does_not_know_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let open = |extent| Aside::open(&path, extent, form());
        let mut aside = open(None).unwrap();
        let first = aside.add(POSITION, "a", "b", &cells(&["A", "B"]));
        aside.write().unwrap();
        aside.add(POSITION, "a", "b", &cells(&["C", "D"]));
        aside.write().unwrap();
        drop(aside);

        let mut aside = open(Some(first)).unwrap();
        let third = aside.add(POSITION, "a", "b", &cells(&["E", "F"]));
        aside.write().unwrap();

        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "line;code;reason;shopper_ref;city\n2;a;b;A;B\n2;a;b;E;F\n"
        );
        assert_eq!(third.bytes, text.len() as u64);
        drop(aside);
        fs::write(&path, text.replace('A', "X")).unwrap();
        assert!(matches!(open(Some(third)), Err(Unfit::Changed)));
        assert!(matches!(open(None), Err(Unfit::Taken)));
        fs::remove_file(&path).unwrap();
        open(Some(third)).unwrap().close().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_file_without_a_row_goes_with_who_opened_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");

        let aside = Aside::open(&path, None, form()).unwrap();
        assert!(path.exists());
        drop(aside);
        assert!(!path.exists());

        let mut aside = Aside::open(&path, None, form()).unwrap();
        aside.add(POSITION, "a", "b", &cells(&["A", "B"]));
        aside.write().unwrap();
        drop(aside);
        assert!(path.exists());
    }

    #[test]
    fn one_import_at_a_time_has_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let first = Aside::open(&path, None, form()).unwrap();

        let second = Aside::open(&path, None, form());

        assert!(matches!(second, Err(Unfit::Busy)));
        drop(first);
        assert!(Aside::open(&path, None, form()).is_ok());
    }

    #[test]
    fn a_file_of_somebody_is_not_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        fs::write(&path, "mine").unwrap();

        let opened = Aside::open(&path, Some(Extent::default()), form());

        assert!(matches!(opened, Err(Unfit::Changed)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
