//! How the program ends.

use std::process::ExitCode;

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
    message: String,
}

impl Failure {
    /// The caller has to ask otherwise.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// The world has to change first.
    pub fn stopped(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Stopped,
            message: message.into(),
        }
    }

    /// Says why on stderr.
    pub fn tell(self) -> Exit {
        eprintln!("error: {}", self.message);
        self.exit
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
