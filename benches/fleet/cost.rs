//! What the shared quota costs its server.

use std::{thread::sleep, time::Duration};

use super::{DELAY, Scene, Table, proxy::Proxy, server::Server, worker::Load};

const TIME: u64 = 12;

pub fn show() {
    let mut table = Table::new(
        format!("sliding, 60 calls per 2 s, {TIME} s: the cost at the server"),
        [
            "",
            "calls",
            "round trips",
            "µs of the script",
            "CPU of the server, % of a core",
            "bytes of the quota's keys",
            "keys",
        ],
    );
    for (name, loads) in [
        (
            "4 processes, 4 calls per second each",
            vec![Load::Rate(4.0); 4],
        ),
        ("1 busy process", vec![Load::Busy]),
        ("10 busy processes", vec![Load::Busy; 10]),
        ("40 busy processes", vec![Load::Busy; 40]),
    ] {
        let server = Server::start().expect("it was installed before");
        let proxy = Proxy::start(server.port(), DELAY);
        let scene = Scene {
            loads,
            ..Scene::busy(0, "sliding", TIME)
        };
        let idle = server.cpu();
        let mut memory = (0, 0);
        let outcome = scene.run_with(&|_| proxy.url(), |_, _, _| {
            sleep(Duration::from_secs(TIME / 2));
            memory = server.memory();
        });
        let cpu = 100.0 * (server.cpu() - idle) / TIME as f64;
        let stats = server.info("commandstats");
        let script = stats
            .lines()
            .find(|line| line.starts_with("cmdstat_evalsha:"));
        let script = script.and_then(|line| line.split("usec_per_call=").nth(1)?.split(',').next());
        table.row([
            name.to_owned(),
            outcome.calls.to_string(),
            outcome.round_trips.to_string(),
            script.unwrap_or("?").to_owned(),
            format!("{cpu:.1}"),
            memory.0.to_string(),
            memory.1.to_string(),
        ]);
    }
    print!("{table}");
}
