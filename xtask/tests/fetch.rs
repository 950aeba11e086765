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

#[test]
fn each_operation_of_an_index_becomes_a_file_and_each_page_is_accounted_for() {
    let (copy, server) = (Copy::new(), serve(&[]));

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
        "/reference/bulk-upsert-wishes.md: put /api/platform/v1/shoppers/{shopper_ref}/wishes",
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
        "added `bspk::ListcallsItem`",
        "specs/bspk/upsert_wishes.yaml, from http://127.0.0.1:",
        "/reference/bulk-upsert-wishes.md:14",
        "            x-shoppers: {idempotent: never} # or always, or with FIELD",
    ] {
        assert!(
            said.out.contains(expected),
            "{expected} is not in {}",
            said.out
        );
    }
    let documents = copy.specs();
    let documents = documents.keys().filter(|it| it.starts_with("specs/bspk"));
    assert_eq!(documents.count(), 13);
    assert!(
        copy.read("specs/bspk.rs")
            .contains("pub async fn upsert_wishes")
    );
    let again = copy.regen(&[&server.url("/llms.txt")]).succeeded();
    assert!(again.out.contains("nothing changed: specs is"), "{again:?}");
}

#[test]
fn with_known_operations_that_are_new_are_named_and_left_out() {
    let page = page(pages::thing("Stored.", "It is stored."));
    let (copy, server) = (Copy::new(), serve(&[("/things.md", page)]));

    let said = copy
        .regen(&[&server.url("/llms.txt"), "--known"])
        .succeeded();

    assert!(
        said.out
            .contains("`get /api/extraction/v1/slices` is new and left out"),
        "{said:?}"
    );
    assert!(
        copy.read("specs/bspk/upsert_thing.yaml")
            .contains("It is stored.")
    );
    let documents = copy.specs();
    let documents = documents.keys().filter(|it| it.starts_with("specs/bspk"));
    assert_eq!(documents.count(), 1);
}

#[test]
fn two_pages_of_an_index_that_disagree_are_both_named() {
    let old = pages::extraction("slices", "store_id name");
    let (copy, server) = (Copy::new(), serve(&[("/older/slices.md", page(old))]));

    copy.refuses(
        &[&server.url("/llms.txt")],
        &[
            "/older/slices.md:4 and ",
            "/reference/slices.md:4 disagree about `get /api/extraction/v1/slices`, at #/paths/~1api~1extraction~1v1~1slices/get/responses",
            "name the other alone",
        ],
    );
}

#[test]
fn an_address_that_cannot_be_read_is_refused_with_the_remedy() {
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
    let server = Server::start(|_| {
        let document = format!("{}\n", pages::THING);
        let text = format!("````yaml post /api/platform/v1/things\n{document}````\n");
        BTreeMap::from([
            (
                "/old.md".to_owned(),
                (308, "Location: /new.md\r\n".to_owned(), String::new()),
            ),
            ("/new.md".to_owned(), page(text)),
        ])
    });

    let said = Copy::new().regen(&[&server.url("/old.md")]).succeeded();

    assert!(
        said.out.contains("/new.md:2") || said.out.contains("/old.md:2"),
        "{said:?}"
    );
}
