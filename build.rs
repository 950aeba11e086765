//! Turns the documents in `specs` into clients, by progenitor. Nothing is fetched.

#[path = "build/mod.rs"]
mod generation;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    let made = client("bspk", &generation::BSPK_FORMATS).and_then(|()| client("gatsby", &[]));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            println!("cargo::error={err}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the client of the document `specs/{name}.yaml` into `OUT_DIR`.
fn client(name: &str, formats: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let document = format!("specs/{name}.yaml");
    let overlay = format!("specs/{name}.overlay.yaml");
    println!("cargo::rerun-if-changed={document}");
    println!("cargo::rerun-if-changed={overlay}");
    let text = read(&document)?;
    let over = Path::new(&overlay)
        .exists()
        .then(|| read(&overlay))
        .transpose()?;

    let made = generation::generate(&text, over.as_deref(), formats)
        .map_err(|refusal| format!("{document}: {refusal}"))?;

    let out = env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?;
    fs::write(Path::new(&out).join(format!("{name}.rs")), made.rust)?;
    fs::write(Path::new(&out).join(format!("{name}.json")), made.vendors)?;
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|err| format!("{path}: {err}"))
}
