//! Places in documents.

use std::fmt;

/// A place in a document, written as a JSON pointer (RFC 6901) behind a `#`.
#[derive(Clone, Debug, PartialEq)]
pub struct Place(String);

impl Place {
    pub fn top() -> Self {
        Self("#".to_owned())
    }

    pub fn key(&self, key: impl fmt::Display) -> Self {
        let key = key.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{key}", self.0))
    }

    /// The JSON pointer without the `#`.
    pub fn pointer(&self) -> &str {
        &self.0[1..]
    }

    /// The keys from the top to here.
    pub fn keys(&self) -> Vec<String> {
        let keys = self.0.split('/').skip(1);
        keys.map(|it| it.replace("~1", "/").replace("~0", "~"))
            .collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
