//! A service can tell what it was built from.

use std::fs;

use sha2::{Digest, Sha256};
use shoppers::spec::{BSPK, GATSBY, Spec};

fn text(file: &str) -> String {
    fs::read_to_string(format!("{}/specs/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn sha256(spec: Spec) -> String {
    let digest = Sha256::digest(text(spec.file));
    digest.iter().map(|it| format!("{it:02x}")).collect()
}

#[test]
fn the_hash_is_that_of_the_document() {
    assert_eq!(BSPK.sha256, sha256(BSPK));
    assert_eq!(GATSBY.sha256, sha256(GATSBY));
    assert_ne!(BSPK.sha256, GATSBY.sha256);
}

#[test]
fn the_day_is_the_one_in_read_txt() {
    let expected = format!("bspk {}\ngatsby {}\n", BSPK.read, GATSBY.read);

    assert_eq!(text("read.txt"), expected);
    assert_eq!(BSPK.read.len(), "2026-11-22".len());
}

#[test]
fn it_prints_on_one_line() {
    let line = BSPK.to_string();

    assert_eq!(
        line,
        format!("bspk.yaml, read {}, sha256 {}", BSPK.read, BSPK.sha256)
    );
}
