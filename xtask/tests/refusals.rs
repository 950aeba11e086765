//! What `cargo xtask regen` refuses: each says what is wrong and what to do, and leaves the tree as it was.

mod support;

use std::process::Command;

use support::{Copy, Said, pages};

#[test]
fn a_source_that_is_not_one_says_what_to_do() {
    let fine = pages::document(
        "PLATFORM API V1",
        "get",
        "/x",
        "operationId: x\nresponses: {}\n",
    );
    let page = |document: &str| format!("# Page\n\n````yaml get /x\n{document}\n````");
    let cases: [(&str, String, &[&str]); 11] = [
        (
            "intro.md",
            "# Introduction\n".to_owned(),
            &[
                "intro.md: holds no operation",
                "Name a page of the API's reference",
            ],
        ),
        (
            "a.yaml",
            fine.replace("3.0.3", "3.1.0"),
            &[
                "a.yaml:1: #/openapi: is \"3.1.0\", but the generator reads OpenAPI 3.0.x alone",
                "openapi-down-convert",
            ],
        ),
        (
            "a.json",
            "{\"swagger\": \"2.0\"}".to_owned(),
            &["a.json: #/openapi: is \"\"", "swagger2openapi"],
        ),
        (
            "a.yaml",
            fine.replace("paths:", "paths: ["),
            &["a.yaml: line ", "not YAML"],
        ),
        (
            "a.json",
            "{\"openapi\": \"3.0.3\",\n\"paths\": {".to_owned(),
            &["line 2", "not JSON", "is the file whole?"],
        ),
        (
            "a.md",
            page(&fine.replace("operationId: x", "operationId: [x")),
            &["a.md: line ", "not YAML"],
        ),
        (
            "a.md",
            page(&fine.replace("  /x:", "  /y:")),
            &["a.md:4: the block says that it holds `get /x`, and does not"],
        ),
        (
            "a.md",
            page(&fine).trim_end_matches('`').to_owned(),
            &["line 3: the block of `get /x` is never closed", "cut off"],
        ),
        (
            "a.html",
            "<!DOCTYPE html><html><body>Hi</body></html>".to_owned(),
            &["is an HTML page, and Markdown was expected", "`.md`"],
        ),
        (
            "gatsby.yaml",
            fine.replace("PLATFORM API V1", "Gatsby Shopper API"),
            &["edit specs/gatsby"],
        ),
        (
            "a.yaml",
            fine.replace("responses: {}", "responses: 7"),
            &["a.yaml:14: #/paths/~1x/get/responses: not an OpenAPI 3.0 document"],
        ),
    ];
    let copy = Copy::new();

    for (name, text, expected) in cases {
        copy.write(name, &text);
        copy.refuses(&[name], expected);
    }
    copy.refuses(
        &["none.md"],
        &[
            "none.md: ",
            "there is no such file; give a file, a folder of pages, or an https address",
        ],
    );
    copy.refuses(
        &["src"],
        &["src: none of its 0 Markdown pages holds an operation"],
    );
    copy.refuses(&["http://developers.bspk.com/llms.txt"], &["write https"]);
}

#[test]
fn a_password_or_token_in_an_address_is_never_repeated() {
    let copy = Copy::new();
    let addresses = [
        "https://me:hush@docs.example/a.md",
        "http://docs.example/a.md?token=hush",
        "ftp://me:hu/hush@docs.example/a.md",
        "https://me:hush@/a.md",
        "http://127.0.0.1:1/a.md?token=hush",
    ];

    for address in addresses {
        for arguments in [&["regen", address][..], &["diff", address, address]] {
            let said = Said::of(copy.xtask(arguments).output().unwrap());

            assert_ne!(said.code, 0, "{said:?}");
            assert!(!format!("{said:?}").contains("hush"), "{said:?}");
        }
    }
}

#[test]
fn yaml_that_is_refused_is_refused_with_its_line_place_and_remedy() {
    let copy = Copy::new();
    let head = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n";
    let bomb: String = (1..9)
        .map(|at| {
            format!(
                "x{at}: &x{at} [{}]\n",
                vec![format!("*x{}", at - 1); 9].join(", ")
            )
        })
        .collect();
    let bomb = format!("x0: &x0 [a, b]\n{bomb}");
    let deep = format!("x: {}{}\n", "[".repeat(200), "]".repeat(200));
    let cases = [
        (
            "paths: {}\npaths: {}\n",
            "line 4, column 1, at #/paths: duplicate key, which stands in line 3",
        ),
        ("paths:\n\t/x: {}\n", "line 4, column "),
        ("paths: *none\n", "line 3, column 8, at #/paths: not YAML: "),
        (
            "paths: &all [*all]\n",
            "at #/paths/0: an alias of what it stands in has no end",
        ),
        (
            "paths: {}\nx: {<<: {a: 1}}\n",
            "line 4, column 5, at #/x: YAML 1.2 has no merge keys",
        ),
        (
            "x: .nan\n",
            "line 3, column 4, at #/x: is a number that JSON does not have",
        ),
        (
            "x: 99999999999999999999\n",
            "at #/x: is a number of more than 64 bits",
        ),
        (
            "x: !!binary aGk=\n",
            "at #/x: the tag `!!binary` says nothing",
        ),
        ("x:\n  [a]: 1\n", "at #/x: a key has to be text"),
        (
            "---\na: 1\n",
            "line 3, column 1, at #: not YAML of one document",
        ),
        (&bomb, "stand for more than 1000000 values"),
        (&deep, "values stand in one another"),
    ];

    for (text, expected) in cases {
        copy.write("a.yaml", &format!("{head}{text}"));
        copy.refuses(&["a.yaml"], &["a.yaml: line ", expected]);
    }
    for (text, expected) in [
        ("", "is empty"),
        ("# words\n", "is empty"),
        ("[1]", "is not an object"),
        ("hi", "is not an object"),
        (
            "{\"a\": {\"b\": 1,\n\"b\": 2}}",
            "line 2, column 1, at #/a/b: duplicate key, which stands in line 1",
        ),
    ] {
        copy.write("a.yaml", text);
        copy.refuses(&["a.yaml"], &["a.yaml: line ", expected]);
    }
}

#[test]
fn two_pages_that_disagree_are_both_named() {
    let copy = Copy::new();
    let (one, other) = (
        pages::operation("x", "", "", ""),
        pages::operation("other", "", "", ""),
    );
    copy.write("pages/new.md", &pages::platform("get", "/x", &one));
    copy.write("pages/old.md", &pages::platform("get", "/x", &other));

    copy.refuses(
        &["pages"],
        &["pages/old.md:9 and pages/new.md:9 disagree about `get /x`, at #/paths/~1x/get/operationId"],
    );
}

#[test]
fn everything_that_is_wrong_is_said_in_one_run() {
    let copy = Copy::new();
    copy.write("pages/cut.md", "```yaml get /cut\nopenapi: 3.0.3\n");
    copy.write("pages/ping.md", &pages::ping());
    copy.write(
        "pages/old.md",
        &pages::platform("get", "/old", "operationId: [old\n"),
    );
    copy.write("pages/thing.md", &pages::thing("color:", "hue:"));

    copy.refuses(
        &["pages", "none.md"],
        &[
            "pages/cut.md: line 1: the block of `get /cut` is never closed",
            "pages/old.md: line ",
            "none.md: ",
            "specs/bspk.overlay.yaml:25: #/paths/",
            "added `bspk::Client::ping`",
        ],
    );
}

#[test]
fn a_file_of_many_operations_is_replaced_whole() {
    let copy = Copy::new();
    copy.write("platform_v1.json", &whole().to_string());
    copy.regen(&["platform_v1.json"]).succeeded();
    copy.write("page.md", &pages::thing("Stored.", "Kept."));

    copy.refuses(
        &["page.md"],
        &["specs/bspk/platform_v1.json: describes `get /api/platform/v1/ping` too, of which there is no source"],
    );
}

/// The documents of the small repository and of the page about pinging, as one.
fn whole() -> serde_json::Value {
    let small = Copy::new();
    small.write("ping.md", &pages::ping());
    small.regen(&["ping.md"]).succeeded();
    serde_json::from_str(&small.read("specs/bspk.json")).unwrap()
}

#[test]
fn a_disk_that_is_full_leaves_the_tree_as_it_was() {
    let copy = Copy::new();
    copy.write("page.md", &pages::thing("Stored.", &"word ".repeat(3000)));
    let before = copy.tree();
    // No file may be larger than 8 KiB, and writing more is an error rather than the end of the process.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
    let inner = copy.xtask(&["regen", "--no-compile", "page.md"]);
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "sh"])
        .arg(inner.get_program())
        .args(inner.get_args())
        .current_dir(copy.root());

    let said = Said::of(command.output().unwrap());

    assert_eq!(said.code, 1, "{said:?}");
    assert!(
        said.out
            .contains("specs could not be replaced and is as it was"),
        "{said:?}"
    );
    assert!(copy.tree() == before, "the tree has changed");
}

#[test]
fn help_shows_examples() {
    let said = Said::of(Copy::new().xtask(&["regen", "--help"]).output().unwrap()).succeeded();

    for expected in [
        "Examples:",
        "https://developers.bspk.com/llms.txt",
        "--deny breaking",
        "--whole",
        "Exits with",
    ] {
        assert!(
            said.out.contains(expected),
            "{expected} is not in {}",
            said.out
        );
    }
}
