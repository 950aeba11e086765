//! Ctrl-C during a call.
#![cfg(unix)]

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use shoppers_sandbox::{Behaviour, Fault};

use crate::support::{sandbox, shoppers_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_interrupted_call_is_ambiguous() {
    let hour = Duration::from_secs(3600);
    let sandbox =
        sandbox(Behaviour::new().faults(1, [(Fault::SlowAnswer { delay: hour }, 1.0)])).await;
    let child = shoppers_in(&sandbox)
        .args("bspk upsert-shopper --set first_name=John --output json".split(' '))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    while sandbox.bspk_tally().calls == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    let ended = child.wait_with_output().unwrap();

    assert!(kill.unwrap().success());
    assert_eq!(ended.status.code(), Some(1));
    let err = String::from_utf8(ended.stderr).unwrap();
    assert!(err.contains("\"kind\":\"ambiguous\""), "{err}");
    assert!(err.contains("look at BSPK"), "{err}");
}
