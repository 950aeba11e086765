//! The names of the file's columns, and the attributes that they hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use sha2::{Digest, Sha256};

use super::arguments::{Arguments, Renamed};
use crate::{attributes::Attributes, exit::Failure};

/// A longer file is not a map of columns.
const LONGEST_MAP: u64 = 1024 * 1024;

/// The columns that a message lists at most.
const LISTED: usize = 20;

/// The remedy for a name that is not an attribute.
const REMEDY: &str =
    "name the attribute with --map THEIRS=OURS, or leave it out with --ignore-column THEIRS";

/// The names of the file's columns, and the attributes that they hold.
pub struct Names {
    pub attributes: Attributes,
    renamed: BTreeMap<String, String>,
    ignored: BTreeSet<String>,
    /// The names from the command line, each of which the file has to have.
    expected: BTreeSet<String>,
}

/// The purpose of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// It holds the attribute with this path.
    Attribute(String),
    /// It is left out.
    Ignored,
    Unknown,
}

impl Names {
    /// Reads the mapping from the command line and its file.
    pub fn new(attributes: Attributes, arguments: &Arguments) -> Result<Self, Failure> {
        let mut pairs = match &arguments.map_file {
            Some(path) => map_file(path, &attributes)?,
            None => Vec::new(),
        };
        // The command line goes before the file.
        pairs.extend(arguments.map.iter().cloned());
        for Renamed { theirs, ours } in &arguments.map {
            if !attributes.contains(ours) {
                return Err(Failure::usage(format!(
                    "--map {theirs}={ours}: there is no attribute `{ours}`; {}",
                    meant(&attributes, ours)
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

    /// The purpose of the column with this name.
    pub fn column(&self, theirs: &str) -> Column {
        if self.ignored.contains(theirs) {
            Column::Ignored
        } else if let Some(ours) = self.renamed.get(theirs) {
            Column::Attribute(ours.clone())
        } else if self.attributes.contains(theirs) {
            Column::Attribute(theirs.to_owned())
        } else {
            Column::Unknown
        }
    }

    /// A name from the command line that is not among the names of the file.
    pub fn missing(&self, theirs: &[String]) -> Option<&str> {
        let missing = self.expected.iter().find(|name| !theirs.contains(name));
        missing.map(String::as_str)
    }

    /// Lists columns that hold no attribute, by their numbers from 1, with the nearest attribute. Their names are not repeated:
    /// without a header, or with an open quote in it, they are a shopper's data.
    pub fn unknown_columns(&self, columns: &[(usize, &str)]) -> String {
        let listed = columns.iter().take(LISTED);
        let mut listed: Vec<String> = listed
            .map(|(column, name)| match self.attributes.nearest(name) {
                Some(nearest) => format!("{column} (is it `{nearest}`?)"),
                None => column.to_string(),
            })
            .collect();
        if columns.len() > LISTED {
            listed.push(format!("and {} more", columns.len() - LISTED));
        }
        format!(
            "columns that hold no attribute: {}; {REMEDY}",
            listed.join(", ")
        )
    }

    /// Says that a row of JSON has names that are not attributes, with the nearest ones. The names themselves are not repeated,
    /// as they may be a shopper's data.
    pub fn unknown_names(&self, names: &[String]) -> String {
        let nearest = names.iter().filter_map(|it| self.attributes.nearest(it));
        let nearest: BTreeSet<String> = nearest.map(|it| format!("`{it}`")).collect();
        let nearest: Vec<String> = nearest.into_iter().take(LISTED).collect();
        let meant = match &nearest[..] {
            [] => String::new(),
            nearest => format!(" (is it {}?)", nearest.join(" or ")),
        };
        let count = match names.len() {
            1 => "a name that is not an attribute".to_owned(),
            count => format!("{count} names that are not attributes"),
        };
        format!("{count}{meant}; {REMEDY}")
    }

    /// A hash of the mapping.
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

/// Reads pairs from lines of `theirs=ours` or from CSV with two columns. The file may be one of shoppers by mistake, so
/// nothing of it is repeated.
fn map_file(path: &Path, attributes: &Attributes) -> Result<Vec<Renamed>, Failure> {
    let place = path.display();
    let failed = |what: String| Failure::usage(format!("{place}: {what}"));
    let unreadable = |err| Failure::unreadable(&place.to_string(), &err);
    let bytes = fs::metadata(path).map_err(unreadable)?.len();
    if bytes > LONGEST_MAP {
        return Err(failed(
            "longer than 1 MiB; --map-file takes lines of theirs=ours".into(),
        ));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let pairs = pairs(text.trim_start_matches('\u{feff}')).map_err(failed)?;
    for (line, Renamed { ours, .. }) in &pairs {
        if !attributes.contains(ours) {
            let meant = meant(attributes, ours);
            return Err(failed(format!(
                "line {line}: there is no such attribute; {meant}"
            )));
        }
    }
    Ok(pairs.into_iter().map(|(_, pair)| pair).collect())
}

/// A hint at the attribute that was probably meant.
fn meant(attributes: &Attributes, name: &str) -> String {
    match attributes.nearest(name) {
        Some(nearest) => format!("is it `{nearest}`?"),
        None => "`shoppers schema` lists them".to_owned(),
    }
}

/// The pairs, with their line numbers.
fn pairs(text: &str) -> Result<Vec<(usize, Renamed)>, String> {
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let mut pairs = Vec::new();
    for (number, line) in lines {
        let pair = line.parse().ok().or_else(|| from_csv(line));
        match pair {
            // The header of a CSV.
            Some(Renamed { ours, .. }) if number == 1 && ours == "ours" => {}
            Some(pair) => pairs.push((number, pair)),
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
    fn a_map_is_read_from_lines_or_csv() {
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
            let pairs = pairs(text).map(|it| it.into_iter().map(|(_, pair)| pair).collect());
            assert_eq!(pairs.as_ref(), Ok(&expected), "{text}");
        }
        for (text, line) in [("Vorname", 1), ("a=b\nx,y,z", 2)] {
            let message = format!("line {line}: expected theirs=ours, or two columns");

            assert_eq!(pairs(text).err(), Some(message), "{text}");
        }
    }
}
