//! The files that `cargo xtask regen` makes of its sources.

mod support;

use support::{Copy, pages};

const UNCHANGED: &str = "nothing changed: specs is as the sources and build.rs have it\n";

#[track_caller]
fn changes_nothing(copy: &Copy, arguments: &[&str]) {
    let before = copy.tree();

    let said = copy.regen(arguments).succeeded();

    assert!(said.out.contains(UNCHANGED), "{said:?}");
    assert!(copy.tree() == before, "the tree has changed");
}

#[test]
fn an_unchanged_tree_stays() {
    changes_nothing(&Copy::new(), &[]);
}

#[test]
fn a_document_is_saved_byte_for_byte_in_the_place_of_the_one_before() {
    let copy = Copy::new();
    let vendors = format!("{}  \n\n", pages::THING.replace("Stored.", "'Stored. '"));
    copy.write(
        "page.md",
        &pages::page("post /api/platform/v1/things", &vendors),
    );

    let said = copy.regen(&["page.md"]).succeeded();

    assert_eq!(
        copy.read("specs/bspk/upsert_thing.yaml"),
        format!("{vendors}\n")
    );
    assert!(
        said.out
            .contains("specs/bspk/upsert_thing.yaml, from page.md:9"),
        "{said:?}"
    );
    assert!(copy.read("specs/read.txt").starts_with("bspk 2027-01-15\n"));
    changes_nothing(&copy, &["page.md"]);
}

#[test]
fn a_new_page_is_a_new_file_and_the_others_stay() {
    let copy = Copy::new();
    let before = copy.read("specs/bspk/upsert_thing.yaml");
    copy.write("pages/a/ping.md", &pages::ping());
    copy.write("pages/intro.md", "# Introduction\n\n```json\n{}\n```\n");

    let said = copy.regen(&["pages"]).succeeded();

    assert!(
        said.out
            .starts_with("note: pages/intro.md: holds no operation, passed over\n"),
        "{said:?}"
    );
    assert!(
        copy.read("specs/bspk/ping.yaml")
            .contains("operationId: ping")
    );
    assert_eq!(copy.read("specs/bspk/upsert_thing.yaml"), before);
}

#[test]
fn a_whole_document_replaces_the_pages_that_it_covers() {
    let copy = Copy::new();
    copy.write("ping.md", &pages::ping());
    copy.write("slices.md", &pages::extraction("slices", "id"));
    copy.regen(&["ping.md"]).succeeded();
    copy.write("platform_v1.json", &copy.read("specs/bspk.json"));
    copy.regen(&["slices.md"]).succeeded();

    let said = copy.regen(&["platform_v1.json"]).succeeded();

    let documents: Vec<_> = copy.specs().into_keys().collect();
    let documents = documents
        .iter()
        .filter_map(|it| it.to_str()?.strip_prefix("specs/bspk/"));
    assert_eq!(
        documents.collect::<Vec<_>>(),
        ["listslices.yaml", "platform_v1.json"]
    );
    assert_eq!(
        copy.read("specs/bspk/platform_v1.json"),
        copy.read("platform_v1.json")
    );
    assert!(
        said.out
            .contains("specs/bspk/ping.yaml is replaced by specs/bspk/platform_v1.json"),
        "{said:?}"
    );
}

#[test]
fn a_page_says_how_far_our_own_file_was_from_it() {
    let copy = Copy::new();
    let ours = pages::THING.replace("state: {type: string}", "shape: {type: string}");
    copy.write(
        "specs/bspk/upsert_thing.yaml",
        &format!("# Written by us from https://developers.example/things\n{ours}"),
    );
    copy.regen(&[]).succeeded();
    copy.write("page.md", &pages::thing("Stored.", "Stored."));

    let said = copy.regen(&["page.md"]).succeeded();

    for expected in [
        "Written by us until now\n  specs/bspk/upsert_thing.yaml, now from page.md:9: ours was ",
        "response 200 > shape",
        "response 200 > state",
    ] {
        assert!(
            said.out.contains(expected),
            "{expected:?} is not in {}",
            said.out
        );
    }
    assert!(
        !copy
            .read("specs/bspk/upsert_thing.yaml")
            .contains("Written by us")
    );
}

#[test]
fn a_parameter_of_another_name_does_not_make_another_path() {
    let copy = Copy::new();
    let page = |name: &str| {
        let operation = pages::operation("getThing", &format!("{name} string"), "", "");
        pages::platform("get", &format!("/things/{{{name}}}"), &operation)
    };
    copy.write("page.md", &page("id"));
    copy.regen(&["page.md"]).succeeded();
    copy.write("page.md", &page("thing_id"));

    let said = copy.regen(&["page.md"]).succeeded();

    assert!(
        said.out
            .contains("`get /things/{id}` is now called `get /things/{thing_id}`"),
        "{said:?}"
    );
    let document = copy.read("specs/bspk.json");
    assert!(document.contains("/things/{thing_id}") && !document.contains("/things/{id}"));
}

#[test]
fn an_operation_that_is_not_mentioned_stays_and_with_whole_it_goes() {
    let copy = Copy::new();
    copy.write("ping.md", &pages::ping());
    copy.regen(&["ping.md"]).succeeded();
    // The overlay describes the operation that would go.
    copy.refuses(
        &["ping.md", "--whole"],
        &[
            "`post /api/platform/v1/things` is in no source, so it goes",
            "removed `bspk::Client::upsert_thing`",
            "specs/bspk.overlay.yaml:7: #/paths/~1api~1platform~1v1~1things: the overlay describes it",
        ],
    );
    copy.write("thing.md", &pages::thing("Stored.", "Stored."));
    let before = copy.tree();

    let denied = copy.regen(&["thing.md", "--whole", "--deny", "breaking"]);

    assert_eq!(denied.code, 1);
    assert!(
        denied.err.contains("denied, so specs is as it was"),
        "{denied:?}"
    );
    assert!(copy.tree() == before, "the tree has changed");
    copy.regen(&["thing.md", "--whole"]).succeeded();
    assert!(!copy.root().join("specs/bspk/ping.yaml").exists());
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
        same.out
            .contains("Gatsby's words are those that specs/gatsby was written from"),
        "{same:?}"
    );
    assert!(same.out.contains(UNCHANGED), "{same:?}");
    assert!(new.out.contains("+ Get it by phone."), "{new:?}");
    assert!(new.out.contains("edit specs/gatsby"), "{new:?}");
    assert!(!copy.read("specs/gatsby.page.txt").contains("phone"));
    assert!(copy.read("specs/read.txt").ends_with("gatsby 2027-01-15\n"));
}

#[test]
fn an_edit_of_gatsbys_document_is_reported_against_the_former_output() {
    let copy = Copy::new();
    copy.replace(
        "specs/gatsby/shopper_api.yaml",
        "operationId: get_shopper",
        "operationId: read_shopper",
    );

    let said = copy.regen(&[]).succeeded();

    assert!(
        said.out.contains("risky       operation-renamed"),
        "{said:?}"
    );
    assert!(
        said.out.contains("removed `gatsby::Client::get_shopper`"),
        "{said:?}"
    );
    assert!(
        said.out
            .contains("Changed\n  specs/gatsby.json\n  specs/gatsby.rs\n"),
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
