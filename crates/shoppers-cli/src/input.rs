//! A shopper from `--json` and `--set`.

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
    attributes::{Attributes, InputError, assemble},
    exit::Failure,
};

/// The largest input. One shopper has a few kilobytes; more is a file to import.
const LONGEST: u64 = 1024 * 1024;

/// The shopper to send.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct Input {
    /// A file with the shopper as one JSON object, in UTF-8; `-` is stdin. Attributes that are null are left out.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// An attribute by its name in `shoppers schema`; a nested name is written with dots. It replaces that of --json.
    #[arg(long, value_name = "NAME=VALUE", num_args = 1..)]
    set: Vec<String>,
}

impl Input {
    /// Reads the shopper, or returns every error in it.
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
            .map_err(|errors| invalid("--set", &errors))
    }

    /// Returns the names and values of --set.
    fn pairs(&self, attributes: &Attributes) -> Result<Vec<(&str, &str)>, Failure> {
        let mut names = HashSet::new();
        let mut pairs = Vec::new();
        for (number, pair) in (1..).zip(&self.set) {
            let at = |reason: &str| Failure::usage(format!("--set, value {number}: {reason}"));
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| at("has no `=`; write name=value"))?;
            if !attributes.contains(name) {
                return Err(at(&attributes.unknown(name).to_string()));
            }
            if value.is_empty() {
                return Err(at(&format!(
                    "{name} is empty; leave it out, or send an empty string with --json"
                )));
            }
            if !names.insert(name) {
                return Err(at(&format!("{name} is there twice; leave one out")));
            }
            pairs.push((name, value));
        }
        Ok(pairs)
    }
}

/// Reads a file, and returns the shopper as it would be sent.
fn read<T>(attributes: &Attributes, path: &Path) -> Result<Value, Failure>
where
    T: DeserializeOwned + Serialize,
{
    let is_stdin = path.as_os_str() == "-";
    let place = if is_stdin {
        "stdin".to_owned()
    } else {
        path.display().to_string()
    };
    let fault = |reason: &str| Failure::usage(format!("{place}: {reason}"));
    let mut bytes = Vec::new();
    let read = if is_stdin {
        io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|err| {
        if is_content(path) {
            Failure::usage("--json takes a file, or `-` for stdin, and not the shopper itself")
        } else {
            fault(&err.to_string())
        }
    })?;
    if bytes.len() as u64 > LONGEST {
        return Err(fault("longer than one shopper; use `import` for many"));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|err| fault(&format!("not UTF-8 at byte {}", err.valid_up_to() + 1)))?;
    // Editors on Windows add a byte order mark, which JSON does not allow.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shopper: T = attributes
        .read(text)
        .map_err(|errors| invalid(&place, &errors))?;
    serde_json::to_value(shopper).map_err(|_| fault("not a shopper as the vendor has it"))
}

/// Returns `true` if the text is JSON rather than a path: a shopper in place of a file must not be repeated.
pub fn is_content(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    matches!(text.trim_ascii_start(), [b'{' | b'[', ..])
}

fn invalid(place: &str, errors: &[InputError]) -> Failure {
    let errors: Vec<String> = errors.iter().map(InputError::to_string).collect();
    Failure::usage(format!("{place}: {}", errors.join("; ")))
}

/// Returns `true` for an object without values, also in its inner objects.
fn is_empty(value: &Value) -> bool {
    let fields = value.as_object();
    fields.is_some_and(|fields| fields.values().all(is_empty))
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
