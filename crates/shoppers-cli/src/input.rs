//! A shopper as it is given on the command line.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    attributes::{Attributes, Fault, assemble},
    exit::Failure,
};

/// One shopper is a few kilobytes; more is a file to import.
const LONGEST: u64 = 1024 * 1024;

/// The shopper to send.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct Input {
    /// A file with the shopper as one JSON object, in UTF-8; `-` is stdin. What is null is left out.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// An attribute, by its name as in `shoppers schema`; a name within a name has dots. It changes what --json gave.
    #[arg(long, value_name = "NAME=VALUE", num_args = 1..)]
    set: Vec<String>,
}

impl Input {
    /// The shopper, or everything that is wrong with it.
    pub fn shopper<T: JsonSchema + DeserializeOwned + Serialize>(&self) -> Result<T, Failure> {
        let attributes = Attributes::of::<T>();
        let mut shopper = match &self.json {
            Some(path) => read::<T>(&attributes, path)?,
            None => assemble::<&str>([]),
        };
        merge(&mut shopper, assemble(self.pairs(&attributes)?));
        if is_empty(&shopper) {
            return Err(Failure::usage("the shopper has no attribute")
                .next("give one with --set or --json"));
        }
        attributes
            .decode(&shopper)
            .map_err(|faults| wrong("--set", &faults))
    }

    /// What --set says.
    fn pairs(&self, attributes: &Attributes) -> Result<Vec<(&str, &str)>, Failure> {
        let mut names = HashSet::new();
        let mut pairs = Vec::new();
        for (number, pair) in (1..).zip(&self.set) {
            let at = |reason: &str| Failure::usage(format!("--set, value {number}: {reason}"));
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| at("has no `=`; it is name=value"))?;
            if !attributes.contains(name) {
                return Err(at(&attributes.unknown(name).to_string()));
            }
            if value.is_empty() {
                return Err(at(&format!(
                    "{name} is empty; leave it out (with --json an empty text is sent as it is)"
                )));
            }
            if !names.insert(name) {
                return Err(at(&format!("{name} is there twice")));
            }
            pairs.push((name, value));
        }
        Ok(pairs)
    }
}

/// Reads a file, and gives what the shopper in it would be sent as.
fn read<T>(attributes: &Attributes, path: &Path) -> Result<Value, Failure>
where
    T: DeserializeOwned + Serialize,
{
    let place = match path.as_os_str() == "-" {
        true => "stdin".to_owned(),
        false => path.display().to_string(),
    };
    let fault = |reason: &str| Failure::usage(format!("{place}: {reason}"));
    let bytes = bytes(path).map_err(|err| match is_content(path) {
        true => Failure::usage("--json takes a file, or `-` for stdin, and not the shopper itself"),
        false => fault(&err.to_string()),
    })?;
    if bytes.len() as u64 > LONGEST {
        return Err(fault("longer than one shopper; many are for `import`"));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|err| fault(&format!("not UTF-8 at byte {}", err.valid_up_to() + 1)))?;
    // Editors on Windows put a byte order mark in front, which JSON does not have.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shopper: T = attributes
        .read(text)
        .map_err(|faults| wrong(&place, &faults))?;
    serde_json::to_value(shopper).map_err(|_| fault("not a shopper as the vendor has it"))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match path.as_os_str() == "-" {
        true => io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes),
        false => File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes),
    }?;
    Ok(bytes)
}

/// Whether JSON stands where a file should be named: what cannot be opened and is a shopper must not be repeated.
pub fn is_content(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    matches!(text.trim_ascii_start(), [b'{' | b'[', ..])
}

fn wrong(place: &str, faults: &[Fault]) -> Failure {
    let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
    Failure::usage(format!("{place}: {}", faults.join("; ")))
}

/// Whether there is nothing in it but objects without anything.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.values().all(is_empty),
        _ => false,
    }
}

fn merge(old: &mut Value, new: Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                merge(old.entry(name).or_insert(Value::Null), value);
            }
        }
        (old, new) => *old = new,
    }
}
