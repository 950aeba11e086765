//! The cost of a call by this crate, beside what a service would use instead: a minimal server in a process of its own, one
//! shopper, the same answer for every client.
//!
//! `cargo bench --bench overhead` takes a minute and a half, with `-- --quick` a quarter of that, and prints Markdown. Figures
//! are ratios within a round, so that a machine which slows down slows down every client. `-- --instructions` counts
//! instructions instead, by valgrind, which a busy machine does not disturb.

use std::{env, fs, path::Path, process::ExitCode};

use load::Load;
use rounds::Rounds;
use server::Server;
use support::Missed;
use way::Way;

#[path = "overhead/instructions.rs"]
mod instructions;
#[path = "overhead/load.rs"]
mod load;
#[path = "overhead/plot.rs"]
mod plot;
#[path = "overhead/rounds.rs"]
mod rounds;
#[path = "overhead/server.rs"]
mod server;
mod support;
#[path = "overhead/way.rs"]
mod way;

/// Of bare reqwest's throughput with 64 calls at once, what is demanded.
const LEAST_THROUGHPUT: f64 = 0.98;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if server::is_asked_for(&arguments) {
        return server::serve();
    }
    if let Some(task) = instructions::Task::read(&arguments) {
        return task.carry_out();
    }
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let has = |wanted: &str| arguments.iter().any(|argument| argument == wanted);

    let mut missed = Missed::default();
    let server = Server::start();
    if has("--instructions") {
        instructions::count(&server, &mut missed);
    } else {
        time(&server, has("--quick"), &mut missed);
    }
    missed.tell()
}

fn time(server: &Server, is_quick: bool, missed: &mut Missed) {
    let rounds = if is_quick { 41 } else { 151 };
    let measured = Load::ALL.map(|load| (load, Rounds::run(server, load, rounds)));
    for (load, rounds) in &measured {
        print!("{}", rounds.table(load.to_string()));
    }
    let [_, (load, rounds)] = &measured;
    let ratio = rounds.throughput(Way::Ours).median;
    if ratio < LEAST_THROUGHPUT {
        missed.add(format!(
            "{load}: {ratio:.3} of bare reqwest's throughput, {LEAST_THROUGHPUT} is demanded"
        ));
    }
    // Where cargo builds, wherever that is.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("overhead.svg");
    match fs::write(&path, plot::svg(&measured)) {
        Ok(()) => println!("\n{}", path.display()),
        Err(err) => missed.add(format!("no plot at {}: {err}", path.display())),
    }
}
