//! Errors in the arguments, without anything that may be personal data or a key.

use clap::error::{ContextKind, ContextValue};

use crate::exit::Failure;

/// Converts an error of clap to a failure of one line.
pub fn failure(err: clap::Error) -> Failure {
    let text = redacted(err).to_string();
    let lines = text.lines().take_while(|line| !line.is_empty());
    let line = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    Failure::usage(line.strip_prefix("error: ").unwrap_or(&line)).next("see --help")
}

/// Removes the values that were given from an error of clap.
pub fn redacted(mut err: clap::Error) -> clap::Error {
    let hidden = || ContextValue::String("..".to_owned());
    if let Some(ContextValue::String(value)) = err.get(ContextKind::InvalidValue)
        && !value.is_empty()
    {
        err.insert(ContextKind::InvalidValue, hidden());
    }
    for kind in [ContextKind::InvalidArg, ContextKind::InvalidSubcommand] {
        if let Some(ContextValue::String(argument)) = err.get(kind)
            && !argument.starts_with('-')
            && !argument.contains(['<', '['])
        {
            err.insert(kind, hidden());
        }
    }
    err
}
