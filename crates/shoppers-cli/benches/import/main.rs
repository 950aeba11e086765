//! Imports and an extraction by the real program: speed, memory, closeness to the quota, and what SIGKILLs leave.
//!
//! `cargo bench -p shoppers-cli` takes some four minutes, with `-- --quick` one; `-- quota` measures that alone, as do
//! `speed`, `kills` and `extract`.
#![forbid(unsafe_code)]

use std::{env, process::ExitCode};

mod extract;
mod kills;
mod program;
mod quota;
mod speed;
#[path = "../../../../benches/support/mod.rs"]
mod support;

use support::Missed;

/// The size of the measurement.
#[derive(Clone, Copy, PartialEq)]
enum Size {
    Whole,
    Quick,
}

type Part = fn(Size, &mut Missed);

fn main() -> ExitCode {
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let size = if env::args().any(|argument| argument == "--quick") {
        Size::Quick
    } else {
        Size::Whole
    };
    let mut missed = Missed::default();
    let parts: [(&str, Part); 4] = [
        ("speed", speed::run),
        ("quota", quota::run),
        ("kills", kills::run),
        ("extract", extract::run),
    ];
    let asked: Vec<String> = env::args().collect();
    let is_asked = |name: &str| asked.iter().any(|it| it == name);
    let all = !parts.iter().any(|(name, _)| is_asked(name));
    for (name, run) in parts {
        if all || is_asked(name) {
            run(size, &mut missed);
        }
    }
    missed.tell()
}
