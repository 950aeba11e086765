//! The folder `specs`: as it is, and as it shall be.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use crate::source::Problem;

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
        match self.files.get(Path::new(name)) {
            None => Ok(String::new()),
            Some(bytes) => String::from_utf8(bytes.clone()).map_err(|_| {
                Problem::new(format!(
                    "specs/{name}: not text in UTF-8; take it from git again"
                ))
            }),
        }
    }

    /// Returns `true` if the folder still is as it was read.
    pub fn is_as_read(&self) -> Result<bool, Problem> {
        Ok(files(&self.root.join("specs"))? == self.files)
    }
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
