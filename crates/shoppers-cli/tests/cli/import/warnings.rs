//! Rows that BSPK stores with warnings.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Harness, end};

const EMAIL: &str = "email does not look like an address";
const PHONE: &str = "mobile_phone has no country code";

const ROWS: &str = "Nr,email,mobile_phone\n\
    A,\"john, at home\",\n\
    B,b@example.com,+15550100200\n\
    C,jane,0151\n";

const WORDS: &str = "bspk import s.csv --map Nr=shopper_ref --concurrency 1";

fn warnings() -> String {
    format!(
        "line,code,reason,Nr,email,mobile_phone\n\
         2,warning,{EMAIL},A,\"john, at home\",\n\
         4,warning,{EMAIL}; {PHONE},C,jane,0151\n"
    )
}

#[tokio::test]
async fn rows_with_warnings_can_be_fixed_and_imported() {
    let harness = Harness::new().await;
    harness.write("s.csv", ROWS);

    let run = harness.run(WORDS).await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("3 rows: 3 stored (2 with warnings), 0 rejected, 0 ambiguous\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .ends_with("\n2 rows in s.csv.warnings.csv: stored with warnings; check them\n"),
        "{}",
        run.stdout
    );
    assert_eq!(harness.read("s.csv.warnings.csv"), warnings());
    assert_eq!(
        harness.files(),
        ["s.csv", "s.csv.journal", "s.csv.warnings.csv"]
    );

    let fixed = warnings().replace("jane,0151", "jane@example.com,+49151");
    harness.write("fixed.csv", fixed);
    let run = harness
        .run("bspk import fixed.csv --map Nr=shopper_ref --output json")
        .await;

    run.ended(0, [2, 0, 0, 0]);
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 3);
    let c = harness.sandbox.bspk_shopper("C").unwrap_or_default();
    assert_eq!(c["email"], "jane@example.com");
    assert_eq!(
        harness.read("fixed.csv.warnings.csv"),
        format!("line,code,reason,Nr,email,mobile_phone\n2,warning,{EMAIL},A,\"john, at home\",\n")
    );
}

#[tokio::test]
async fn warnings_of_json_lines_are_json_lines() {
    let harness = Harness::new().await;
    let row = json!({"shopper_ref": "A", "email": "john"});
    harness.write("s.jsonl", format!("{row}\n{{\"shopper_ref\": \"B\"}}\n"));

    let run = harness.run("bspk import s.jsonl --output json").await;

    run.ended(0, [2, 0, 0, 0]);
    let names = run.json().as_object().map_or(0, |it| it.len());
    assert_eq!(names, 8, "warnings are not in the JSON");
    assert!(
        run.stderr
            .contains("1 row in s.jsonl.warnings.jsonl: stored with warnings"),
        "{}",
        run.stderr
    );
    let warnings = harness.read("s.jsonl.warnings.jsonl");
    let found: Value = serde_json::from_str(&warnings).unwrap();
    let expected = json!({"line": 1, "code": "warning", "reason": EMAIL, "row": row});
    assert_eq!(found, expected);

    let run = harness
        .run("bspk import s.jsonl.warnings.jsonl --output json")
        .await;

    assert_eq!(run.counts(), [1, 0, 0, 0], "{}", run.stderr);
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 2);
}

#[tokio::test]
async fn warnings_of_stdin_are_beside_the_journal() {
    let harness = Harness::new().await;
    harness.write("s.csv", ROWS.replace("Nr", "shopper_ref"));

    let script = "\"$SHOPPERS\" bspk import - --journal j --concurrency 1 < s.csv";
    let run = end(harness.shell(script).spawn().unwrap()).await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(harness.files(), ["j", "j.warnings.csv", "s.csv"]);
    assert_eq!(
        harness.read("j.warnings.csv"),
        warnings().replace("Nr", "shopper_ref")
    );
}

#[tokio::test]
async fn wherever_a_journal_is_torn_each_row_is_listed_once() {
    let harness = Harness::new().await;
    harness.write("s.csv", ROWS);
    harness.run(WORDS).await;
    let whole = harness.read("s.csv.journal");
    let ends = whole.match_indices('\n').map(|(end, _)| end + 1);

    for (done, end) in ends.enumerate() {
        // The row was written, and its record was lost.
        harness.write("s.csv.journal", &whole[..end]);
        harness.write("s.csv.warnings.csv", warnings());
        let run = harness.run(&format!("{WORDS} --output json")).await;

        run.ended(0, [3, 0, 0, done as u64]);
        assert!(
            run.stderr
                .contains("2 rows in s.csv.warnings.csv: stored with warnings"),
            "{}",
            run.stderr
        );
        assert_eq!(harness.read("s.csv.warnings.csv"), warnings(), "{done}");
    }
}

#[tokio::test]
async fn warnings_of_another_import_are_not_overwritten() {
    let harness = Harness::new().await;
    harness.write("s.csv", ROWS);
    harness.run(WORDS).await;

    fs::remove_file(harness.path("s.csv.journal")).unwrap();
    for (more, why) in [
        ("", "s.csv.warnings.csv: rows of another import are in it"),
        (
            "--rejects s.csv.warnings.csv",
            "s.csv.warnings.csv: one file cannot hold two things",
        ),
    ] {
        let run = harness.run(&format!("{WORDS} {more}")).await;

        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(harness.files(), ["s.csv", "s.csv.warnings.csv"]);
    }
    assert_eq!(harness.read("s.csv.warnings.csv"), warnings());
    assert_eq!(harness.sandbox.bspk_tally().calls, 3);
}
