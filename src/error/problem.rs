//! The problems that a vendor lists in an answer.

use std::fmt;

use serde_json::Value;

/// The codes that may be shown. Any other may be somebody's name, as a vendor quotes what it was sent.
const KNOWN_CODES: [&str; 2] = [
    // specs/bspk.yaml, "Validation". Neither that document nor Gatsby's has another.
    "not_found",
    // Our own: src/mock/server.rs.
    "no_mock_matches",
];

/// One of the things that a vendor found wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    code: Option<String>,
    title: Option<String>,
}

impl Problem {
    /// The vendor's word for the kind of problem, such as `not_found`. It may hold a shopper's data.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The [`code`](Self::code), if it is one that a vendor documents, and so fit for a log or a metric.
    pub fn known_code(&self) -> Option<&str> {
        self.code().filter(|code| KNOWN_CODES.contains(code))
    }

    /// The vendor's own words. They may hold a shopper's data.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Problem");
        if let Some(code) = self.known_code() {
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
