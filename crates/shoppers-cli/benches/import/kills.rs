//! The rows of an import that is killed again and again, into a flaky vendor.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    thread,
    time::Duration,
};

use serde_json::Value;
use shoppers_sandbox::{Behaviour, Fault, Sandbox};

use super::{
    Missed, Size,
    program::{Folder, Run},
};
use crate::support::{Table, Vendors};

const MS: fn(u64) -> Duration = Duration::from_millis;

/// The arguments of an import that takes long enough to be killed.
const SLOWLY: [&str; 4] = ["--concurrency", "8", "--attempt-timeout", "300ms"];

pub fn run(size: Size, missed: &mut Missed) {
    let (kills, rows) = match size {
        Size::Whole => (20, 4000),
        Size::Quick => (5, 600),
    };
    let mut table = Table::new(
        format!("{kills} SIGKILLs at random moments, into a flaky vendor"),
        [
            "vendor",
            "rows",
            "kills",
            "stored",
            "rejected",
            "ambiguous",
            "lost",
            "twice",
        ],
    );
    // Every third has no reference, and every tenth is bad.
    let bspk = (1..=rows).map(|row: u64| {
        let reference = if row.is_multiple_of(3) {
            String::new()
        } else {
            format!("CLI-{row}")
        };
        let birthday = if row.is_multiple_of(10) {
            "31.12."
        } else {
            "12-31"
        };
        format!("{reference},s{row}@example.com,{birthday}")
    });
    let bspk = ["shopper_ref,email,birthday".to_owned()]
        .into_iter()
        .chain(bspk);
    let gatsby = (1..=rows / 4).map(|row| format!("s{row}@example.com,{row}"));
    let gatsby = ["channel.instagram.email,channel.instagram.fullName".to_owned()]
        .into_iter()
        .chain(gatsby);
    for (vendor, rows, folder) in [
        ("bspk", rows, Folder::new(bspk)),
        ("gatsby", rows / 4, Folder::new(gatsby)),
    ] {
        let vendors = Vendors::start(Sandbox::builder().bspk(flaky()).gatsby(flaky()));
        let (killed, run) = killed(&folder, &vendors, vendor, kills);
        let shoppers = match vendor {
            "bspk" => emails(&vendors.bspk_shoppers(), "/email"),
            _ => emails(&vendors.gatsby_shoppers(), "/channel/instagram/email"),
        };
        let once: HashSet<&String> = shoppers.iter().collect();
        let rejects = ["s.csv.rejects.csv", "s.csv.ambiguous.csv"].map(|name| folder.read(name));
        let is_rejected = |email: &str| {
            rejects
                .iter()
                .any(|text| text.contains(&format!(",{email},")))
        };
        let lost = (1..=rows)
            .map(|row| format!("s{row}@example.com"))
            .filter(|email| !once.contains(email) && !is_rejected(email))
            .count();
        let twice = shoppers.len() - once.len();
        table.row([
            vendor.to_owned(),
            rows.to_string(),
            killed.to_string(),
            run.count("stored").to_string(),
            run.count("rejected").to_string(),
            run.count("ambiguous").to_string(),
            lost.to_string(),
            twice.to_string(),
        ]);
        if lost + twice > 0 || killed < kills {
            missed.add(format!(
                "{vendor}: {lost} lost, {twice} twice, {killed} kills"
            ));
        }
        for (name, text) in ["rejected", "ambiguous"].into_iter().zip(&rejects) {
            let lines: HashSet<&str> = text.lines().skip(1).collect();
            if lines.len() as u64 != run.count(name) || text.lines().skip(1).count() != lines.len()
            {
                missed.add(format!("{vendor}: the file of {name} rows is not whole"));
            }
        }
    }
    println!("{table}");
}

/// Kills an import this often, and then runs it to its end.
fn killed(folder: &Folder, vendors: &Vendors, vendor: &str, kills: u32) -> (u32, Run) {
    let mut killed = 0;
    for kill in 0..kills {
        let mut child = folder.start_import(vendors, vendor, &SLOWLY);
        // Some are killed while they start.
        let random = RandomState::new().hash_one(kill) % 150;
        let settle = if vendor == "gatsby" && kill > 0 {
            300
        } else {
            0
        };
        thread::sleep(MS(20 + random + settle));
        let has_ended = child.try_wait().expect("it is ours").is_some();
        child.kill().expect("it is ours");
        child.wait().expect("it is ours");
        killed += u32::from(!has_ended);
    }
    (killed, folder.import(vendors, vendor, &SLOWLY))
}

fn flaky() -> Behaviour {
    let faults = [
        (Fault::ServiceUnavailable { retry_after: None }, 0.02),
        (Fault::InternalServerError, 0.01),
        (Fault::ClosedBefore, 0.01),
        (Fault::ClosedAfter, 0.02),
        (Fault::HalfBody, 0.01),
    ];
    Behaviour::new().latency(MS(6), MS(6)).faults(7, faults)
}

fn emails(shoppers: &[Value], path: &str) -> Vec<String> {
    let emails = shoppers.iter().filter_map(|it| it.pointer(path)?.as_str());
    emails.map(str::to_owned).collect()
}
