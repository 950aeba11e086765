//! The arguments of an import.

use std::{
    fs::{self, Metadata},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use clap::{Args, ValueEnum};

use super::row::RejectKind;
use crate::{files::extended, time};

/// The arguments of an import, for both vendors.
#[derive(Args, Clone, Debug)]
#[group(skip)]
#[command(next_help_heading = "Import")]
pub struct Arguments {
    /// A file of shoppers, as CSV or JSON Lines, in UTF-8 or UTF-16; `-` is stdin. Stdin and pipes need --journal.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The format of the file. Default: by its extension, or its first byte.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// The character between two cells, or `tab`. Default: the one of , ; tab | that fits the header.
    #[arg(long, value_parser = delimiter, value_name = "CHARACTER")]
    pub delimiter: Option<u8>,

    /// A column of the file and the attribute that it holds; may be repeated.
    #[arg(long, value_name = "THEIRS=OURS")]
    pub map: Vec<Renamed>,

    /// A file of such pairs: lines of `theirs=ours`, or CSV with two columns.
    #[arg(long, value_name = "FILE")]
    pub map_file: Option<PathBuf>,

    /// A column of the file to leave out; may be repeated.
    #[arg(long, value_name = "COLUMN")]
    pub ignore_column: Vec<String>,

    /// Checks every row and sends nothing; needs no key.
    #[arg(long)]
    pub dry_run: bool,

    /// The quota from which --dry-run computes the duration of the import, such as 30/10s.
    #[arg(long, value_name = "CALLS/TIME", requires = "dry_run")]
    pub quota: Option<Quota>,

    /// The highest number of rows under way at once. Default: as many as the quota allows; without one, 64 for BSPK and 8 for Gatsby.
    #[arg(long, value_name = "ROWS")]
    pub concurrency: Option<NonZeroUsize>,

    /// The time after which to give up if no row succeeds; 0s gives up at the first failure.
    #[arg(long, value_parser = humantime::parse_duration, default_value = "5m", value_name = "TIME")]
    pub give_up_after: Duration,

    /// The timeout of one call.
    #[arg(long, value_parser = time::positive, default_value = "15s", value_name = "TIME")]
    pub attempt_timeout: Duration,

    /// The file for the outcome of each row. Default: FILE.journal; required for stdin and pipes.
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// The file for rejected rows. Default: FILE.rejects.csv, or .jsonl for JSON Lines. Ambiguous rows go to
    /// FILE.ambiguous.csv, rows that were stored with warnings to FILE.warnings.csv.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A header, and a row for each shopper.
    Csv,
    /// A JSON object in each line.
    Jsonl,
}

/// A column of the file, and the attribute that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    pub theirs: String,
    pub ours: String,
}

/// A number of calls in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub calls: u32,
    pub window: Duration,
}

impl Arguments {
    /// Returns `true` if the rows come from stdin.
    pub fn is_stdin(&self) -> bool {
        self.file == Path::new("-")
    }

    /// Returns `true` if the rows can be read only once, from stdin or a pipe.
    pub fn is_stream(&self) -> bool {
        let is_stream = |it: Metadata| !it.is_file() && !it.is_dir();
        self.is_stdin() || fs::metadata(&self.file).is_ok_and(is_stream)
    }

    /// The name of the file in messages.
    pub fn name(&self) -> String {
        if self.is_stdin() {
            "stdin".to_owned()
        } else {
            self.file.display().to_string()
        }
    }

    /// The path of the journal; `None` for a stream without one.
    pub fn journal(&self) -> Option<PathBuf> {
        let beside = || (!self.is_stream()).then(|| extended(&self.file, ".journal"));
        self.journal.clone().or_else(beside)
    }

    /// The paths of the rejects files, by kind.
    pub fn reject_paths(&self, journal: &Path, format: Format) -> [PathBuf; 3] {
        let base = if self.is_stream() {
            journal
        } else {
            &self.file
        };
        let ending = match format {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        };
        RejectKind::ALL.map(|kind| match (kind, &self.rejects) {
            (RejectKind::Rejected, Some(path)) => path.clone(),
            _ => extended(base, &format!(".{}.{ending}", kind.file_name())),
        })
    }
}

impl FromStr for Renamed {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Their names may hold a `=`, ours do not.
        match text.rsplit_once('=') {
            Some((theirs, ours)) if !ours.trim().is_empty() => Ok(Self {
                theirs: theirs.trim().to_owned(),
                ours: ours.trim().to_owned(),
            }),
            _ => Err("expected THEIRS=OURS, such as Vorname=first_name"),
        }
    }
}

impl FromStr for Quota {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let quota = text.split_once('/').and_then(|(calls, window)| {
            Some(Self {
                calls: calls.trim().parse().ok()?,
                window: humantime::parse_duration(window.trim()).ok()?,
            })
        });
        quota
            .filter(|quota| quota.calls > 0 && !quota.window.is_zero())
            .ok_or("expected calls and a time, such as 30/10s")
    }
}

fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text.as_bytes() {
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        [b'"' | b'\r' | b'\n'] => Err("expected a character other than a quote or a line end"),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("expected one character, or `tab`"),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Import {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[test]
    fn rejects_files_are_beside_the_file_or_the_journal_of_stdin() {
        let cases = [
            (
                "x s.csv --journal j",
                Format::Csv,
                [
                    "s.csv.rejects.csv",
                    "s.csv.ambiguous.csv",
                    "s.csv.warnings.csv",
                ],
            ),
            (
                "x - --journal j",
                Format::Jsonl,
                ["j.rejects.jsonl", "j.ambiguous.jsonl", "j.warnings.jsonl"],
            ),
            (
                "x s.csv --rejects r",
                Format::Csv,
                ["r", "s.csv.ambiguous.csv", "s.csv.warnings.csv"],
            ),
        ];

        for (words, format, expected) in cases {
            let Import { arguments } = Import::try_parse_from(words.split(' ')).unwrap();

            let paths = arguments.reject_paths(Path::new("j"), format);
            let expected = expected.map(PathBuf::from);
            assert_eq!(paths, expected, "{words}");
        }
    }

    #[test]
    fn a_quota_is_a_number_of_calls_and_a_time() {
        let of = |calls, seconds| {
            Ok(Quota {
                calls,
                window: Duration::from_secs(seconds),
            })
        };
        let wrong = Err("expected calls and a time, such as 30/10s");
        for (text, expected) in [
            ("30/10s", of(30, 10)),
            (" 60 / 2s ", of(60, 2)),
            ("1/1m", of(1, 60)),
            ("30", wrong),
            ("30/10", wrong),
            ("0/10s", wrong),
            ("30/0s", wrong),
            ("-1/10s", wrong),
            ("", wrong),
        ] {
            assert_eq!(text.parse::<Quota>(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_pair_is_split_at_the_last_equals_sign() {
        let of = |theirs: &str, ours: &str| {
            Some(Renamed {
                theirs: theirs.to_owned(),
                ours: ours.to_owned(),
            })
        };
        for (text, expected) in [
            ("Vorname=first_name", of("Vorname", "first_name")),
            ("a = b", of("a", "b")),
            ("a=b=c", of("a=b", "c")),
            ("=email", of("", "email")),
            ("email=", None),
            ("email", None),
        ] {
            assert_eq!(text.parse::<Renamed>().ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_delimiter_is_one_byte_that_csv_does_not_use() {
        for (text, expected) in [
            (",", Some(b',')),
            ("tab", Some(b'\t')),
            ("\\t", Some(b'\t')),
            ("\t", Some(b'\t')),
            ("|", Some(b'|')),
            ("\"", None),
            ("\n", None),
            ("", None),
            (",,", None),
            ("ö", None),
        ] {
            assert_eq!(delimiter(text).ok(), expected, "{text:?}");
        }
    }
}
