//! A copy of the repository, pages to put into it, and a server for them.

#![allow(dead_code)] // Each test file uses a part.

pub mod pages;
pub mod server;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

static COPIES: AtomicUsize = AtomicUsize::new(0);

/// The repository, to be changed without harm; removed when the test ends.
pub struct Copy(PathBuf);

impl Copy {
    /// As it is, with what cargo needs to compile it.
    pub fn new() -> Self {
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let to = std::env::temp_dir().join(format!("regen-test-{}-{number}", std::process::id()));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        copy(root, &to);
        Self(to)
    }

    pub fn root(&self) -> &Path {
        &self.0
    }

    /// `cargo xtask` with these arguments, in the copy.
    pub fn xtask(&self, arguments: &[&str]) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
        let mut command = Command::new(binary);
        command
            .args(arguments)
            .current_dir(&self.0)
            .env("SOURCE_DATE_EPOCH", "1800000000")
            .env(
                "CARGO_TARGET_DIR",
                binary.parent().unwrap().parent().unwrap(),
            );
        for proxy in [
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "http_proxy",
            "https_proxy",
            "all_proxy",
        ] {
            command.env_remove(proxy);
        }
        command
    }

    /// `cargo xtask regen --no-compile` with these arguments, and what it said.
    pub fn regen(&self, arguments: &[&str]) -> Said {
        let arguments = [&["regen", "--no-compile"], arguments].concat();
        Said::of(self.xtask(&arguments).output().unwrap())
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Every file beside and in `specs`, with its text.
    pub fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&self.0)
            .unwrap()
            .chain(fs::read_dir(self.0.join("specs")).unwrap())
        {
            let path = entry.unwrap().path();
            let bytes = if path.is_dir() {
                Vec::new()
            } else {
                fs::read(&path).unwrap()
            };
            found.insert(path, bytes);
        }
        found
    }

    /// What a run makes of the sources shows in an error, and in nothing else.
    #[track_caller]
    pub fn refuses(&self, arguments: &[&str], expected: &[&str]) {
        let before = self.tree();

        let said = self.regen(arguments);

        assert_eq!(said.code, 1, "{said:?}");
        for expected in expected {
            assert!(
                said.err.contains(expected),
                "{expected:?} is not in {said:?}"
            );
        }
        assert_eq!(said.out, "");
        assert!(self.tree() == before, "the tree has changed");
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name == "target" || name == ".git" || name.to_string_lossy().starts_with(".specs.") {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}
