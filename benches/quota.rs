//! An import through a vendor's quota: by this crate, and by others that a service might take, against the sandbox.
//!
//! `cargo bench --bench quota` takes about nine minutes, with `-- --quick` three: this crate alone, and not at the vendor's
//! own pace. Prints a table, draws `target/quota.svg`, and fails if this crate misses its aims.

use std::{env, fs, path::Path, process::ExitCode, thread, time::Duration};

use shoppers_sandbox::{Behaviour, Quota, Sandbox};
use support::{Missed, Table, Vendors, runtime};
use tokio::time::Instant;
use way::Way;

#[path = "quota/import.rs"]
mod import;
#[path = "quota/plot.rs"]
mod plot;
#[path = "quota/processes.rs"]
mod processes;
#[path = "quota/rival.rs"]
mod rival;
mod support;
#[path = "quota/way.rs"]
mod way;

/// Beyond this an import has failed: no loop here is without an end.
const LONGEST: Duration = Duration::from_secs(240);

/// 429s per 1,000 rows that processes may cause that do not know of each other.
const FEW: u64 = 50;

/// A vendor's quota, and the import that meets it.
#[derive(Clone, Copy)]
struct Scene {
    kind: &'static str,
    quota: Quota,
    rows: u64,
    /// The seconds allowed, as a multiple of the physical limit.
    most: f64,
}

/// The outcome of an import.
struct Run {
    way: Way,
    seconds: f64,
    /// Rows that the client gave up.
    failed: u64,
    /// Rows that the vendor has.
    stored: u64,
    /// Calls answered 429.
    throttled: u64,
    /// The most calls accepted in a window, wherever it is placed.
    peak: u64,
    /// The times of accepted calls, since the sandbox's start.
    accepted_at: Vec<Duration>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(task) = processes::Task::read(&arguments) {
        return task.carry_out();
    }
    if !support::is_wanted() {
        return ExitCode::SUCCESS;
    }
    let is_quick = arguments.iter().any(|argument| argument == "--quick");

    let mut missed = Missed::default();
    let scenes = scenes(60, Duration::from_secs(2), 600, 1.02);
    let plots = scenes.map(|scene| (scene, one_after_another(scene, is_quick, &mut missed)));
    if !is_quick {
        at_the_vendors_own_pace(&mut missed);
    }
    draw(&plots, &mut missed);
    missed.tell()
}

/// One scene for each kind of window.
fn scenes(limit: u32, window: Duration, rows: u64, most: f64) -> [Scene; 2] {
    let kinds = [
        ("fixed", Quota::fixed(limit, window)),
        ("sliding", Quota::sliding(limit, window)),
    ];
    kinds.map(|(kind, quota)| Scene {
        kind,
        quota,
        rows,
        most,
    })
}

fn one_after_another(scene: Scene, is_quick: bool, missed: &mut Missed) -> Vec<Run> {
    let mut ways = vec![Way::Stream, Way::Tasks];
    if !is_quick {
        ways.extend(Way::RIVALS);
    }
    ways.push(Way::Shares);
    let runs: Vec<_> = ways.into_iter().map(|way| scene.run(way)).collect();
    scene.report(&runs, missed);
    // Their refusals are counted per 1,000 rows, so there have to be as many.
    let longer = Scene {
        rows: 1_200,
        ..scene
    };
    longer.report(&[longer.run(Way::Strangers)], missed);
    runs
}

/// At once, as four imports of three calls a second do not notice each other.
fn at_the_vendors_own_pace(missed: &mut Missed) {
    let bspk = Quota::bspk();
    let running = scenes(bspk.limit(), bspk.window(), 300, 1.01).map(|scene| {
        let ways = [Way::Stream, Way::Tasks];
        (scene, ways.map(|way| thread::spawn(move || scene.run(way))))
    });
    for (scene, running) in running {
        let runs = running.map(|run| run.join().expect("an import ends in peace"));
        scene.report(&runs, missed);
    }
}

fn draw(plots: &[(Scene, Vec<Run>)], missed: &mut Missed) {
    // Where cargo builds, wherever that is.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("quota.svg");
    match fs::write(&path, plot::svg(plots)) {
        Ok(()) => println!("\n{}", path.display()),
        Err(err) => missed.add(format!("no plot at {}: {err}", path.display())),
    }
}

impl Scene {
    /// The least time: the first window's calls at once, and each further window's when it begins.
    fn limit(&self) -> f64 {
        let windows = self.rows.div_ceil(self.quota.limit().into()) - 1;
        windows as f64 * self.quota.window().as_secs_f64()
    }

    fn run(self, way: Way) -> Run {
        let milliseconds = Duration::from_millis;
        let behaviour = Behaviour::new()
            .quota(self.quota)
            .latency(milliseconds(20), milliseconds(10));
        // Root certificates take their time to load, which is not the quota's.
        let http = shoppers::http_client()
            .no_proxy()
            .build()
            .expect("a client");
        let runtime = runtime();
        let vendors = Vendors::start(Sandbox::builder().bspk(behaviour));

        let (failed, seconds) = runtime.block_on(async {
            let began = Instant::now();
            let failed = way.import(&vendors, http, &self).await;
            (failed, began.elapsed().as_secs_f64())
        });

        let tally = vendors.bspk_tally();
        Run {
            way,
            seconds,
            failed,
            stored: tally.shoppers,
            throttled: tally.throttled,
            peak: tally.peak,
            accepted_at: tally.accepted_at,
        }
    }

    fn title(&self) -> String {
        format!(
            "{}, {} calls per {:?}: {} upserts, 64 at once; at least {} s",
            self.kind,
            self.quota.limit(),
            self.quota.window(),
            self.rows,
            self.limit(),
        )
    }

    fn report(&self, runs: &[Run], missed: &mut Missed) {
        let mut table = Table::new(
            self.title(),
            [
                "", "seconds", "ratio", "stored", "429", "given up", "lost", "peak",
            ],
        );
        for run in runs {
            table.row([
                run.way.to_string(),
                format!("{:.2}", run.seconds),
                format!("{:.3}", run.seconds / self.limit()),
                run.stored.to_string(),
                run.throttled.to_string(),
                run.failed.to_string(),
                (self.rows - run.stored).to_string(),
                run.peak.to_string(),
            ]);
            self.judge(run, missed);
        }
        print!("{table}");
    }

    fn judge(&self, run: &Run, missed: &mut Missed) {
        if run.way.is_a_rival() {
            return;
        }
        let place = format!("{}, {}, {}", run.way, self.kind, self.quota.limit());
        if run.stored != self.rows || run.failed != 0 {
            missed.add(format!(
                "{place}: stored {} rows of {} and gave up {}",
                run.stored, self.rows, run.failed
            ));
        }
        let few = match run.way {
            Way::Strangers => self.rows * FEW / 1_000,
            _ => 0,
        };
        if run.throttled > few {
            missed.add(format!(
                "{place}: {} calls were answered 429, {few} may be",
                run.throttled
            ));
        }
        let ratio = run.seconds / self.limit();
        if run.way.has_the_quota_to_itself() && ratio > self.most {
            missed.add(format!(
                "{place}: took {ratio:.4} of the physical limit, {} is allowed",
                self.most
            ));
        }
    }
}
