//! The rows of a file, one by one, within bounds.

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

use super::{
    arguments::Arguments,
    layout::{self, Layout, MARK},
    names::Names,
};
use crate::{exit::Failure, input::is_content};

mod cells;
mod checkpoints;
mod content;
mod json;
mod lines;

use cells::Csv;
pub use cells::{Cells, first_row, has_first_row};
use checkpoints::{Changed, Recorder, Verifier};
pub use checkpoints::{Checkpoints, running_hash};
pub use content::{Fault, content, unknown};
pub use json::Unique;
use lines::Lines;

/// No row of a shopper is longer; what is has a quote that was left open, or is another kind of file.
pub const LONGEST_ROW: usize = 1024 * 1024;

/// At most this much of a file is looked at to find out how it is laid out, so no header is longer.
pub const BEGINNING: usize = 64 * 1024;

type Input = BufReader<Box<dyn Read + Send>>;

/// Where rows come from.
pub struct Source {
    pub layout: Layout,
    pub names: Names,
    input: Input,
}

/// A row as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    Cells(Cells),
    Line(Vec<u8>),
}

/// Where a row is, and what it is recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Its number among the rows, from 1.
    pub row: u64,
    /// The line in which it begins, from 1.
    pub line: u64,
    /// A part of its SHA-256, never 0.
    pub hash: u32,
}

/// Rows, one by one.
pub struct Rows {
    reader: Reader,
    /// How many columns of this program's are in front.
    added: usize,
    row: u64,
}

enum Reader {
    Csv(Box<Csv<Input>>),
    Lines(Lines<Input>),
}

/// What a whole file comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
    /// The second reading is held against these.
    pub checkpoints: Checkpoints,
}

/// Why there are no more rows.
#[derive(Debug)]
pub enum Broken {
    Input {
        line: u64,
        err: io::Error,
    },
    /// It is not the file that was surveyed.
    Changed {
        line: u64,
    },
    TooLong {
        line: u64,
    },
    OpenQuote {
        line: u64,
    },
}

impl Source {
    /// Opens the file, or stdin, and finds out how it is laid out.
    pub fn open(arguments: &Arguments, names: Names) -> Result<Self, Failure> {
        let mut input: Box<dyn Read + Send> = match arguments.is_stdin() {
            true => Box::new(io::stdin()),
            false => Box::new(open(&arguments.file)?),
        };
        let beginning = beginning(&mut input, arguments)
            .map_err(|err| Failure::usage(format!("{}: {err}", arguments.name())))?;
        let layout = Layout::detect(&beginning, arguments, &names)?;
        Ok(Self {
            layout,
            names,
            input: buffered(Box::new(io::Cursor::new(beginning).chain(input))),
        })
    }

    /// The rows from the first on. Those of a file that was surveyed are given out as long as it is what it was then.
    pub fn rows(
        self,
        surveyed: Option<Checkpoints>,
    ) -> Result<(Rows, Arc<Layout>, Arc<Names>), Broken> {
        let input: Box<dyn Read + Send> = match surveyed {
            Some(checkpoints) => Box::new(Verifier::new(self.input, checkpoints)),
            None => Box::new(self.input),
        };
        let rows = Rows::new(buffered(input), &self.layout)?;
        Ok((rows, Arc::new(self.layout), Arc::new(self.names)))
    }

    /// Reads a file once to its end: counts its rows, and calls `each` with them.
    pub fn survey(
        &self,
        path: &Path,
        mut each: impl FnMut(Position, &Raw) -> Result<(), Failure>,
    ) -> Result<Survey, Failure> {
        let told = |err: Broken| Failure::usage(format!("{}: {err}", path.display()));
        let recorder = Arc::new(Mutex::new(Recorder::new(open(path)?)));
        let input = Shared(Arc::clone(&recorder));
        let mut rows = Rows::new(buffered(Box::new(input)), &self.layout).map_err(told)?;
        let mut count = 0;
        while let Some((position, raw)) = rows.next().map_err(told)? {
            each(position, &raw)?;
            count = position.row;
        }
        drop(rows);
        let recorder = Arc::into_inner(recorder)
            .map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner))
            .ok_or_else(|| Failure::stopped("the file is still being read"))?;
        let (checkpoints, bytes, sha256) = recorder.end();
        if count == 0 {
            return Err(Failure::usage(format!(
                "{}: it has a header and no rows",
                path.display()
            )));
        }
        Ok(Survey {
            rows: count,
            bytes,
            sha256: super::hex(&sha256.finalize()),
            checkpoints,
        })
    }
}

impl Rows {
    fn new(mut input: Input, layout: &Layout) -> Result<Self, Broken> {
        let buffer = input.fill_buf().map_err(|err| Broken::input(1, err))?;
        if buffer.starts_with(MARK) {
            input.consume(MARK.len());
        }
        let (reader, added) = match layout {
            Layout::Csv(table) => {
                let mut csv = Csv::new(input, table.delimiter);
                csv.next()?; // The header.
                (Reader::Csv(Box::new(csv)), table.added)
            }
            Layout::Lines => (Reader::Lines(Lines::new(input)), 0),
        };
        Ok(Self {
            reader,
            added,
            row: 0,
        })
    }

    /// The next row.
    pub fn next(&mut self) -> Result<Option<(Position, Raw)>, Broken> {
        let next = match &mut self.reader {
            Reader::Csv(csv) => csv.next()?.map(|(line, cells)| {
                let cells = cells.iter().skip(self.added).collect();
                (line, Raw::Cells(cells))
            }),
            Reader::Lines(lines) => lines
                .next()?
                .map(|(line, text)| (line, Raw::Line(content::unwrapped(text)))),
        };
        let Some((line, raw)) = next else {
            return Ok(None);
        };
        self.row += 1;
        let position = Position {
            row: self.row,
            line,
            hash: raw.hash(),
        };
        Ok(Some((position, raw)))
    }
}

impl Raw {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Cells(cells) => cells.bytes(),
            Self::Line(text) => text.len(),
        }
    }

    fn hash(&self) -> u32 {
        let mut digest = Sha256::new();
        match self {
            Self::Cells(cells) => {
                for cell in cells.iter() {
                    digest.update((cell.len() as u64).to_le_bytes());
                    digest.update(cell);
                }
            }
            Self::Line(text) => digest.update(text),
        }
        let digest = digest.finalize();
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).max(1)
    }
}

impl Broken {
    fn input(line: u64, err: io::Error) -> Self {
        match Changed::is_in(&err) {
            true => Self::Changed { line },
            false => Self::Input { line, err },
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { line, err } => write!(f, "line {line}: {err}"),
            Self::Changed { line } => write!(f, "line {line}: {Changed}"),
            Self::TooLong { line } => write!(
                f,
                "line {line}: a row of more than 1 MiB; is a quote left open?"
            ),
            Self::OpenQuote { line } => write!(
                f,
                "line {line}: the row does not end before the file does; is a quote left open?"
            ),
        }
    }
}

/// An input that can be asked for what it has recorded, once its reader has ended.
struct Shared<R>(Arc<Mutex<R>>);

impl<R: Read> Read for Shared<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut input = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        input.read(buffer)
    }
}

/// Reads as much as it takes to find out how a file is laid out. Rows that trickle in are not waited for.
fn beginning(input: &mut impl Read, arguments: &Arguments) -> io::Result<Vec<u8>> {
    let mut beginning = vec![0; BEGINNING];
    let mut filled = 0;
    while filled < BEGINNING && !layout::is_enough(&beginning[..filled], arguments) {
        match input.read(&mut beginning[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
    beginning.truncate(filled);
    Ok(beginning)
}

fn open(path: &Path) -> Result<File, Failure> {
    let failed = |err: io::Error| Failure::usage(format!("{}: {err}", path.display()));
    let file = File::open(path).map_err(|err| match is_content(path) {
        true => Failure::usage("FILE is a file, or `-` for stdin, and not the shoppers themselves"),
        false => failed(err),
    })?;
    match file.metadata().map_err(failed)?.is_dir() {
        false => Ok(file),
        true => Err(Failure::usage(format!(
            "{}: a folder, not a file",
            path.display()
        ))),
    }
}

fn buffered(input: Box<dyn Read + Send>) -> Input {
    BufReader::with_capacity(BEGINNING, input)
}
