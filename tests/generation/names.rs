//! Names that would become one in Rust.

use super::*;

#[test]
fn a_title_that_stands_twice_is_refused() {
    for title in ["Thing", "thing", "THING"] {
        let message = refusal("title: Done", &format!("title: {title}"));

        assert_eq!(
            message,
            format!(
                "#/paths/~1things/post/responses/200/content/application~1json/schema: two schemas have the name \
                 {title:?} and differ, the other at \
                 #/paths/~1things/post/requestBody/content/application~1json/schema; \
                 give one another `title` in the overlay"
            )
        );
    }
}

#[test]
fn a_title_that_is_the_name_of_a_component_is_refused() {
    let document = format!("{DOCUMENT}components: {{schemas: {{Done: {{type: object}}}}}}\n");

    let message = generate(&document, None).unwrap_err();

    assert!(
        message.contains("two schemas have the name \"Done\""),
        "{message}"
    );
}

#[test]
fn names_that_become_one_in_rust_are_refused_with_their_place() {
    let body = "#/paths/~1things/post/requestBody/content/application~1json/schema";
    let cases = [
        (
            "name: {type: string}",
            "userName: {type: string}, user_name: {type: string}",
            format!("{body}/properties/user_name: \"user_name\" becomes the field `user_name`, as does \"userName\""),
        ),
        (
            "name: {type: string}",
            "kind: {title: Kind, type: string, enum: [in store, x, in-store]}",
            format!("{body}/properties/kind/enum/2: \"in-store\" becomes the variant `InStore`, as does \"in store\""),
        ),
        (
            "id: {type: integer}\n",
            "id: {type: integer}\n                  extra: {type: string}\n",
            "#/paths/~1things/post/responses/200/content/application~1json/schema/properties/extra: \"extra\" becomes \
             the field `extra`, as does what is not described"
                .to_owned(),
        ),
        (
            "operationId: put_thing\n",
            "operationId: put_thing\n      \
             parameters: [{name: Body, in: query, schema: {type: string}}]\n",
            "#/paths/~1things/post/parameters/0: \"Body\" becomes the argument `body`, as does the body".to_owned(),
        ),
        (
            "post:\n",
            "parameters: [{name: page-no, in: query, schema: {type: string}}]\n    post:\n      \
             parameters: [{name: pageNo, in: query, schema: {type: string}}]\n",
            "#/paths/~1things/parameters/0: \"page-no\" becomes the argument `page_no`, as does \"pageNo\"".to_owned(),
        ),
    ];

    for (from, to, expected) in cases {
        assert_eq!(
            refusal(from, to),
            format!("{expected}; leave one of them out of the document")
        );
    }
}

#[test]
fn operations_that_become_one_method_are_refused() {
    let other =
        "  /others:\n    get: {operationId: putThing, responses: {'200': {description: Done.}}}\n";
    let cases = [
        (
            format!("{DOCUMENT}{other}"),
            "#/paths/~1things/post/operationId: \"put_thing\" becomes the method `put_thing`, as does \"putThing\" at \
             #/paths/~1others/get; give it another in the overlay",
        ),
        (
            DOCUMENT.replace("operationId: put_thing", "operationId: exec"),
            "#/paths/~1things/post/operationId: \"exec\" becomes the method `exec`, as does a method by hand; \
             give it another in the overlay",
        ),
    ];

    for (document, expected) in cases {
        assert_eq!(generate(&document, None).unwrap_err(), expected);
    }
}

#[test]
fn a_schema_or_an_operation_with_a_name_by_hand_is_refused_with_its_place() {
    let message = refusal("title: Thing", "title: Client");
    assert!(
        message.contains(
            "application~1json/schema: becomes the type `Client`, which is another by hand"
        ),
        "{message}"
    );

    let message = refusal("operationId: put_thing", "operationId: call_by_name");
    assert!(message.contains("post/operationId: "), "{message}");
    assert!(message.contains("as does a method by hand"), "{message}");
}

/// The names that a list of `pub use` brings in.
fn used(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => used(&path.tree, names),
        syn::UseTree::Group(group) => group.items.iter().for_each(|it| used(it, names)),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Rename(name) => names.push(name.rename.to_string()),
        syn::UseTree::Glob(_) => {}
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

#[test]
fn the_lists_of_names_by_hand_are_complete() {
    for vendor in ["bspk", "gatsby"] {
        let root = format!("{}/src/{vendor}", env!("CARGO_MANIFEST_DIR"));
        let module = std::fs::read_to_string(format!("{root}.rs")).unwrap();
        let mut types = Vec::new();
        for item in syn::parse_file(&module).unwrap().items {
            if let syn::Item::Use(item) = item
                && is_public(&item.vis)
            {
                used(&item.tree, &mut types);
            }
        }
        let mut methods = Vec::new();
        for file in std::fs::read_dir(&root).unwrap() {
            let Ok(text) = std::fs::read_to_string(file.unwrap().path()) else {
                continue;
            };
            for item in syn::parse_file(&text).unwrap().items {
                if let syn::Item::Impl(item) = item
                    && item.trait_.is_none()
                    && quote::quote!(#item).to_string().starts_with("impl Client ")
                {
                    methods.extend(item.items.iter().filter_map(|it| match it {
                        syn::ImplItem::Fn(it) if is_public(&it.vis) => {
                            Some(it.sig.ident.to_string())
                        }
                        _ => None,
                    }));
                }
            }
        }
        let by_hand = ["search_shoppers", "delete_shopper"];
        methods.retain(|it| !by_hand.contains(&it.as_str()));

        let types = types.iter().filter(|it| it.starts_with(char::is_uppercase));
        for typ in types {
            let listed = generation::names::types_by_hand(vendor).contains(&typ.as_str());
            assert!(listed, "add {typ} to build/names.rs");
        }
        for method in methods {
            let listed = generation::names::methods_by_hand(vendor).any(|it| it == method);
            assert!(listed, "add {method} to build/names.rs");
        }
    }
}
