//! Compiles the crate with new specs, in a copy.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use crate::source::Problem;

use super::tree::Files;

/// What is not copied: it is large, or not the crate's.
const LEFT_OUT: [&str; 3] = ["target", ".git", "specs"];

/// To cargo two copies of a package are one, wherever they stand, and the crate would be built of what was only tried. With a
/// profile of its own the copy is another, and what the two depend on is still built once.
const APART: &str = "profile.dev.package.shoppers.opt-level=1";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Lets cargo check a copy of the crate, with every feature, around the new specs.
pub fn compile(root: &Path, specs: &Files) -> Result<(), Problem> {
    compile_in(root, &target(root)?, specs)
}

fn compile_in(root: &Path, target: &Path, specs: &Files) -> Result<(), Problem> {
    let scratch = Scratch::new(&target.join("regen"), root);
    let failed =
        |err: std::io::Error| Problem::new(format!("the copy in {}: {err}", scratch.0.display()));
    copy(root, &scratch.0, target).map_err(failed)?;
    for (path, bytes) in specs {
        let to = scratch.0.join("specs").join(path);
        fs::create_dir_all(to.parent().unwrap_or(&scratch.0)).map_err(failed)?;
        fs::write(to, bytes).map_err(failed)?;
    }
    eprintln!("compiling the crate with it, in a copy");
    let mut check = cargo();
    check
        .args([
            "check",
            "--quiet",
            "--package",
            "shoppers",
            "--all-features",
            "--config",
            APART,
            "--target-dir",
        ])
        .arg(target);
    if root.join("Cargo.lock").exists() {
        check.arg("--locked");
    }
    let status = check
        .current_dir(&scratch.0)
        .stdout(Stdio::null())
        .status()
        .map_err(|err| Problem::new(format!("cargo could not be started: {err}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Problem::new(
        "the crate does not compile with it (see above), so specs is as it was. Mend src first where both can stand, or \
         put it in place with --no-compile, mend src, and compile",
    ))
}

/// The folder of the copy, which goes with the value.
struct Scratch(PathBuf);

impl Scratch {
    /// The folder of this repository: always the same, so that cargo builds over what it built there before. Those that
    /// runs left behind which were killed a day ago go.
    fn new(beside: &Path, root: &Path) -> Self {
        for entry in fs::read_dir(beside).into_iter().flatten().flatten() {
            let changed = entry.metadata().and_then(|it| it.modified()).ok();
            let age = changed.and_then(|it| it.elapsed().ok()).unwrap_or_default();
            if age > DAY {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        let folder = beside.join(format!("{:016x}", hasher.finish()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where cargo builds, so that what is built already is not built again.
fn target(root: &Path) -> Result<PathBuf, Problem> {
    let asked = cargo()
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|err| Problem::new(format!("cargo could not be started: {err}")))?;
    let said: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap_or_default();
    match said["target_directory"].as_str() {
        Some(target) => Ok(target.into()),
        None => Err(Problem::new(
            "cargo does not say where it builds; does `cargo metadata` work here?",
        )),
    }
}

fn copy(from: &Path, to: &Path, target: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_left_out =
            LEFT_OUT.iter().any(|it| name == *it) || name.to_string_lossy().starts_with(".specs.");
        if is_left_out || entry.path() == target {
            continue;
        }
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(&name), target)?;
        } else {
            fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A crate that is made of what its specs say.
    const CRATE: [(&str, &str); 4] = [
        (
            "Cargo.toml",
            "[package]\nname = \"shoppers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n",
        ),
        (
            "build.rs",
            r#"fn main() {
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rustc-env=SAID={}", std::fs::read_to_string("specs/said").unwrap());
}"#,
        ),
        ("src/lib.rs", ""),
        ("specs/said", "old"),
    ];

    #[test]
    fn what_was_tried_is_not_taken_for_the_crate() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let target = root.join("target");
        for (path, text) in CRATE {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut check = cargo();
        check.args(["check", "--quiet", "--offline", "--target-dir"]);
        let checked = check.arg(&target).current_dir(root).status().unwrap();
        assert!(checked.success());

        let new = Files::from([("said".into(), b"new".to_vec())]);
        compile_in(root, &target, &new).unwrap();

        // What the build scripts said, of the crate and of its copy.
        let built = fs::read_dir(target.join("debug/build")).unwrap();
        let said =
            built.filter_map(|it| fs::read_to_string(it.unwrap().path().join("output")).ok());
        let mut said: Vec<String> = said
            .filter_map(|it| Some(it.split_once("SAID=")?.1.trim().to_owned()))
            .collect();
        said.sort();
        assert_eq!(said, ["new", "old"]);
    }
}
