//! Messages about files that the import writes.

use std::{io, path::Path};

use crate::files;

/// Says that a file cannot be written, and what to do.
pub fn unwritable(path: &Path, err: &io::Error) -> String {
    files::unwritable(path, err, "--journal and --rejects")
}

/// Says that a file was taken away while the import wrote to it.
pub fn removed(path: &Path) -> String {
    format!(
        "{}: removed or replaced while the import wrote to it; restore it before you continue, as no other file holds its content",
        path.display()
    )
}
