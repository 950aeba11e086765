//! Files that the program writes.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use crate::exit::reason;

/// Says that a file cannot be written, and what to do; `options` are the arguments that choose its place.
pub fn unwritable(path: &Path, err: &io::Error, options: &str) -> String {
    let remedy = match err.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk".to_owned()
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            format!("choose another place with {options}")
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            format!("create the folder, or choose another place with {options}")
        }
        _ => format!("it has to be a writable file; see {options}"),
    };
    format!("{}: {}; {remedy}", path.display(), reason(err))
}

/// Options that create a file which other users cannot read, as it may hold people's data, and keep what it holds.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Returns a path with more behind its name.
pub fn extended(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes sure that a new file is still in its folder after a loss of power.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    match path.parent() {
        // Not every system can open a folder.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Returns `true` if a path still leads to the file that was opened there.
#[cfg(unix)]
pub fn is_in_place(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let opened = file.metadata()?;
    match fs::metadata(path) {
        Ok(found) => Ok((found.dev(), found.ino()) == (opened.dev(), opened.ino())),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(err) => Err(err),
    }
}

/// Returns `true` if a path still leads to a file. Elsewhere than on Unix an open file cannot be removed.
#[cfg(not(unix))]
pub fn is_in_place(path: &Path, _file: &File) -> io::Result<bool> {
    fs::exists(path)
}
