//! The address of a page, to go on from.

use std::{fmt, str::FromStr};

use reqwest::Url;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Error, Operation};

const FAULT: &str = "not a cursor: expected a path and a query as `Cursor` prints them, such as `/api/things?page=2`";

/// The parameter that is another one on each page, and so is not put back.
const PAGE: &str = "page";

/// The longest cursor that is read.
const LONGEST: usize = 16 << 10;

/// The place in a list at which the next page begins: a path and a query, without a host and without a key. It prints and
/// parses, and travels as text, so that a job can go on later where it stopped.
///
/// The query repeats the filter of the list, which may hold ids of people, so `Debug` does not show it.
///
/// # Example: a cursor out of a file
///
/// ```
/// use shoppers::Cursor;
///
/// let cursor: Cursor = "/api/extraction/v1/messages?page=2&per_page=100".parse()?;
/// assert_eq!(cursor.to_string(), "/api/extraction/v1/messages?page=2&per_page=100");
/// assert!("https://api.bspk.com/api".parse::<Cursor>().is_err());
/// # Ok::<(), shoppers::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor(String);

impl Cursor {
    /// The place that an address leads to: one of the operation, below one of the bases. Nothing of its host is kept, and what
    /// it lacks of the `query` of the page that named it is put back: without the filter it would lead into another list.
    pub(super) fn resolve(
        address: &str,
        bases: [&str; 2],
        operation: &Operation,
        query: &str,
    ) -> Option<Self> {
        let path = |url: &Url, base: &Url| {
            let is_same =
                (url.host_str(), url.port(), url.username()) == (base.host_str(), base.port(), "");
            let path = url.path();
            let below = path.strip_prefix(base.path().trim_end_matches('/'));
            let paths = [below, Some(path)].into_iter().flatten();
            let mut paths = paths
                .filter(|it| is_path_of(operation, it))
                .map(str::to_owned);
            paths.next().filter(|_| is_same && url.password().is_none())
        };
        for base in bases {
            let base: Url = base.parse().ok()?;
            let here = format!("{}{}", base.path().trim_end_matches('/'), operation.path);
            let url = base.join(&here).ok()?.join(address).ok()?;
            let Some(path) = path(&url, &base) else {
                continue;
            };
            let lacks = |part: &&str| {
                let name = part.split('=').next().unwrap_or_default();
                !["", PAGE].contains(&name) && !url.query_pairs().any(|(it, _)| it == name)
            };
            let put_back = query.split('&').filter(lacks);
            let own = url.query().filter(|it| !it.is_empty());
            let parts: Vec<&str> = own.into_iter().chain(put_back).collect();
            let query = match parts.join("&") {
                none if none.is_empty() => none,
                query => format!("?{query}"),
            };
            return format!("{path}{query}").parse().ok();
        }
        None
    }

    /// Returns `true` for a page of an operation.
    pub(super) fn is_of(&self, operation: &Operation) -> bool {
        is_path_of(operation, self.path())
    }

    fn path(&self) -> &str {
        self.0.split_once('?').map_or(&self.0, |(path, _)| path)
    }

    /// The address of the page below a base, which may have a path of its own.
    pub(crate) fn below(&self, base: &Url) -> Url {
        let mut url = base.clone();
        let path = format!("{}{}", base.path().trim_end_matches('/'), self.path());
        url.set_path(&path);
        url.set_query(self.0.split_once('?').map(|(_, query)| query));
        url
    }
}

/// Returns `true` if a path is that of an operation, or that with `.json` behind it, as BSPK's examples have it.
fn is_path_of(operation: &Operation, path: &str) -> bool {
    let is_same = |path: &str| {
        let (mut known, mut given) = (operation.path.split('/'), path.split('/'));
        loop {
            match (known.next(), given.next()) {
                (None, None) => return true,
                (Some(known), Some(given)) if known == given => {}
                (Some(known), Some(given)) if known.starts_with('{') && !given.is_empty() => {}
                _ => return false,
            }
        }
    };
    is_same(path) || path.strip_suffix(".json").is_some_and(is_same)
}

/// Returns `true` if a path leads where it says: it is absolute, names no host, and does not climb.
fn is_plain(path: &str) -> bool {
    let climbs = |it: &str| {
        matches!(
            it.replace("%2e", ".").replace("%2E", ".").as_str(),
            "." | ".."
        )
    };
    path.starts_with('/') && !path.starts_with("//") && !path.split('/').any(climbs)
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let is_text = text
            .bytes()
            .all(|it| it.is_ascii_graphic() && it != b'#' && it != b'\\');
        let path = text.split_once('?').map_or(text, |(path, _)| path);
        if is_text && text.len() <= LONGEST && is_plain(path) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::invalid(FAULT))
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(..)")
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own message would repeat what it found.
        let text = String::deserialize(deserializer).map_err(|_| D::Error::custom(FAULT))?;
        text.parse().map_err(|_| D::Error::custom(FAULT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bspk::generated::{LIST_MESSAGES, UPDATE_WEBHOOK_ENDPOINT};

    #[test]
    fn a_part_of_a_path_is_any_but_none() {
        for (path, expected) in [
            ("/api/platform/v1/webhook_endpoints/7", true),
            ("/api/platform/v1/webhook_endpoints/7.json", true),
            ("/api/platform/v1/webhook_endpoints/", false),
            ("/api/platform/v1/webhook_endpoints", false),
            ("/api/platform/v1/metafields/7", false),
            ("/api/platform/v1/webhook_endpoints/7/8", false),
        ] {
            assert_eq!(
                is_path_of(&UPDATE_WEBHOOK_ENDPOINT, path),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn a_next_page_without_a_query_has_none() {
        let path = LIST_MESSAGES.path;

        let cursor = Cursor::resolve(path, ["https://api.bspk.com"; 2], &LIST_MESSAGES, "");

        assert_eq!(cursor.unwrap().to_string(), path);
    }

    #[test]
    fn the_next_page_is_followed_in_path_and_query_alone() {
        let path = "/api/extraction/v1/messages";
        let query = "page=1&client_ids=A,B%2CC&per_page=100";
        let ids = "client_ids=A,B%2CC";
        let size = format!("{ids}&per_page=100");
        let cases = [
            (
                format!("https://api.bspk.com{path}?page=2&per_page=100"),
                Some(format!("{path}?page=2&per_page=100&{ids}")),
            ),
            (
                format!("http://api.bspk.com{path}.json?page=2"),
                Some(format!("{path}.json?page=2&{size}")),
            ),
            (
                format!("https://API.BSPK.COM:443{path}?page=2"),
                Some(format!("{path}?page=2&{size}")),
            ),
            (
                format!("http://127.0.0.1:9/bspk{path}?page=2"),
                Some(format!("{path}?page=2&{size}")),
            ),
            (
                format!("http://127.0.0.1:9{path}?page=2"),
                Some(format!("{path}?page=2&{size}")),
            ),
            (
                format!("{path}?page=2"),
                Some(format!("{path}?page=2&{size}")),
            ),
            (
                "?client%5Fids=D&page=2&per_page=7".to_owned(),
                Some(format!("{path}?client%5Fids=D&page=2&per_page=7")),
            ),
            (
                "messages?page=2".to_owned(),
                Some(format!("{path}?page=2&{size}")),
            ),
            ("".to_owned(), Some(format!("{path}?{size}"))),
            ("?".to_owned(), Some(format!("{path}?{size}"))),
            (
                format!("https://api.bspk.com{path}?page=2#frag"),
                Some(format!("{path}?page=2&{size}")),
            ),
            (format!("https://evil.example{path}?page=2"), None),
            (format!("//evil.example{path}?page=2"), None),
            (format!("http://127.0.0.1:10{path}?page=2"), None),
            (format!("https://api.bspk.com.evil.example{path}"), None),
            (format!("https://user:word@api.bspk.com{path}"), None),
            (
                "https://api.bspk.com/api/extraction/v1/clients?page=2".to_owned(),
                None,
            ),
            ("../../platform/v1/webhook_endpoints".to_owned(), None),
            (format!("{path}/..%2f..?page=2"), None),
            (format!("{path}/?page=2"), None),
            ("mailto:a@api.bspk.com".to_owned(), None),
        ];

        for (address, expected) in cases {
            let bases = ["http://127.0.0.1:9/bspk", "https://api.bspk.com"];

            let cursor = Cursor::resolve(&address, bases, &LIST_MESSAGES, query);

            assert_eq!(cursor.map(|it| it.to_string()), expected, "{address}");
        }
    }

    #[test]
    fn a_cursor_is_a_path_and_a_query_and_nothing_else() {
        for text in [
            "/a",
            "/a?page=2",
            "/a/b.json?ids=C1,C2&q=%2e%2e/..",
            "/..a?",
        ] {
            let cursor: Cursor = text.parse().unwrap();

            assert_eq!(cursor.to_string(), text);
            let json = serde_json::to_string(&cursor).unwrap();
            assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
        }
        let long = format!("/{}", "a".repeat(LONGEST));
        let refused = [
            "",
            "a",
            "?page=2",
            "https://h/a",
            "//h/a",
            "/a b",
            "/a\n",
            "/a#b",
            "/a\\b",
            "/..",
            "/a/../b",
            "/a/%2E%2e/b",
            "/ü",
            &long,
        ];
        for text in refused {
            assert!(text.parse::<Cursor>().unwrap_err().is_invalid(), "{text}");
        }
        for json in ["\"planted\"", "1", "null", "{\"planted\":1}"] {
            let err = serde_json::from_str::<Cursor>(json).unwrap_err();
            assert!(!err.to_string().contains("planted"), "{err}");
        }
    }

    #[test]
    fn a_cursor_leads_below_the_base_alone() {
        for (base, expected) in [
            ("https://api.bspk.com", "https://api.bspk.com/a?page=2"),
            (
                "https://proxy.test/bspk/",
                "https://proxy.test/bspk/a?page=2",
            ),
        ] {
            let cursor: Cursor = "/a?page=2".parse().unwrap();

            assert_eq!(cursor.below(&base.parse().unwrap()).as_str(), expected);
        }
    }
}
