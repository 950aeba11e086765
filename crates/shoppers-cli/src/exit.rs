//! The exit codes of the program, and the failures that end it early.

use std::{io, process::ExitCode};

use serde_json::{Map, Value, json};

/// The meaning of an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all done.
    Done,
    /// 1: the vendor refused something, or an outcome is unknown.
    Incomplete,
    /// 2: the request is invalid; nothing was sent.
    Usage,
    /// 3: it cannot go on: a bad key, a vendor that is down, a full disk.
    Stopped,
    /// 4: fewer records came than the vendor counted.
    Short,
    /// 130: interrupted by the user, by the convention of shells.
    Interrupted,
}

/// The reason for an early end. It contains no personal data and no key.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    kind: &'static str,
    message: String,
    next: Option<String>,
    facts: Map<String, Value>,
}

impl Failure {
    /// The arguments, a file or the environment have to be corrected first.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// Something outside of the program has to change first.
    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(Exit::Stopped, "stopped", message)
    }

    /// A file that cannot be read.
    pub fn unreadable(place: &str, err: &io::Error) -> Self {
        let (reason, remedy) = match err.kind() {
            io::ErrorKind::NotFound => ("there is no such file", "check the path"),
            io::ErrorKind::PermissionDenied => ("this user may not read it", "make it readable"),
            io::ErrorKind::IsADirectory => ("it is a folder", "name a file in it"),
            io::ErrorKind::InvalidData => ("it is not UTF-8 text", "save it as UTF-8"),
            _ => return Self::usage(format!("{place}: {}", reason(err))).next("check the file"),
        };
        Self::usage(format!("{place}: {reason}")).next(remedy)
    }

    /// A failure of another `kind`, the word by which other programs recognise it.
    pub fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            kind,
            message: message.into(),
            next: None,
            facts: Map::new(),
        }
    }

    /// Adds the action to take.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// Adds a field to the JSON.
    pub fn fact(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    /// The failure as a line for people.
    pub fn text(&self) -> String {
        let next = self.next.iter().map(|next| format!("; {next}"));
        format!("error: {}{}", self.message, next.collect::<String>())
    }

    /// The failure as an object for programs.
    pub fn json(&self) -> Value {
        let mut error = json!({
            "kind": self.kind,
            "message": self.message,
            "next": self.next,
        });
        for (name, value) in &self.facts {
            error[name] = value.clone();
        }
        json!({ "error": error })
    }
}

/// The system's reason, without the number that it has for it.
pub fn reason(err: &io::Error) -> String {
    let text = err.to_string();
    text.split(" (os error ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Incomplete => 1,
            Exit::Usage => 2,
            Exit::Stopped => 3,
            Exit::Short => 4,
            Exit::Interrupted => 130,
        })
    }
}
