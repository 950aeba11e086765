//! The files that can be imported, and the messages about others, before anything is sent.

use crate::support::{Harness, end, rows};

/// Runs an import that has to be refused, and returns its message.
async fn refused(file: &str, text: impl AsRef<[u8]>, more: &str) -> String {
    let harness = Harness::new().await;
    harness.write(file, text);

    let run = harness.run(&format!("bspk import {file} {more}")).await;

    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert_eq!(harness.sandbox.bspk_tally().calls, 0);
    assert_eq!(harness.files(), [file], "nothing is left behind");
    run.stderr
}

#[tokio::test]
async fn a_bad_file_is_refused_with_the_place_and_the_remedy() {
    let cases: [(&str, &[u8], &str, &str); 22] = [
        (
            "s.csv",
            b"",
            "",
            "s.csv: the file is empty; export the shoppers again",
        ),
        (
            "s.csv",
            b"\n \r\n",
            "",
            "s.csv: the file is empty; export the shoppers again",
        ),
        (
            "s.csv",
            b"shopper_ref,email\n",
            "",
            "s.csv: the file has no rows; export the shoppers again",
        ),
        (
            "s.csv",
            b"planted@example.com,planted\n",
            "",
            "line 1: none of its 2 columns is an attribute; add a header",
        ),
        (
            "s.csv",
            b"Email,planted,+15551234567\n",
            "",
            "line 1: none of its 3 columns is an attribute; add a header",
        ),
        (
            "s.csv",
            b"Emil,planted@example.com\n",
            "",
            "line 1: none of its 2 columns is an attribute; add a header",
        ),
        (
            "s.csv",
            b"Email,First Name,Phone\na,b,c\n",
            "",
            "line 1: columns that hold no attribute: 1 (is it `email`?), 2 (is it `first_name`?), 3 (is it `mobile_phone`?); name the attribute with --map THEIRS=OURS, or",
        ),
        (
            "s.csv",
            b"E-Mail\na\n",
            "",
            "line 1: columns that hold no attribute: 1 (is it `email`?); name the attribute with --map THEIRS=OURS, or",
        ),
        (
            "s.csv",
            b"planted\n",
            "",
            "line 1: one column, which is no attribute; add a header",
        ),
        (
            "s.csv",
            b"shopper_ref,email\nA,b\n",
            "--delimiter ;",
            "line 1: one column, which is no attribute and holds `,`; the delimiter was taken to be `;`: give the right one with --delimiter",
        ),
        (
            "s.csv",
            b"shopper_ref,emial,Frist Name,planted\nA,b,c,d\n",
            "",
            "line 1: columns that hold no attribute: 2 (is it `email`?), 3 (is it `first_name`?), 4; name the attribute with --map THEIRS=OURS, or leave it out with --ignore-column THEIRS",
        ),
        (
            "s.csv",
            b"email,email\na,b\n",
            "",
            "line 1: columns 1 and 2 both hold `email`",
        ),
        (
            "s.csv",
            b"email,Mail\na,b\n",
            "--map Mail=email",
            "line 1: columns 1 and 2 both hold `email`",
        ),
        (
            "s.csv",
            b"email,\na,b\n",
            "",
            "line 1: column 2 has no name",
        ),
        (
            "s.csv",
            b"email\na\n",
            "--map Mail=emial",
            "--map Mail=emial: there is no attribute `emial`; is it `email`?",
        ),
        (
            "s.csv",
            b"email\na\n",
            "--map Mail=city",
            "line 1: there is no column `Mail`",
        ),
        ("s.csv", b"email\na\n", "--map Mail", "expected THEIRS=OURS"),
        ("s.csv", b"e\0m\0", "", "NUL characters"),
        (
            "s.csv",
            b"email,c\xe9ty\na,b\n",
            "",
            "line 1: the header is not UTF-8",
        ),
        (
            "s.csv",
            b"email,city\na,b\n\nc,\"d\ne,f\n",
            "",
            "s.csv: line 4: the row does not end before the file does; close its quote",
        ),
        (
            "s.json",
            b"[{\"email\": \"a\"}]",
            "",
            "it begins with `[`; put each object in a line of its own",
        ),
        (
            "s.jsonl",
            b"{\"email\": \"a\"}\n{\"emial\": \"a\", \"email\": \"b\"}\n",
            "",
            "line 2: a name that is not an attribute (is it `email`?); name",
        ),
    ];

    for (file, text, more, expected) in cases {
        let message = refused(file, text, more).await;

        assert!(message.contains(expected), "{message}");
        assert!(!message.contains("planted"), "{message}");
    }
}

#[tokio::test]
async fn a_missing_file_or_a_folder_is_refused_with_the_remedy() {
    let harness = Harness::new().await;

    let run = harness.run("bspk import none.csv").await;

    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: none.csv: there is no such file; check the path\n"
    );
    let run = harness.run("bspk import .").await;
    assert_eq!(run.code, Some(2));
    assert_eq!(run.stderr, "error: .: it is a folder; name a file in it\n");
}

#[tokio::test]
async fn a_line_of_100_mb_is_refused_in_little_memory() {
    let harness = Harness::new().await;
    for (name, beginning) in [
        ("s.csv", "email,city\na,b\n"),
        ("q.csv", "email,city\na,\""),
        ("s.jsonl", "{\"email\": \"a\"}\n"),
    ] {
        let mut text = beginning.as_bytes().to_vec();
        text.resize(100 << 20, b'x');
        harness.write(name, text);

        // The bound of the process's own memory, including stacks, in KiB.
        let script = format!("ulimit -d 65536; exec \"$SHOPPERS\" bspk import {name}");
        let run = end(harness.shell(&script).spawn().unwrap()).await;

        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("the row is longer than 1 MiB; check for a quote that is not closed"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(harness.sandbox.bspk_tally().calls, 0);
}

#[tokio::test]
async fn without_a_key_no_file_is_created() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(1));

    let mut command = harness.command("bspk import s.csv");
    let run = end(command.env_remove("BSPK_API_KEY").spawn().unwrap()).await;

    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("BSPK_API_KEY"), "{}", run.stderr);
    assert_eq!(harness.files(), ["s.csv"]);
}

#[tokio::test]
async fn common_variants_of_csv_and_json_lines_are_read() {
    let harness = Harness::new().await;
    let cases: [(&str, &[u8], &str); 9] = [
        ("comma.csv", b"shopper_ref,city\ncomma,\"Rome, \"\"IT\"\"\nand more\"\n", ""),
        ("semicolon.csv", b"shopper_ref;city\r\nsemicolon;Rome\r\n", ""),
        ("tab.tsv", b"shopper_ref\tcity\ntab\tRome", ""),
        ("pipe.csv", b"shopper_ref|city\npipe|Rome\n", ""),
        ("caret.csv", b"shopper_ref^city\ncaret^Rome\n", "--delimiter ^"),
        ("mark.csv", b"\xef\xbb\xbfshopper_ref,city\nmark,Rome\n", ""),
        ("mapped.csv", b"Nr;Ort;Notiz\nmapped;Rome;x\n", "--map Nr=shopper_ref --map Ort=city --ignore-column Notiz"),
        ("lines.jsonl", b"{\"shopper_ref\": \"lines\", \"city\": \"Rome\", \"email\": null, \"state\": \"\"}\n\n", ""),
        ("guess", b"{\"shopper_ref\": \"guess\", \"city\": \"Rome\"}", ""),
    ];

    for (file, text, more) in cases {
        harness.write(file, text);
        let run = harness.run(&format!("bspk import {file} {more}")).await;

        assert_eq!(run.code, Some(0), "{file}: {}", run.stderr);
        let name = file.split('.').next().unwrap_or_default();
        let shopper = harness.sandbox.bspk_shopper(name).unwrap_or_default();
        let city = shopper["city"].as_str().unwrap_or_default();
        assert!(city.starts_with("Rome"), "{file}: {shopper}");
        assert!(shopper.get("state").is_none(), "what is empty is left out");
    }
    let comma = harness.sandbox.bspk_shopper("comma").unwrap_or_default();
    assert_eq!(comma["city"], "Rome, \"IT\"\nand more");
}

#[tokio::test]
async fn utf_16_is_read_and_its_rejects_are_utf_8() {
    let text = "\u{feff}shopper_ref,city\nA,Zürich\nB,\"Köln\n😀\"\nC,Łódź,too many\n";
    let little_endian = |it: u16| it.to_le_bytes();
    let big_endian = |it: u16| it.to_be_bytes();
    for bytes in [little_endian, big_endian]
        .map(|of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(of).collect::<Vec<u8>>())
    {
        let harness = Harness::new().await;
        harness.write("s.csv", &bytes);
        let file = harness.run("bspk import s.csv --output json").await;
        let script = "\"$SHOPPERS\" bspk import - --journal j --output json < s.csv";
        let stdin = end(harness.shell(script).spawn().unwrap()).await;

        for (run, rejects) in [(file, "s.csv.rejects.csv"), (stdin, "j.rejects.csv")] {
            run.ended(1, [2, 1, 0, 0]);
            let expected = "\u{feff}line,code,reason,shopper_ref,city\n5,columns,\"3 cells, where the header has 2\",C,Łódź,too many\n";
            assert_eq!(harness.read(rejects), expected);
        }
        let shopper = |name| harness.sandbox.bspk_shopper(name).unwrap_or_default();
        assert_eq!(shopper("A")["city"], "Zürich");
        assert_eq!(shopper("B")["city"], "Köln\n😀");

        harness.write("s.csv", [&bytes[..], &[0x0a, 0x00]].concat());
        let changed = harness.run("bspk import s.csv").await;
        assert_eq!(changed.code, Some(2), "{}", changed.stderr);
    }
}

#[tokio::test]
async fn a_map_may_be_a_file() {
    let harness = Harness::new().await;
    harness.write("s.csv", "Nr;E-Mail\nA;a@example.com\n");
    harness.write(
        "map.csv",
        "theirs,ours\nNr,shopper_ref\nE-Mail,email\nNot there,city\n",
    );

    let run = harness.run("bspk import s.csv --map-file map.csv").await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        harness.sandbox.bspk_shopper("A").unwrap_or_default()["email"],
        "a@example.com"
    );
}

#[tokio::test]
async fn a_dry_run_needs_no_key_and_sends_nothing() {
    let harness = Harness::new().await;
    harness.write(
        "s.csv",
        "shopper_ref,birthday\nA,planted\nB,02-22\nB,02-23\n,02-24\nC,02-25,planted\n",
    );

    let mut command =
        harness.command("bspk import s.csv --dry-run --quota 1/10s --rejects bad.csv");
    let run = end(command.env_remove("BSPK_API_KEY").spawn().unwrap()).await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "5 rows: 3 good, 2 bad\nthe import will take at least 20s\n"
    );
    assert_eq!(
        run.stderr,
        "line 2: invalid: birthday: invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists\n\
         line 6: columns: 3 cells, where the header has 2\n\
         code columns: 1 row\n\
         code invalid: 1 row\n\
         warning: 1 value of shopper_ref in more than one row; the last of those rows counts\n\
         warning: 1 row without a shopper_ref; each import of them creates new shoppers\n"
    );
    assert_eq!(harness.read("bad.csv").lines().count(), 3);
    assert_eq!(harness.files(), ["bad.csv", "s.csv"]);
    assert_eq!(harness.sandbox.bspk_tally().calls, 0);
}

#[tokio::test]
async fn a_dry_run_of_a_good_file_finds_no_fault() {
    let harness = Harness::new().await;
    harness.write("s.csv", rows(31));

    let run = harness
        .run("bspk import s.csv --dry-run --quota 30/10s --quota-fraction 0.5")
        .await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "31 rows: 31 good, 0 bad\nthe import will take at least 20s\n"
    );
}

#[tokio::test]
async fn a_tenth_of_the_sample_is_rejected() {
    let harness = Harness::new().await;
    let sample = include_str!("../../../../../examples/data/shoppers.csv");
    harness.write("s.csv", sample);

    let run = harness.run("bspk import s.csv --output json").await;

    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert_eq!(run.counts(), [900, 100, 0, 0]);
    assert_eq!(harness.sandbox.bspk_tally().shoppers, 900);
}

#[tokio::test]
async fn flags_may_be_in_upper_case() {
    let harness = Harness::new().await;
    harness.write(
        "s.csv",
        "shopper_ref,email_contact,city\nA,TRUE,TRUE\nB,False,\nC,yes,\n",
    );

    let run = harness.run("bspk import s.csv --output json").await;

    run.ended(1, [2, 1, 0, 0]);
    let shopper = |name| harness.sandbox.bspk_shopper(name).unwrap_or_default();
    assert_eq!(shopper("A")["email_contact"], "true");
    assert_eq!(shopper("A")["city"], "TRUE", "no flag");
    assert_eq!(shopper("B")["email_contact"], "false");
}

#[tokio::test]
async fn an_import_warns_of_a_reference_that_is_repeated() {
    let harness = Harness::new().await;
    harness.write("s.csv", "shopper_ref,city\nA,a\nB,b\nA,c\nC,d\nA,e\n");

    let run = harness.run("bspk import s.csv").await;

    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stderr,
        "warning: 1 value of shopper_ref in more than one row; the last of those rows counts\n"
    );
}
