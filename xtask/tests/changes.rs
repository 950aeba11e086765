//! The report on a vendor's page that has changed: verdict, advice, exit code, and the tree afterwards.

mod support;

use support::{Copy, Said, pages};

/// A change of the page, the errors of the compiler, the exit code, and the lines of the report.
struct Case {
    name: &'static str,
    from: &'static str,
    to: &'static str,
    /// A message of cargo, or nothing if the crate compiles.
    compiler: &'static str,
    code: i32,
    report: &'static [&'static str],
}

const CASES: [Case; 4] = [
    Case {
        name: "an answer loses a field that the overlay names",
        from: "                  color: {type: string}\n",
        to: "",
        compiler: r#"{"reason": "compiler-message", "message": {"level": "error", "message": "no field `color`", "spans": [{"is_primary": true, "file_name": "src/bspk.rs", "line_start": 71, "label": "unknown field"}]}}"#,
        code: 1,
        report: &[
            "breaking    field-removed",
            "removed `bspk::Stored::color`: `Option<String>`",
            "version 0.1.0 -> 0.2.0: a public name is gone or is not what it was",
            "The verdict\n  breaking",
            "Would change; specs is as it was\n  specs/bspk/upsert_thing.yaml, from page.md:9\n  specs/bspk.json\n",
            "To fix\n  specs/bspk.overlay.yaml:25: #/paths/",
            "/properties/color: the overlay describes it, but the vendor does not have it; see what became of it",
            "\n  src/bspk.rs:71: no field `color` (unknown field)\n",
        ],
    },
    Case {
        name: "the type of a field changes",
        from: "state: {type: string}",
        to: "state: {type: boolean}",
        compiler: r#"{"reason": "compiler-message", "message": {"level": "error", "message": "mismatched types", "spans": [{"is_primary": true, "file_name": "tests/bspk.rs", "line_start": 7, "label": null}]}}"#,
        code: 1,
        report: &[
            "breaking    type-changed",
            "changed `bspk::Stored::state`: `Option<String>` is now `Option<bool>`",
            "The verdict\n  breaking",
            "Would change; specs is as it was\n",
            "To fix\n  tests/bspk.rs:7: mismatched types\n",
        ],
    },
    Case {
        name: "an answer gains a field",
        from: "state: {type: string}",
        to: "state: {type: string}\n                  weight: {type: number}",
        compiler: "",
        code: 0,
        report: &[
            "field-added",
            "added `bspk::Stored::weight`: `Option<f64>`",
            "version 0.1.0 -> 0.2.0 by the letter of semver, 0.1.1 as documented",
            "The verdict\n  compatible",
            "Changed\n  specs/bspk/upsert_thing.yaml, from page.md:9\n  specs/bspk.json\n  specs/bspk.rs\n",
        ],
    },
    Case {
        name: "a field of a request becomes required",
        from: "                thing:\n                  type: object\n",
        to: "                thing:\n                  type: object\n                  required: [name]\n",
        compiler: "",
        code: 0,
        report: &[
            "field-now-required",
            "removed `bspk::Thing: Default`",
            "changed `bspk::Thing::name`: `Option<String>` is now `String`",
            "version 0.1.0 -> 0.2.0: a public name is gone or is not what it was",
            "The verdict\n  breaking",
            "Changed\n",
        ],
    },
];

#[test]
fn a_change_is_reported_with_its_verdict_and_what_has_to_be_fixed() {
    for case in CASES {
        let copy = Copy::new();
        copy.write("page.md", &pages::thing(case.from, case.to));
        let target = tempfile::tempdir().unwrap();
        copy.write("messages", case.compiler);
        let status = i32::from(!case.compiler.is_empty());
        let messages = copy.root().join("messages");
        let check = format!("cat {}; exit {status}", messages.display());
        let cargo = copy.cargo(target.path(), &check);
        let before = copy.tree();

        let mut regen = copy.xtask(&["regen", "page.md"]);
        let said = Said::of(regen.env("CARGO", cargo).output().unwrap());

        let name = case.name;
        assert_eq!(said.code, case.code, "{name}: {said:?}");
        let mut rest = said.out.as_str();
        for line in case.report {
            let at = rest.find(line);
            let at = at
                .unwrap_or_else(|| panic!("{name}: {line:?} is not, or not here, in {}", said.out));
            rest = &rest[at..];
        }
        if case.code == 0 {
            let document = copy.read("specs/bspk/upsert_thing.yaml");
            assert!(document.contains(case.to), "{name}");
        } else {
            assert!(
                said.err
                    .contains("specs is as it was: fix what the report lists"),
                "{name}"
            );
            assert!(copy.tree() == before, "{name}: the tree has changed");
        }
    }
}

#[test]
fn documents_that_disagree_are_reported_one_by_one() {
    let copy = Copy::new();
    let component =
        |kind: &str| format!("  schemas:\n    Part: {{type: {kind}}}\n  securitySchemes:\n");
    let with = |page: String, kind: &str| page.replace("  securitySchemes:\n", &component(kind));
    copy.write("ping.md", &with(pages::ping(), "string"));
    copy.write("thing.md", &with(pages::thing("color:", "hue:"), "integer"));

    copy.refuses(
        &["ping.md", "thing.md"],
        &[
            "POST /api/platform/v1/things\n",
            "response 200 > color",
            "operation-added",
            "specs/bspk/upsert_thing.yaml:40: #/components/schemas/Part: specs/bspk/ping.yaml says something else of it",
            "specs/bspk/ping.yaml, from ping.md:9",
        ],
    );
}

#[test]
fn a_report_is_also_json_and_markdown() {
    let copy = Copy::new();
    copy.write(
        "page.md",
        &pages::thing("size: {type: integer}", "size: {type: string}"),
    );
    let before = copy.tree();

    let denied = copy.regen(&["page.md", "--format", "json", "--deny", "breaking"]);
    let markdown = copy.regen(&["page.md", "--format", "markdown"]).succeeded();

    assert!(denied.code == 1 && before != copy.tree());
    let json: serde_json::Value = serde_json::from_str(&denied.out).unwrap();
    assert_eq!(json["verdict"], "breaking");
    assert_eq!(json["put"], false);
    assert_eq!(json["rust"]["version"]["documented"], "0.2.0");
    assert_eq!(json["rust"]["names"][0]["name"], "bspk::Thing::size");
    assert_eq!(json["rust"]["names"][0]["fate"], "changed");
    for expected in [
        "### API changes",
        "**The Rust**",
        "changed `bspk::Thing::size`",
    ] {
        assert!(markdown.out.contains(expected), "{markdown:?}");
    }
}
