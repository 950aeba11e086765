//! Operations that are new: they come by `cargo xtask regen` and nothing else, and can be called, mocked and commanded.

mod support;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use support::{
    Copy, Said, pages,
    server::{Server, page},
};

/// Adds the program that calls them, and a list that says of each which of its arguments go where.
fn add_program(copy: &Copy) {
    let document: Value = serde_json::from_str(&copy.read("specs/bspk.json")).unwrap();
    let mut calls = "calls! { arguments:\n".to_owned();
    for (name, text) in pages::six() {
        let fence = text.split_once("platform_v1.json ").unwrap().1;
        let mut words = fence.split_whitespace();
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let operation = &document["paths"][path][method];
        assert!(operation.is_object(), "{name}");
        calls += &format!(
            "{}({});\n",
            method_name(copy, method, path),
            arguments(operation)
        );
    }
    let tests = "crates/shoppers-cli/tests/published";
    copy.write(&format!("{tests}/calls.rs"), &format!("{calls}}}\n"));
    copy.write(&format!("{tests}.rs"), include_str!("published/program.rs"));
}

/// The name of an operation in the generated list.
fn method_name(copy: &Copy, method: &str, path: &str) -> String {
    let rust = copy.read("specs/bspk.rs");
    let place = format!("method: {:?},\n    path: {path:?},", method.to_uppercase());
    let (before, _) = rust.split_once(&place).unwrap();
    let (_, name) = before.rsplit_once("name: \"").unwrap();
    name.split('"').next().unwrap().to_owned()
}

/// Rust that gives a public method its arguments: those of the path, those of the query that are required, the body, and the
/// rest of the query.
fn arguments(operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().unwrap();
    let with = |place: &'static str, is_required: bool| {
        let parameters = parameters.iter();
        parameters.filter(move |it| it["in"] == place && (it["required"] == true) == is_required)
    };
    let given = with("path", true).chain(with("query", true)).map(|it| {
        let name = it["name"].as_str().unwrap();
        match it["schema"]["type"].as_str() {
            Some("string") => format!("&arguments.get::<String>({name:?})"),
            _ => format!("arguments.get({name:?})"),
        }
    });
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let members = body["properties"].as_object();
    let is_list =
        members.is_some_and(|it| it.len() == 1 && it.values().all(|it| it["type"] == "array"));
    let body = members.map(|_| {
        if is_list {
            "&arguments.get::<Vec<_>>(\"body\")".to_owned()
        } else {
            "&arguments.get(\"body\")".to_owned()
        }
    });
    let query = with("query", false)
        .next()
        .map(|_| "&Default::default()".to_owned());
    given
        .chain(body)
        .chain(query)
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn six_new_operations_come_by_regen_alone_and_are_called_mocked_and_commanded() {
    let copy = Copy::whole();
    for (name, text) in pages::six() {
        copy.write(&format!("pages/{name}.md"), text);
    }

    let mut regen = copy.xtask(&["regen", "pages"]);
    // A change of it would build the C code of dependencies anew.
    regen.env_remove("SOURCE_DATE_EPOCH");

    let regen = Said::of(regen.output().unwrap()).succeeded();
    add_program(&copy);

    for name in [
        "list_wishes",
        "upsert_wishes",
        "list_gift_cards",
        "delete_gift_card",
    ] {
        let added = format!("added `bspk::Client::{name}`");
        assert!(
            regen.out.contains(&added),
            "{added} is not in {}",
            regen.out
        );
    }
    let mut cargo = Command::new(env!("CARGO"));
    let built = Said::of(in_copy(&mut cargo, &copy).output().unwrap());
    assert!(
        built.code == 0 && built.out.contains("3 passed"),
        "{built:?}"
    );
}

/// Builds and runs the program, of what is built already but for the copy's own packages: all features but `generate` are
/// those of `cargo test --workspace --all-features`.
fn in_copy<'a>(cargo: &'a mut Command, copy: &Copy) -> &'a mut Command {
    let built = Path::new(env!("CARGO_BIN_EXE_xtask"))
        .ancestors()
        .nth(2)
        .unwrap();
    let features =
        "shoppers/axum,shoppers/httpmock,shoppers/redis,shoppers/schemars,shoppers-sandbox/ui";
    cargo
        .args([
            "test",
            "--quiet",
            "--locked",
            "--offline",
            "--workspace",
            "--test",
            "published",
        ])
        .args(["--no-default-features", "--features", features])
        // To cargo a copy of a package is the package, unless its profile differs.
        .args([
            "--config",
            "profile.dev.package.shoppers.overflow-checks=false",
        ])
        .current_dir(copy.root())
        .env("CARGO_BUILD_BUILD_DIR", built)
        .env("CARGO_TARGET_DIR", copy.root().join("target"))
}

#[test]
fn an_index_of_all_committed_pages_and_new_ones_is_taken_as_a_whole() {
    let copy = Copy::whole();
    let before = copy.specs();
    let server = Server::start(|_| {
        let mut served = BTreeMap::new();
        let mut index = "# BSPK\n\n".to_owned();
        let committed = before.iter().filter_map(|(path, text)| {
            let name = path
                .strip_prefix("specs/bspk")
                .ok()?
                .file_stem()?
                .to_str()?;
            let text = String::from_utf8(text.clone()).unwrap();
            let operation = pages::operation_of(&text)?;
            Some((
                name.to_owned(),
                pages::page(&operation, text.strip_suffix('\n').unwrap()),
            ))
        });
        let new = pages::six().map(|(name, text)| (name.to_owned(), text.to_owned()));
        for (name, text) in committed.chain(new) {
            index += &format!("- [{name}](/{name}.md)\n");
            served.insert(format!("/{name}.md"), page(text));
        }
        served.insert("/llms.txt".to_owned(), page(index));
        served
    });

    let said = copy.regen(&[&server.url("/llms.txt")]).succeeded();

    let (before, after) = (documents(before), documents(copy.specs()));
    assert_eq!(after.len(), before.len() + 6, "{said:?}");
    for (path, text) in before {
        assert!(after.get(&path) == Some(&text), "{path:?} has changed");
    }
    assert!(
        said.out.contains("added `bspk::Client::list_wishes`"),
        "{said:?}"
    );
}

fn documents(mut specs: BTreeMap<PathBuf, Vec<u8>>) -> BTreeMap<PathBuf, Vec<u8>> {
    specs.retain(|path, _| path.starts_with("specs/bspk"));
    specs
}
