//! A copy of the repository, pages to put into it, and a server for them.

#![allow(dead_code)] // Each test file uses a part.

pub mod pages;
pub mod server;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicUsize, Ordering},
};

static COPIES: AtomicUsize = AtomicUsize::new(0);

/// A repository, to be changed without harm; removed when the test ends.
pub struct Copy(PathBuf);

impl Copy {
    /// A small one with documents of its own, which no change of the real ones reaches. It is not made to be compiled.
    pub fn new() -> Self {
        let copy = Self(folder());
        for (path, text) in pages::SMALL {
            copy.write(path, text);
        }
        copy.regen(&[]).succeeded();
        copy
    }

    /// The real one, with what cargo needs to compile it.
    pub fn whole() -> Self {
        let to = folder();
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

    /// The names beside `specs`, and every file in it.
    pub fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = self.specs();
        let beside = fs::read_dir(&self.0).unwrap();
        found.extend(beside.map(|it| (it.unwrap().path(), Vec::new())));
        found
    }

    /// Every file of `specs`, with its text.
    pub fn specs(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut folders, mut found) = (vec![self.0.join("specs")], BTreeMap::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().to_owned();
                    found.insert(name, fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// The run names all that is expected, exits with 1, and leaves the tree as it was.
    #[track_caller]
    pub fn refuses(&self, arguments: &[&str], expected: &[&str]) {
        let before = self.tree();

        let said = self.regen(arguments);

        assert_eq!(said.code, 1, "{said:?}");
        for expected in expected {
            assert!(
                said.out.contains(expected) || said.err.contains(expected),
                "{expected:?} is not in {said:?}"
            );
        }
        assert!(self.tree() == before, "the tree has changed");
    }

    /// A cargo that says where it builds, and whose `check` runs a script.
    pub fn cargo(&self, target: &Path, check: &str) -> PathBuf {
        let cargo = self.0.join("cargo.sh");
        let script = format!(
            "#!/bin/sh\nif [ $1 = metadata ]; then echo '{{\"target_directory\": \"{}\"}}'; exit; fi\n{check}\n",
            target.display()
        );
        fs::write(&cargo, script).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        cargo
    }
}

fn folder() -> PathBuf {
    let number = COPIES.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("regen-test-{}-{number}", std::process::id()))
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
