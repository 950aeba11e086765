//! `--json` and `--set`: what is wrong with a shopper is told by its place, and nothing is sent.

use crate::program::{Told, file, folder, nobody, run, run_with, shoppers, told};

fn upsert(arguments: &str, input: &[u8]) -> Told {
    let mut command = shoppers();
    command
        .env("BSPK_API_KEY", "key_1")
        .env("BSPK_BASE_URL", nobody());
    run_with(&mut command, &format!("bspk upsert {arguments}"), input)
}

#[test]
fn what_is_wrong_with_json_is_told_by_line_and_column_or_by_name() {
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
            "stdin: emial: no such attribute; is it `email`?",
        ),
        (
            b"{\"planted\": 1}",
            "stdin: a name that is nothing like any attribute's",
        ),
        (b"{\"email\": 19820222}", "stdin: email: expected a text"),
        (
            b"{\"email\": [\"planted\"]}",
            "stdin: email: expected a text",
        ),
        (
            b"{\"birthday\": \"planted\"}",
            "stdin: birthday: invalid birthday: expected YYYY-MM-DD",
        ),
        (
            b"{\"profile_type\": \"planted\"}",
            "stdin: profile_type: expected person or organization",
        ),
        (
            b"{\"email\": \"planted\", \"email\": \"b\"}",
            "an attribute that is there twice",
        ),
        (b"{\"email\": \"\xff\"}", "stdin: not UTF-8 at byte 12"),
        (b"{\"email\": null}", "the shopper has no attribute"),
        (b"{}", "the shopper has no attribute"),
    ];

    for (json, reason) in cases {
        let told = upsert("--json -", json);

        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.err.contains(reason), "{reason}: {told:?}");
        assert_eq!(told.err.lines().count(), 1, "{told:?}");
        assert!(
            !told.err.contains("planted") && !told.err.contains("1982"),
            "{told:?}"
        );
    }
}

#[test]
fn every_fault_of_a_shopper_is_told_at_once() {
    let told = upsert(
        "--json -",
        b"{\"birthday\": \"22.02.1982\", \"email_contact\": \"yes\", \"emial\": 1}",
    );

    for name in ["birthday: ", "email_contact: ", "emial: "] {
        assert!(told.err.contains(name), "{told:?}");
    }
}

#[test]
fn what_is_wrong_with_set_is_told_by_its_number_or_its_name() {
    let cases = [
        (
            "--set emial=planted",
            "--set, value 1: emial: no such attribute; is it `email`?",
        ),
        (
            "--set city=a planted=b",
            "--set, value 2: a name that is nothing like",
        ),
        ("--set planted", "--set, value 1: has no `=`"),
        ("--set email=", "--set, value 1: email is empty"),
        (
            "--set email=planted --set email=b",
            "--set, value 2: email is there twice",
        ),
        (
            "--set birthday=planted",
            "--set: birthday: invalid birthday",
        ),
        (
            "--set email_contact=planted",
            "--set: email_contact: invalid flag",
        ),
        ("--set", "a value is required"),
        ("", "--json <FILE>|--set <NAME=VALUE>"),
    ];

    for (arguments, reason) in cases {
        let told = upsert(arguments, b"");

        assert_eq!(told.code, Some(2), "{arguments}: {told:?}");
        assert!(told.err.contains(reason), "{arguments}: {told:?}");
        assert!(!told.err.contains("planted"), "{arguments}: {told:?}");
    }
}

#[test]
fn a_value_may_hold_an_equals_sign() {
    let told = upsert("--set shopper_ref=a=b --deadline 10ms", b"");

    assert_eq!(told.code, Some(3), "nobody listens there: {told:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = folder("input");
    let long = file(&folder, "long.json", vec![b' '; 2 * 1024 * 1024]);
    let cases = [
        (
            format!("{}/none.json", folder.display()),
            "none.json: No such file",
        ),
        (folder.display().to_string(), "Is a directory"),
        (long, "longer than one shopper"),
    ];

    for (path, reason) in cases {
        let told = upsert(&format!("--json {path}"), b"");

        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(
            told.err.contains(&path) && told.err.contains(reason),
            "{told:?}"
        );
    }
}

#[test]
fn a_shopper_in_the_place_of_a_file_is_not_repeated() {
    let cases = ["{\"email\":\"planted\"}", " {planted", "\t[planted]"];

    for (verb, remedy) in [
        (&["upsert", "--json"][..], "--json takes a file, or `-`"),
        (&["import"], "FILE is a file, or `-`"),
        (&["import", "--dry-run"], "FILE is a file, or `-`"),
    ] {
        for shopper in cases {
            let mut command = shoppers();
            command
                .env("BSPK_API_KEY", "key_1")
                .env("BSPK_BASE_URL", nobody());
            let told = told(command.arg("bspk").args(verb).arg(shopper));

            assert_eq!(told.code, Some(2), "{verb:?}: {told:?}");
            assert!(told.err.contains(remedy), "{verb:?}: {told:?}");
            assert!(!told.err.contains("planted"), "{verb:?}: {told:?}");
        }
    }
}

#[test]
fn names_within_names_have_dots_and_are_suggested_with_them() {
    let cases = [
        ("email=a", "is it `channel.instagram.email`?"),
        (
            "channel.tiktok.username=a",
            "is it `channel.tiktok.userName`?",
        ),
        ("channel.tiktok=a", "no such attribute"),
    ];

    for (pair, reason) in cases {
        let mut command = shoppers();
        command
            .env("GATSBY_API_KEY", "pk_1")
            .env("GATSBY_BASE_URL", nobody());
        let told = run(&mut command, &format!("gatsby create --set {pair}"));

        assert_eq!(told.code, Some(2), "{pair}: {told:?}");
        assert!(told.err.contains(reason), "{pair}: {told:?}");
    }
}
