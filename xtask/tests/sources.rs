//! What `cargo xtask regen` makes of files.

mod support;

use std::time::{Duration, Instant};

use support::{Copy, Said, pages};

const UNCHANGED: &str = "nothing changed: specs is as the sources and build.rs have it\n";

/// The vendor's page as it is served: a banner, four backticks, blank lines before the closing fence, none behind it.
fn page(document: &str) -> String {
    format!(
        "> ## Documentation Index\n> Fetch the complete index at: https://developers.bspk.com/llms.txt\n\n# Creates or updates\n\n\
         ## OpenAPI\n\n````yaml /api-reference/platform_v1.json post /api/platform/v1/shoppers\n{document}\n````"
    )
}

#[track_caller]
fn changes_nothing(copy: &Copy, source: &str) {
    let before = copy.tree();

    let said = copy.regen(&[source]).succeeded();

    assert_eq!(said.out, UNCHANGED);
    assert!(copy.tree() == before, "the tree has changed");
}

#[test]
fn an_unchanged_tree_stays_and_is_said_to_in_little_time() {
    let copy = Copy::new();
    let before = copy.tree();
    let began = Instant::now();

    let said = Said::of(copy.xtask(&["regen"]).output().unwrap()).succeeded();

    assert_eq!(said.out, UNCHANGED);
    assert!(copy.tree() == before, "the tree has changed");
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn the_vendors_page_changes_nothing() {
    let copy = Copy::new();
    copy.write(
        "page.md",
        &page(&copy.read("specs/bspk/upsert_shopper.yaml")),
    );

    changes_nothing(&copy, "page.md");
}

#[test]
fn the_same_in_another_order_or_as_json_changes_nothing() {
    let copy = Copy::new();
    // The keys of a JSON value are sorted here, so this is another order too.
    let value: serde_json::Value =
        serde_saphyr::from_str(&copy.read("specs/bspk/upsert_shopper.yaml")).unwrap();
    copy.write("platform_v1.json", &format!("{value:#}"));

    changes_nothing(&copy, "platform_v1.json");
}

#[test]
fn the_diff_of_the_document_shows_what_changed_and_no_more() {
    let copy = Copy::new();
    let was = copy.read("specs/bspk/upsert_shopper.yaml");
    let mut value: serde_json::Value = serde_saphyr::from_str(&was).unwrap();
    let answer = &mut value["paths"]["/api/platform/v1/shoppers"]["post"]["responses"]["200"]["content"]
        ["application/json"];
    answer["schema"]["properties"]["loyalty"] =
        serde_json::json!({"type": "string", "example": "12"});
    copy.write("platform_v1.json", &value.to_string());

    let said = copy.regen(&["platform_v1.json"]).succeeded();

    let is = copy.read("specs/bspk/upsert_shopper.yaml");
    let new: Vec<_> = is.lines().filter(|line| !was.contains(line)).collect();
    assert_eq!(
        new,
        [
            "                  loyalty:",
            "                    example: '12'"
        ]
    );
    assert_eq!(
        is.trim_end().lines().count(),
        was.trim_end().lines().count() + 3
    );
    assert!(
        said.out
            .contains("added `bspk::Upserted::loyalty`: `Option<String>`"),
        "{said:?}"
    );
    assert!(
        said.out
            .contains("version 0.1.0 -> 0.2.0 by the letter of semver, 0.1.1 as documented"),
        "{said:?}"
    );
    assert!(said.out.contains("+++ b/specs/bspk.rs"), "{said:?}");
    assert!(copy.read("specs/bspk.rs").contains("pub loyalty:"));
    assert_eq!(
        copy.read("specs/read.txt").lines().next(),
        Some("bspk 2027-01-15")
    );
    changes_nothing(&copy, "platform_v1.json");
}

#[test]
fn the_pages_of_a_folder_are_read_and_those_without_an_operation_are_named() {
    let copy = Copy::new();
    copy.write(
        "pages/a/shoppers.md",
        &page(&copy.read("specs/bspk/upsert_shopper.yaml")),
    );
    copy.write("pages/intro.md", "# Introduction\n\n```json\n{}\n```\n");

    let said = copy.regen(&["pages"]).succeeded();

    assert_eq!(
        said.out,
        format!("note: pages/intro.md: holds no operation, passed over\n{UNCHANGED}")
    );
}

#[test]
fn an_operation_that_is_not_mentioned_stays_and_with_whole_it_goes() {
    let copy = Copy::new();
    copy.write(
        "link.md",
        &pages::platform(
            "get",
            "/api/platform/v1/ping",
            &pages::operation("ping", "", "", ""),
        ),
    );

    copy.regen(&["link.md"]).succeeded();

    let document = copy.read("specs/bspk/upsert_shopper.yaml");
    assert!(
        document.contains("operationId: ping") && document.contains("operationId: shopperCreate")
    );
    // The overlay speaks of the operation that would go.
    copy.refuses(
        &["link.md", "--whole"],
        &[
            "paths/~1api~1platform~1v1~1shoppers: the overlay describes it",
            "specs/bspk.overlay.yaml:2",
        ],
    );
}

#[test]
fn what_changed_is_told_as_json_and_as_markdown() {
    let (json, markdown) = (Copy::new(), Copy::new());
    let document = json.read("specs/bspk/upsert_shopper.yaml").replace(
        "                    phone_call_contact:",
        "                    fax:",
    );
    for copy in [&json, &markdown] {
        copy.replace("specs/bspk.overlay.yaml", "                          phone_call_contact:\n                            format: flag\n", "");
        copy.write("page.md", &page(&document));
    }

    let said = json.regen(&["page.md", "--format", "json"]).succeeded();
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let said = markdown
        .regen(&["page.md", "--format", "markdown"])
        .succeeded();

    assert_eq!(told["rust"]["version"]["documented"], "0.2.0");
    let names = told["rust"]["names"].as_array().unwrap();
    assert!(
        names
            .iter()
            .any(|it| it["name"] == "bspk::Shopper::phone_call_contact" && it["fate"] == "removed"),
        "{told}"
    );
    assert_ne!(told["verdict"], "none");
    assert!(
        said.out
            .contains("- removed `bspk::Shopper::phone_call_contact`"),
        "{said:?}"
    );
    assert!(said.out.contains("```diff"), "{said:?}");
}

#[test]
fn what_is_denied_is_told_and_not_put_in_place() {
    let copy = Copy::new();
    copy.write(
        "ping.md",
        &pages::platform(
            "get",
            "/api/platform/v1/ping",
            &pages::operation("ping", "", "", ""),
        ),
    );
    copy.regen(&["ping.md"]).succeeded();
    copy.write(
        "page.md",
        &page(&Copy::new().read("specs/bspk/upsert_shopper.yaml")),
    );
    let before = copy.tree();

    let said = copy.regen(&["page.md", "--whole", "--deny", "breaking"]);

    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("breaking") && said.out.contains("/api/platform/v1/ping"),
        "{said:?}"
    );
    assert!(said.err.contains("specs is as it was"), "{said:?}");
    assert!(copy.tree() == before, "the tree has changed");
}

#[test]
fn gatsbys_page_is_known_by_its_words_and_a_change_is_shown() {
    let copy = Copy::new();
    let text = "Shopper API\n\nGatsby’s Shopper API is here.\n  • Get it.\n\nGET https://gatsby.tech/public/shopper/{id}\n\nEnd.\n";
    let html = |words: &str| {
        format!(
            "<!DOCTYPE html><html><body><nav>Home</nav><article><p>{}</p></article></body></html>",
            words.replace('\n', "<br>")
        )
    };
    copy.write("page.txt", text);
    copy.regen(&["page.txt"]).succeeded();
    copy.write("same.html", &html(text));
    copy.write(
        "new.html",
        &html(&text.replace("Get it.", "Get it by phone.")),
    );

    let same = copy.regen(&["same.html"]).succeeded();
    let new = copy.regen(&["new.html"]).succeeded();

    assert!(
        same.out.contains(
            "Gatsby's words are those that specs/gatsby/shopper_api.yaml was written from"
        ),
        "{same:?}"
    );
    assert!(same.out.ends_with(UNCHANGED), "{same:?}");
    assert!(new.out.contains("+ Get it by phone."), "{new:?}");
    assert!(
        new.out.contains("edit specs/gatsby/shopper_api.yaml"),
        "{new:?}"
    );
    assert!(!copy.read("specs/gatsby.page.txt").contains("phone"));
    assert!(copy.read("specs/read.txt").ends_with("gatsby 2027-01-15\n"));
}

#[test]
fn an_edit_of_gatsbys_document_is_reported_against_the_former_output() {
    let copy = Copy::new();
    let document = copy.read("specs/gatsby/shopper_api.yaml");
    copy.write(
        "specs/gatsby/shopper_api.yaml",
        &document.replace("operationId: create_shopper", "operationId: make_shopper"),
    );

    let said = copy.regen(&[]).succeeded();

    assert!(said.out.contains("POST /public/shopper"), "{said:?}");
    assert!(
        said.out.contains("risky       operation-renamed"),
        "{said:?}"
    );
    assert!(
        said.out
            .contains("removed `gatsby::Client::create_shopper`"),
        "{said:?}"
    );
    assert!(
        said.out
            .ends_with("changed: specs/gatsby.json, specs/gatsby.rs\n"),
        "{said:?}"
    );
}

#[test]
fn a_vendors_words_are_no_commands_to_a_terminal() {
    let copy = Copy::new();
    let operation =
        pages::operation("ping", "", "", "").replace("Successful", "\"\\e]0;title\\a\" #");
    copy.write(
        "ping.md",
        &pages::platform("get", "/api/\u{1b}[2J", &operation),
    );

    let said = copy.regen(&["ping.md"]);

    assert!(
        !format!("{}{}", said.out, said.err).contains('\u{1b}'),
        "{said:?}"
    );
}

#[test]
fn an_operation_that_the_overlay_does_not_name_is_generated_and_its_default_names_are_reported() {
    let copy = Copy::new();
    copy.write(
        "pages/slices.md",
        &pages::extraction("slices", "store_id title"),
    );

    let said = copy.regen(&["pages"]).succeeded();

    assert!(
        copy.read("specs/bspk.rs")
            .contains("pub struct ListslicesItem")
    );
    assert!(
        said.out.contains(
            "note: bspk: #/paths/~1api~1extraction~1v1~1slices/get/responses/200/content/application~1json/schema/items: \
             the name `ListslicesItem` is a default; before a release, choose one by `title` in the overlay"
        ),
        "{said:?}"
    );
}
