//! The command `sandbox`.

use std::{str::FromStr, time::Duration};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox as Vendors, Tally};

use crate::{
    exit::{Exit, Failure},
    output::{self, Format},
};

/// Run a stand-in for both vendors on this machine, until Ctrl-C or SIGTERM.
///
/// It remembers what it is sent for as long as it runs, checks it against the vendors' documents, and answers as they say
/// they do. At the end it prints what it counted. With --output json it prints an object with the URLs and the keys at
/// once, and one with the tallies at the end.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers sandbox --bspk-quota 60/2s
  shoppers sandbox --port 8080 --latency 20ms --jitter 10ms --fault service_unavailable=0.05 --fault slow_answer:2s=0.01

Faults, with what may or has to stand behind the name:
  internal_server_error  bad_gateway  service_unavailable[:RETRY_AFTER]  gateway_timeout  html:STATUS
  throttled[:RETRY_AFTER]  closed_before  closed_after  half_body  endless_body:BYTES  trickling_body:TIME
  invalid_json  null_fields  unknown_fields  empty_body  slow_answer:TIME  late_work:TIME  quota_headers:LIMIT/REMAINING
  redirect:STATUS/LOCATION")]
pub struct Sandbox {
    /// The port of 127.0.0.1; 0 is any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// How many calls BSPK accepts in a time: 30/10s is what its examples show.
    #[arg(long, value_name = "CALLS/TIME")]
    bspk_quota: Option<Rate>,

    /// How many calls Gatsby accepts in a time.
    #[arg(long, value_name = "CALLS/TIME")]
    gatsby_quota: Option<Rate>,

    /// Whether the times of a quota follow one another, or end for each call by itself.
    #[arg(long, value_enum, default_value_t)]
    window: Window,

    /// How long a call takes, half of it before the vendor sees it.
    #[arg(long, value_parser = humantime::parse_duration, default_value = "0s", value_name = "TIME")]
    latency: Duration,

    /// How much more or less than --latency a call may take.
    #[arg(long, value_parser = humantime::parse_duration, default_value = "0s", value_name = "TIME")]
    jitter: Duration,

    /// A fault of both vendors, and how probable it is, from 0 to 1.
    #[arg(long, value_name = "FAULT=CHANCE")]
    fault: Vec<Chance>,

    /// A fault of BSPK alone.
    #[arg(long, value_name = "FAULT=CHANCE")]
    bspk_fault: Vec<Chance>,

    /// A fault of Gatsby alone.
    #[arg(long, value_name = "FAULT=CHANCE")]
    gatsby_fault: Vec<Chance>,

    /// What chance begins with: with the same seed the same calls meet the same faults.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    seed: u64,
}

/// So many calls in such a time.
#[derive(Clone, Copy)]
struct Rate {
    calls: u32,
    time: Duration,
}

/// A fault, and how probable it is.
#[derive(Clone)]
struct Chance {
    fault: Fault,
    chance: f64,
}

/// The kind of a quota's window.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Window {
    /// One begins where the last ends.
    #[default]
    Fixed,
    /// Any time of this length counts, wherever it begins.
    Sliding,
}

impl Sandbox {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        // Before the start, so that no signal is lost in between.
        let end = end()?;
        let vendors = Vendors::builder()
            .port(self.port)
            // Nobody can ask for them.
            .requests(0)
            .bspk(self.behaviour(self.bspk_quota, &self.bspk_fault))
            .gatsby(self.behaviour(self.gatsby_quota, &self.gatsby_fault))
            .start()
            .await
            .map_err(|err| self.not_started(&err))?;
        output::print(&match output {
            Format::Text => way(&vendors),
            Format::Json => json!({
                "bspk": {"url": vendors.bspk_url(), "key": vendors.bspk_key()},
                "gatsby": {"url": vendors.gatsby_url(), "key": vendors.gatsby_key()},
            })
            .to_string(),
        })?;
        end.await;
        let (bspk, gatsby) = (vendors.bspk_tally(), vendors.gatsby_tally());
        vendors.stop().await;
        output::print(&match output {
            Format::Text => format!("{}\n{}", text("BSPK", &bspk), text("Gatsby", &gatsby)),
            Format::Json => json!({"bspk": counts(&bspk), "gatsby": counts(&gatsby)}).to_string(),
        })?;
        Ok(Exit::Done)
    }

    fn behaviour(&self, rate: Option<Rate>, faults: &[Chance]) -> Behaviour {
        let faults = self.fault.iter().chain(faults);
        let behaviour = Behaviour::new()
            .latency(self.latency, self.jitter)
            .faults(self.seed, faults.map(|it| (it.fault.clone(), it.chance)));
        match (rate, self.window) {
            (None, _) => behaviour,
            (Some(Rate { calls, time }), Window::Fixed) => {
                behaviour.quota(Quota::fixed(calls, time))
            }
            (Some(Rate { calls, time }), Window::Sliding) => {
                behaviour.quota(Quota::sliding(calls, time))
            }
        }
    }

    fn not_started(&self, err: &std::io::Error) -> Failure {
        match err.kind() {
            std::io::ErrorKind::InvalidInput => Failure::usage(err.to_string()),
            _ => Failure::stopped(format!("port {}: {err}", self.port))
                .next("leave --port out for any that is free"),
        }
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (calls, time) = text
            .split_once('/')
            .ok_or("expected CALLS/TIME, such as 30/10s")?;
        let calls = calls
            .parse()
            .map_err(|_| "expected a number of calls before the `/`")?;
        let time = humantime::parse_duration(time)
            .map_err(|_| "expected a time after the `/`, such as 10s or 500ms")?;
        Ok(Self { calls, time })
    }
}

impl FromStr for Chance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (fault, chance) = text
            .rsplit_once('=')
            .ok_or("expected FAULT=CHANCE, such as service_unavailable=0.05")?;
        Ok(Self {
            fault: fault.parse().map_err(|err| format!("{err}"))?,
            chance: chance
                .parse()
                .map_err(|_| "expected a number from 0 to 1 after the `=`")?,
        })
    }
}

/// What ends the sandbox.
#[cfg(unix)]
fn end() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};

    let listen = |kind| {
        signal(kind).map_err(|err| Failure::stopped(format!("no signal can be waited for: {err}")))
    };
    let mut interrupted = listen(SignalKind::interrupt())?;
    let mut terminated = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// What ends the sandbox.
#[cfg(not(unix))]
fn end() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        // Without the signal it is ended by other means.
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// How to get there.
fn way(vendors: &Vendors) -> String {
    format!(
        "BSPK and Gatsby are at {}, for as long as this runs. To send calls there:\n\n\
         export BSPK_BASE_URL={} BSPK_API_KEY={}\n\
         export GATSBY_BASE_URL={} GATSBY_API_KEY={}\n",
        vendors.bspk_url(),
        vendors.bspk_url(),
        vendors.bspk_key(),
        vendors.gatsby_url(),
        vendors.gatsby_key(),
    )
}

fn text(vendor: &str, tally: &Tally) -> String {
    let mut text = format!(
        "{vendor}: {} calls, {} accepted, {} answered 429, at most {} in a window; {} shoppers made, {} there",
        tally.calls, tally.accepted, tally.throttled, tally.peak, tally.made, tally.shoppers
    );
    for (fault, count) in &tally.faults {
        text += &format!("\n  {fault}: {count}");
    }
    text
}

fn counts(tally: &Tally) -> Value {
    json!({
        "calls": tally.calls,
        "accepted": tally.accepted,
        "throttled": tally.throttled,
        "peak": tally.peak,
        "made": tally.made,
        "shoppers": tally.shoppers,
        "faults": tally.faults,
    })
}
