//! What is reviewed in `specs` is what is compiled.

use std::fs;

#[track_caller]
fn holds(path: &str, made: &str) {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let shown = fs::read_to_string(&path).unwrap_or_default();

    assert!(
        shown == made,
        "{path} is out of date: run `cargo xtask regen`"
    );
}

#[test]
fn the_bspk_client_is_the_one_in_specs() {
    holds(
        "specs/bspk.rs",
        include_str!(concat!(env!("OUT_DIR"), "/bspk.rs")),
    );
}

#[test]
fn the_gatsby_client_is_the_one_in_specs() {
    holds(
        "specs/gatsby.rs",
        include_str!(concat!(env!("OUT_DIR"), "/gatsby.rs")),
    );
}
