//! Reads the folder `specs` and writes what comes of it into `OUT_DIR`.

use std::{env, error::Error, fs, path::Path, process::ExitCode};

use crate::{
    formats,
    generation::{self, Source, Vendor},
};

/// The endings of documents' names.
const EXTENSIONS: [&str; 3] = [".yaml", ".yml", ".json"];

pub fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=specs");
    let mut code = ExitCode::SUCCESS;
    for (name, formats) in [("bspk", &formats::BSPK[..]), ("gatsby", &formats::GATSBY)] {
        if let Err(err) = generate(name, formats) {
            for line in err.to_string().lines() {
                println!("cargo::error={line}");
            }
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// Writes `{name}.rs` and `{name}.json` into `OUT_DIR`.
fn generate(name: &str, formats: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let documents = documents(&format!("specs/{name}"))?;
    let overlay = format!("specs/{name}.overlay.yaml");
    let overlay = Path::new(&overlay)
        .exists()
        .then(|| read(&overlay))
        .transpose()?;
    let made = generation::generate(&Vendor {
        name,
        documents: &documents,
        overlay: overlay.as_ref(),
        days: &read("specs/read.txt")?,
        formats,
    })?;

    let out = env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join(format!("{name}.rs")), made.rust)?;
    fs::write(out.join(format!("{name}.json")), made.json)?;
    Ok(())
}

/// The documents of a folder, in the order of their names.
fn documents(folder: &str) -> Result<Vec<Source>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|err| format!("{folder}: {err}"))?;
    let mut documents = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let file = format!("{folder}/{}", file.to_string_lossy());
        if EXTENSIONS.iter().any(|it| file.ends_with(it)) {
            documents.push(read(&file)?);
        }
    }
    documents.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(documents)
}

fn read(path: &str) -> Result<Source, String> {
    let text = fs::read_to_string(path).map_err(|err| format!("{path}: {err}"))?;
    Ok(Source {
        file: path.to_owned(),
        text,
    })
}
