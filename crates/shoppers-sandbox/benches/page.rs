//! The cost of the page: 50,000 calls while it is open in a browser, and as many while it is not.
//!
//! `cargo bench -p shoppers-sandbox --features ui` does that in five rounds, and takes a ratio within each; the page is loaded
//! before. Fails if the median throughput with the page is below 0.9 of that without, or if memory grows.
#![forbid(unsafe_code)]

use std::{
    fs,
    process::ExitCode,
    time::{Duration, Instant},
};

use fantoccini::Client as Browser;
use futures_util::{StreamExt as _, stream};
use reqwest::Client;
use serde_json::json;
use shoppers_sandbox::Sandbox;
use tokio::time::sleep;

use driver::Driver;

#[path = "../tests/support/driver.rs"]
mod driver;

type Failure = Box<dyn std::error::Error>;

const ROUNDS: usize = 5;
const CALLS: usize = 50_000;
const CALLS_AT_ONCE: usize = 16;

/// In which the browser loads the page and draws it.
const SETTLE: Duration = Duration::from_secs(2);

const LEAST_THROUGHPUT: f64 = 0.9;

/// The most that memory may grow from the second round to the last, in MiB: 300,000 calls.
const MOST_GROWTH: f64 = 8.0;

#[derive(Clone, Copy)]
struct Memory {
    sandbox: f64,
    page: f64,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let Some(driver) = Driver::start() else {
        eprintln!("no chromedriver is installed, so the page cannot be measured");
        return Ok(ExitCode::SUCCESS);
    };
    let browser = driver.browser().await?;
    let outcome = measure(&browser).await;
    browser.close().await?;
    outcome
}

async fn measure(browser: &Browser) -> Result<ExitCode, Failure> {
    let sandbox = Sandbox::builder().requests(0).ui().start().await?;
    let client = Client::new();
    let url = sandbox.ui_url().unwrap_or_default();
    let (mut ratios, mut memory) = (Vec::new(), Vec::new());
    println!("| round | calls/s without the page | with it | ratio | sandbox, MiB | page, MiB |");
    println!("| ----: | -----------------------: | ------: | ----: | -----------: | --------: |");
    for round in 0..=ROUNDS {
        browser.goto("about:blank").await?;
        let without = throughput(&sandbox, &client).await?;
        browser.goto(&url).await?;
        sleep(SETTLE).await;
        let with = throughput(&sandbox, &client).await?;
        let used = Memory {
            sandbox: resident()?,
            page: heap(browser).await?,
        };
        if round == 0 {
            // Connections are made, and caches filled.
            continue;
        }
        ratios.push(with / without);
        memory.push(used);
        println!(
            "| {round:>5} | {without:>24.0} | {with:>7.0} | {:>5.3} | {:>12.1} | {:>9.1} |",
            with / without,
            used.sandbox,
            used.page
        );
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ROUNDS / 2];
    let (early, late) = (memory[1], memory[ROUNDS - 1]);
    let growth = Memory {
        sandbox: late.sandbox - early.sandbox,
        page: late.page - early.page,
    };
    println!(
        "\n{CALLS} calls with the page: {ratio:.3} of the throughput without it, {:.3} to {:.3}; from round 2 to {ROUNDS} the \
         sandbox grew by {:.1} MiB, the page by {:.1}",
        ratios[0],
        ratios[ROUNDS - 1],
        growth.sandbox,
        growth.page,
    );
    let is_good = ratio >= LEAST_THROUGHPUT && growth.sandbox.max(growth.page) <= MOST_GROWTH;
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Upserts the same thousand shoppers again and again, so that what is stored does not grow, and returns the calls per second.
async fn throughput(sandbox: &Sandbox, client: &Client) -> Result<f64, Failure> {
    let url = format!("{}/api/platform/v1/shoppers", sandbox.bspk_url());
    let start = Instant::now();
    let mut calls = stream::iter(0..CALLS)
        .map(|number| {
            let shopper = json!({
                "shopper_ref": format!("CLI-{}", number % 1000),
                "first_name": "John",
                "last_name": "Smith",
                "email": "john.smith@example.com",
            });
            let request = client
                .post(&url)
                .bearer_auth(sandbox.bspk_key())
                .json(&json!({ "shopper": shopper }));
            async move { request.send().await?.error_for_status()?.bytes().await }
        })
        .buffer_unordered(CALLS_AT_ONCE);
    while let Some(body) = calls.next().await {
        body?;
    }
    Ok(CALLS as f64 / start.elapsed().as_secs_f64())
}

/// The memory of this process, in MiB; 0 where the system has no such file.
fn resident() -> Result<f64, Failure> {
    let Ok(status) = fs::read_to_string("/proc/self/status") else {
        return Ok(0.0);
    };
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.split_whitespace().next());
    Ok(kilobytes.unwrap_or("0").parse::<f64>()? / 1024.0)
}

/// The memory of the page's objects once the unused ones are gone, in MiB.
async fn heap(browser: &Browser) -> Result<f64, Failure> {
    let script = "gc(); return performance.memory.usedJSHeapSize";
    let bytes = browser.execute(script, Vec::new()).await?;
    Ok(bytes.as_f64().unwrap_or_default() / 1024.0 / 1024.0)
}
