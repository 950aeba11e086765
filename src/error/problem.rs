//! What a vendor found wrong, in its own words.

use std::fmt;

use serde_json::Value;

/// One of the things that a vendor found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    code: Option<String>,
    title: Option<String>,
}

impl Problem {
    /// What kind of problem it is, such as `not_found`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The vendor's own words. They may hold a shopper's data.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The code, if it is a word and cannot be somebody's name, number or address.
    pub(super) fn safe_code(&self) -> Option<&str> {
        self.code().filter(|code| {
            code.len() <= 40
                && code.starts_with(|first: char| first.is_ascii_lowercase())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Problem");
        if let Some(code) = self.safe_code() {
            shown.field("code", &code);
        }
        shown.finish_non_exhaustive()
    }
}

/// Reads `{"errors": [{"title": .., "code": ..}]}`, of which anything may be missing.
pub(super) fn problems(body: &[u8]) -> Vec<Problem> {
    let Some(answer) = json(body) else {
        return Vec::new();
    };
    let errors = answer["errors"].as_array().into_iter().flatten();
    errors
        .map(|error| Problem {
            code: error["code"].as_str().map(str::to_owned),
            title: error["title"]
                .as_str()
                .or(error.as_str())
                .map(str::to_owned),
        })
        .filter(|problem| problem.code.is_some() || problem.title.is_some())
        .collect()
}

fn json(body: &[u8]) -> Option<Value> {
    serde_json::from_slice(body).ok().or_else(|| {
        // BSPK's own example of an error has single quotes (specs/bspk.yaml, "Validation").
        let text = str::from_utf8(body).ok()?;
        let single_quoted = text.trim_start().starts_with("{'");
        single_quoted.then(|| serde_json::from_str(&text.replace('\'', "\"")).ok())?
    })
}
