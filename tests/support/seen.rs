//! All that a test has seen of logs, errors and `Debug`.

use std::{
    error::Error as _,
    fmt::Debug,
    io,
    sync::{Arc, Mutex},
};

use serde::de::DeserializeOwned;
use serde_json::Value;
use shoppers::Error;
use tracing_subscriber::fmt::MakeWriter;

/// All that could end up in a log.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<u8>>>);

impl Seen {
    pub fn debug(&self, value: &dyn Debug) {
        self.text(&format!("{value:?} {value:#?}"));
    }

    pub fn error(&self, err: &Error) {
        self.text(&format!("{err} {err:#} {err:?} {err:#?}"));
        for problem in err.problems() {
            self.debug(problem);
        }
        let mut source = err.source();
        while let Some(err) = source {
            self.text(&format!("{err} {err:?}"));
            source = err.source();
        }
    }

    pub fn outcome<T: Debug>(&self, outcome: &Result<T, Error>) {
        match outcome {
            Ok(value) => self.debug(value),
            Err(err) => self.error(err),
        }
    }

    /// Reads a `T` out of text and out of a value, and notes what is shown of it, or what is wrong.
    pub fn read<T: DeserializeOwned + Debug>(&self, value: &Value) {
        for read in [
            serde_json::from_str::<T>(&value.to_string()),
            serde_json::from_value::<T>(value.clone()),
        ] {
            match read {
                Ok(read) => self.debug(&read),
                // A name of ours in the message is none that was planted.
                Err(err) => self.text(&format!("{err} {err:?}").replace("`true` or `false`", "")),
            }
        }
    }

    pub fn text(&self, text: &str) {
        self.0.lock().unwrap().extend_from_slice(text.as_bytes());
    }

    pub fn all(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines of this crate; others have their own promises to keep.
#[derive(Clone)]
pub struct Filtered(pub Seen);

impl<'a> MakeWriter<'a> for Filtered {
    type Writer = Box<dyn io::Write + 'a>;

    fn make_writer(&'a self) -> Self::Writer {
        Box::new(io::sink())
    }

    fn make_writer_for(&'a self, meta: &tracing::Metadata<'_>) -> Self::Writer {
        if meta.target().starts_with("shoppers") {
            Box::new(self.0.clone())
        } else {
            Box::new(io::sink())
        }
    }
}
