//! An address that may be read: `https`, or `http` to this machine.

use std::fmt;

use ureq::http::Uri;

use super::Problem;

/// The place that something is read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Address(Uri);

impl Address {
    /// Returns `true` if an argument is meant as an address rather than as a file.
    pub fn is_meant(argument: &str) -> bool {
        argument.contains("://")
    }

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        // What stands behind `#` is never sent.
        let text = text.split('#').next().unwrap_or_default();
        let uri: Uri = text
            .parse()
            .map_err(|err| Problem::new(format!("not an address: {err}")))?;
        let host = uri.host().unwrap_or_default();
        match uri.scheme_str() {
            _ if host.is_empty() => Err(Problem::new("not an address: it names no host")),
            // It would be shown with every page that is read.
            _ if uri.authority().is_some_and(|it| it.as_str().contains('@')) => Err(Problem::new(
                "a name and a password do not belong into an address; save the page and name the file",
            )),
            Some("https") => Ok(Self(uri)),
            Some("http") if is_this_machine(host) => Ok(Self(uri)),
            Some("http") => Err(Problem::new(
                "http can be changed by anybody on the way; write https",
            )),
            _ => Err(Problem::new("only https is read")),
        }
    }

    /// The address that a link on this page leads to.
    pub fn join(&self, link: &str) -> Result<Self, Problem> {
        if Self::is_meant(link) {
            return Self::parse(link);
        }
        let root = format!("{}://{}", self.scheme(), self.authority());
        if let Some(rest) = link.strip_prefix("//") {
            return Self::parse(&format!("{}://{rest}", self.scheme()));
        }
        if link.starts_with('/') {
            return Self::parse(&format!("{root}{link}"));
        }
        let folder = self
            .0
            .path()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        Self::parse(&format!("{root}{folder}/{link}"))
    }

    /// Returns `true` if both are on the same host, by the same scheme and port.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.scheme() == other.scheme() && self.authority() == other.authority()
    }

    /// The text behind the last dot of the last part of the path.
    pub fn extension(&self) -> &str {
        self.file()
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension)
    }

    /// The last part of the path.
    pub fn file(&self) -> &str {
        self.0.path().rsplit('/').next().unwrap_or_default()
    }

    /// The host, and the port if there is one.
    pub fn authority(&self) -> String {
        self.0
            .authority()
            .map_or_else(String::new, |it| it.as_str().to_ascii_lowercase())
    }

    pub fn uri(&self) -> &Uri {
        &self.0
    }

    fn scheme(&self) -> &str {
        self.0.scheme_str().unwrap_or_default()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0.to_string()))
    }
}

/// A text that is or may be an address, without the names, passwords and tokens in it.
///
/// A query may hold a token, so none is shown. A password may hold any character when the address is not well formed, so
/// nothing is shown that stands before an `@` and may be one.
pub fn shown(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (before, rest) = match rest.rsplit_once('@') {
        Some((user, rest)) if authority.contains('@') || user.contains(':') => ("...@", rest),
        _ => ("", rest),
    };
    let (rest, behind) = match rest.find(['?', '#']) {
        Some(at) if rest[at..].starts_with('?') => (&rest[..at], "?..."),
        Some(at) => (&rest[..at], ""),
        None => (rest, ""),
    };
    format!("{scheme}://{before}{rest}{behind}")
}

fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_passwords_and_tokens() {
        let cases = [
            ("https://docs.example/a.md", "https://docs.example/a.md"),
            (
                "https://docs.example/a.md?token=hush#x",
                "https://docs.example/a.md?...",
            ),
            (
                "https://docs.example/@me/a.md",
                "https://docs.example/@me/a.md",
            ),
            (
                "https://me:hush@docs.example/a.md",
                "https://...@docs.example/a.md",
            ),
            (
                "https://me:hu/sh@docs.example/a.md",
                "https://...@docs.example/a.md",
            ),
            (
                "https://me:hu?sh@docs.example/a?b=hush",
                "https://...@docs.example/a?...",
            ),
            ("https://me:hu@sh@docs.example", "https://...@docs.example"),
            ("ftp://me:hu sh@docs.example/a", "ftp://...@docs.example/a"),
            ("https://hush@/", "https://...@/"),
            ("pages/a.md", "pages/a.md"),
        ];

        for (text, expected) in cases {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn http_is_for_this_machine_alone() {
        let cases = [
            ("https://docs.example/a.md", ""),
            ("http://127.0.0.1:8080/a.md", ""),
            ("http://localhost/a.md", ""),
            ("http://[::1]:80/a.md", ""),
            ("http://docs.example/a.md", "write https"),
            ("https://me:secret@docs.example/a.md", "a password"),
            ("http://127.0.0.1.docs.example/a.md", "write https"),
            ("ftp://docs.example/a.md", "only https"),
            ("file:///etc/passwd", "not an address"),
            ("https:///a.md", "not an address"),
        ];

        for (text, expected) in cases {
            match Address::parse(text) {
                Ok(_) => assert_eq!(expected, "", "{text}"),
                Err(problem) => {
                    assert!(
                        !expected.is_empty() && problem.to_string().contains(expected),
                        "{text}: {problem}"
                    );
                }
            }
        }
    }
}
