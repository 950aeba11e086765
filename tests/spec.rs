//! A service can tell what it was built from.

use std::fs;

use sha2::{Digest, Sha256};
use shoppers::spec::{BSPK, GATSBY, Spec};

fn text(file: &str) -> String {
    fs::read_to_string(format!("{}/specs/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// As `cat specs/VENDOR/* | sha256sum` has it.
fn sha256(spec: Spec) -> String {
    let folder = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), spec.folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let digest = files.iter().fold(Sha256::new(), |digest, file| {
        digest.chain_update(fs::read(file).unwrap())
    });
    let digest = digest.finalize();
    digest.iter().map(|it| format!("{it:02x}")).collect()
}

#[test]
fn the_hash_is_that_of_the_documents() {
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
        format!("specs/bspk, read {}, sha256 {}", BSPK.read, BSPK.sha256)
    );
}
