//! `cargo xtask diff` as a process: output, exit codes and errors.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

const OLD: &str = "
openapi: 3.0.3
info: {title: A vendor, version: 1.0.0}
paths:
  /things:
    post:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {name: {type: string}, size: {type: string}}}}}
      responses: {'200': {description: Done.}}
";

/// Without the optional field, and with a new required one.
const NEW: &str = "
openapi: 3.0.3
info: {title: A vendor, version: 1.0.0}
paths:
  /things:
    post:
      requestBody:
        content: {application/json: {schema: {type: object, required: [id], properties: {name: {type: string}, id: {type: string}}}}}
      responses: {'200': {description: Done.}}
";

/// A folder with both documents.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("old.yaml", OLD);
        folder.write("new.yaml", NEW);
        folder
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn diff(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(&self.0)
            .arg("diff")
            .args(args)
            .output()
            .unwrap()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn text_is_grouped_by_operation_and_ends_with_a_summary() {
    let output = Folder::new().diff(&["old.yaml", "new.yaml"]);

    assert_eq!(
        out(&output),
        "\
POST /things
  breaking    required-field-added  request body > id: was added and is required; requests without it are refused
  risky       field-removed         request body > size: was removed; the server may refuse or ignore it

1 breaking, 1 risky
"
    );
    assert_eq!(err(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn json_has_a_verdict_and_the_changes() {
    let output = Folder::new().diff(&["old.yaml", "new.yaml", "--format", "json"]);

    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        json,
        json!({
            "verdict": "breaking",
            "changes": [
                {
                    "level": "breaking",
                    "id": "required-field-added",
                    "method": "POST",
                    "path": "/things",
                    "place": "request body > id",
                    "text": "was added and is required; requests without it are refused",
                },
                {
                    "level": "risky",
                    "id": "field-removed",
                    "method": "POST",
                    "path": "/things",
                    "place": "request body > size",
                    "text": "was removed; the server may refuse or ignore it",
                },
            ],
        })
    );
}

#[test]
fn equal_documents_have_the_verdict_none() {
    let folder = Folder::new();

    let json = folder.diff(&[
        "old.yaml", "old.yaml", "--format", "json", "--deny", "risky",
    ]);
    let text = folder.diff(&["old.yaml", "old.yaml"]);

    let found: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(found, json!({"verdict": "none", "changes": []}));
    assert_eq!(json.status.code(), Some(0));
    assert_eq!(out(&text), "no changes\n");
}

#[test]
fn markdown_has_a_table_for_each_level_and_escapes_text() {
    let folder = Folder::new();
    folder.write(
        "new.yaml",
        &NEW.replace("A vendor", "'A | <b>vendor</b> @all \\x1b[2J'"),
    );

    let output = out(&folder.diff(&["old.yaml", "new.yaml", "--format", "markdown"]));

    assert!(
        output.starts_with("### API changes: 1 breaking, 1 risky, 1 compatible\n"),
        "{output}"
    );
    assert!(
        output.contains("\n#### Breaking (1)\n\n| operation | place | change | id |\n"),
        "{output}"
    );
    assert!(
        output.contains("| POST /things | request body &gt; id | was added and is required;"),
        "{output}"
    );
    assert!(
        output.contains("A \\| &lt;b&gt;vendor&lt;/b&gt; &#64;all"),
        "{output}"
    );
    assert!(!output.contains('\x1b'), "{output}");
}

#[test]
fn deny_ends_with_1_for_its_level_and_worse() {
    let folder = Folder::new();
    folder.write("risky.yaml", &OLD.replace("size: {type: string}", ""));
    let cases = [
        ("new.yaml", "breaking", 1),
        ("new.yaml", "risky", 1),
        ("risky.yaml", "breaking", 0),
        ("risky.yaml", "risky", 1),
        ("old.yaml", "risky", 0),
    ];

    for (new, deny, code) in cases {
        let output = folder.diff(&["old.yaml", new, "--deny", deny]);

        assert_eq!(output.status.code(), Some(code), "{new} {deny}");
    }
}

#[test]
fn accepted_changes_are_shown_and_not_denied() {
    let folder = Folder::new();
    folder.write(
        "accepted.txt",
        "# Read in May.\n\
         required-field-added POST /things request body > id  # we send it\n\
         field-removed POST /things request body > colour  # never used\n",
    );
    let args = ["old.yaml", "new.yaml", "--accepted", "accepted.txt"];

    let text = folder.diff(&[&args[..], &["--deny", "breaking"]].concat());
    let json = folder.diff(&[&args[..], &["--format", "json"]].concat());

    assert_eq!(text.status.code(), Some(0));
    assert!(
        out(&text).contains("accepted: we send it\n"),
        "{}",
        out(&text)
    );
    assert!(
        out(&text).ends_with("\n1 risky, 1 accepted\n"),
        "{}",
        out(&text)
    );
    assert_eq!(
        err(&text),
        "note: accepted.txt: line 3 accepts a change that is not there; remove the line: \
         field-removed POST /things request body > colour\n"
    );
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["verdict"], "risky");
    assert_eq!(json["changes"][0]["accepted"], "we send it");
    assert_eq!(json["changes"][1].get("accepted"), None);
}

#[test]
fn invalid_input_ends_with_2_and_the_reason() {
    let folder = Folder::new();
    folder.write("page.html", "<html></html>");
    folder.write("newer.yaml", "openapi: 3.1.0\n");
    folder.write("broken.yaml", "openapi: 3.0.3\npaths: [\n");
    folder.write(
        "accepted.txt",
        "\nfield-removed POST /things request body\n",
    );
    fs::write(folder.0.path().join("picture.yaml"), [0xff, 0xfe, 0x00]).unwrap();
    let cases: [(&[&str], &str); 8] = [
        (&["old.yaml", "none.yaml"], "none.yaml: No such file"),
        (&["old.yaml", "."], ".: Is a directory"),
        (&["old.yaml", "page.html"], "page.html: this is HTML or XML"),
        (
            &["old.yaml", "newer.yaml"],
            "newer.yaml: OpenAPI \"3.1.0\" is not supported",
        ),
        (&["broken.yaml", "old.yaml"], "not YAML"),
        (
            &["picture.yaml", "old.yaml"],
            "picture.yaml: the file is not text",
        ),
        (
            &["old.yaml", "new.yaml", "--accepted", "accepted.txt"],
            "accepted.txt: line 2: has no reason",
        ),
        (&["old.yaml"], "required arguments were not provided"),
    ];

    for (args, expected) in cases {
        let output = folder.diff(args);

        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            err(&output).contains(expected),
            "{args:?}: {}",
            err(&output)
        );
        assert_eq!(out(&output), "", "{args:?}");
    }
}

#[test]
fn the_report_is_the_same_every_time() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let (old, new) = (
        specs.join("bspk/upsert_shopper.yaml"),
        specs.join("gatsby/shopper_api.yaml"),
    );
    let args = [old.to_str().unwrap(), new.to_str().unwrap()];
    let folder = Folder::new();

    let first = folder.diff(&args);

    assert!(!first.stdout.is_empty());
    assert_eq!(first.stdout, folder.diff(&args).stdout);
}
