//! What is said of a journal, or of a file beside it, that cannot be written or gone on with.

use std::{io, path::Path};

use super::{super::aside::Unfit, Header, history::Damage};
use crate::exit::Failure;

/// What to say of a place that cannot be written.
pub fn unwritable(path: &Path, err: &io::Error) -> String {
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

/// Why nothing more is written to a file that is not where it was.
pub fn removed(path: &Path) -> String {
    format!(
        "{}: removed or replaced while the import wrote to it; bring it back before you go on, as what it held is known to no other file",
        path.display()
    )
}

/// Says that lines at a journal's end are damaged.
pub fn damaged_end(path: &Path) -> String {
    format!(
        "warning: {}: its end is damaged; rows without a shopper_ref that it may be about are taken to be under way",
        path.display()
    )
}

/// Why a journal is not that of this import.
pub fn differs(found: &Header, expected: &Header, file_name: &str) -> Option<String> {
    let elsewhere = "to begin anew, move the journal away";
    if found.operation != expected.operation {
        return Some(format!(
            "the journal of an import by {}, not by {}; {elsewhere}, or name another with --journal",
            found.operation, expected.operation
        ));
    }
    if found.address != expected.address {
        return Some(format!(
            "the journal of an import into {}, not into {}; to import the file there, name another journal with --journal; to go on, name the address that the import began with",
            found.address, expected.address
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

/// Why a journal cannot be gone on with, and what to do.
pub fn damaged(path: &Path, damage: Damage) -> Failure {
    let place = path.display();
    match damage {
        Damage::Input(err) => Failure::stopped(format!("{place}: {err}")),
        Damage::NoJournal => Failure::usage(format!(
            "{place}: not the journal of an import; name another place with --journal"
        )),
        Damage::Outdated => Failure::usage(format!(
            "{place}: written by an earlier version of shoppers, which did not note the vendor's address; finish the import with that version; to begin anew, move the journal away, and each row is sent again"
        )),
        Damage::Line(line) => Failure::usage(format!(
            "{place}: line {line} is damaged, and lines after it are not; bring back a copy of the journal; if there is none, cut it before that line, and rows noted after it are sent again, which makes new shoppers of those without a shopper_ref"
        )),
    }
}

/// Why rows cannot be set aside, and what to do.
pub fn unfit(path: &Path, journal: &Path, err: Unfit) -> Failure {
    match err {
        Unfit::Io(err) => Failure::stopped(unwritable(path, &err)),
        Unfit::Busy => Failure::stopped(format!(
            "{}: another import is writing to it; wait until that has ended, or name another place with --rejects",
            path.display()
        )),
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
