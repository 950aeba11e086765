use super::super::document::parse;
use super::*;

const WAS: &str = r"
openapi: 3.0.3
info: {title: Platform, version: '1'}
servers: [{url: 'https://api.example'}]
security: [{Bearer: []}]
paths:
  /things/{id}:
    get: {operationId: one, responses: {'200': {description: a, $ref: '#/components/responses/One'}}}
    post: {operationId: two}
  /others: {get: {operationId: three}}
components:
  schemas: {Unused: {type: string}, Used: {type: string}}
  responses: {One: {content: {a: {schema: {$ref: '#/components/schemas/Used'}}}}}
  securitySchemes: {Bearer: {type: http}}
";

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Platform, version: '1'}\n\
                    servers: [{url: 'https://api.example'}]\nsecurity: [{Bearer: []}]\n";

fn document(origin: &str, text: &str) -> Document {
    Document {
        origin: origin.to_owned(),
        text: text.to_owned(),
        node: parse(text, 0).unwrap(),
    }
}

fn node(text: &str) -> Node {
    parse(text, 0).unwrap()
}

#[track_caller]
fn merged(sources: &[&str]) -> Merged {
    let sources: Vec<_> = sources.iter().map(|it| document("a.md", it)).collect();
    merge(&node(WAS), &sources, Unmentioned::Stay).unwrap()
}

#[track_caller]
fn problem(one: &str, other: &str) -> String {
    let sources = [document("a.md", one), document("b.md", other)];
    merge(&node(WAS), &sources, Unmentioned::Stay)
        .unwrap_err()
        .to_string()
}

fn with(paths: &str) -> String {
    format!("{HEAD}{paths}\n")
}

#[test]
fn what_the_sources_do_not_mention_stays() {
    let merged = merged(&[&with(
        "paths: {/others: {get: {operationId: three, summary: new}}}",
    )]);

    let expected = WAS.replace("{operationId: three}", "{operationId: three, summary: new}");
    assert_eq!(merged.node, node(&expected));
    assert!(merged.notes.is_empty());
}

#[test]
fn the_same_in_another_order_changes_nothing() {
    let merged = merged(&[
        &with("paths: {'/things/{id}': {post: {operationId: two}}}").replace(
            "info: {title: Platform, version: '1'}",
            "info: {version: '1', title: Platform}",
        ),
    ]);

    assert_eq!(merged.node, node(WAS));
}

#[test]
fn two_that_disagree_are_named_with_the_place() {
    let cases = [
        (
            with("paths: {/x: {get: {operationId: x}}}"),
            with("paths: {/x: {get: {operationId: y}}}"),
            "b.md and a.md disagree about /x get, at #/operationId; one of them is out of date",
        ),
        (
            with("paths: {}\ncomponents: {schemas: {A: {type: string}}}"),
            with("paths: {}\ncomponents: {schemas: {A: {type: string, maxLength: 3}}}"),
            "b.md and a.md disagree about schemas A, at #/maxLength",
        ),
        (
            with("paths: {}"),
            with("paths: {}").replace("api.example", "api2.example"),
            "b.md and a.md disagree about servers, at #",
        ),
        (
            with("paths: {}"),
            with("paths: {}").replace("version: '1'", "version: '2'"),
            "b.md and a.md disagree about info, at #/version",
        ),
        (
            with("paths: {}"),
            with("paths: {}").replace("security: [{Bearer: []}]\n", ""),
            "b.md and a.md disagree about security",
        ),
    ];

    for (one, other, expected) in cases {
        let said = problem(&one, &other);

        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn another_api_of_the_vendor_keeps_its_own_host_and_leaves_ours() {
    let extraction = "openapi: 3.0.3\ninfo: {title: Extraction, version: '1'}\nservers: [{url: 'https://x.example'}]\n\
                      security: [{Bearer: []}]\npaths: {/messages: {get: {operationId: list}}}\n";

    let merged = merged(&[extraction]).node;

    assert_eq!(title(&merged), "Platform");
    assert_eq!(
        operation(&merged, "/messages", "get"),
        Some(&node(
            "{operationId: list, servers: [{url: 'https://x.example'}]}"
        ))
    );
}

#[test]
fn a_component_that_nobody_refers_to_any_more_goes_and_one_that_nobody_did_stays() {
    let merged = merged(&[&with("paths: {'/things/{id}': {get: {operationId: one}}}")]).node;

    assert_eq!(
        merged.get("components"),
        Some(&node(
            "{schemas: {Unused: {type: string}}, securitySchemes: {Bearer: {type: http}}}"
        ))
    );
}

#[test]
fn a_parameter_of_a_path_with_a_new_name_is_no_new_path() {
    let merged = merged(&[&with(
        "paths: {'/things/{thing_id}': {post: {operationId: two}}}",
    )]);

    assert!(operation(&merged.node, "/things/{id}", "post").is_none());
    assert!(operation(&merged.node, "/things/{id}", "get").is_some());
    assert_eq!(
        merged.notes,
        ["`post /things/{id}` is now called `post /things/{thing_id}`"]
    );
}

#[test]
fn what_all_methods_of_a_path_share_changes_only_with_all_of_them() {
    let get =
        "paths: {'/things/{id}': {parameters: [{name: id, in: path}], get: {operationId: one}}}";
    let post =
        "paths: {'/things/{id}': {parameters: [{name: id, in: path}], post: {operationId: two}}}";

    let both = merged(&[&with(get), &with(post)]);
    let alone = merge(
        &node(WAS),
        &[document("a.md", &with(get))],
        Unmentioned::Stay,
    );

    assert!(
        item_of(&both.node, "/things/{id}")
            .unwrap()
            .get("parameters")
            .is_some()
    );
    assert!(
        alone
            .unwrap_err()
            .to_string()
            .contains("name the pages of all of its methods together")
    );
}

#[test]
fn with_all_of_it_given_what_is_missing_goes() {
    let source = document(
        "a.json",
        &with("paths: {/others: {get: {operationId: three}}}"),
    );

    let merged = merge(&node(WAS), &[source], Unmentioned::Go).unwrap();

    assert_eq!(
        methods(&merged.node).collect::<Vec<_>>(),
        [("/others", "get")]
    );
    assert_eq!(merged.notes.len(), 2);
}
