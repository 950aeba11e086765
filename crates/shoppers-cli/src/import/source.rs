//! The rows of a file, one by one, within bounds.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek},
    path::Path,
};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::{
    arguments::Arguments,
    names::Names,
    row::{Position, RawRow},
};
use crate::{exit::Failure, input::is_content};

mod blocks;
mod content;
mod csv;
mod error;
mod layout;
mod lines;

use blocks::Blocks;
pub use blocks::{BlockHashes, running_hash};
pub use content::{content, unknown};
use csv::Csv;
pub use error::ReadError;
use layout::BEGINNING;
pub use layout::{BOM, Layout, REJECT_COLUMNS, REJECT_ROW};
use lines::Lines;

/// No row of a shopper is longer. A longer one has a quote that is not closed, or the file is of another kind.
const LONGEST_ROW: usize = 1024 * 1024;

/// A file or stdin, whose layout is known.
pub struct Source {
    pub layout: Layout,
    pub names: Names,
    input: Input,
}

enum Input {
    File(File),
    /// Stdin or a pipe, in UTF-8.
    Stream(Stream),
}

type Stream = Box<dyn Read + Send>;

/// The rows of a source.
pub struct Rows<R> {
    reader: Reader<BufReader<R>>,
    /// The number of columns of a rejects file in front.
    added: usize,
    row: u64,
}

enum Reader<R> {
    Csv(Box<Csv<R>>),
    JsonLines(Lines<R>),
}

/// The findings of a first reading.
pub struct Survey {
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
    /// The second reading is compared with these.
    pub hashes: BlockHashes,
}

impl Source {
    /// Opens the file or stdin, and finds its layout.
    pub fn open(arguments: &Arguments, names: Names) -> Result<Self, Failure> {
        let failed = |err| Failure::usage(format!("{}: {err}", arguments.name()));
        if !arguments.is_stream() {
            let file = open(&arguments.file)?;
            let (beginning, _) = beginning(&file, arguments).map_err(failed)?;
            return Ok(Self {
                layout: Layout::detect(&beginning, arguments, &names)?,
                names,
                input: Input::File(file),
            });
        }
        let stream: Stream = if arguments.is_stdin() {
            Box::new(io::stdin())
        } else {
            Box::new(open(&arguments.file)?)
        };
        let (beginning, rest) = beginning(stream, arguments).map_err(failed)?;
        Ok(Self {
            layout: Layout::detect(&beginning, arguments, &names)?,
            names,
            input: Input::Stream(Box::new(io::Cursor::new(beginning).chain(rest))),
        })
    }

    /// Reads a file to its end, and calls `check` with each row; `None` if there is no file to read twice.
    pub fn survey(
        &self,
        name: &str,
        mut check: impl FnMut(Position, &RawRow) -> Result<(), Failure>,
    ) -> Result<Option<Survey>, Failure> {
        let Input::File(file) = &self.input else {
            return Ok(None);
        };
        let failed = |err: ReadError| Failure::usage(format!("{name}: {err}"));
        let mut file: &File = file;
        file.rewind()
            .map_err(|err| failed(ReadError::new(1, err)))?;
        let mut blocks = Blocks::new(file, None);
        let mut rows = Rows::new(decoded(&mut blocks), &self.layout).map_err(failed)?;
        let mut count = 0;
        while let Some((position, row)) = rows.next().map_err(failed)? {
            check(position, &row)?;
            count = position.row;
        }
        drop(rows);
        if count == 0 {
            return Err(no_rows(name));
        }
        let (hashes, sha256, bytes) = blocks.finish();
        Ok(Some(Survey {
            rows: count,
            bytes,
            sha256,
            hashes,
        }))
    }

    /// The rows from the first on; of a file that was surveyed, as long as it is unchanged.
    pub fn rows(
        self,
        hashes: Option<BlockHashes>,
    ) -> Result<(Rows<Stream>, Layout, Names), ReadError> {
        let input: Stream = match self.input {
            Input::Stream(stream) => stream,
            Input::File(mut file) => {
                file.rewind().map_err(|err| ReadError::new(1, err))?;
                Box::new(decoded(Blocks::new(file, hashes)))
            }
        };
        Ok((Rows::new(input, &self.layout)?, self.layout, self.names))
    }
}

impl<R: Read> Rows<R> {
    fn new(input: R, layout: &Layout) -> Result<Self, ReadError> {
        let mut input = BufReader::with_capacity(BEGINNING, input);
        let buffer = input.fill_buf().map_err(|err| ReadError::new(1, err))?;
        if buffer.starts_with(BOM) {
            input.consume(BOM.len());
        }
        let (reader, added) = match layout {
            Layout::Csv(table) => {
                let mut csv = Csv::new(input, table.delimiter, LONGEST_ROW);
                let header = csv.next()?.map(|(_, cells)| cells);
                // The layout was found in an earlier reading.
                if header.is_none_or(|it| !it.iter().skip(table.added).eq(table.header.iter())) {
                    return Err(ReadError::Changed { line: 1 });
                }
                (Reader::Csv(Box::new(csv)), table.added)
            }
            Layout::JsonLines => (Reader::JsonLines(Lines::new(input, LONGEST_ROW)), 0),
        };
        Ok(Self {
            reader,
            added,
            row: 0,
        })
    }

    /// The next row.
    pub fn next(&mut self) -> Result<Option<(Position, RawRow)>, ReadError> {
        let next = match &mut self.reader {
            Reader::Csv(csv) => csv.next()?.map(|(line, cells)| {
                let cells = cells.iter().skip(self.added).collect();
                (line, RawRow::Cells(cells))
            }),
            Reader::JsonLines(lines) => lines
                .next()?
                .map(|(line, text)| (line, RawRow::Line(content::unwrapped(text)))),
        };
        Ok(next.map(|(line, row)| {
            self.row += 1;
            let position = Position {
                row: self.row,
                line,
                hash: row.hash(),
            };
            (position, row)
        }))
    }
}

/// The failure of a file that has a header alone.
pub fn no_rows(name: &str) -> Failure {
    Failure::usage(format!(
        "{name}: the file has no rows; export the shoppers again"
    ))
}

/// Reads as much as shows the layout of a file, in UTF-8, and returns it with the rest. Rows that trickle in are not waited
/// for.
fn beginning<R: Read>(
    mut input: R,
    arguments: &Arguments,
) -> io::Result<(Vec<u8>, impl Read + use<R>)> {
    let mut mark = Vec::new();
    input.by_ref().take(2).read_to_end(&mut mark)?;
    let is_utf16 = matches!(mark[..], [0xff, 0xfe] | [0xfe, 0xff]);
    // UTF-16 is for spreadsheets, which know UTF-8 by its mark.
    let mut beginning = if is_utf16 { BOM.to_vec() } else { Vec::new() };
    let mut rest = decoded(io::Cursor::new(mark).chain(input));
    let mut buffer = vec![0; BEGINNING];
    while beginning.len() < BEGINNING && !layout::is_enough(&beginning, arguments) {
        match rest.read(&mut buffer[beginning.len()..]) {
            Ok(0) => break,
            Ok(read) => {
                let filled = beginning.len();
                beginning.extend(&buffer[filled..filled + read]);
            }
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
    Ok((beginning, rest))
}

/// The same text in UTF-8, if it is UTF-16 with a byte order mark.
fn decoded<R: Read>(input: R) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .build(input)
}

fn open(path: &Path) -> Result<File, Failure> {
    let failed = |err: io::Error| Failure::unreadable(&path.display().to_string(), &err);
    let file = File::open(path).map_err(|err| {
        if is_content(path) {
            Failure::usage("FILE is a file, or `-` for stdin, and not the shoppers themselves")
        } else {
            failed(err)
        }
    })?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}
