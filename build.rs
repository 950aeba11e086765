//! Turns the documents in `specs` into clients, by progenitor. Nothing is fetched.

#[path = "build/formats.rs"]
mod formats;
#[path = "build/mod.rs"]
mod generation;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

use sha2::{Digest, Sha256};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=specs");
    let made = client("bspk", &formats::BSPK).and_then(|()| client("gatsby", &[]));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            for line in err.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Writes the client of the document `specs/{name}.yaml` into `OUT_DIR`.
fn client(name: &str, formats: &[(&str, &str)]) -> Result<(), Box<dyn Error>> {
    let document = format!("specs/{name}.yaml");
    let overlay = format!("specs/{name}.overlay.yaml");
    let text = read(&document)?;
    let over = Path::new(&overlay)
        .exists()
        .then(|| read(&overlay))
        .transpose()?;

    let made = generation::generate(name, &text, over.as_deref(), formats)
        .map_err(|refusal| format!("{document}: {refusal}"))?;

    let out = env::var_os("OUT_DIR").ok_or("cargo did not set OUT_DIR")?;
    fs::write(Path::new(&out).join(format!("{name}.rs")), made.rust)?;
    fs::write(Path::new(&out).join(format!("{name}.json")), made.vendors)?;
    if env::var_os("CARGO_FEATURE_HTTPMOCK").is_some() {
        let mock = generation::mock(&text, over.as_deref(), formats)
            .map_err(|refusal| format!("{document}: {refusal}"))?;
        fs::write(Path::new(&out).join(format!("{name}.mock.rs")), mock)?;
    }
    remember(name, &text)
}

/// Lets `src/spec.rs` say what the document was and when it was read.
fn remember(name: &str, text: &str) -> Result<(), Box<dyn Error>> {
    let dates = "specs/read.txt";
    let read = read(dates)?;
    let read = read
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        .ok_or_else(|| format!("{dates}: has no line for {name}, such as `{name} 2026-11-22`"))?;
    let digest = Sha256::digest(text);
    let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
    let name = name.to_uppercase();
    println!("cargo::rustc-env=SHOPPERS_{name}_SHA256={digest}");
    println!("cargo::rustc-env=SHOPPERS_{name}_READ={read}");
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|err| format!("{path}: {err}"))
}
