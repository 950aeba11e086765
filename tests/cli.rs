//! The command line, as the program that it is: its exit codes, what it prints, and what it never prints.
#![forbid(unsafe_code)]

#[path = "cli/about.rs"]
mod about;
#[path = "cli/bspk.rs"]
mod bspk;
#[path = "cli/connection.rs"]
mod connection;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/gatsby.rs"]
mod gatsby;
#[path = "cli/input.rs"]
mod input;
#[path = "cli/interrupt.rs"]
mod interrupt;
#[path = "cli/privacy.rs"]
mod privacy;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/sandbox.rs"]
mod sandbox;
