//! The program as a process: its exit codes, its output, and the personal data that it never prints.
#![forbid(unsafe_code)]

mod about;
mod bspk;
mod connection;
mod doctor;
mod gatsby;
mod input;
mod interrupt;
mod privacy;
mod sandbox;
#[path = "../support/mod.rs"]
mod support;
