//! Files that change while they are imported, and rows that come one by one.

use std::{
    fs::OpenOptions,
    io::{Seek, SeekFrom, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use shoppers_sandbox::Behaviour;
use tokio::{
    io::AsyncWriteExt,
    time::{sleep, timeout},
};

use crate::support::{Harness, end, rows};

const ROWS: usize = 400;

/// Rows of 4 KiB, of which a file has many more than are read ahead.
fn long_rows() -> String {
    let city = "x".repeat(4080);
    let rows = (1..=ROWS).map(|row| format!("CLI-{row:03},{city}\n"));
    format!("shopper_ref,city\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn nothing_of_the_changed_part_of_a_file_is_sent() {
    let write_at_the_end = |path: &Path, back: i64, text: &str| {
        let mut file = OpenOptions::new().write(true).open(path).unwrap();
        file.seek(SeekFrom::End(-back)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    type Change<'a> = &'a dyn Fn(&Path);
    let changes: [(&str, Change); 4] = [
        ("another row", &|path| {
            write_at_the_end(path, 4089, "NEW-400")
        }),
        ("more rows", &|path| {
            write_at_the_end(path, 0, "NEW-401,Rome\n")
        }),
        ("a torn row", &|path| {
            let file = OpenOptions::new().write(true).open(path).unwrap();
            let bytes = file.metadata().unwrap().len();
            file.set_len(bytes - 2000).unwrap();
        }),
        ("all rows", &|path| {
            std::fs::write(path, long_rows().replace("CLI", "NEW")).unwrap();
        }),
    ];

    for (name, change) in changes {
        let latency = Behaviour::new().latency(Duration::from_millis(1), Duration::ZERO);
        let harness = Harness::with(latency).await;
        harness.write("s.csv", long_rows());
        let child = harness.start("bspk import s.csv --concurrency 1 --output json");
        while harness.sandbox.bspk_tally().calls == 0 {
            sleep(Duration::from_millis(1)).await;
        }
        change(&harness.path("s.csv"));
        let run = end(child).await;

        assert_eq!(run.code, Some(3), "{name}: {}", run.stderr);
        assert!(
            run.stderr.contains("the file changed during the import"),
            "{name}: {}",
            run.stderr
        );
        let torn = harness.sandbox.bspk_shopper("CLI-400");
        let whole = |it: &serde_json::Value| it["city"].as_str().is_some_and(|it| it.len() == 4080);
        assert!(torn.as_ref().is_none_or(whole), "{name}: {torn:?}");
        for row in 1..=ROWS + 1 {
            let new = harness.sandbox.bspk_shopper(&format!("NEW-{row:03}"));
            assert!(new.is_none(), "{name}: {new:?}");
        }

        harness.write("s.csv", long_rows());
        let run = harness.run("bspk import s.csv --output json").await;

        assert_eq!(
            (run.code, &run.counts()[..3]),
            (Some(0), &[ROWS as u64, 0, 0][..]),
            "{name}: {}",
            run.stderr
        );
        let tally = harness.sandbox.bspk_tally();
        assert_eq!((tally.calls, tally.shoppers), (ROWS as u64, ROWS as u64));
    }
}

/// Waits until the vendor has a shopper.
async fn until_stored(harness: &Harness, reference: &str) {
    let stored = async {
        while harness.sandbox.bspk_shopper(reference).is_none() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    let in_time = timeout(Duration::from_secs(20), stored).await;
    assert!(in_time.is_ok(), "{reference} is not sent");
}

#[tokio::test]
async fn rows_that_trickle_in_are_sent_as_they_come() {
    for (format, head, first, second) in [
        (
            "csv",
            "shopper_ref,city\r\n",
            "A,Rome\r\n",
            "B,\"Rome\"\r\n",
        ),
        (
            "jsonl",
            "",
            "{\"shopper_ref\": \"A\"}\n",
            "{\"shopper_ref\": \"B\"}\n",
        ),
    ] {
        let harness = Harness::new().await;
        let words = format!("bspk import - --journal j --format {format} --output json");
        let mut command = harness.command(&words);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut rows = child.stdin.take().unwrap();

        rows.write_all(head.as_bytes()).await.unwrap();
        rows.write_all(first.as_bytes()).await.unwrap();
        until_stored(&harness, "A").await;
        rows.write_all(second.as_bytes()).await.unwrap();
        until_stored(&harness, "B").await;
        drop(rows);
        let run = end(child).await;

        run.ended(0, [2, 0, 0, 0]);
    }
}

#[tokio::test]
async fn rows_of_a_named_pipe_are_sent_as_they_come() {
    let harness = Harness::new().await;
    let made = Command::new("mkfifo").arg(harness.path("pipe")).status();
    assert!(made.unwrap().success());
    let run = harness.run("bspk import pipe").await;
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("--journal FILE"), "{}", run.stderr);

    let child = harness.start("bspk import pipe --journal j --output json");
    let path = harness.path("pipe");
    let open = move || OpenOptions::new().read(true).write(true).open(path);
    let mut pipe = tokio::task::spawn_blocking(open).await.unwrap().unwrap();
    pipe.write_all(b"shopper_ref,city\nA,Rome\n").unwrap();
    until_stored(&harness, "A").await;
    pipe.write_all(b"B,\n").unwrap();
    until_stored(&harness, "B").await;
    pipe.write_all(b"planted,planted,planted\n").unwrap();
    drop(pipe);
    let run = end(child).await;

    run.ended(1, [2, 1, 0, 0]);
    assert_eq!(harness.files(), ["j", "j.rejects.csv", "pipe"]);
}

#[tokio::test]
async fn a_header_that_is_too_long_is_refused() {
    let harness = Harness::new().await;
    let long = "x".repeat(70_000);
    for (name, header) in [
        ("a.csv", format!("email,{long}\n")),
        ("b.csv", format!("email{}city\n", ",Note".repeat(20_000))),
        ("c.csv", format!("email,\"{long}\",city\n")),
    ] {
        harness.write(name, format!("{header}a@example.com\n"));

        let run = harness
            .run(&format!("bspk import {name} --ignore-column Note"))
            .await;

        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("line 1: the header is longer than 64 KiB"),
            "{}",
            run.stderr.get(..200).unwrap_or(&run.stderr)
        );
    }
}

#[tokio::test]
async fn an_import_of_stdin_needs_a_journal_and_can_be_continued() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(20));

    let run = end(harness
        .shell("\"$SHOPPERS\" bspk import - < s.csv")
        .spawn()
        .unwrap())
    .await;
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--journal FILE"), "{}", run.stderr);

    let script = "\"$SHOPPERS\" bspk import - --journal j --output json < s.csv";
    let run = end(harness.shell(script).spawn().unwrap()).await;
    run.ended(0, [20, 0, 0, 0]);

    harness.write("s.csv", rows(25));
    let run = end(harness.shell(script).spawn().unwrap()).await;
    run.ended(0, [25, 0, 0, 20]);

    harness.write("s.csv", rows(25).replace("CLI-7,", "CLI-70,"));
    let run = end(harness.shell(script).spawn().unwrap()).await;
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("stdin: line 8: not the row that an earlier run found there"),
        "{}",
        run.stderr
    );
}

#[tokio::test]
async fn other_rows_on_stdin_are_not_taken_for_those_that_were_under_way() {
    let hour = Duration::from_secs(3600);
    let harness = Harness::with(Behaviour::new().latency(hour, Duration::ZERO)).await;
    let unknown = |name: &str| {
        rows(2)
            .replace("shopper_ref", "segment")
            .replace("CLI", name)
    };
    harness.write("s.csv", unknown("A"));
    harness.write("other.csv", unknown("B"));
    let script = |file| format!("exec \"$SHOPPERS\" bspk import - --journal j < {file}");
    let mut child = harness.shell(&script("s.csv")).spawn().unwrap();
    while harness.sandbox.bspk_tally().calls < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child.kill().await.unwrap();
    let journal = harness.read("j");

    let other = end(harness.shell(&script("other.csv")).spawn().unwrap()).await;
    let after_other = harness.read("j");
    let same = end(harness.shell(&script("s.csv")).spawn().unwrap()).await;

    assert_eq!(other.code, Some(2), "{}", other.stderr);
    assert_eq!(after_other, journal);
    assert_eq!(same.code, Some(1), "{}", same.stderr);
    assert!(same.stdout.contains("2 ambiguous"), "{}", same.stdout);
}
