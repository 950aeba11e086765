//! The folder `specs`: the current one, and the next one.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use crate::{generation::Source, source::Problem};

/// The files of a folder and of those in it, by their paths in it.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The repository.
#[derive(Debug)]
pub struct Tree {
    pub root: PathBuf,
    pub files: Files,
}

impl Tree {
    /// The root of the repository that this is run in.
    pub fn root() -> Result<PathBuf, Problem> {
        let here =
            env::current_dir().map_err(|err| Problem::new(format!("the current folder: {err}")))?;
        let is_root =
            |folder: &&Path| folder.join("build.rs").is_file() && folder.join("specs").is_dir();
        let root = here.ancestors().find(is_root);
        root.map(Path::to_owned).ok_or_else(|| {
            Problem::new(
                "no folder `specs` here or above; run it inside the repository of `shoppers`",
            )
        })
    }

    /// Reads `specs` of the repository at `root`.
    pub fn read(root: PathBuf) -> Result<Self, Problem> {
        Ok(Self {
            files: files(&root.join("specs"))?,
            root,
        })
    }

    /// A text of the folder; empty, if there is none.
    pub fn text(&self, name: &str) -> Result<String, Problem> {
        text(&self.files, name)
    }

    /// The crate's version.
    pub fn version(&self) -> Result<String, Problem> {
        let manifest = fs::read_to_string(self.root.join("Cargo.toml"))
            .map_err(|err| Problem::new(format!("Cargo.toml: {err}")))?;
        let mut lines = manifest.lines();
        let version = lines.find_map(|it| it.strip_prefix("version = \"")?.strip_suffix('"'));
        let version = version.map(str::to_owned);
        version.ok_or_else(|| Problem::new("Cargo.toml has no line `version = \"..\"`; write one"))
    }

    /// Returns `true` if the folder still is as it was read.
    pub fn is_as_read(&self) -> Result<bool, Problem> {
        Ok(files(&self.root.join("specs"))? == self.files)
    }
}

/// A text of some files; empty, if there is none.
pub fn text(files: &Files, name: &str) -> Result<String, Problem> {
    let bytes = files.get(Path::new(name)).cloned().unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| {
        Problem::new(format!(
            "specs/{name}: not text in UTF-8; take it from git again"
        ))
    })
}

/// A file of `specs` as build.rs takes it.
pub fn source(files: &Files, name: &str) -> Result<Source, Problem> {
    let file = format!("specs/{name}");
    text(files, name).map(|text| Source { file, text })
}

/// The documents of a vendor, in the order of their names.
pub fn documents(files: &Files, vendor: &str) -> Vec<Source> {
    let is_document = |path: &&PathBuf| {
        let extension = path.extension().unwrap_or_default();
        path.parent() == Some(Path::new(vendor))
            && ["yaml", "yml", "json"].iter().any(|it| extension == *it)
    };
    let paths = files.keys().filter(is_document);
    paths
        .filter_map(|path| source(files, path.to_str()?).ok())
        .collect()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Result<Files, Problem> {
    let mut found = Files::new();
    collect(folder, Path::new(""), &mut found)?;
    Ok(found)
}

fn collect(folder: &Path, below: &Path, found: &mut Files) -> Result<(), Problem> {
    let at = folder.join(below);
    let failed = |err: std::io::Error| Problem::new(err.to_string()).of(at.display());
    for entry in fs::read_dir(&at).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            collect(folder, &path, found)?;
        } else {
            found.insert(path, fs::read(entry.path()).map_err(failed)?);
        }
    }
    Ok(())
}
