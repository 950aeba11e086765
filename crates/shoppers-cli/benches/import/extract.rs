//! Messages in a file: as fast as they come, beside curl; through a quota; and killed again and again.

use std::{
    fs::File,
    hash::{BuildHasher, RandomState},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use shoppers_sandbox::{Behaviour, Quota, Sandbox};

use super::{
    Missed, Size,
    program::{Folder, Run},
};
use crate::support::{Table, Vendors};

const PAGE: u32 = 100;
const CALLS: u32 = 60;
const WINDOW: Duration = Duration::from_secs(2);

/// The largest accepted duration, in least durations.
const OVER: f64 = 1.02;
const RESIDENT_MIB: f64 = 32.0;
const KILLS: u32 = 10;

const EXTRACT: &[&str] = &["bspk", "extract", "messages", "--since", "2026-01-01"];
const INTO_A_FILE: &[&str] = &["--state", "state", "--output", "messages.jsonl"];
const THROUGH_THE_QUOTA: &[&str] = &["--quota-window", "2s"];

pub fn run(size: Size, missed: &mut Missed) {
    let messages = match size {
        Size::Whole => 100_000,
        Size::Quick => 20_000,
    };
    let mut table = Table::new(
        format!("{messages} messages into a file"),
        [
            "",
            "seconds",
            "messages/s",
            "of the least",
            "peak resident MiB",
        ],
    );
    let mut row = |name: &str, took: Duration, least: Option<f64>, resident: Option<f64>| {
        let seconds = took.as_secs_f64();
        table.row([
            name.to_owned(),
            format!("{seconds:.2}"),
            format!("{:.0}", f64::from(messages) / seconds),
            least.map_or(String::new(), |it| format!("{:.3}", seconds / it)),
            resident.map_or(String::new(), |it| format!("{it:.1}")),
        ]);
    };

    if let Some(took) = curl(messages, missed) {
        row("curl, all pages by their numbers", took, None, None);
    }
    let unlimited = vendors(messages, Behaviour::new());
    let folder = Folder::new([].into_iter());
    let run = folder.run(&unlimited, &[EXTRACT, INTO_A_FILE].concat());
    judge("without a quota", messages, &folder, &run, missed);
    row("shoppers", run.took, None, Some(run.resident_mib));

    for (name, quota) in [
        ("60 per 2 s, fixed", Quota::fixed(CALLS, WINDOW)),
        ("60 per 2 s, sliding", Quota::sliding(CALLS, WINDOW)),
    ] {
        let vendors = vendors(messages, Behaviour::new().quota(quota));
        let folder = Folder::new([].into_iter());
        let run = folder.run(
            &vendors,
            &[EXTRACT, INTO_A_FILE, THROUGH_THE_QUOTA].concat(),
        );
        let least = f64::from((messages / PAGE - 1) / CALLS) * WINDOW.as_secs_f64();
        judge(name, messages, &folder, &run, missed);
        row(name, run.took, Some(least), Some(run.resident_mib));
        let throttled = vendors.bspk_tally().throttled;
        if throttled > 0 || run.took.as_secs_f64() > least * OVER {
            missed.add(format!("{name}: {:?}, {throttled} times 429", run.took));
        }
    }

    let slow = Behaviour::new().latency(Duration::from_millis(1), Duration::from_millis(2));
    let vendors = vendors(messages, slow);
    let folder = Folder::new([].into_iter());
    let arguments = [EXTRACT, INTO_A_FILE].concat();
    let mut killed = 0;
    for kill in 0..KILLS {
        let mut child = folder.start(&vendors, &arguments);
        thread::sleep(Duration::from_millis(
            20 + RandomState::new().hash_one(kill) % 300,
        ));
        killed += u32::from(child.try_wait().expect("it is ours").is_none());
        child.kill().expect("it is ours");
        child.wait().expect("it is ours");
    }
    let run = folder.run(&vendors, &arguments);
    judge("after kills", messages, &folder, &run, missed);
    if killed < KILLS {
        missed.add(format!("only {killed} extractions were killed"));
    }
    println!(
        "{table}\nAfter {killed} SIGKILLs, in the file: {} messages\n",
        written(&folder)
    );
}

/// A vendor with so many messages, a second apart.
fn vendors(messages: u32, behaviour: Behaviour) -> Vendors {
    let sandbox = Sandbox::builder().bspk(behaviour);
    Vendors::start(sandbox.records("messages", (0..messages).map(message)))
}

fn message(number: u32) -> String {
    let time = jiff::Timestamp::UNIX_EPOCH + Duration::from_secs(1_767_225_600 + u64::from(number));
    format!(
        r#"{{"associate_email":"a{}@example.com","body":"Message {number}: your order is here","created_at":"{time}"}}"#,
        number % 40
    )
}

fn written(folder: &Folder) -> usize {
    folder.read("messages.jsonl").lines().count()
}

/// Every message has to be in the file once, in its order.
fn judge(name: &str, messages: u32, folder: &Folder, run: &Run, missed: &mut Missed) {
    let text = folder.read("messages.jsonl");
    if !run.status.success() || !text.lines().eq((0..messages).map(message)) {
        let lines = text.lines().count();
        missed.add(format!(
            "{name}: {lines} lines that are not all messages once, {}",
            run.status
        ));
    }
    if run.resident_mib > RESIDENT_MIB {
        missed.add(format!("{name}: {:.1} MiB", run.resident_mib));
    }
}

/// The time that curl takes for the same pages over one connection.
fn curl(messages: u32, missed: &mut Missed) -> Option<Duration> {
    let vendors = vendors(messages, Behaviour::new());
    let folder = Folder::new([].into_iter());
    let pages = messages / PAGE;
    let url = format!(
        "{}/api/extraction/v1/messages?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z&per_page={PAGE}&page=[1-{pages}]",
        vendors.bspk_url()
    );
    let file = File::create(folder.path("pages")).expect("a file");
    let began = Instant::now();
    let status = Command::new("curl")
        .args(["--silent", "--fail", "--header"])
        .arg(format!("Authorization: Bearer {}", vendors.bspk_key()))
        .arg(url)
        .stdout(Stdio::from(file))
        .status()
        .ok()?;
    let took = began.elapsed();
    if !status.success() || folder.read("pages").matches("created_at").count() != messages as usize
    {
        missed.add(format!("curl did not read all pages: {status}"));
    }
    Some(took)
}
