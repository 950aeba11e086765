//! Imports, by the real program.
#![forbid(unsafe_code)]
// Signals, limits and /dev/full.
#![cfg(unix)]

#[path = "import/input.rs"]
mod input;
#[path = "import/interrupt.rs"]
mod interrupt;
#[path = "import/journal.rs"]
mod journal;
#[path = "import/kill.rs"]
mod kill;
#[path = "import/late.rs"]
mod late;
#[path = "import/outcomes.rs"]
mod outcomes;
#[path = "import/privacy.rs"]
mod privacy;
#[path = "import/source.rs"]
mod source;
#[path = "import/warnings.rs"]
mod warnings;
#[path = "import/workshop.rs"]
mod workshop;
