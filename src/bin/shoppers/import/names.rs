//! Which attribute a column holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use sha2::{Digest, Sha256};

use super::arguments::{Arguments, Renamed};
use crate::{attributes::Attributes, exit::Failure, output::harmless};

/// A map of more would not be one of attributes.
const LONGEST_MAP: u64 = 1024 * 1024;

/// The names of the file, and what they stand for.
pub struct Names {
    pub attributes: Attributes,
    renamed: BTreeMap<String, String>,
    ignored: BTreeSet<String>,
    /// Those that were given one by one, and should be there.
    expected: BTreeSet<String>,
}

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It holds the attribute of this path.
    Attribute(String),
    /// It is left out.
    Ignored,
    /// Nobody knows.
    Unknown,
}

impl Names {
    /// Reads what was given on the command line, and in a file.
    pub fn new(attributes: Attributes, arguments: &Arguments) -> Result<Self, Failure> {
        let mut pairs = match &arguments.map_file {
            Some(path) => map_file(path)?,
            None => Vec::new(),
        };
        // What is given by hand goes before the file.
        pairs.extend(arguments.map.iter().cloned());
        for Renamed { theirs, ours } in &pairs {
            if !attributes.contains(ours) {
                let meant = match attributes.nearest(ours) {
                    Some(nearest) => format!("; is it `{nearest}`?"),
                    None => "; `shoppers schema` has all of them".to_owned(),
                };
                return Err(Failure::usage(format!(
                    "--map {theirs}={ours}: there is no attribute `{ours}`{meant}"
                )));
            }
        }
        let by_hand = arguments.map.iter().map(|pair| &pair.theirs);
        Ok(Self {
            attributes,
            expected: by_hand.chain(&arguments.ignore_column).cloned().collect(),
            renamed: pairs
                .into_iter()
                .map(|pair| (pair.theirs, pair.ours))
                .collect(),
            ignored: arguments.ignore_column.iter().cloned().collect(),
        })
    }

    /// What a column of this name is for.
    pub fn place(&self, theirs: &str) -> Place {
        if self.ignored.contains(theirs) {
            Place::Ignored
        } else if let Some(ours) = self.renamed.get(theirs) {
            Place::Attribute(ours.clone())
        } else if self.attributes.contains(theirs) {
            Place::Attribute(theirs.to_owned())
        } else {
            Place::Unknown
        }
    }

    /// Those of the command line that are not among the names of the file.
    pub fn missing<'a>(&'a self, theirs: &[String]) -> Vec<&'a str> {
        let expected = self.expected.iter().map(String::as_str);
        expected
            .filter(|name| !theirs.iter().any(|it| it == name))
            .collect()
    }

    /// What to do about names that nobody knows.
    pub fn advice(&self, unknown: &[String]) -> String {
        let told = unknown.iter().map(|name| {
            let quoted = format!("`{}`", name.escape_debug());
            match self.attributes.nearest(name) {
                Some(nearest) => format!("{quoted} (is it `{nearest}`?)"),
                None => quoted,
            }
        });
        let told: Vec<String> = told.collect();
        let first = unknown.first().map_or("", String::as_str);
        let nearest = self.attributes.nearest(first).unwrap_or("ATTRIBUTE");
        let advice = format!(
            "no attribute is called {}; name the attribute with --map {}, or leave the column out with --ignore-column {}",
            told.join(", "),
            super::shell::quoted(&format!("{first}={nearest}")),
            super::shell::quoted(first),
        );
        harmless(&advice)
    }

    /// A mark of all that decides what a column is for.
    pub fn digest(&self) -> Sha256 {
        let mut digest = Sha256::new();
        for (theirs, ours) in &self.renamed {
            digest.update(format!("map {theirs:?}={ours:?}\n"));
        }
        for name in &self.ignored {
            digest.update(format!("ignore {name:?}\n"));
        }
        digest
    }
}

/// Reads pairs, from lines of `theirs=ours` or from CSV of two columns.
fn map_file(path: &Path) -> Result<Vec<Renamed>, Failure> {
    let place = path.display();
    let failed = |what: String| Failure::usage(format!("{place}: {what}"));
    let bytes = fs::metadata(path)
        .map_err(|err| failed(err.to_string()))?
        .len();
    if bytes > LONGEST_MAP {
        return Err(failed("more than 1 MiB, which is no map of columns".into()));
    }
    let text = fs::read_to_string(path).map_err(|err| failed(err.to_string()))?;
    pairs(text.trim_start_matches('\u{feff}')).map_err(failed)
}

fn pairs(text: &str) -> Result<Vec<Renamed>, String> {
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let mut pairs = Vec::new();
    for (number, line) in lines {
        let pair = line.parse().ok().or_else(|| from_csv(line));
        match pair {
            // The header of a CSV.
            Some(Renamed { ours, .. }) if number == 1 && ours == "ours" => {}
            Some(pair) => pairs.push(pair),
            None => {
                return Err(format!(
                    "line {number}: expected theirs=ours, or two columns"
                ));
            }
        }
    }
    Ok(pairs)
}

fn from_csv(line: &str) -> Option<Renamed> {
    [b'\t', b';', b','].into_iter().find_map(|delimiter| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(line.as_bytes());
        let row = reader.records().next()?.ok()?;
        (row.len() == 2).then(|| Renamed {
            theirs: row[0].trim().to_owned(),
            ours: row[1].trim().to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_lines_or_csv() {
        let expected = [("Vorname", "first_name"), ("E-Mail, privat", "email")];
        let expected: Vec<Renamed> = expected
            .map(|(theirs, ours)| Renamed {
                theirs: theirs.to_owned(),
                ours: ours.to_owned(),
            })
            .into();

        for text in [
            "Vorname=first_name\nE-Mail, privat=email",
            "# ours\r\n\r\nVorname = first_name\r\nE-Mail, privat = email\r\n",
            "theirs,ours\nVorname,first_name\n\"E-Mail, privat\",email\n",
            "theirs;ours\nVorname;first_name\nE-Mail, privat;email",
        ] {
            assert_eq!(pairs(text).as_ref(), Ok(&expected), "{text}");
        }
        for (text, line) in [("Vorname", 1), ("a=b\nx,y,z", 2)] {
            let told = format!("line {line}: expected theirs=ours, or two columns");

            assert_eq!(pairs(text), Err(told), "{text}");
        }
    }
}
