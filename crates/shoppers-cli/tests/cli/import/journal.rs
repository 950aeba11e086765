//! Journals that cannot be written or continued, and the messages about them.

use std::{fs, os::unix::fs::symlink, time::Duration};

use shoppers_sandbox::{Behaviour, Sandbox};

use crate::support::{Harness, end, rows};

#[tokio::test]
async fn nothing_is_sent_if_the_journal_or_the_rejects_cannot_be_written() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(3));
    symlink("/dev/full", harness.path("full")).unwrap();
    let cases = [
        (
            "--journal full",
            "No space left on device",
            "make room on the disk",
        ),
        ("--journal /proc/none", "No such file", "create the folder"),
        (
            "--journal /dev/null/none",
            "Not a directory",
            "create the folder",
        ),
        (
            "--rejects /dev/null/none",
            "Not a directory",
            "create the folder",
        ),
        (
            "--rejects full",
            "not a file",
            "see --journal and --rejects",
        ),
        ("--journal .", "directory", "see --journal and --rejects"),
    ];

    for (more, why, remedy) in cases {
        let run = harness.run(&format!("bspk import s.csv {more}")).await;

        assert_eq!(run.code, Some(3), "{more}: {}", run.stderr);
        assert!(
            run.stderr.contains(why) && run.stderr.contains(remedy),
            "{more}: {}",
            run.stderr
        );
    }
    assert_eq!(harness.sandbox.bspk_tally().calls, 0);
}

#[tokio::test]
async fn a_full_disk_stops_the_import_and_loses_nothing() {
    let harness = Harness::new().await;
    harness.write(
        "s.csv",
        "email\n".to_owned()
            + &(1..=200)
                .map(|row| format!("s{row}@example.com\n"))
                .collect::<String>(),
    );

    // Files may have 4 KiB, and to write more is an error.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$SHOPPERS\" bspk import s.csv --concurrency 8";
    let full = end(harness.shell(script).spawn().unwrap()).await;

    assert_eq!(full.code, Some(3), "{}", full.stderr);
    assert!(
        full.stderr.contains("s.csv.journal: File too large"),
        "{}",
        full.stderr
    );
    assert!(full.stdout.contains("to continue: "), "{}", full.stdout);
    let sent = harness.sandbox.bspk_tally().shoppers;
    assert!(sent > 0 && sent < 200, "{sent}");

    let run = harness.run("bspk import s.csv --output json").await;
    let [stored, rejected, ambiguous, _] = run.counts();
    // As many rows were under way as the moment would have it.
    let code = i32::from(ambiguous > 0);
    assert_eq!(
        (run.code, rejected, stored + ambiguous),
        (Some(code), 0, 200),
        "{}",
        run.stderr
    );
    assert!(ambiguous <= 8, "{ambiguous}");
    assert_each_once(&harness, 200);
}

#[tokio::test]
async fn a_changed_file_is_refused() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(3));
    harness.run("bspk import s.csv").await;
    harness.write("s.csv", rows(4));

    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("s.csv is not the file that this import began with; to continue, restore that file; to start over, move the journal away"), "{}", run.stderr);
    assert_eq!(harness.sandbox.bspk_tally().calls, 3);
}

#[tokio::test]
async fn a_changed_file_starts_over_if_no_row_has_an_outcome() {
    let harness = Harness::new().await;
    // With a reference a row may be sent twice; without one, it is noted before it is sent.
    for (journal, before, after) in [
        ("a", rows(300), rows(2)),
        (
            "b",
            "email\na@example.com\n".into(),
            "email\nb@example.com\n".to_owned(),
        ),
    ] {
        let words = format!("bspk import s.csv --output json --journal {journal}");
        harness.write("s.csv", before);
        let mut command = harness.command(&words);
        let run = end(command.env("BSPK_API_KEY", "wrong").spawn().unwrap()).await;
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        harness.write("s.csv", &after);

        let run = harness.run(&words).await;
        let again = harness.run(&words).await;

        let all = after.lines().count() as u64 - 1;
        run.ended(0, [all, 0, 0, 0]);
        assert_eq!(again.counts(), [all, 0, 0, all], "{}", again.stderr);
    }
}

#[tokio::test]
async fn a_journal_is_not_begun_anew_beside_rows_that_were_set_aside() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(3));
    let mut command = harness.command("bspk import s.csv");
    end(command.env("BSPK_API_KEY", "wrong").spawn().unwrap()).await;
    harness.write("s.csv", rows(4));
    harness.write("s.csv.rejects.csv", "mine");

    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(harness.read("s.csv.rejects.csv"), "mine");
}

#[tokio::test]
async fn the_journal_of_another_import_is_refused() {
    let harness = Harness::new().await;
    harness.write(
        "s.csv",
        "channel.instagram.email,email\na@example.com,b@example.com\n",
    );
    harness
        .run("bspk import s.csv --ignore-column channel.instagram.email")
        .await;
    let cases = [
        (
            "gatsby import s.csv --ignore-column email",
            "the journal of an import by bspk upsert_shopper, not by gatsby ensure_shopper",
        ),
        (
            "bspk import s.csv --ignore-column email --map channel.instagram.email=email",
            "this import began with another --map",
        ),
        (
            "bspk import s.csv --ignore-column channel.instagram.email --journal s.csv",
            "not a journal of this version of shoppers",
        ),
    ];

    for (words, expected) in cases {
        let run = harness.run(words).await;

        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
    assert!(
        harness.read("s.csv").starts_with("channel"),
        "it is left as it was"
    );
}

#[tokio::test]
async fn a_torn_journal_is_continued_and_a_damaged_one_is_not() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(5));
    harness.run("bspk import s.csv").await;
    let whole = harness.read("s.csv.journal");

    harness.write("s.csv.journal", &whole[..whole.len() - 7]);
    let run = harness.run("bspk import s.csv --output json").await;
    run.ended(0, [5, 0, 0, 4]);
    assert_eq!(harness.sandbox.bspk_tally().calls, 6);

    harness.write("s.csv.journal", whole.replacen("stored", "stored ", 1));
    let run = harness.run("bspk import s.csv").await;
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("s.csv.journal: line 2 is damaged"),
        "{}",
        run.stderr
    );
}

#[tokio::test]
async fn a_journal_belongs_to_one_address() {
    let harness = Harness::new().await;
    let production = Sandbox::start().await.unwrap();
    harness.write("s.csv", rows(3));
    harness.run("bspk import s.csv").await;
    let elsewhere = async |more: &str| {
        let words = format!(
            "bspk import s.csv --base-url {} {more}",
            production.bspk_url()
        );
        let mut command = harness.command(&format!("{words} --output json"));
        command.env("BSPK_API_KEY", production.bspk_key());
        end(command.spawn().unwrap()).await
    };

    let refused = elsewhere("").await;
    let anew = elsewhere("--journal other").await;

    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    for expected in [
        harness.sandbox.bspk_url(),
        production.bspk_url(),
        "--journal",
    ] {
        assert!(
            refused.stderr.contains(expected),
            "{expected}: {}",
            refused.stderr
        );
    }
    anew.ended(0, [3, 0, 0, 0]);
    assert_eq!(production.bspk_tally().shoppers, 3);
}

#[tokio::test]
async fn a_journal_of_another_version_is_refused() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(3));
    let line = "shoppers-import-2 bspk upsert_shopper - - 0123 8c1dd9fa\n";
    harness.write("s.csv.journal", line);

    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("s.csv.journal: not a journal of this version of shoppers"),
        "{}",
        run.stderr
    );
    assert_eq!(harness.read("s.csv.journal"), line);
    assert_eq!(harness.sandbox.bspk_tally().calls, 0);
}

#[tokio::test]
async fn a_row_that_a_damaged_last_line_may_be_about_is_ambiguous() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(5).replace("shopper_ref", "segment"));
    let words = "bspk import s.csv --concurrency 1 --output json";
    harness.run(words).await;
    let whole = harness.read("s.csv.journal");
    let at = whole.find("\n3 4 ").unwrap() + 1;
    let (before, line) = (&whole[..at], whole[at..].lines().next().unwrap());
    let damaged = [
        line[..1].to_owned(),
        line[..9].to_owned(),
        line.to_owned(),
        line.replacen('3', "7", 1) + "\n",
        line.replace("started", "sdarted") + "\n",
        format!("{}~\n", &line[..line.len() - 1]),
    ];

    for last in damaged {
        harness.write("s.csv.journal", format!("{before}{last}"));
        let calls = harness.sandbox.bspk_tally().calls;

        let run = harness.run(words).await;

        run.ended(1, [4, 0, 1, 2]);
        assert_eq!(harness.sandbox.bspk_tally().calls, calls + 2);
        assert!(
            run.stderr.contains("s.csv.journal: its end is damaged"),
            "{}",
            run.stderr
        );
        let listed = harness.read("s.csv.ambiguous.csv");
        assert!(listed.contains("s3@example.com"), "{listed}");
        fs::remove_file(harness.path("s.csv.ambiguous.csv")).unwrap();
    }
}

#[tokio::test]
async fn a_journal_or_rejects_file_that_is_taken_away_stops_the_import() {
    let slow = Behaviour::new().latency(Duration::from_millis(5), Duration::ZERO);
    for name in ["s.csv.journal", "s.csv.rejects.csv"] {
        for replacement in [None, Some("")] {
            let harness = Harness::with(slow.clone()).await;
            let good = rows(2000);
            let bad = good.replacen(",s1@", ",s1@x\n,,s1@", 1);
            harness.write("s.csv", bad);
            let child = harness.start("bspk import s.csv --concurrency 2");
            while harness.sandbox.bspk_tally().calls < 3 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }

            fs::remove_file(harness.path(name)).unwrap();
            if let Some(text) = replacement {
                harness.write(name, text);
            }
            let run = end(child).await;

            assert_eq!(run.code, Some(3), "{name}: {}", run.stderr);
            assert!(
                run.stderr.contains(&format!("{name}: removed or replaced")),
                "{}",
                run.stderr
            );
        }
    }
}

#[tokio::test]
async fn two_imports_cannot_share_a_journal() {
    let slow = Behaviour::new().latency(Duration::from_secs(3600), Duration::ZERO);
    let harness = Harness::with(slow).await;
    harness.write("s.csv", rows(1));
    let first = harness.start("bspk import s.csv");
    while harness.sandbox.bspk_tally().calls == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(3));
    assert!(
        run.stderr.contains("another import is using it"),
        "{}",
        run.stderr
    );
    drop(first);
}

#[tokio::test]
async fn rejects_of_another_import_are_not_overwritten() {
    let harness = Harness::new().await;
    harness.write("s.csv", "shopper_ref,birthday\nA,x\nB,02-22\n");
    harness.run("bspk import s.csv").await;
    let rejects = harness.read("s.csv.rejects.csv");

    fs::remove_file(harness.path("s.csv.journal")).unwrap();
    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("s.csv.rejects.csv: rows of another import are in it; move it elsewhere"),
        "{}",
        run.stderr
    );
    assert_eq!(harness.read("s.csv.rejects.csv"), rejects);
    assert_eq!(harness.files(), ["s.csv", "s.csv.rejects.csv"]);
}

/// Asserts that each row is stored once, or listed as ambiguous.
fn assert_each_once(harness: &Harness, rows: usize) {
    let shoppers = harness.sandbox.bspk_shoppers();
    let mut emails: Vec<_> = shoppers
        .iter()
        .filter_map(|it| it["email"].as_str())
        .collect();
    emails.sort_unstable();
    let stored = emails.len();
    emails.dedup();
    assert_eq!(emails.len(), stored, "none is there twice");
    let ambiguous = harness.read("s.csv.ambiguous.csv");
    for row in 1..=rows {
        let email = format!("s{row}@example.com");
        assert!(
            emails.binary_search(&email.as_str()).is_ok() || ambiguous.contains(&email),
            "{email}"
        );
    }
}
