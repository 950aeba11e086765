//! What is seen of a call by `tracing`. One test, as others beside it would decide what is listened to.
#![cfg(all(feature = "client", feature = "sandbox"))]

mod support;

use std::{io, sync::Mutex};

use shoppers::sandbox::{Behaviour, Fault, Sandbox};
use tracing_subscriber::fmt::format::FmtSpan;

use support::{bspk_in, every_attribute};

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_attempt_has_ended_with_its_status_before_what_follows_it() {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(|| Log)
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let behaviour = Behaviour::new().script([(1, Fault::ServiceUnavailable { retry_after: None })]);
    let sandbox = Sandbox::builder().bspk(behaviour).start().await.unwrap();

    let shopper = every_attribute();
    let stored = bspk_in(&sandbox).upsert_shopper(&shopper).await;

    stored.unwrap();
    let log = String::from_utf8(LOGGED.lock().unwrap().clone()).unwrap();
    let place = |words: &str| log.find(words).unwrap_or_else(|| panic!("{words}: {log}"));
    let closed = place("http.response.status_code=503 error.type=503}: shoppers::call: close");
    assert!(closed < place("answered 503 attempt=1"), "{log}");
    assert!(closed < place("http.response.status_code=200}: shoppers::call: close"));
}
