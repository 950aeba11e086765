//! What `cargo xtask regen` makes of addresses, against a server on this machine.

mod support;

use std::{collections::BTreeMap, net::TcpListener};

use support::{
    Copy, pages,
    server::{Answer, Server, page},
};

/// An index of the dozen, a page without an operation and one that is missing, and what `more` adds.
fn serve(more: &[(&str, Answer)]) -> Server {
    Server::start(|base| {
        let mut served = BTreeMap::new();
        let mut index =
            "# BSPK\n\n## Docs\n\n- [Gone](/gone.md)\n- [Introduction](intro.md): words\n"
                .to_owned();
        for (name, text) in pages::dozen() {
            index.push_str(&format!(
                "- [{name}]({base}/reference/{name}.md): an operation\n"
            ));
            served.insert(format!("/reference/{name}.md"), page(text));
        }
        for (path, answer) in more {
            index.push_str(&format!("- [More]({path})\n"));
            served.insert((*path).to_owned(), answer.clone());
        }
        index.push_str("- [Elsewhere](https://status.example/x.md)\n- [Spec](/platform_v1.json)\n");
        served.insert("/intro.md".to_owned(), page("# Introduction\n"));
        served.insert("/llms.txt".to_owned(), page(index));
        served
    })
}

fn with_names() -> Copy {
    let copy = Copy::new();
    let overlay = copy.read("specs/bspk.overlay.yaml");
    copy.write(
        "specs/bspk.overlay.yaml",
        &format!("{overlay}{}", pages::names()),
    );
    copy
}

#[test]
fn every_operation_that_an_index_leads_to_is_read_and_the_outcome_of_each_page_is_said() {
    let (copy, server) = (with_names(), serve(&[]));

    let said = copy.regen(&[&server.url("/llms.txt")]).succeeded();

    for (name, _) in pages::dozen() {
        assert!(
            server.asked().contains(&format!("/reference/{name}.md")),
            "{name}"
        );
    }
    assert_eq!(server.asked().len(), 15);
    for expected in [
        "  1/14 ",
        "/gone.md: answered 404, passed over",
        "/intro.md: no operation, passed over",
        "/reference/upsert.md: put /api/platform/v1/shoppers/{shopper_ref}/metafields",
        "/reference/slices.md: get /api/extraction/v1/slices",
    ] {
        assert!(
            said.err.contains(expected),
            "{expected} is not in {}",
            said.err
        );
    }
    for expected in [
        "/gone.md: answered 404, so what it describes stays as it is",
        "1 links to other hosts are not followed",
        "lists a whole document",
        "added `bspk::Slices`",
    ] {
        assert!(
            said.out.contains(expected),
            "{expected} is not in {}",
            said.out
        );
    }
    let document = copy.read("specs/bspk/upsert_shopper.yaml");
    assert_eq!(document.matches("operationId:").count(), 13);
    assert!(
        document.starts_with(&Copy::new().read("specs/bspk/upsert_shopper.yaml")[..2000]),
        "what was there has moved"
    );
    assert!(
        copy.read("specs/bspk.rs")
            .contains("pub async fn upsert_metafields")
    );
    let again = copy.regen(&[&server.url("/llms.txt")]).succeeded();
    assert!(
        again
            .out
            .ends_with("nothing changed: specs is as the sources and build.rs have it\n"),
        "{again:?}"
    );
}

#[test]
fn new_types_have_default_names_and_the_report_lists_them() {
    let (copy, server) = (Copy::new(), serve(&[]));

    let said = copy.regen(&[&server.url("/llms.txt")]).succeeded();

    assert!(
        said.out
            .contains("is a default; before a release, choose one by `title` in the overlay"),
        "{said:?}"
    );
}

#[test]
fn with_known_alone_what_is_new_is_named_and_left_out() {
    let used = Copy::new()
        .read("specs/bspk/upsert_shopper.yaml")
        .replace("description: Shopper's barcode", "description: A barcode");
    let used = format!("````yaml post /api/platform/v1/shoppers\n{used}````\n");
    let (copy, server) = (Copy::new(), serve(&[("/shoppers.md", page(used))]));

    let said = copy
        .regen(&[&server.url("/llms.txt"), "--known"])
        .succeeded();

    assert!(
        said.out
            .contains("`get /api/extraction/v1/slices` is new and left out"),
        "{said:?}"
    );
    assert!(
        said.out
            .contains("changed: specs/bspk/upsert_shopper.yaml, specs/bspk.json, specs/bspk.rs"),
        "{said:?}"
    );
    let document = copy.read("specs/bspk/upsert_shopper.yaml");
    assert!(document.contains("description: A barcode"));
    assert_eq!(document.matches("operationId:").count(), 1);
}

#[test]
fn a_page_of_an_index_that_disagrees_with_another_stops_the_run() {
    let old = pages::extraction("slices", "store_id name");
    let (copy, server) = (with_names(), serve(&[("/older/slices.md", page(old))]));

    copy.refuses(
        &[&server.url("/llms.txt")],
        &[
            "/older/slices.md and ",
            "/reference/slices.md disagree about /api/extraction/v1/slices get",
            "/properties/",
        ],
    );
}

#[test]
fn what_goes_wrong_on_the_way_says_what_and_what_to_do() {
    let redirect = |to: &str| (302, format!("Location: {to}\r\n"), String::new());
    let server = Server::start(|base| {
        BTreeMap::from([
            (
                "/away.md".to_owned(),
                redirect("https://docs.other.example/page.md"),
            ),
            (
                "/down.md".to_owned(),
                redirect("http://developers.bspk.com/page.md"),
            ),
            (
                "/round.md".to_owned(),
                redirect(&format!("{base}/round.md")),
            ),
            ("/down".to_owned(), (503, String::new(), String::new())),
            ("/secret.md".to_owned(), (403, String::new(), String::new())),
            (
                "/page".to_owned(),
                page("<!doctype html><html><body>Hello</body></html>"),
            ),
            ("/large.md".to_owned(), page("x".repeat(5 << 20))),
            ("/empty/llms.txt".to_owned(), page("# Nothing\n")),
        ])
    });
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let copy = Copy::new();
    let cases: [(&str, &[&str]); 9] = [
        (
            "/away.md",
            &[
                "redirects to another host, docs.other.example",
                "name https://docs.other.example/page.md as the source",
            ],
        ),
        (
            "/down.md",
            &[
                "redirects to http://developers.bspk.com/page.md",
                "write https",
            ],
        ),
        ("/round.md", &["redirects more than 5 times"]),
        ("/down", &["answered 503; try again later"]),
        ("/secret.md", &["answered 403", "save it from a browser"]),
        (
            "/page",
            &["is an HTML page, and Markdown was expected", "put `.md`"],
        ),
        ("/large.md", &["is larger than 4 MiB"]),
        (
            "/none.md",
            &["answered 404: there is no such page", "llms.txt"],
        ),
        ("/empty/llms.txt", &["lists no page of its own host"]),
    ];

    for (path, expected) in cases {
        copy.refuses(&[&server.url(path)], expected);
    }
    copy.refuses(
        &[&format!("http://{closed}/a.md")],
        &[
            "could not be reached",
            "look at the network",
            "name the file",
        ],
    );
}

#[test]
fn a_redirect_within_the_host_is_followed() {
    let document = Copy::new().read("specs/bspk/upsert_shopper.yaml");
    let server = Server::start(|_| {
        let text = format!("````yaml post /api/platform/v1/shoppers\n{document}````\n");
        BTreeMap::from([
            (
                "/old.md".to_owned(),
                (308, "Location: /new.md\r\n".to_owned(), String::new()),
            ),
            ("/new.md".to_owned(), page(text)),
        ])
    });

    let said = Copy::new().regen(&[&server.url("/old.md")]).succeeded();

    assert!(said.out.starts_with("nothing changed"), "{said:?}");
}
