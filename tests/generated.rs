//! The committed output in `specs`, which is compiled where the feature `generate` is off, is what build.rs makes of the
//! documents, byte for byte.

#![cfg(feature = "generate")]

use std::fs;

#[track_caller]
fn is_committed(file: &str, generated: &str) {
    let path = format!("{}/specs/{file}", env!("CARGO_MANIFEST_DIR"));
    let committed = fs::read_to_string(path).unwrap_or_default();

    assert!(
        committed == generated,
        "specs/{file} is out of date: run `cargo xtask regen`"
    );
}

macro_rules! is_committed {
    ($file:literal) => {
        is_committed($file, include_str!(concat!(env!("OUT_DIR"), "/", $file)))
    };
}

#[test]
fn the_committed_output_is_the_one_that_is_compiled() {
    is_committed!("bspk.rs");
    is_committed!("bspk.json");
    is_committed!("gatsby.rs");
    is_committed!("gatsby.json");
}
