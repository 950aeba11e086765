//! Compiles the crate with new specs, in a copy.

use std::{
    env,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::source::Problem;

use super::{interrupt, tree::Files};

/// Folders that are not copied: they are large, or not the crate's.
const LEFT_OUT: [&str; 3] = ["target", ".git", "specs"];

/// To cargo two copies of a package are one, wherever they stand, and the crate would be built of what was only tried. With a
/// profile of its own the copy is another, and what the two depend on is still built once.
const APART: &str = "profile.dev.package.shoppers.opt-level=1";

/// Lets cargo check a copy of the crate, with every feature, around the new specs.
pub fn compile(root: &Path, specs: &Files) -> Result<(), Problem> {
    compile_in(root, &target(root)?, specs)
}

fn compile_in(root: &Path, target: &Path, specs: &Files) -> Result<(), Problem> {
    let beside = target.join("regen");
    let folder = beside.join(name(root));
    let failed =
        |err: std::io::Error| Problem::new(format!("the copy in {}: {err}", folder.display()));
    let scratch = Scratch::new(folder.clone()).map_err(failed)?;
    copy(root, &scratch.folder, target).map_err(failed)?;
    for (path, bytes) in specs {
        let to = scratch.folder.join("specs").join(path);
        fs::create_dir_all(to.parent().unwrap_or(&scratch.folder)).map_err(failed)?;
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
    check
        .current_dir(&scratch.folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let status = interrupt::status(&mut check)
        .map_err(|err| Problem::new(format!("cargo could not be started: {err}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Problem::new(
        "the crate does not compile with it (see above), so specs is as it was. Mend src first where both can stand, or \
         put it in place with --no-compile, mend src, and compile",
    ))
}

/// The folder of the copy, which goes with the value. A lock beside it says that the run that made it is alive.
struct Scratch {
    folder: PathBuf,
    _lock: File,
}

impl Scratch {
    fn new(folder: PathBuf) -> std::io::Result<Self> {
        if let Some(beside) = folder.parent() {
            fs::create_dir_all(beside)?;
        }
        let lock = File::create(lock(&folder))?;
        lock.try_lock()?;
        let _ = fs::remove_dir_all(&folder);
        interrupt::create(&folder)?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The name of a repository's copy: always the same, so that cargo builds over what it built there before.
fn name(root: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn lock(folder: &Path) -> PathBuf {
    folder.with_extension("lock")
}

/// Removes the copies of runs that were killed. The lock of a living one is taken.
pub fn sweep(root: &Path) -> Result<(), Problem> {
    for entry in fs::read_dir(target(root)?.join("regen"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let folder = entry.path();
        let is_copy = folder.is_dir() && folder.extension().is_none();
        let is_dead = || File::create(lock(&folder)).is_ok_and(|it| it.try_lock().is_ok());
        if is_copy && is_dead() {
            let _ = fs::remove_dir_all(&folder);
        }
    }
    Ok(())
}

fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The folder in which cargo builds, so that what is built already is not built again.
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
