//! What was looked at, and what was found.

use std::fmt;

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at. It holds no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    name: &'static str,
    pub finding: Finding,
    message: String,
    remedy: Option<String>,
}

impl Check {
    pub fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            finding: Finding::Ok,
            message: message.into(),
            remedy: None,
        }
    }

    /// Calls may work.
    pub fn warn(name: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            finding: Finding::Warn,
            remedy: Some(remedy.into()),
            ..Self::ok(name, message)
        }
    }

    /// Calls will not work.
    pub fn fail(name: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            finding: Finding::Fail,
            ..Self::warn(name, message, remedy)
        }
    }

    pub fn json(&self) -> Value {
        json!({
            "check": self.name,
            "result": self.finding.word(),
            "message": self.message,
            "remedy": self.remedy,
        })
    }
}

impl Finding {
    fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "  {:4}  {}: {}",
            self.finding.word(),
            self.name,
            self.message
        )?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n        {remedy}"),
            None => Ok(()),
        }
    }
}
