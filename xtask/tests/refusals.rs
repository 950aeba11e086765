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
                "a.yaml: #/openapi: is OpenAPI 3.1.0",
                "openapi-down-convert",
            ],
        ),
        (
            "a.json",
            "{\"swagger\": \"2.0\"}".to_owned(),
            &["is Swagger 2", "swagger2openapi"],
        ),
        (
            "a.yaml",
            fine.replace("paths:", "paths: ["),
            &["a.yaml: line ", "not YAML", "mend a saved copy"],
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
            &["the block says that it holds `get /x`, and does not"],
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
            &["edit specs/gatsby.yaml"],
        ),
        (
            "a.yaml",
            fine.replace("responses: {}", "responses: 7"),
            &["a.yaml: not an OpenAPI 3.0 document"],
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
            "a source is a file, a folder of pages, or an https address",
        ],
    );
    copy.refuses(
        &["tests"],
        &["tests: none of its 0 Markdown pages holds an operation"],
    );
    copy.refuses(&["http://developers.bspk.com/llms.txt"], &["write https"]);
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
        &["pages/old.md and pages/new.md disagree about /x get, at #/operationId"],
    );
}

#[test]
fn an_entry_of_the_overlay_that_no_longer_matches_is_told_with_its_line() {
    let copy = Copy::new();
    let document = copy
        .read("specs/bspk.yaml")
        .replace("                    birthday:", "                    born:");
    copy.write("platform.yaml", &document);
    let overlay = copy.read("specs/bspk.overlay.yaml");
    let line = overlay
        .lines()
        .position(|line| line.trim() == "birthday:")
        .unwrap()
        + 1;

    copy.refuses(
        &["platform.yaml"],
        &[
            "specs/bspk.yaml as it would be with platform.yaml",
            "/properties/birthday: the overlay speaks of it",
            &format!("(line {line} of the overlay)"),
        ],
    );
}

#[test]
fn a_schema_without_a_name_is_told_with_its_place_and_the_remedy() {
    let copy = Copy::new();
    copy.write(
        "pages/slices.md",
        &pages::extraction("slices", "store_id title"),
    );

    copy.refuses(
        &["pages"],
        &["#/paths/~1api~1extraction~1v1~1slices/get/responses/200/content/application~1json/schema/items: ", "give it a `title` in the overlay"],
    );
}

#[test]
fn a_disk_that_is_full_leaves_the_tree_as_it_was() {
    let copy = Copy::new();
    copy.write(
        "page.md",
        &pages::platform("get", "/x", &pages::operation("x", "", "", "")),
    );
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
        said.err
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
