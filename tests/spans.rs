//! A call as `tracing` shows it. All tests listen to the same level, as each decides what the others hear.
#![cfg(feature = "client")]

mod support;

use std::{io, sync::Mutex};

use shoppers_sandbox::{Behaviour, Fault, Sandbox};
use tokio::io::AsyncReadExt;
use tracing_subscriber::fmt::format::FmtSpan;

use support::{bspk_in, by_email, every_attribute, gatsby_builder};

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
    let closed =
        place("http.response.status_code=503 error.type=503}: shoppers::core::attempt: close");
    assert!(closed < place("503 Service Unavailable attempt=1"), "{log}");
    assert!(closed < place("http.response.status_code=200}: shoppers::core::attempt: close"));
}

#[tokio::test]
async fn a_write_that_is_dropped_when_it_may_have_happened_is_a_warning() {
    static WARNED: Mutex<Vec<u8>> = Mutex::new(Vec::new());
    struct Warnings;
    impl io::Write for Warnings {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            WARNED.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(|| Warnings)
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = silent.local_addr().unwrap();
    let shopper = by_email("john@example.com");

    // Its connection never comes about, as TLS is not answered.
    let unsent = gatsby_builder("key", &format!("https://{url}"))
        .build()
        .unwrap();
    let sent = gatsby_builder("key", &format!("http://{url}"))
        .build()
        .unwrap();
    let mut logs = Vec::new();
    for gatsby in [unsent, sent] {
        let mut call = Box::pin(gatsby.create_shopper(&shopper));
        let something_arrives = async {
            let (mut stream, _) = silent.accept().await.unwrap();
            stream.read_u8().await.unwrap();
        };
        tokio::select! {
            _ = &mut call => panic!("an answer"),
            () = something_arrives => {}
        }
        drop(call);
        logs.push(String::from_utf8(std::mem::take(&mut *WARNED.lock().unwrap())).unwrap());
    }

    let [of_unsent, of_sent] = &logs[..] else {
        panic!("two calls")
    };
    assert!(!of_unsent.contains("WARN"), "{of_unsent}");
    assert!(of_sent.contains("WARN"), "{of_sent}");
    assert!(of_sent.contains("create_shopper"), "{of_sent}");
    assert!(!of_sent.contains("john@example.com"), "{of_sent}");
}
