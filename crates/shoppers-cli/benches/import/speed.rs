//! Rows per second, and memory, without a quota.

use shoppers_sandbox::Sandbox;

use super::{Missed, Size, program::Folder};
use crate::support::{Table, Vendors};

/// The most resident memory, and the most growth for ten times as many rows: 8 MB are hashes of keys, to find those of several rows.
const RESIDENT_MIB: f64 = 64.0;
const MORE_MIB: f64 = 12.0;

/// A rate that every machine should reach.
const ROWS_PER_SECOND: f64 = 2000.0;

pub fn run(size: Size, missed: &mut Missed) {
    let sizes = match size {
        Size::Whole => [100_000, 1_000_000],
        Size::Quick => [10_000, 100_000],
    };
    let mut table = Table::new(
        "Without a quota",
        [
            "rows",
            "seconds",
            "rows/s",
            "peak resident MiB",
            "journal MB",
        ],
    );
    let mut first = None;
    for rows in sizes {
        let vendors = Vendors::start(Sandbox::builder());
        let header =
            "shopper_ref,first_name,last_name,email,mobile_phone,city,birthday,email_contact";
        let lines = (1..=rows).map(|row: u64| {
            format!(
                "CLI-{row},John,Meyer,s{row}@example.com,+1555{row:07},New York,1982-02-22,true"
            )
        });
        let folder = Folder::new([header.to_owned()].into_iter().chain(lines));

        let run = folder.import(&vendors, "bspk", &[]);

        let rate = rows as f64 / run.summary["seconds"].as_f64().unwrap_or(f64::MAX);
        let journal = folder
            .path("s.csv.journal")
            .metadata()
            .map_or(0, |it| it.len());
        table.row([
            rows.to_string(),
            format!("{:.1}", run.took.as_secs_f64()),
            format!("{rate:.0}"),
            format!("{:.1}", run.resident_mib),
            format!("{:.1}", journal as f64 / 1e6),
        ]);
        let stored = vendors.bspk_tally().shoppers;
        if !run.status.success() || run.count("stored") != rows || stored != rows {
            missed.add(format!("{rows} rows: {stored} are stored, {}", run.summary));
        }
        if rate < ROWS_PER_SECOND {
            missed.add(format!("{rows} rows: {rate:.0} rows/s"));
        }
        let bound = first.map_or(RESIDENT_MIB, |it: f64| RESIDENT_MIB.min(it + MORE_MIB));
        if run.resident_mib > bound {
            missed.add(format!(
                "{rows} rows: {:.1} MiB, more than {bound:.1}",
                run.resident_mib
            ));
        }
        first.get_or_insert(run.resident_mib);
    }
    println!("{table}");
}
