//! The program as a process: its exit codes, its output, and the personal data that it never prints.
#![forbid(unsafe_code)]

mod about;
mod bspk;
mod connection;
mod doctor;
/// Signals and /dev/full.
#[cfg(unix)]
mod extract;
mod gatsby;
/// Signals, limits and /dev/full.
#[cfg(unix)]
mod import;
mod input;
mod interrupt;
mod operations;
mod privacy;
mod sandbox;
mod support;
#[cfg(unix)]
mod webhooks;
