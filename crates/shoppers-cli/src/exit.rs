//! How the program ends.

use std::process::ExitCode;

use serde_json::{Map, Value, json};

use crate::output::{Format, note};

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all done.
    Done,
    /// 1: the vendor refused something, or may or may not have done it.
    Incomplete,
    /// 2: what was asked for cannot be done; nothing was sent.
    Usage,
    /// 3: it could not go on: a bad key, a vendor that is down, a full disk.
    Stopped,
}

/// Why the program ends early. The message holds nothing of a shopper and no key.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    kind: &'static str,
    message: String,
    next: Option<String>,
    facts: Map<String, Value>,
}

impl Failure {
    /// The caller has to ask otherwise.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// The world has to change first.
    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(Exit::Stopped, "stopped", message)
    }

    /// An end of another kind, by the word that a program knows it by.
    pub fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            kind,
            message: message.into(),
            next: None,
            facts: Map::new(),
        }
    }

    /// The same failure with what to do next.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The same failure with something more that a program may want to know.
    pub fn fact(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// What happened.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Says why on stderr, in one line.
    pub fn tell(self, output: Format) -> Exit {
        let line = match output {
            Format::Text => self.text(),
            Format::Json => self.json().to_string(),
        };
        note(&line);
        self.exit
    }

    fn text(&self) -> String {
        match &self.next {
            Some(next) => format!("error: {}; {next}", self.message),
            None => format!("error: {}", self.message),
        }
    }

    fn json(&self) -> Value {
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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Incomplete => 1,
            Exit::Usage => 2,
            Exit::Stopped => 3,
        })
    }
}
