//! The command line, as the program that it is: its exit codes, what it prints, and what it never prints.
#![forbid(unsafe_code)]

mod about;
mod bspk;
mod connection;
mod doctor;
mod gatsby;
mod input;
mod interrupt;
mod privacy;
mod program;
mod sandbox;
