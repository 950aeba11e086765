//! What is wrong with a shopper that was given.

use std::{borrow::Cow, fmt};

/// What is wrong with what was given, without any value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The attribute at fault, if it is one alone.
    pub attribute: Option<String>,
    /// The line and the column, both from 1, where text is no JSON.
    pub position: Option<(usize, usize)>,
    /// What was expected.
    pub reason: Cow<'static, str>,
}

impl Fault {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: None,
            position: None,
            reason: reason.into(),
        }
    }

    pub(super) fn of(attribute: impl Into<String>, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            attribute: Some(attribute.into()),
            ..Self::new(reason)
        }
    }

    /// What is no JSON; of its syntax the parser says what it expected, and quotes nothing.
    pub(super) fn syntax(err: &serde_json::Error) -> Self {
        let message = err.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        Self {
            position: Some((err.line(), err.column())),
            ..Self::new(format!("not JSON: {reason}"))
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.position {
            write!(f, "line {line}, column {column}: ")?;
        }
        if let Some(attribute) = &self.attribute {
            write!(f, "{attribute}: ")?;
        }
        f.write_str(&self.reason)
    }
}
