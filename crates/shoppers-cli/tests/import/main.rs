//! Imports, by the real program.
#![forbid(unsafe_code)]
// Signals, limits and /dev/full.
#![cfg(unix)]

mod input;
mod interrupt;
mod journal;
mod kill;
mod late;
mod outcomes;
mod privacy;
mod source;
mod warnings;
mod workshop;
