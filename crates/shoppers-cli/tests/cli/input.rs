//! `--json` and `--set`: errors name their place, and nothing is sent.

use tempfile::tempdir;

use crate::support::{Run, file, run, run_with_stdin, shoppers_at, unreachable};

fn upsert(arguments: &str, input: &[u8]) -> Run {
    let mut command = shoppers_at(&unreachable());
    run_with_stdin(
        &mut command,
        &format!("bspk upsert-shopper {arguments}"),
        input,
    )
}

#[test]
fn an_error_in_json_has_its_line_and_column_or_its_name() {
    let cases: [(&[u8], &str); 16] = [
        (b"", "stdin: line 1, column 0: not JSON: EOF"),
        (
            b"{\"email\":\n planted}",
            "stdin: line 2, column 2: not JSON: expected value",
        ),
        (
            b"{\"email\": \"planted\"",
            "stdin: line 1, column 19: not JSON: EOF",
        ),
        (
            b"{} planted",
            "stdin: line 1, column 4: not JSON: trailing characters",
        ),
        (b"[{\"email\": \"planted\"}]", "stdin: expected one object"),
        (b"\"planted\"", "stdin: expected one object"),
        (
            b"{\"emial\": \"planted\"}",
            "stdin: no such attribute; did you mean `email`?",
        ),
        (
            b"{\"planted\": 1}",
            "stdin: a name that resembles no attribute; see --help",
        ),
        (b"{\"email\": 19820222}", "stdin: email: expected a string"),
        (
            b"{\"email\": [\"planted\"]}",
            "stdin: email: expected a string",
        ),
        (b"{\"birthday\": \"planted\"}", "stdin: birthday: "),
        (b"{\"profile_type\": \"planted\"}", "stdin: profile_type: "),
        (
            b"{\"email\": \"planted\", \"email\": \"b\"}",
            "a duplicate attribute",
        ),
        (b"{\"email\": \"\xff\"}", "stdin: not UTF-8 at byte 12"),
        (b"{\"email\": null}", "there is nothing to send"),
        (b"{}", "there is nothing to send"),
    ];

    for (json, reason) in cases {
        let result = upsert("--json -", json);

        assert_eq!(result.code, Some(2), "{result:?}");
        assert!(result.stderr.contains(reason), "{reason}: {result:?}");
        assert_eq!(result.stderr.lines().count(), 1, "{result:?}");
        assert!(
            !result.stderr.contains("planted") && !result.stderr.contains("1982"),
            "{result:?}"
        );
    }
}

#[test]
fn every_error_in_a_shopper_is_reported() {
    let result = upsert(
        "--json -",
        b"{\"birthday\": \"22.02.1982\", \"email_contact\": \"yes\", \"emial\": 1}",
    );

    for name in ["birthday: ", "email_contact: ", "did you mean `email`?"] {
        assert!(result.stderr.contains(name), "{result:?}");
    }
}

#[test]
fn an_error_in_set_has_its_number_or_its_name() {
    let cases = [
        (
            "--set emial=planted",
            "--set, value 1: no such attribute; did you mean `email`?",
        ),
        (
            "--set city=a planted=b",
            "--set, value 2: a name that resembles no attribute",
        ),
        ("--set planted", "--set, value 1: has no `=`"),
        ("--set email=", "--set, value 1: email is empty"),
        (
            "--set email=planted --set email=b",
            "--set, value 2: email is there twice",
        ),
        ("--set birthday=planted", "--set: birthday: "),
        ("--set email_contact=planted", "--set: email_contact: "),
        ("--set", "a value is required"),
        ("", "--json <FILE>|--set <NAME=VALUE>"),
    ];

    for (arguments, reason) in cases {
        let result = upsert(arguments, b"");

        assert_eq!(result.code, Some(2), "{arguments}: {result:?}");
        assert!(result.stderr.contains(reason), "{arguments}: {result:?}");
        assert!(
            !result.stderr.contains("planted"),
            "{arguments}: {result:?}"
        );
    }
}

#[test]
fn a_value_may_contain_an_equals_sign() {
    let result = upsert("--set shopper_ref=a=b --deadline 10ms", b"");

    assert_eq!(result.code, Some(3), "{result:?}");
}

#[test]
fn an_unreadable_file_is_named() {
    let folder = tempdir().unwrap();
    let long = file(&folder, "long.json", vec![b' '; 2 * 1024 * 1024]);
    let cases = [
        (
            format!("{}/none.json", folder.path().display()),
            "none.json: there is no such file",
        ),
        (folder.path().display().to_string(), "it is a folder"),
        (long, "longer than 1 MiB"),
    ];

    for (path, reason) in cases {
        let result = upsert(&format!("--json {path}"), b"");

        assert_eq!(result.code, Some(2), "{result:?}");
        assert!(
            result.stderr.contains(&path) && result.stderr.contains(reason),
            "{result:?}"
        );
    }
}

#[test]
fn json_in_the_arguments_is_not_repeated() {
    let cases = ["{\"email\":\"planted\",", " {planted", "\t[planted]"];

    for (verb, reason) in [
        (&["upsert-shopper", "--json"][..], "--json: line 1, column "),
        (&["import"], "FILE is a file, or `-`"),
        (&["import", "--dry-run"], "FILE is a file, or `-`"),
    ] {
        for shopper in cases {
            let mut command = shoppers_at(&unreachable());
            let result = run(command.arg("bspk").args(verb).arg(shopper), "");

            assert_eq!(result.code, Some(2), "{verb:?}: {result:?}");
            assert!(result.stderr.contains(reason), "{verb:?}: {result:?}");
            assert!(!result.stderr.contains("planted"), "{verb:?}: {result:?}");
        }
    }
}

#[test]
fn a_value_in_place_of_a_name_is_not_repeated() {
    for name in [
        "johnmeyer@example.com",
        "+15551234567",
        "John Meyer",
        "Emily",
        "Zip",
    ] {
        let json = format!("{{\"{name}\": 1, \"channel\": {{\"{name}\": 1}}}}");

        let result = upsert("--json -", json.as_bytes());

        assert_eq!(result.code, Some(2), "{result:?}");
        assert!(!result.stderr.contains(name), "{result:?}");
    }
}

#[test]
fn nested_names_are_suggested_with_dots() {
    let cases = [
        ("email=a", "did you mean `channel.instagram.email`?"),
        (
            "channel.tiktok.username=a",
            "did you mean `channel.tiktok.userName`?",
        ),
        ("channel.tiktok=a", "no such attribute"),
    ];

    for (pair, reason) in cases {
        let mut command = shoppers_at(&unreachable());
        let result = run(&mut command, &format!("gatsby create-shopper --set {pair}"));

        assert_eq!(result.code, Some(2), "{pair}: {result:?}");
        assert!(result.stderr.contains(reason), "{pair}: {result:?}");
    }
}
