//! Killed at any moment, the tree is as before or as after.

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use support::{Copy, pages};

#[test]
fn killed_at_any_moment_specs_is_as_before_or_as_after() {
    let source = pages::ping();
    let sample = Copy::new();
    sample.write("page.md", &source);
    let before = sample.specs();
    let began = Instant::now();
    sample.regen(&["page.md"]).succeeded();
    let whole = began.elapsed();
    let after = sample.specs();
    assert!(before != after);
    let (mut seed, mut was_before, mut was_after) = (11_u64, 0, 0);

    let copy = Copy::new();
    copy.write("page.md", &source);
    for moment in 0..40_u32 {
        for name in copy.specs().keys().filter(|it| !before.contains_key(*it)) {
            fs::remove_file(copy.root().join(name)).unwrap();
        }
        for (name, bytes) in &before {
            fs::write(copy.root().join(name), bytes).unwrap();
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let part = f64::from(u32::try_from(seed >> 40).unwrap()) / f64::from(1 << 24);
        // Half of the moments anywhere, half near the end, where the folders change places.
        let at = if moment % 2 == 0 {
            part * 1.1
        } else {
            0.7 + part * 0.4
        };
        let mut child = copy
            .xtask(&["regen", "--no-compile", "page.md"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();

        thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * at));
        let _ = child.kill();
        child.wait().unwrap();

        let now = copy.specs();
        assert!(
            now == before || now == after,
            "neither before nor after, killed at {at} of the run"
        );
        if now == before {
            was_before += 1
        } else {
            was_after += 1
        }
    }
    eprintln!("{was_before} times as before, {was_after} times as after");
    copy.regen(&["page.md"]).succeeded();
    let left: Vec<_> = fs::read_dir(copy.root())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|it| it.to_string_lossy().starts_with(".specs.")),
        "{left:?}"
    );
    assert!(copy.specs() == after);
}

/// A run that stands at the compiling of its copy, by a cargo that never ends and has a child.
struct Compiling {
    child: Child,
    target: PathBuf,
    pids: String,
}

fn compiling(copy: &Copy, target: &Path) -> Compiling {
    let pids = copy.root().join("pids");
    let check = format!(
        "sleep 600 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; wait",
        pids = pids.display()
    );
    let cargo = copy.cargo(target, &check);
    copy.write("page.md", &pages::ping());
    let child = copy
        .xtask(&["regen", "page.md"])
        .env("CARGO", &cargo)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("cargo has started", || pids.exists());
    Compiling {
        child,
        target: target.to_owned(),
        pids: fs::read_to_string(&pids).unwrap(),
    }
}

impl Compiling {
    fn signal(&mut self, signal: &str) -> i32 {
        let pid = self.child.id().to_string();
        Command::new("kill")
            .args(["-s", signal, &pid])
            .status()
            .unwrap();
        let mut status = None;
        until("regen has ended", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.and_then(|it| it.code()).unwrap_or(-1)
    }

    /// The processes of cargo that are alive.
    fn alive(&self) -> usize {
        let is_alive = |pid: &&str| {
            // A zombie that is not yet waited for has ended.
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            !stat.is_empty() && !stat.contains(") Z")
        };
        self.pids.split_whitespace().filter(is_alive).count()
    }

    fn end_cargo(&self) {
        for pid in self.pids.split_whitespace() {
            Command::new("kill").args(["-9", pid]).status().unwrap();
        }
    }

    fn scratches(&self) -> usize {
        let beside = fs::read_dir(self.target.join("regen")).unwrap();
        beside
            .filter(|it| it.as_ref().unwrap().path().is_dir())
            .count()
    }
}

#[track_caller]
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "never: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_signal_ends_cargo_and_removes_the_copy() {
    for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let copy = Copy::new();
        let before = copy.specs();
        let target = tempfile::tempdir().unwrap();
        let mut run = compiling(&copy, target.path());
        assert_eq!((run.alive(), run.scratches()), (2, 1));

        let ended = run.signal(signal);

        assert_eq!(ended, code, "{signal}");
        until("cargo and its child have ended", || run.alive() == 0);
        assert_eq!(run.scratches(), 0, "{signal}");
        assert!(copy.specs() == before);
    }
}

#[test]
fn the_copy_of_a_killed_run_is_removed_by_the_next_and_that_of_a_living_one_stays() {
    let (dead, alive, next) = (Copy::new(), Copy::new(), Copy::new());
    let target = tempfile::tempdir().unwrap();
    let mut killed = compiling(&dead, target.path());
    let mut living = compiling(&alive, target.path());
    killed.signal("KILL");
    killed.end_cargo();
    assert_eq!(living.scratches(), 2);

    let said = next
        .xtask(&["regen", "--no-compile"])
        .env("CARGO", dead.root().join("cargo.sh"))
        .output()
        .unwrap();

    assert!(said.status.success(), "{said:?}");
    assert_eq!(living.scratches(), 1);
    assert_eq!(living.signal("TERM"), 143);
    assert_eq!(living.scratches(), 0);
}
