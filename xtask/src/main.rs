//! The chores of this repository, as `cargo xtask`.

#[path = "../../build/mod.rs"]
mod generation;
mod regen;
mod source;

fn main() {}
