//! Rounds that measure every client, and their summary.

use std::fmt;

use super::{
    load::{Load, Taken},
    server::Server,
    way::Way,
};
use crate::support::Table;

/// What each way took in each round.
pub struct Rounds {
    load: Load,
    /// By way, as in [`Way::ALL`].
    taken: Vec<[Taken; Way::ALL.len()]>,
}

/// The middle of many values, and what half of them lie between.
#[derive(Clone, Copy)]
pub struct Quartiles {
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
}

impl Rounds {
    /// Lets each way have its turn, in another order each time. The first round, in which connections are made, does not
    /// count.
    pub fn run(server: &Server, load: Load, rounds: usize) -> Self {
        let runtime = load.runtime();
        let clients = Way::ALL.map(|way| way.client(server.url()));
        let taken = (0..=rounds).map(|round| {
            let mut taken = [Taken::default(); Way::ALL.len()];
            for turn in 0..clients.len() {
                let way = (round + turn) % clients.len();
                taken[way] = load.run(&runtime, &clients[way]);
            }
            taken
        });
        Self {
            load,
            taken: taken.skip(1).collect(),
        }
    }

    /// Throughput as a multiple of bare reqwest's in the same round.
    pub fn throughput(&self, way: Way) -> Quartiles {
        self.quartiles(|taken| {
            let [bare, its] = [Way::Bare, way].map(|way| taken[way as usize].time.as_secs_f64());
            bare / its
        })
    }

    /// Time on a core as a multiple of bare reqwest's in the same round; not a number where the system does not tell.
    fn cpu(&self, way: Way) -> Quartiles {
        self.quartiles(|taken| {
            let [bare, its] = [Way::Bare, way].map(|way| taken[way as usize].cpu.as_secs_f64());
            its / bare
        })
    }

    fn per_call(&self, way: Way) -> Quartiles {
        let calls = f64::from(self.load.calls);
        self.quartiles(|taken| taken[way as usize].time.as_secs_f64() * 1e6 / calls)
    }

    fn quartiles(&self, value: impl Fn(&[Taken; Way::ALL.len()]) -> f64) -> Quartiles {
        let mut values: Vec<f64> = self.taken.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values[((values.len() - 1) as f64 * part).round() as usize];
        Quartiles {
            lower: at(0.25),
            median: at(0.5),
            upper: at(0.75),
        }
    }

    pub fn table(&self, title: String) -> Table {
        let title = format!(
            "{title}, {} rounds of {}",
            self.taken.len(),
            self.load.calls
        );
        let head = [
            "",
            "throughput",
            "half of the rounds",
            "CPU time",
            "half of the rounds",
            "µs per call",
        ];
        let mut table = Table::new(title, head);
        for way in Way::ALL {
            let (throughput, cpu) = (self.throughput(way), self.cpu(way));
            table.row([
                way.to_string(),
                format!("{:.3}", throughput.median),
                throughput.to_string(),
                format!("{:.3}", cpu.median),
                cpu.to_string(),
                format!("{:.1}", self.per_call(way).median),
            ]);
        }
        table
    }
}

impl fmt::Display for Quartiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} to {:.3}", self.lower, self.upper)
    }
}
