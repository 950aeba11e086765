//! Whether the vendor's host can be reached, and if not, how far one comes.

use std::{
    error::Error,
    net::IpAddr,
    time::{Duration, Instant, SystemTime},
};

use reqwest::{Client, RequestBuilder, Response, Url, header::DATE};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{check::Check, clock};
use crate::output::harmless;

const PATIENCE: Duration = Duration::from_secs(10);

/// An HTTP client as the library has it.
pub fn http(url: &Url) -> Option<Client> {
    let http = match is_here(url) {
        true => shoppers::http_client().no_proxy(),
        false => shoppers::http_client(),
    };
    http.timeout(PATIENCE).build().ok()
}

/// Asks the host for anything, without a key. Says whether it answers, and what time it is there.
pub async fn reach(http: &Client, url: &Url) -> (bool, Vec<Check>) {
    let start = Instant::now();
    match http.get(url.clone()).send().await {
        Ok(answer) => (true, answered(url, start.elapsed(), &answer)),
        Err(err) => (false, vec![silence(url, &err.without_url()).await]),
    }
}

/// What an answer to a request was, by its status and headers.
pub async fn ask(request: RequestBuilder) -> Result<Response, Check> {
    request.send().await.map_err(|err| {
        Check::fail(
            "call",
            format!("no answer: {}", cause(&err.without_url())),
            "try again",
        )
    })
}

fn answered(url: &Url, elapsed: Duration, answer: &Response) -> Vec<Check> {
    let how = match url.scheme() {
        "https" => "over TLS",
        _ => "without TLS, as it is on this machine",
    };
    let host = format!(
        "{} answers {how}, in {} ms",
        place(url),
        elapsed.as_millis()
    );
    let date = answer.headers().get(DATE);
    let date = date.and_then(|date| date.to_str().ok());
    vec![
        Check::ok("host", host),
        clock::check(SystemTime::now(), date),
    ]
}

/// Finds out how far one comes.
async fn silence(url: &Url, err: &reqwest::Error) -> Check {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or_default();
    let place = place(url);
    let Ok(Ok(addresses)) = timeout(PATIENCE, lookup_host((host, port))).await else {
        return Check::fail(
            "dns",
            format!("this machine finds no address for {place}"),
            "check the base URL, the network, and whether calls have to go through HTTPS_PROXY",
        );
    };
    let mut refusal = "it has no address".to_owned();
    for address in addresses {
        match timeout(PATIENCE, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return broken(url, err),
            Ok(Err(err)) => refusal = err.to_string(),
            Err(_) => refusal = format!("nothing within {} s", PATIENCE.as_secs()),
        }
    }
    Check::fail(
        "tcp",
        format!("no connection with {place}: {refusal}"),
        "check the base URL, whether a firewall is in between, and whether calls have to go through HTTPS_PROXY",
    )
}

/// It takes connections, and yet does not answer.
fn broken(url: &Url, err: &reqwest::Error) -> Check {
    let place = place(url);
    match url.scheme() == "https" && err.is_connect() {
        true => Check::fail(
            "tls",
            format!("no TLS with {place}: {}", cause(err)),
            "check whether this machine's root certificates and its clock are right, and whether a proxy is in between",
        ),
        false => Check::fail(
            "http",
            format!(
                "{place} takes the connection and gives no answer: {}",
                cause(err)
            ),
            "check whether it is the vendor that listens there",
        ),
    }
}

/// The last cause of an error, which says what happened.
fn cause(err: &reqwest::Error) -> String {
    let mut cause: &dyn Error = err;
    while let Some(source) = cause.source() {
        cause = source;
    }
    harmless(&cause.to_string())
}

/// The URL without what may be secret in it.
fn place(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// As in the library: what goes to this machine goes past any proxy.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = |address: IpAddr| address.is_loopback();
    host == "localhost" || address.parse().is_ok_and(is_loopback)
}
