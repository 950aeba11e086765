//! Checks of the vendor's host: DNS, TCP, TLS, HTTP and the clock.

use std::{
    error::Error,
    fmt,
    time::{Duration, Instant, SystemTime},
};

use reqwest::{Client, RequestBuilder, Response, Url, header::DATE};
use serde_json::{Value, json};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use crate::{connection::is_loopback, output::harmless};

const TIMEOUT: Duration = Duration::from_secs(10);

/// The difference between two clocks that is not reported: a `Date` has whole seconds, and takes time to arrive.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(5);

/// The result of one check. It contains no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    name: &'static str,
    pub finding: Finding,
    message: String,
    remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Ok,
    /// Calls may work.
    Warn,
    /// Calls will not work.
    Fail,
}

impl Check {
    pub fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            finding: Finding::Ok,
            message: message.into(),
            remedy: None,
        }
    }

    pub fn warn(name: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            finding: Finding::Warn,
            remedy: Some(remedy.into()),
            ..Self::ok(name, message)
        }
    }

    pub fn fail(name: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            finding: Finding::Fail,
            ..Self::warn(name, message, remedy)
        }
    }

    pub fn json(&self) -> Value {
        json!({
            "check": self.name,
            "result": self.finding.as_str(),
            "message": self.message,
            "remedy": self.remedy,
        })
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.finding.as_str();
        write!(f, "  {finding:4}  {}: {}", self.name, self.message)?;
        if let Some(remedy) = &self.remedy {
            write!(f, "\n        {remedy}")?;
        }
        Ok(())
    }
}

impl Finding {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// Makes an HTTP client with the library's settings, which sends calls to this machine past any proxy.
pub fn http_client(url: &Url) -> Option<Client> {
    let mut client = shoppers::http_client();
    if is_loopback(url) {
        client = client.no_proxy();
    }
    client.timeout(TIMEOUT).build().ok()
}

/// Sends a request without a key. Returns `true` if the host responds.
pub async fn check(http: &Client, url: &Url) -> (bool, Vec<Check>) {
    let start = Instant::now();
    match http.get(url.clone()).send().await {
        Ok(response) => (true, reached(url, start.elapsed(), &response)),
        Err(err) => (false, vec![unreachable(url, &err.without_url()).await]),
    }
}

pub async fn send(request: RequestBuilder) -> Result<Response, Check> {
    request.send().await.map_err(|err| {
        let message = format!("no response: {}", cause(&err.without_url()));
        Check::fail("call", message, "try again")
    })
}

fn reached(url: &Url, elapsed: Duration, response: &Response) -> Vec<Check> {
    let tls = if url.scheme() == "https" {
        "with TLS"
    } else {
        "without TLS, which is allowed on this machine"
    };
    let (origin, elapsed) = (origin(url), elapsed.as_millis());
    let host = format!("{origin} responds {tls}, in {elapsed} ms");
    let date = response.headers().get(DATE);
    let date = date.and_then(|date| date.to_str().ok());
    vec![Check::ok("host", host), clock(SystemTime::now(), date)]
}

/// Compares this machine's clock with the `Date` of a response that has just arrived.
fn clock(now: SystemTime, date: Option<&str>) -> Check {
    let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        return Check::warn(
            "clock",
            "the response has no date to compare with",
            "compare this machine's clock with another one",
        );
    };
    let (difference, direction) = match now.duration_since(date) {
        Ok(ahead) => (ahead, "ahead of"),
        Err(err) => (err.duration(), "behind"),
    };
    let message = format!("{} s {direction} the vendor's", difference.as_secs());
    if difference <= CLOCK_TOLERANCE {
        return Check::ok("clock", message);
    }
    Check::warn(
        "clock",
        message,
        "set this machine's clock (NTP): certificates and times in logs depend on it",
    )
}

/// Finds the step at which a connection fails.
async fn unreachable(url: &Url, err: &reqwest::Error) -> Check {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default().unwrap_or_default();
    let origin = origin(url);
    let Ok(Ok(addresses)) = timeout(TIMEOUT, lookup_host((host, port))).await else {
        return Check::fail(
            "dns",
            format!("this machine finds no address for {origin}"),
            "check the base URL and the network; behind a proxy, set HTTPS_PROXY",
        );
    };
    let mut refusal = "it has no address".to_owned();
    for address in addresses {
        match timeout(TIMEOUT, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return connected(url, err),
            Ok(Err(err)) => refusal = err.to_string(),
            Err(_) => refusal = format!("no answer within {} s", TIMEOUT.as_secs()),
        }
    }
    Check::fail(
        "tcp",
        format!("no connection to {origin}: {refusal}"),
        "check the base URL and the firewalls; behind a proxy, set HTTPS_PROXY",
    )
}

/// Reports a host that accepts connections and does not respond.
fn connected(url: &Url, err: &reqwest::Error) -> Check {
    let (origin, cause) = (origin(url), cause(err));
    if url.scheme() == "https" && err.is_connect() {
        return Check::fail(
            "tls",
            format!("no TLS with {origin}: {cause}"),
            "check this machine's root certificates and clock, and if a proxy intercepts TLS",
        );
    }
    Check::fail(
        "http",
        format!("{origin} accepts the connection and does not respond: {cause}"),
        "check that the base URL is the vendor's",
    )
}

/// The innermost cause of an error, which says most.
fn cause(err: &reqwest::Error) -> String {
    let mut cause: &dyn Error = err;
    while let Some(source) = cause.source() {
        cause = source;
    }
    harmless(&cause.to_string())
}

/// The URL without its path, query and password.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_clock_is_reported_in_seconds() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let cases = [
            (
                Some("Sun, 09 Sep 2001 01:46:40 GMT"),
                "  ok    clock: 0 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 01:46:35 GMT"),
                "  ok    clock: 5 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 01:46:34 GMT"),
                "  warn  clock: 6 s ahead of the vendor's",
            ),
            (
                Some("Sun, 09 Sep 2001 02:46:40 GMT"),
                "  warn  clock: 3600 s behind the vendor's",
            ),
            (Some("yesterday"), "  warn  clock: the response has no date"),
            (None, "  warn  clock: the response has no date"),
        ];

        for (date, expected) in cases {
            let shown = clock(now, date).to_string();

            assert!(shown.starts_with(expected), "{shown}");
        }
    }
}
