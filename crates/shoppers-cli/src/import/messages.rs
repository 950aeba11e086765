//! Messages about files that the import writes.

use std::{io, path::Path};

use crate::exit::reason;

/// Says that a file cannot be written, and what to do.
pub fn unwritable(path: &Path, err: &io::Error) -> String {
    let remedy = match err.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose another place with --journal and --rejects"
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "create the folder, or choose another place with --journal and --rejects"
        }
        _ => "it has to be a writable file; see --journal and --rejects",
    };
    format!("{}: {}; {remedy}", path.display(), reason(err))
}

/// Says that a file was taken away while the import wrote to it.
pub fn removed(path: &Path) -> String {
    format!(
        "{}: removed or replaced while the import wrote to it; restore it before you continue, as no other file holds its content",
        path.display()
    )
}
