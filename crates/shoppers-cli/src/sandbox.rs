//! The command `sandbox`.

use std::{fs, io, path::PathBuf, str::FromStr, time::Duration};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox as Server, Tally};

use crate::{
    exit::{Exit, Failure},
    output::{self, Format},
};

/// Runs a fake server for both vendors on this machine, until Ctrl-C or SIGTERM.
///
/// It stores shoppers while it runs, and checks requests and answers them by the vendors' documents. The URL that it prints
/// first opens a page in a browser on this machine: each call with request and response, the shoppers, the quotas, and
/// buttons that inject faults or change quota and latency. At the end it prints its counts.
/// With --output json it prints an object with URLs and keys at the start, and one with the counts at the end.
#[derive(Args)]
#[command(after_help = "Examples:
  shoppers sandbox --bspk-quota 60/2s
  shoppers sandbox --records messages=messages.jsonl
  shoppers sandbox --port 8080 --latency 20ms --jitter 10ms --fault service_unavailable=0.05 --fault slow_answer:2s=0.01

Faults and their values, [optional] or required:
  internal_server_error  bad_gateway  service_unavailable[:RETRY_AFTER]  gateway_timeout  html:STATUS
  throttled[:RETRY_AFTER]  closed_before  closed_after  half_body  endless_body:BYTES  trickling_body:TIME
  invalid_json  null_fields  unknown_fields  empty_body  slow_answer:TIME  late_work:TIME  quota_headers:LIMIT/REMAINING
  redirect:STATUS/LOCATION  doubled_records  wrong_total:NUMBER  shifted_page:RECORDS  foreign_links:ORIGIN")]
pub struct Sandbox {
    /// The port of 127.0.0.1; 0 is any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// The quota of BSPK, such as the 30/10s of its examples [default: none]
    #[arg(long, value_name = "CALLS/TIME")]
    bspk_quota: Option<Rate>,

    /// The quota of Gatsby [default: none]
    #[arg(long, value_name = "CALLS/TIME")]
    gatsby_quota: Option<Rate>,

    /// The kind of the quotas' windows.
    #[arg(long, value_enum, default_value_t)]
    window: Window,

    /// The time that a call takes, half of it before the call is carried out.
    #[arg(long, value_parser = humantime::parse_duration, default_value = "0s", value_name = "TIME")]
    latency: Duration,

    /// The largest random difference of a call from --latency.
    #[arg(long, value_parser = humantime::parse_duration, default_value = "0s", value_name = "TIME")]
    jitter: Duration,

    /// A fault of both vendors, and its probability from 0 to 1; may be repeated.
    #[arg(long, value_name = "FAULT=PROBABILITY")]
    fault: Vec<RandomFault>,

    /// A fault of BSPK alone; may be repeated.
    #[arg(long, value_name = "FAULT=PROBABILITY")]
    bspk_fault: Vec<RandomFault>,

    /// A fault of Gatsby alone; may be repeated.
    #[arg(long, value_name = "FAULT=PROBABILITY")]
    gatsby_fault: Vec<RandomFault>,

    /// The records of a list of BSPK's Extraction API, such as messages: a file with a JSON object on each line; may be
    /// repeated.
    #[arg(long, value_name = "LIST=FILE")]
    records: Vec<RecordsFile>,

    /// The seed of the faults: with the same seed the n-th call meets the same fault.
    #[arg(long, default_value_t = 0, value_name = "NUMBER")]
    seed: u64,
}

/// A number of calls per duration.
#[derive(Clone, Copy)]
struct Rate {
    calls: u32,
    time: Duration,
}

#[derive(Clone)]
struct RandomFault {
    fault: Fault,
    probability: f64,
}

#[derive(Clone)]
struct RecordsFile {
    list: String,
    path: PathBuf,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Window {
    /// Each window starts when the previous one ends.
    #[default]
    Fixed,
    /// The quota holds for any period of that length.
    Sliding,
}

impl Sandbox {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        // Before the start, so that no signal is lost in between.
        let signal = shutdown_signal()?;
        let mut server = Server::builder();
        for RecordsFile { list, path } in &self.records {
            let text = fs::read_to_string(path)
                .map_err(|err| Failure::unreadable(&path.display().to_string(), &err))?;
            server = server.records(list, text.lines());
        }
        let server = server
            .port(self.port)
            // No command reads them.
            .requests(0)
            .ui()
            .bspk(self.behaviour(self.bspk_quota, &self.bspk_fault))
            .gatsby(self.behaviour(self.gatsby_quota, &self.gatsby_fault))
            .start()
            .await
            .map_err(|err| self.not_started(&err))?;
        output::print(&match output {
            Format::Text => exports(&server),
            Format::Json => json!({
                "bspk": {"url": server.bspk_url(), "key": server.bspk_key()},
                "gatsby": {"url": server.gatsby_url(), "key": server.gatsby_key()},
                "ui": {"url": server.ui_url()},
            })
            .to_string(),
        })?;
        signal.await;
        let (bspk, gatsby) = (server.bspk_tally(), server.gatsby_tally());
        server.stop().await;
        output::print(&match output {
            Format::Text => format!("{}\n{}", text("BSPK", &bspk), text("Gatsby", &gatsby)),
            Format::Json => json!({"bspk": counts(&bspk), "gatsby": counts(&gatsby)}).to_string(),
        })?;
        Ok(Exit::Done)
    }

    fn behaviour(&self, rate: Option<Rate>, faults: &[RandomFault]) -> Behaviour {
        let faults = self.fault.iter().chain(faults);
        let faults = faults.map(|it| (it.fault.clone(), it.probability));
        let behaviour = Behaviour::new()
            .latency(self.latency, self.jitter)
            .faults(self.seed, faults);
        let Some(Rate { calls, time }) = rate else {
            return behaviour;
        };
        behaviour.quota(match self.window {
            Window::Fixed => Quota::fixed(calls, time),
            Window::Sliding => Quota::sliding(calls, time),
        })
    }

    fn not_started(&self, err: &io::Error) -> Failure {
        match err.kind() {
            io::ErrorKind::InvalidInput => Failure::usage(err.to_string()),
            _ => Failure::stopped(format!("port {} cannot be used: {err}", self.port))
                .next("choose another --port, or leave it out for any free one"),
        }
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let (calls, time) = text
            .split_once('/')
            .ok_or("expected CALLS/TIME, such as 30/10s")?;
        Ok(Self {
            calls: calls
                .parse()
                .map_err(|_| "expected a number of calls before the `/`")?,
            time: humantime::parse_duration(time)
                .map_err(|_| "expected a time after the `/`, such as 10s or 500ms")?,
        })
    }
}

impl FromStr for RandomFault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (fault, probability) = text
            .rsplit_once('=')
            .ok_or("expected FAULT=PROBABILITY, such as service_unavailable=0.05")?;
        Ok(Self {
            fault: fault.parse().map_err(|err: io::Error| err.to_string())?,
            probability: probability
                .parse()
                .map_err(|_| "expected a number from 0 to 1 after the `=`")?,
        })
    }
}

impl FromStr for RecordsFile {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let (list, path) = text
            .split_once('=')
            .ok_or("expected LIST=FILE, such as messages=messages.jsonl")?;
        Ok(Self {
            list: list.to_owned(),
            path: path.into(),
        })
    }
}

#[cfg(unix)]
fn shutdown_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};

    let listen = |kind| {
        signal(kind)
            .map_err(|err| Failure::stopped(format!("the program cannot wait for signals: {err}")))
    };
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn shutdown_signal() -> Result<impl Future<Output = ()>, Failure> {
    // If it fails, the program has to be ended in another way.
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

fn exports(server: &Server) -> String {
    let (bspk, gatsby) = (server.bspk_url(), server.gatsby_url());
    let (bspk_key, gatsby_key) = (server.bspk_key(), server.gatsby_key());
    let ui = server.ui_url().unwrap_or_default();
    format!(
        "See calls, shoppers and quotas at {ui}\n\
         BSPK and Gatsby are at {bspk} until this program ends. To send calls there:\n\n\
         export BSPK_BASE_URL={bspk} BSPK_API_KEY={bspk_key}\n\
         export GATSBY_BASE_URL={gatsby} GATSBY_API_KEY={gatsby_key}\n"
    )
}

fn text(vendor: &str, tally: &Tally) -> String {
    let faults = tally.faults.iter();
    let faults = faults.map(|(fault, count)| format!("\n  {fault}: {count}"));
    format!(
        "{vendor}: {} calls, {} accepted, {} answered 429, at most {} in a window; {} shoppers created, {} stored{}",
        tally.calls,
        tally.accepted,
        tally.throttled,
        tally.peak,
        tally.made,
        tally.shoppers,
        faults.collect::<String>()
    )
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
