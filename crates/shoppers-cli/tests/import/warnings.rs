//! Rows that BSPK stores with warnings.

use std::fs;

use serde_json::{Value, json};

use crate::workshop::{Workshop, end};

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
    let workshop = Workshop::new().await;
    workshop.write("s.csv", ROWS);

    let run = workshop.run(WORDS).await;

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
    assert_eq!(workshop.read("s.csv.warnings.csv"), warnings());
    assert_eq!(
        workshop.files(),
        ["s.csv", "s.csv.journal", "s.csv.warnings.csv"]
    );

    let fixed = warnings().replace("jane,0151", "jane@example.com,+49151");
    workshop.write("fixed.csv", fixed);
    let run = workshop
        .run("bspk import fixed.csv --map Nr=shopper_ref --output json")
        .await;

    assert_eq!((run.code, run.counts()), (Some(0), [2, 0, 0, 0]));
    assert_eq!(workshop.sandbox.bspk_tally().shoppers, 3);
    let c = workshop.sandbox.bspk_shopper("C").unwrap_or_default();
    assert_eq!(c["email"], "jane@example.com");
    assert_eq!(
        workshop.read("fixed.csv.warnings.csv"),
        format!("line,code,reason,Nr,email,mobile_phone\n2,warning,{EMAIL},A,\"john, at home\",\n")
    );
}

#[tokio::test]
async fn warnings_of_json_lines_are_json_lines() {
    let workshop = Workshop::new().await;
    let row = json!({"shopper_ref": "A", "email": "john"});
    workshop.write("s.jsonl", format!("{row}\n{{\"shopper_ref\": \"B\"}}\n"));

    let run = workshop.run("bspk import s.jsonl --output json").await;

    assert_eq!((run.code, run.counts()), (Some(0), [2, 0, 0, 0]));
    let names = run.summary().as_object().map_or(0, |it| it.len());
    assert_eq!(names, 8, "warnings are not in the JSON");
    assert!(
        run.stderr
            .contains("1 row in s.jsonl.warnings.jsonl: stored with warnings"),
        "{}",
        run.stderr
    );
    let warnings = workshop.read("s.jsonl.warnings.jsonl");
    let found: Value = serde_json::from_str(&warnings).unwrap();
    let expected = json!({"line": 1, "code": "warning", "reason": EMAIL, "row": row});
    assert_eq!(found, expected);

    let run = workshop
        .run("bspk import s.jsonl.warnings.jsonl --output json")
        .await;

    assert_eq!(run.counts(), [1, 0, 0, 0], "{}", run.stderr);
    assert_eq!(workshop.sandbox.bspk_tally().shoppers, 2);
}

#[tokio::test]
async fn warnings_of_stdin_are_beside_the_journal() {
    let workshop = Workshop::new().await;
    workshop.write("s.csv", ROWS.replace("Nr", "shopper_ref"));

    let script = "\"$SHOPPERS\" bspk import - --journal j --concurrency 1 < s.csv";
    let run = end(workshop.shell(script).spawn().unwrap()).await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(workshop.files(), ["j", "j.warnings.csv", "s.csv"]);
    assert_eq!(
        workshop.read("j.warnings.csv"),
        warnings().replace("Nr", "shopper_ref")
    );
}

#[tokio::test]
async fn wherever_a_journal_is_torn_each_row_is_listed_once() {
    let workshop = Workshop::new().await;
    workshop.write("s.csv", ROWS);
    workshop.run(WORDS).await;
    let whole = workshop.read("s.csv.journal");
    let ends = whole.match_indices('\n').map(|(end, _)| end + 1);

    for (done, end) in ends.enumerate() {
        // The row was written, and its record was lost.
        workshop.write("s.csv.journal", &whole[..end]);
        workshop.write("s.csv.warnings.csv", warnings());
        let run = workshop.run(&format!("{WORDS} --output json")).await;

        assert_eq!(
            (run.code, run.counts()),
            (Some(0), [3, 0, 0, done as u64]),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr
                .contains("2 rows in s.csv.warnings.csv: stored with warnings"),
            "{}",
            run.stderr
        );
        assert_eq!(workshop.read("s.csv.warnings.csv"), warnings(), "{done}");
    }
}

#[tokio::test]
async fn warnings_of_another_import_are_not_overwritten() {
    let workshop = Workshop::new().await;
    workshop.write("s.csv", ROWS);
    workshop.run(WORDS).await;

    fs::remove_file(workshop.path("s.csv.journal")).unwrap();
    for (more, why) in [
        ("", "s.csv.warnings.csv: rows of another import are in it"),
        (
            "--rejects s.csv.warnings.csv",
            "s.csv.warnings.csv: one file cannot hold two things",
        ),
    ] {
        let run = workshop.run(&format!("{WORDS} {more}")).await;

        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(workshop.files(), ["s.csv", "s.csv.warnings.csv"]);
    }
    assert_eq!(workshop.read("s.csv.warnings.csv"), warnings());
    assert_eq!(workshop.sandbox.bspk_tally().calls, 3);
}
