//! A vendor that is down: it is not trampled on, and every caller has its answer in time.

use std::time::{Duration, Instant};

use shoppers::{
    Error, bspk,
    gatsby::{self, By},
};
use shoppers_sandbox::{Behaviour, Fault, Sandbox};
use tokio::{task::JoinSet, time::timeout};

use crate::support::{Missed, Table, Vendors, runtime};

const CALLERS: u64 = 1_000;

/// The most calls of each caller.
const MOST: f64 = 1.3;

/// How late an answer may be.
const LATE: Duration = Duration::from_secs(1);

/// No caller waits longer, so that the benchmark ends whatever happens.
const LONGEST: Duration = Duration::from_secs(60);

/// A way to be down.
struct Outage {
    name: &'static str,
    behaviour: Option<Behaviour>,
    deadline: Duration,
    attempt_timeout: Option<Duration>,
}

/// Who is down.
#[derive(Clone, Copy)]
enum Vendor {
    Bspk,
    Gatsby,
}

/// Who calls.
#[derive(Clone)]
enum Caller {
    Bspk(bspk::Client),
    Gatsby(gatsby::Client),
}

/// What one caller got, and when.
struct Answer {
    after: Duration,
    /// `None` is a success, or no answer at all; neither can be.
    error: Option<Error>,
}

pub fn show(missed: &mut Missed) {
    let mut table = Table::new(
        format!("a vendor that is down, {CALLERS} callers at once"),
        [
            "",
            "deadline",
            "calls at it",
            "attempts",
            "per caller",
            "not sent",
            "ambiguous",
            "others",
            "median",
            "longest",
        ],
    );
    for outage in outages() {
        for vendor in [Vendor::Bspk, Vendor::Gatsby] {
            let (calls, answers) = outage.befall(vendor);
            outage.tell(vendor, calls, &answers, &mut table, missed);
        }
    }
    print!("{table}");
}

fn outages() -> [Outage; 4] {
    let always = |fault| Behaviour::new().faults(0, [(fault, 1.0)]);
    let milliseconds = Duration::from_millis;
    let deadline = Duration::from_secs(5);
    let unavailable = always(Fault::ServiceUnavailable { retry_after: None });
    [
        Outage {
            name: "503 at once",
            behaviour: Some(unavailable.clone()),
            deadline,
            attempt_timeout: None,
        },
        Outage {
            name: "503 after 20 ms",
            behaviour: Some(unavailable.latency(milliseconds(20), milliseconds(10))),
            deadline,
            attempt_timeout: None,
        },
        Outage {
            name: "nothing listens",
            behaviour: None,
            deadline,
            attempt_timeout: None,
        },
        Outage {
            name: "never an answer",
            behaviour: Some(always(Fault::SlowAnswer {
                delay: Duration::from_secs(3_600),
            })),
            deadline: Duration::from_secs(1),
            attempt_timeout: Some(milliseconds(300)),
        },
    ]
}

impl Outage {
    /// Lets callers run into it; gives the calls that the vendor saw, too.
    fn befall(&self, vendor: Vendor) -> (u64, Vec<Answer>) {
        let behaviour = self.behaviour.clone().unwrap_or_default();
        let builder = Sandbox::builder().bspk(behaviour.clone()).gatsby(behaviour);
        let vendors = Vendors::start(builder);
        let caller = match vendor {
            Vendor::Bspk => Caller::Bspk(self.patient(vendors.bspk())),
            Vendor::Gatsby => Caller::Gatsby(self.patient(vendors.gatsby())),
        };
        if self.behaviour.is_none() {
            drop(vendors);
            return (0, runtime().block_on(all_at_once(caller)));
        }
        let answers = runtime().block_on(all_at_once(caller));
        let calls = vendors.bspk_tally().calls + vendors.gatsby_tally().calls;
        (calls, answers)
    }

    fn patient<C: shoppers::Buildable>(&self, builder: shoppers::Builder<C>) -> C {
        let builder = builder.deadline(self.deadline);
        let builder = match self.attempt_timeout {
            Some(timeout) => builder.attempt_timeout(timeout),
            None => builder,
        };
        builder.build().expect("a client")
    }

    fn tell(
        &self,
        vendor: Vendor,
        calls: u64,
        answers: &[Answer],
        table: &mut Table,
        missed: &mut Missed,
    ) {
        let errors = || answers.iter().filter_map(|answer| answer.error.as_ref());
        let attempts: u64 = errors().map(|err| u64::from(err.attempts())).sum();
        let not_sent = errors().filter(|err| err.is_not_sent()).count();
        // A read is never ambiguous.
        let ambiguous = errors()
            .filter(|err| !err.is_not_sent() && err.attempts() > 0)
            .count();
        let mut after: Vec<_> = answers.iter().map(|answer| answer.after).collect();
        after.sort_unstable();
        let longest = after.last().copied().unwrap_or_default();
        let per_caller = attempts.max(calls) as f64 / CALLERS as f64;
        let called = match vendor {
            Vendor::Bspk => "BSPK upsert",
            Vendor::Gatsby => "Gatsby search",
        };
        let place = format!("{}, {called}", self.name);
        table.row([
            place.clone(),
            format!("{:.1} s", self.deadline.as_secs_f64()),
            calls.to_string(),
            attempts.to_string(),
            format!("{per_caller:.3}"),
            not_sent.to_string(),
            ambiguous.to_string(),
            (answers.len() - not_sent - ambiguous).to_string(),
            format!("{:.3} s", after[after.len() / 2].as_secs_f64()),
            format!("{:.3} s", longest.as_secs_f64()),
        ]);
        if per_caller > MOST {
            missed.add(format!(
                "{place}: {per_caller:.3} calls for each caller, {MOST} may be"
            ));
        }
        if longest > self.deadline + LATE {
            missed.add(format!("{place}: a caller waited {longest:?}"));
        }
        if answers.len() as u64 != CALLERS || not_sent + ambiguous != answers.len() {
            missed.add(format!("{place}: not every caller got the failure"));
        }
    }
}

async fn all_at_once(caller: Caller) -> Vec<Answer> {
    let mut calls = JoinSet::new();
    for number in 0..CALLERS {
        let caller = caller.clone();
        calls.spawn(async move {
            let began = Instant::now();
            let outcome = timeout(LONGEST, caller.call(number)).await;
            Answer {
                after: began.elapsed(),
                error: outcome.ok().and_then(Result::err),
            }
        });
    }
    calls.join_all().await
}

impl Caller {
    /// A call that is harmless to send again, so that nothing but the budget holds retries back.
    async fn call(&self, number: u64) -> Result<(), Error> {
        match self {
            Self::Bspk(client) => {
                let shopper = bspk::Shopper {
                    shopper_ref: Some(format!("CLI-{number}")),
                    ..Default::default()
                };
                client.upsert_shopper(&shopper).await.map(drop)
            }
            Self::Gatsby(client) => {
                let found = client.search_shoppers(By::Email("john@example.com")).await;
                found.map(drop)
            }
        }
    }
}
