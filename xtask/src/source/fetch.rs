//! Reads addresses: one at a time, politely, and within bounds.

use std::{
    thread,
    time::{Duration, Instant},
};

use ureq::{Agent, Error};

use super::{
    Problem,
    address::{Address, shown},
};

/// Pages that one run may read.
pub const PAGES: usize = 300;
/// Bytes that one page may have.
const PAGE: u64 = 4 << 20;
/// Bytes that all pages together may have.
const PAGES_TOGETHER: usize = 64 << 20;
/// For one page.
const PATIENCE: Duration = Duration::from_secs(30);
/// For all pages together.
const WHOLE: Duration = Duration::from_secs(15 * 60);
/// Between two pages.
const PAUSE: Duration = Duration::from_millis(200);
/// Redirects within a host that one page may take.
const REDIRECTS: usize = 5;

/// The reason why an address gave no text.
#[derive(Debug)]
pub enum Failure {
    /// The page does not exist, or no longer: 404 or 410.
    Missing(u16),
    /// All else.
    Problem(Problem),
}

impl Failure {
    fn new(text: impl Into<String>) -> Self {
        Self::Problem(Problem::new(text))
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Missing(status) => Self::new(format!(
                "answered {status}: there is no such page; look for its new address in the vendor's llms.txt"
            )),
            Failure::Problem(problem) => problem,
        }
    }
}

/// Reads pages one after the other.
pub struct Reader {
    agent: Agent,
    began: Option<Instant>,
    read: usize,
}

impl Reader {
    pub fn new() -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent("shoppers-regen (https://crates.io/crates/shoppers)")
            // Mintlify gives Markdown to those who ask for it.
            .accept("text/markdown, text/plain, application/json, application/yaml, text/html;q=0.5, */*;q=0.1")
            .build()
            .new_agent();
        Self {
            agent,
            began: None,
            read: 0,
        }
    }

    /// The text behind an address.
    pub fn read(&mut self, address: &Address) -> Result<String, Failure> {
        match self.began {
            None => self.began = Some(Instant::now()),
            Some(began) if began.elapsed() > WHOLE => {
                return Err(Failure::new(format!(
                    "reading the pages took more than {} minutes; name fewer of them",
                    WHOLE.as_secs() / 60
                )));
            }
            Some(_) => thread::sleep(PAUSE),
        }
        let mut at = address.clone();
        for _ in 0..=REDIRECTS {
            let mut answer = self
                .agent
                .get(at.as_str())
                .call()
                .map_err(|err| unreachable(&err))?;
            let status = answer.status().as_u16();
            match status {
                200 => {
                    let body = answer.body_mut().with_config().limit(PAGE);
                    let text = body.read_to_string().map_err(|err| unreadable(&err))?;
                    self.read += text.len();
                    if self.read > PAGES_TOGETHER {
                        return Err(Failure::new(format!(
                            "with it the pages are larger than {} MiB together; name fewer of them",
                            PAGES_TOGETHER >> 20
                        )));
                    }
                    return Ok(text);
                }
                301 | 302 | 303 | 307 | 308 => {
                    let to = answer
                        .headers()
                        .get("location")
                        .and_then(|it| it.to_str().ok());
                    let to = to.ok_or_else(|| {
                        Failure::new(format!("answered {status} and does not say where to"))
                    })?;
                    let next = at.join(to).map_err(|err| {
                        Failure::new(format!("redirects to {}: {err}", shown(to)))
                    })?;
                    if !next.is_beside(address) {
                        return Err(Failure::new(format!(
                            "redirects to another host, {}, which is not followed; if the vendor has moved there, \
                             name {next} as the source",
                            next.authority()
                        )));
                    }
                    at = next;
                }
                404 | 410 => return Err(Failure::Missing(status)),
                401 | 403 => {
                    return Err(Failure::new(format!(
                        "answered {status}: the page needs a login; save it from a browser and name the file"
                    )));
                }
                429 | 500..=599 => {
                    return Err(Failure::new(format!("answered {status}; try again later")));
                }
                _ => return Err(Failure::new(format!("answered {status}, expected 200"))),
            }
        }
        Err(Failure::new(format!(
            "redirects more than {REDIRECTS} times"
        )))
    }
}

/// The remedy when a host does not respond.
fn unreachable(err: &Error) -> Failure {
    let remedy = "look at the network (proxies are read from HTTPS_PROXY), or save the page and name the file";
    match err {
        Error::HostNotFound => {
            Failure::new(format!("there is no such host, or no network; {remedy}"))
        }
        Error::Timeout(_) => Failure::new(format!(
            "no answer within {} s; {remedy}",
            PATIENCE.as_secs()
        )),
        Error::Io(err) => Failure::new(format!("could not be reached: {err}; {remedy}")),
        err => Failure::new(format!("could not be read: {err}; {remedy}")),
    }
}

fn unreadable(err: &Error) -> Failure {
    match err {
        Error::BodyExceedsLimit(_) => Failure::new(format!(
            "is larger than {} MiB, which no page of a vendor's is; is it the right address?",
            PAGE >> 20
        )),
        Error::Io(err) if err.kind() == std::io::ErrorKind::InvalidData => {
            Failure::new("is not text in UTF-8; is it the right address?")
        }
        err => Failure::new(format!("broke off: {err}; try again")),
    }
}
