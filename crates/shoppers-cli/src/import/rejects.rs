//! Files of rows for the user to fix or to look up, and to import again.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    messages::unwritable,
    row::{Position, RawRow, RowFault},
    source::running_hash,
};
use crate::{exit::Failure, files::private, output::masked};

mod format;

pub use format::Format;

/// A file of rejected, ambiguous or warned rows. It exists from the start, which shows that it can be written, and is
/// removed if no row came into it, when it is closed or dropped.
pub struct RejectsFile {
    path: PathBuf,
    file: File,
    bytes: u64,
    sha256: Sha256,
    format: Format,
    /// Rows that are not written yet.
    pending: Vec<u8>,
}

/// A row for a rejects file. The reason may hold the vendor's text, and so a shopper's data.
pub struct Reject {
    pub fault: RowFault,
    pub row: RawRow,
}

/// A rejects file up to the end of one of its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    pub bytes: u64,
    /// The beginning of the SHA-256 of these bytes.
    pub hash: u64,
}

impl RejectsFile {
    /// Opens the file, for this process alone. Without a `known` extent the import starts, and the file has to be empty. What
    /// was written after the extent is cut off, as the journal knows nothing of it. A file that is gone was taken away to be
    /// fixed, and starts over.
    pub fn open(path: &Path, known: Option<Extent>, format: Format) -> Result<Self, Failure> {
        let failed = |err: io::Error| Failure::stopped(unwritable(path, &err));
        let place = path.display();
        let mut file = private().open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(io::Error::other("not a file")));
        }
        match file.try_lock() {
            // Its last owner may have removed it, as it was empty.
            Ok(()) if path.exists() => {}
            Ok(()) | Err(TryLockError::WouldBlock) => {
                return Err(Failure::stopped(format!(
                    "{place}: another import is writing to it; wait until that has ended, or choose another place with --rejects"
                )));
            }
            Err(TryLockError::Error(err)) => return Err(failed(err)),
        }
        // Read after the lock: the last owner may have written until then.
        let length = file.metadata().map_err(failed)?.len();
        if length > 0 && known.is_none() {
            return Err(Failure::usage(format!(
                "{place}: rows of another import are in it; move it elsewhere (it can be imported like any file)"
            )));
        }
        let extent = known.filter(|_| length > 0).unwrap_or_default();
        let sha256 = known_part(&mut file, length, extent, &format).map_err(failed)?;
        let Some(sha256) = sha256 else {
            return Err(Failure::usage(format!(
                "{place}: changed since the journal was written; move it elsewhere (it can be imported like any file) and start again"
            )));
        };
        file.set_len(extent.bytes)
            .and_then(|()| file.seek(SeekFrom::Start(extent.bytes)))
            .map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            bytes: extent.bytes,
            sha256,
            format,
            pending: Vec::new(),
        })
    }

    /// Adds a row, which the next [`write`](Self::write) writes.
    pub fn add(&mut self, position: Position, reject: &Reject) -> Extent {
        let before = self.pending.len();
        if self.bytes == 0 && before == 0 {
            self.pending.extend(self.format.head());
        }
        let RowFault { code, reason } = &reject.fault;
        let row = self
            .format
            .row(position.line, code, &masked(reason), &reject.row);
        self.pending.extend(row);
        self.sha256.update(&self.pending[before..]);
        Extent {
            bytes: self.bytes + self.pending.len() as u64,
            hash: running_hash(&self.sha256),
        }
    }

    /// Writes the added rows to the disk.
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

    /// Closes the file, and reports if an empty one could not be removed.
    pub fn close(self) -> io::Result<()> {
        self.remove_if_empty()
    }

    fn remove_if_empty(&self) -> io::Result<()> {
        match fs::metadata(&self.path) {
            Ok(metadata) if metadata.len() == 0 => fs::remove_file(&self.path),
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            _ => Ok(()),
        }
    }
}

impl Drop for RejectsFile {
    fn drop(&mut self) {
        // `close` reports the error.
        let _ = self.remove_if_empty();
    }
}

/// Hashes the part of a file that the journal knows; `None` if the file is not as the journal says.
fn known_part(
    file: &mut File,
    length: u64,
    extent: Extent,
    format: &Format,
) -> io::Result<Option<Sha256>> {
    let mut sha256 = Sha256::new();
    if extent.bytes == 0 {
        // A run that was killed may have created the file before the journal knew of it.
        let mut beginning = Vec::new();
        (&*file)
            .take(format.beginning().len() as u64)
            .read_to_end(&mut beginning)?;
        let is_ours = length == 0 || format.beginning().starts_with(&beginning);
        return Ok(is_ours.then_some(sha256));
    }
    let read = io::copy(&mut file.take(extent.bytes), &mut sha256)?;
    let is_known = read == extent.bytes && running_hash(&sha256) == extent.hash;
    Ok(is_known.then_some(sha256))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path, known: Option<Extent>) -> Result<RejectsFile, Failure> {
        let header = [&b"shopper_ref"[..], b"city"].into_iter().collect();
        let format = Format::Csv {
            delimiter: b';',
            has_bom: false,
            header,
        };
        RejectsFile::open(path, known, format)
    }

    fn refusal(path: &Path, known: Option<Extent>) -> String {
        let err = open(path, known).err();
        err.map_or(String::new(), |err| err.message().to_owned())
    }

    fn add(file: &mut RejectsFile, cells: [&str; 2]) -> Extent {
        let position = Position {
            row: 1,
            line: 2,
            hash: 3,
        };
        let reject = Reject {
            fault: RowFault::new("a", "b"),
            row: RawRow::Cells(cells.iter().map(|it| it.as_bytes()).collect()),
        };
        let extent = file.add(position, &reject);
        file.write().unwrap();
        extent
    }

    #[test]
    fn rows_that_the_journal_does_not_know_are_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let mut file = open(&path, None).unwrap();
        let first = add(&mut file, ["A", "B"]);
        add(&mut file, ["C", "D"]);
        drop(file);

        let mut file = open(&path, Some(first)).unwrap();
        let third = add(&mut file, ["E", "F"]);

        let text = fs::read_to_string(&path).unwrap();
        let expected = "line;code;reason;shopper_ref;city\n2;a;b;A;B\n2;a;b;E;F\n";
        assert_eq!((&*text, third.bytes), (expected, text.len() as u64));
        drop(file);
        fs::write(&path, text.replace('A', "X")).unwrap();
        assert!(refusal(&path, Some(third)).contains("changed since"));
        assert!(refusal(&path, None).contains("rows of another import"));
        fs::remove_file(&path).unwrap();
        open(&path, Some(third)).unwrap().close().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_file_without_a_row_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");

        let file = open(&path, None).unwrap();
        assert!(path.exists());
        drop(file);
        assert!(!path.exists());

        let mut file = open(&path, None).unwrap();
        add(&mut file, ["A", "B"]);
        drop(file);
        assert!(path.exists());
    }

    #[test]
    fn two_imports_cannot_share_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let first = open(&path, None).unwrap();

        assert!(refusal(&path, None).contains("another import is writing"));
        drop(first);
        assert!(open(&path, None).is_ok());
    }

    #[test]
    fn a_file_of_the_user_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        fs::write(&path, "mine").unwrap();

        assert!(refusal(&path, Some(Extent::default())).contains("changed since"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
