//! The place of the records: stdout, or a file.

use std::{
    fs::{File, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    exit::Failure,
    files::{private, unwritable},
};

/// The bytes before an end that tell a file from another.
const TAIL: u64 = 4096;

/// The place of the records.
pub enum Sink {
    Stdout,
    File {
        path: PathBuf,
        file: File,
        /// The length up to which the file is written; `None` of a device, which has none.
        bytes: Option<u64>,
    },
}

/// A file up to the end of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    path: PathBuf,
    bytes: u64,
    /// The SHA-256 of the last bytes.
    tail: String,
}

/// The reason why something is not written.
#[derive(Debug)]
pub enum WriteFault {
    /// The reader has closed the pipe, as `head` does.
    Closed,
    Failed(Failure),
}

impl Sink {
    /// Opens a file, for this process alone. What is behind the `known` extent is cut off: a record that was torn, or that the
    /// state says nothing of. A file with any other content is refused.
    pub fn file(path: &Path, known: Option<&Extent>) -> Result<Self, Failure> {
        let failed = |err: io::Error| Failure::stopped(unwritable(path, &err, "--output"));
        let place = path.display();
        let mut file = private().open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let path = path.to_owned();
        if !metadata.is_file() {
            let bytes = None;
            return Ok(Self::File { path, file, bytes });
        }
        file.try_lock().map_err(|err| match err {
            TryLockError::WouldBlock => Failure::stopped(format!(
                "{place}: another program is writing to it; wait until that has ended"
            )),
            TryLockError::Error(err) => failed(err),
        })?;
        let length = file.metadata().map_err(failed)?.len();
        let known = known.filter(|it| it.path == path && it.bytes <= length);
        let bytes = known.map_or(0, |it| it.bytes);
        let is_ours = match known {
            Some(known) => tail(&mut file, bytes).map_err(failed)? == known.tail,
            None => length == 0,
        };
        if !is_ours {
            return Err(Failure::usage(format!(
                "{place}: it holds what this extraction has not written"
            ))
            .next("choose another file with --output, or move it elsewhere"));
        }
        file.set_len(bytes)
            .and_then(|()| file.seek(SeekFrom::Start(bytes)))
            .map_err(failed)?;
        let bytes = Some(bytes);
        Ok(Self::File { path, file, bytes })
    }

    /// Writes whole lines.
    pub fn write(&mut self, lines: &[u8]) -> Result<(), WriteFault> {
        match self {
            Self::Stdout => {
                let mut stdout = io::stdout().lock();
                let written = stdout.write_all(lines).and_then(|()| stdout.flush());
                written.map_err(|err| match err.kind() {
                    io::ErrorKind::BrokenPipe => WriteFault::Closed,
                    _ => WriteFault::Failed(Failure::stopped(format!(
                        "the records could not be written to stdout: {err}"
                    ))),
                })
            }
            Self::File { path, file, bytes } => {
                let written = file.write_all(lines);
                written.map_err(|err| match err.kind() {
                    io::ErrorKind::BrokenPipe => WriteFault::Closed,
                    _ => WriteFault::Failed(Failure::stopped(unwritable(path, &err, "--output"))),
                })?;
                *bytes = bytes.map(|it| it + lines.len() as u64);
                Ok(())
            }
        }
    }

    /// Makes sure that a file is on disk, and returns how far it is written.
    pub fn sync(&mut self) -> Result<Option<Extent>, Failure> {
        let Self::File {
            path,
            file,
            bytes: Some(bytes),
        } = self
        else {
            return Ok(None);
        };
        let (path, bytes) = (path.clone(), *bytes);
        let synced = file.sync_data().and_then(|()| tail(file, bytes));
        match synced {
            Ok(tail) => Ok(Some(Extent { path, bytes, tail })),
            Err(err) => Err(Failure::stopped(unwritable(&path, &err, "--output"))),
        }
    }
}

/// Hashes the last of the first bytes of a file, and stays behind them.
fn tail(file: &mut File, bytes: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(bytes.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(bytes.min(TAIL)).read_to_end(&mut tail)?;
    let digest = Sha256::digest(&tail);
    Ok(digest.iter().map(|it| format!("{it:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn refusal(path: &Path, known: Option<&Extent>) -> String {
        let err = Sink::file(path, known).err();
        err.map_or(String::new(), |err| err.message().to_owned())
    }

    #[test]
    fn a_file_is_continued_where_the_state_says_and_a_torn_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        let mut sink = Sink::file(&path, None).unwrap();
        sink.write(b"{\"a\":1}\n").unwrap();
        let known = sink.sync().unwrap().unwrap();
        sink.write(b"{\"a\":2}\n{\"a").unwrap();
        drop(sink);

        let mut sink = Sink::file(&path, Some(&known)).unwrap();
        sink.write(b"{\"a\":3}\n").unwrap();

        assert_eq!(fs::read_to_string(&path).unwrap(), "{\"a\":1}\n{\"a\":3}\n");
    }

    #[test]
    fn a_file_with_other_content_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        let mut sink = Sink::file(&path, None).unwrap();
        sink.write(b"{\"a\":1}\n").unwrap();
        let known = sink.sync().unwrap().unwrap();
        let elsewhere = Extent {
            path: folder.path().join("other"),
            ..known.clone()
        };
        drop(sink);

        assert!(refusal(&path, None).contains("has not written"));
        assert!(refusal(&path, Some(&elsewhere)).contains("has not written"));
        for text in ["mine", "mine, and much longer than the records"] {
            fs::write(&path, text).unwrap();
            assert!(refusal(&path, Some(&known)).contains("has not written"));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(refusal(&path, Some(&known)), "");
    }

    #[test]
    fn two_programs_cannot_write_to_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("records.jsonl");
        let first = Sink::file(&path, None).unwrap();

        assert!(refusal(&path, None).contains("another program is writing"));
        drop(first);
        assert_eq!(refusal(&path, None), "");
    }
}
