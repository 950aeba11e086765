//! Start, stop, and the recorded requests.

use std::{io::ErrorKind, time::Duration};

use serde_json::json;
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::wire::{
    UPSERT, client, connect, create, gatsby, raw_upsert, read, sandbox, upsert, written,
};

fn address(sandbox: &Sandbox) -> String {
    sandbox.bspk_url().trim_start_matches("http://").to_owned()
}

#[tokio::test]
async fn both_vendors_share_a_port_of_the_loopback_address() {
    let sandbox = sandbox().await;

    assert!(sandbox.bspk_url().starts_with("http://127.0.0.1:"));
    assert_eq!(sandbox.bspk_url(), sandbox.gatsby_url());
}

#[tokio::test]
async fn a_port_can_be_chosen_and_one_in_use_is_an_error() {
    let first = sandbox().await;
    let port = address(&first).rsplit(':').next().unwrap().parse().unwrap();

    let taken = Sandbox::builder().port(port).start().await;
    first.stop().await;
    let free = Sandbox::builder().port(port).start().await.unwrap();

    assert_eq!(taken.unwrap_err().kind(), ErrorKind::AddrInUse);
    assert!(free.bspk_url().ends_with(&format!(":{port}")));
}

#[tokio::test]
async fn a_dropped_sandbox_leaves_no_task_and_no_connection() {
    let sandbox = Sandbox::builder()
        .bspk(Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO));
    let sandbox = sandbox.start().await.unwrap();
    let address = address(&sandbox);
    let mut idle = connect(&sandbox).await;
    let mut busy = connect(&sandbox).await;
    busy.write_all(written(&sandbox, json!({})).as_bytes())
        .await
        .unwrap();
    while sandbox.bspk_tally().calls == 0 {
        tokio::task::yield_now().await;
    }
    let tasks = || {
        tokio::runtime::Handle::current()
            .metrics()
            .num_alive_tasks()
    };
    assert_eq!(tasks(), 3);

    drop(sandbox);
    while tasks() > 0 {
        tokio::task::yield_now().await;
    }

    for stream in [&mut idle, &mut busy] {
        assert!(matches!(stream.read(&mut [0; 16]).await, Ok(0) | Err(_)));
    }
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn stop_returns_after_every_connection_is_closed() {
    let sandbox = sandbox().await;
    let address = address(&sandbox);
    let mut idle = connect(&sandbox).await;

    sandbox.stop().await;

    assert!(TcpStream::connect(address).await.is_err());
    assert!(matches!(idle.read(&mut [0; 16]).await, Ok(0) | Err(_)));
}

#[tokio::test]
async fn a_connection_can_be_reused() {
    let sandbox = sandbox().await;
    let mut stream = connect(&sandbox).await;

    for shopper_ref in ["A", "B", "C"] {
        let call = written(&sandbox, json!({"shopper_ref": shopper_ref}));
        stream.write_all(call.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).await.unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200 OK"));
    }

    assert_eq!(sandbox.bspk_tally().made, 3);
}

#[tokio::test]
async fn a_call_is_carried_out_after_its_caller_has_gone() {
    let slow = Behaviour::new().latency(Duration::from_millis(4), Duration::ZERO);
    let sandbox = Sandbox::builder().bspk(slow).start().await.unwrap();
    let mut stream = connect(&sandbox).await;

    let call = written(&sandbox, json!({"shopper_ref": "A"}));
    stream.write_all(call.as_bytes()).await.unwrap();
    while sandbox.bspk_tally().calls == 0 {
        tokio::task::yield_now().await;
    }
    drop(stream);
    while sandbox.bspk_shopper("A").is_none() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    assert_eq!(sandbox.bspk_tally().made, 1);
}

#[tokio::test]
async fn a_body_of_any_size_is_accepted() {
    let sandbox = sandbox().await;
    let large = "x".repeat(5_000_000);

    let bspk = read(upsert(&sandbox, json!({"address": large}))).await;
    let gatsby = read(create(&sandbox, &large)).await;

    assert_eq!((bspk.0, gatsby.0), (200, 200));
    assert_eq!(sandbox.bspk_shoppers()[0]["address"], large);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_sandbox_answers_no_call() {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    for _ in 0..100 {
        let sandbox = sandbox().await;
        let address = address(&sandbox);
        let call = written(&sandbox, json!({}));
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(call.as_bytes()).unwrap();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);

        drop(sandbox);

        assert!(TcpStream::connect(&address).is_err());
        let _ = stream.write_all(call.as_bytes());
        assert!(matches!(stream.read(&mut [0; 4096]), Ok(0) | Err(_)));
    }
}

#[tokio::test]
async fn requests_are_recorded_as_they_were_sent() {
    let sandbox = sandbox().await;

    read(upsert(&sandbox, json!({"shopper_ref": "A"}))).await;
    read(gatsby(&sandbox, "GET", "?phone=%2B1555").header("version", "1.1")).await;
    client()
        .get(format!("{}/nowhere", sandbox.bspk_url()))
        .send()
        .await
        .unwrap();

    let requests = sandbox.requests();
    let [upsert, search, nowhere] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(
        (upsert.method(), upsert.path(), upsert.query()),
        ("POST", UPSERT, None)
    );
    assert_eq!(
        upsert.header("Authorization"),
        Some("Bearer sandbox_bspk_key")
    );
    assert_eq!(upsert.header("version"), None);
    assert_eq!(
        upsert.json(),
        Some(json!({"shopper": {"shopper_ref": "A"}}))
    );
    assert_eq!(
        (search.path(), search.query()),
        ("/public/shopper", Some("phone=%2B1555"))
    );
    assert_eq!(
        search.header("authorization"),
        Some("pk_sandbox_gatsby_key")
    );
    assert!(
        search
            .headers()
            .any(|it| it == ("version", b"1.1".as_slice()))
    );
    assert_eq!((search.body(), search.json()), (&b""[..], None));
    assert_eq!(nowhere.path(), "/nowhere");
}

#[tokio::test]
async fn only_the_latest_requests_are_recorded() {
    for (kept, paths) in [(2, vec!["/2", "/3"]), (0, vec![])] {
        let sandbox = Sandbox::builder().requests(kept).start().await.unwrap();

        for path in ["/1", "/2", "/3"] {
            client()
                .get(format!("{}{path}", sandbox.bspk_url()))
                .send()
                .await
                .unwrap();
        }

        let seen = sandbox.requests();
        assert_eq!(seen.iter().map(|it| it.path()).collect::<Vec<_>>(), paths);
    }
}

#[tokio::test]
async fn a_request_that_is_not_carried_out_is_recorded() {
    let closing = Behaviour::new().script([(1, Fault::ClosedBefore)]);
    let sandbox = Sandbox::builder().bspk(closing).start().await.unwrap();

    raw_upsert(&sandbox, json!({"shopper_ref": "A"})).await;

    assert_eq!(
        sandbox.requests()[0].json(),
        Some(json!({"shopper": {"shopper_ref": "A"}}))
    );
}

#[tokio::test]
async fn debug_shows_no_personal_data_and_no_key() {
    let sandbox = sandbox().await;

    read(create(&sandbox, "john@example.com")).await;
    read(gatsby(&sandbox, "GET", "?email=john@example.com")).await;
    read(gatsby(&sandbox, "GET", "/john")).await;
    read(gatsby(&sandbox, "JOHN", "/john/meyer")).await;

    let shown = format!(
        "{sandbox:?} {:?} {:?}",
        sandbox.requests(),
        sandbox.gatsby_tally()
    );
    assert!(
        !shown.to_lowercase().contains("john") && !shown.contains(sandbox.gatsby_key()),
        "{shown}"
    );
}

#[tokio::test]
async fn a_sandbox_does_not_start_with_a_behaviour_out_of_range() {
    let impossible = || Behaviour::new().quota(Quota::fixed(1, Duration::ZERO));

    let bspk = Sandbox::builder()
        .bspk(impossible())
        .start()
        .await
        .unwrap_err();
    let gatsby = Sandbox::builder()
        .gatsby(impossible())
        .start()
        .await
        .unwrap_err();

    assert_eq!(
        (bspk.kind(), gatsby.kind()),
        (ErrorKind::InvalidInput, ErrorKind::InvalidInput)
    );
    assert!(sandbox().await.bspk_behaves(impossible()).is_err());
}
