//! Imports.

mod input;
mod interrupt;
mod journal;
mod kill;
mod late;
mod outcomes;
mod privacy;
mod source;
mod stops;
mod warnings;
