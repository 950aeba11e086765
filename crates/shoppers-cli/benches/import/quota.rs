//! The duration of an import, compared with the least that its quota allows.

use std::time::Duration;

use shoppers_sandbox::{Behaviour, Quota, Sandbox};

use super::{Missed, Size, program::Folder};
use crate::support::{Table, Vendors};

/// The largest accepted duration, in least durations.
const OVER: f64 = 1.02;

const CALLS: u32 = 60;
const WINDOW: Duration = Duration::from_secs(2);

pub fn run(size: Size, missed: &mut Missed) {
    let rows: u32 = match size {
        Size::Whole => 600,
        Size::Quick => 180,
    };
    let necessary = WINDOW.as_secs_f64() * f64::from(rows / CALLS - 1);
    let mut table = Table::new(
        format!("{rows} rows at {CALLS} per 2 s, which takes at least {necessary} s"),
        ["window", "seconds", "of the least", "429"],
    );
    for (name, quota) in [
        ("fixed", Quota::fixed(CALLS, WINDOW)),
        ("sliding", Quota::sliding(CALLS, WINDOW)),
    ] {
        let vendors = Vendors::start(Sandbox::builder().bspk(Behaviour::new().quota(quota)));
        let lines = (1..=rows).map(|row| format!("CLI-{row},s{row}@example.com"));
        let folder = Folder::new(["shopper_ref,email".to_owned()].into_iter().chain(lines));

        let run = folder.import(&vendors, "bspk", &["--quota-window", "2s"]);

        let tally = vendors.bspk_tally();
        let part = run.took.as_secs_f64() / necessary;
        table.row([
            name.to_owned(),
            format!("{:.2}", run.took.as_secs_f64()),
            format!("{part:.3}"),
            tally.throttled.to_string(),
        ]);
        if tally.shoppers != u64::from(rows) || !run.status.success() {
            missed.add(format!(
                "{name}: {} are stored, {}",
                tally.shoppers, run.summary
            ));
        }
        if tally.throttled > 0 || run.count("throttled") > 0 {
            missed.add(format!("{name}: {} times 429", tally.throttled));
        }
        if part > OVER {
            missed.add(format!("{name}: {part:.3} of the least time"));
        }
    }
    println!("{table}");
}
