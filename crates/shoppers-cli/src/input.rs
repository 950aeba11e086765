//! A body from `--json` and `--set`.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    attributes::{Attributes, InputError, assemble, parse},
    exit::Failure,
};

/// The largest input. One body has a few kilobytes; more is a file to import.
const LONGEST: u64 = 1024 * 1024;

/// The place of what the arguments themselves hold.
const ARGUMENT: &str = "--json";

/// The body to send.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub struct Input {
    /// The JSON to send: a file in UTF-8, `-` for stdin, or the JSON itself. What is null is left out.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// An attribute and its value; a nested name is written with dots. It replaces that of --json.
    #[arg(long, value_name = "NAME=VALUE", num_args = 1..)]
    set: Vec<String>,
}

/// A body, and the places that its parts come from.
pub struct Body<'a> {
    pub value: Value,
    /// The place of the JSON, if there is some.
    json: Option<String>,
    /// The names of --set.
    set: Vec<&'a str>,
}

impl Input {
    /// Reads a shopper of one of the library's types, or returns every error in it.
    pub fn shopper<T: JsonSchema + DeserializeOwned>(&self) -> Result<T, Failure> {
        let attributes = Attributes::of::<T>();
        let body = self.body(&attributes)?;
        attributes
            .decode(&body.value)
            .map_err(|errors| body.failure(&errors))
    }

    /// Reads the body, whose attributes are still to be checked.
    pub fn body(&self, attributes: &Attributes) -> Result<Body<'_>, Failure> {
        let (json, mut value) = match &self.json {
            Some(path) => {
                let (place, value) = read(path)?;
                (Some(place), Some(value))
            }
            None => (None, None),
        };
        let pairs = self.pairs(attributes)?;
        let set = pairs.iter().map(|(name, _)| *name).collect();
        if !pairs.is_empty() {
            let set = assemble(pairs);
            value = Some(match value {
                None if attributes.is_list() => Value::Array(vec![set]),
                None => set,
                Some(Value::Array(_)) => {
                    return Err(Failure::usage("--set cannot change a list of --json")
                        .next("change the JSON, or leave one of them out"));
                }
                Some(mut value) => {
                    merge(&mut value, set);
                    value
                }
            });
        }
        let value = value.unwrap_or_default();
        if is_empty(&value) {
            return Err(Failure::usage("there is nothing to send")
                .next("give an attribute with --set or --json"));
        }
        Ok(Body { value, json, set })
    }

    /// Returns the names and values of --set.
    fn pairs(&self, attributes: &Attributes) -> Result<Vec<(&str, Value)>, Failure> {
        let mut pairs: Vec<(&str, Value)> = Vec::new();
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
            let value = attributes.typed(name, value);
            match (pairs.iter_mut().find(|it| it.0 == name), value) {
                (None, value) => pairs.push((name, value)),
                (Some((_, Value::Array(items))), Value::Array(more)) => items.extend(more),
                (Some(_), _) => {
                    return Err(at(&format!("{name} is there twice; leave one out")));
                }
            }
        }
        Ok(pairs)
    }
}

impl Body<'_> {
    /// Reports errors with the places that they come from.
    pub fn failure(&self, errors: &[InputError]) -> Failure {
        let is_set = |err: &&InputError| {
            let name = err.attribute.as_deref().unwrap_or_default();
            self.json.is_none() || self.set.contains(&name)
        };
        let (set, json): (Vec<_>, Vec<_>) = errors.iter().partition(is_set);
        let place = self.json.as_deref().unwrap_or(ARGUMENT);
        let parts = [(place, json), ("--set", set)]
            .into_iter()
            .filter(|(_, errors)| !errors.is_empty())
            .map(|(place, errors)| format!("{place}: {}", joined(&errors)));
        Failure::usage(parts.collect::<Vec<_>>().join("; "))
    }
}

/// Reads JSON, and says where it was found.
fn read(path: &Path) -> Result<(String, Value), Failure> {
    let (place, bytes) = if is_content(path) {
        (
            ARGUMENT.to_owned(),
            path.as_os_str().as_encoded_bytes().to_vec(),
        )
    } else if path.as_os_str() == "-" {
        let place = "stdin".to_owned();
        let bytes = bytes(io::stdin().lock());
        (
            place.clone(),
            bytes.map_err(|err| Failure::unreadable(&place, &err))?,
        )
    } else {
        let place = path.display().to_string();
        let bytes = File::open(path).and_then(bytes);
        (
            place.clone(),
            bytes.map_err(|err| Failure::unreadable(&place, &err))?,
        )
    };
    let fault = |reason: &str| Failure::usage(format!("{place}: {reason}"));
    if bytes.len() as u64 > LONGEST {
        return Err(fault("longer than 1 MiB; use `import` for many shoppers"));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|err| fault(&format!("not UTF-8 at byte {}", err.valid_up_to() + 1)))?;
    // Editors on Windows add a byte order mark, which JSON does not allow.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match parse(text) {
        Ok(value) => Ok((place, value)),
        Err(err) => Err(fault(&err.to_string())),
    }
}

fn bytes(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns `true` if the text is JSON rather than a path, which must not be repeated.
pub fn is_content(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    matches!(text.trim_ascii_start(), [b'{' | b'[', ..])
}

fn joined(errors: &[&InputError]) -> String {
    let errors: Vec<String> = errors.iter().map(|it| it.to_string()).collect();
    errors.join("; ")
}

/// Returns `true` for what holds no value, also within.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(is_empty),
        _ => false,
    }
}

fn merge(old: &mut Value, new: Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                merge(old.entry(name).or_insert(Value::Object(Map::new())), value);
            }
        }
        (old, new) => *old = new,
    }
}
