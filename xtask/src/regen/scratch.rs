//! Compiles the crate with new specs, in a copy.

use std::{
    env,
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::source::Problem;

use super::{interrupt, tree::Files};

/// Folders that are not copied: they are large, or not the crate's.
const LEFT_OUT: [&str; 3] = ["target", ".git", "specs"];

/// To cargo two copies of a package are one, wherever they stand, and the crate would be built of what was only tried. With a
/// profile of its own the copy is another, and the dependencies of both are still built once.
const APART: &str = "profile.dev.package.shoppers.overflow-checks=false";

/// Lets cargo check a copy of the crate and of those that depend on it, with tests and examples, around the new specs.
/// Returns the errors of the compiler.
///
/// The generated files are compiled as they are, without the feature `generate`: build.rs would refuse an overlay that no
/// longer fits before the compiler says where `src` does not.
pub fn compile(root: &Path, specs: &Files) -> Result<Vec<String>, Problem> {
    compile_in(root, &Workspace::of(root)?, specs)
}

fn compile_in(root: &Path, workspace: &Workspace, specs: &Files) -> Result<Vec<String>, Problem> {
    let folder = workspace.target.join("regen").join(name(root));
    let failed =
        |err: std::io::Error| Problem::new(format!("the copy in {}: {err}", folder.display()));
    let scratch = Scratch::new(folder.clone()).map_err(failed)?;
    copy(root, &scratch.folder, &workspace.target).map_err(failed)?;
    for (path, bytes) in specs {
        let to = scratch.folder.join("specs").join(path);
        fs::create_dir_all(to.parent().unwrap_or(&scratch.folder)).map_err(failed)?;
        fs::write(to, bytes).map_err(failed)?;
    }
    eprintln!("compiling a copy with it, tests and examples too");
    let mut check = cargo();
    check.args(["check", "--quiet", "--keep-going", "--all-targets"]);
    check.args(["--workspace", "--no-default-features"]);
    // These two do not depend on the generated files.
    check.args(["--exclude", "xtask", "--exclude", "openapi-verdict"]);
    check.args(["--message-format", "json", "--config", APART]);
    check.args(["--features", &workspace.features]);
    check.arg("--target-dir").arg(&workspace.target);
    if root.join("Cargo.lock").exists() {
        check.arg("--locked");
    }
    let output = interrupt::output(check.current_dir(&scratch.folder))
        .map_err(|err| Problem::new(format!("cargo could not be started: {err}")))?;
    let mut errors = errors(&String::from_utf8_lossy(&output.stdout));
    if errors.is_empty() && !output.status.success() {
        errors.push("cargo could not compile a copy of the crate (see above); does `cargo check --locked` work here?".into());
    }
    Ok(errors)
}

/// The errors in cargo's messages, each once with its place.
fn errors(messages: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for line in messages.lines() {
        let said: Value = serde_json::from_str(line).unwrap_or_default();
        let message = &said["message"];
        let mut spans = message["spans"].as_array().into_iter().flatten();
        let span = spans.find(|it| it["is_primary"] == true);
        if let (Some(what), Some(span), "error") = (
            message["message"].as_str(),
            span,
            message["level"].as_str().unwrap_or_default(),
        ) {
            let file = span["file_name"].as_str().unwrap_or_default();
            let label = span["label"]
                .as_str()
                .map_or_else(String::new, |it| format!(" ({it})"));
            let error = format!("{file}:{}: {what}{label}", span["line_start"]);
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
    }
    errors
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
    for entry in fs::read_dir(Workspace::of(root)?.target.join("regen"))
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

/// The parts of `cargo metadata` that a copy is compiled with.
struct Workspace {
    /// The folder in which cargo builds, so that what is built already is not built again.
    target: PathBuf,
    /// All features of the crate but `generate`, as cargo takes them.
    features: String,
}

impl Workspace {
    fn of(root: &Path) -> Result<Self, Problem> {
        let metadata = [
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ];
        let output = cargo()
            .args(metadata)
            .current_dir(root)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|err| Problem::new(format!("cargo could not be started: {err}")))?;
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let Some(target) = metadata["target_directory"].as_str() else {
            return Err(Problem::new(
                "cargo does not say where it builds; does `cargo metadata` work here?",
            ));
        };
        let mut packages = metadata["packages"].as_array().into_iter().flatten();
        let package = packages.find(|it| it["name"] == "shoppers");
        let features = package.and_then(|it| it["features"].as_object());
        let features = features.into_iter().flatten().map(|(name, _)| name);
        let features = features.filter(|it| !matches!(it.as_str(), "default" | "generate"));
        let features: Vec<_> = features.map(|it| format!("shoppers/{it}")).collect();
        Ok(Self {
            target: target.into(),
            features: features.join(","),
        })
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
        let workspace = Workspace {
            target: target.clone(),
            features: String::new(),
        };
        let errors = compile_in(root, &workspace, &new).unwrap();

        assert_eq!(errors, Vec::<String>::new());

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
