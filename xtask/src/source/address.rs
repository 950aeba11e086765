//! An address that may be read: `https`, or `http` to this machine.

use std::fmt;

use url::{Host, Position, Url};

use super::Problem;

/// The place that something is read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Address(Url);

impl Address {
    /// Returns `true` if an argument is meant as an address rather than as a file.
    pub fn is_meant(argument: &str) -> bool {
        argument.contains("://")
    }

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Self::of(Url::parse(text))
    }

    /// The address that a link on this page leads to.
    pub fn join(&self, link: &str) -> Result<Self, Problem> {
        Self::of(self.0.join(link))
    }

    fn of(parsed: Result<Url, url::ParseError>) -> Result<Self, Problem> {
        let mut url = parsed.map_err(|err| Problem::new(format!("not an address: {err}")))?;
        // What stands behind `#` is never sent.
        url.set_fragment(None);
        match url.scheme() {
            // It would be shown with every page that is read.
            _ if !url.username().is_empty() || url.password().is_some() => Err(Problem::new(
                "a name and a password do not belong into an address; save the page and name the file",
            )),
            "https" => Ok(Self(url)),
            "http" if is_this_machine(&url) => Ok(Self(url)),
            "http" => Err(Problem::new(
                "http can be changed by anyone on the way; write https",
            )),
            _ => Err(Problem::new("only https is read")),
        }
    }

    /// Returns `true` if both are on the same host, by the same scheme and port.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
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
    pub fn authority(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.as_str()))
    }
}

/// A text that is or may be an address, without the names, passwords and tokens in it: a query may hold a token, and an
/// address that is not well formed may hold a password anywhere.
pub fn shown(text: &str) -> String {
    let Some((scheme, _)) = text.split_once("://") else {
        return text.to_owned();
    };
    let Some(url) = Url::parse(text).ok().filter(Url::has_host) else {
        return format!("{scheme}://...");
    };
    let user = match (url.username(), url.password()) {
        ("", None) => "",
        _ => "...@",
    };
    let query = url.query().map_or("", |_| "?...");
    let rest = &url[Position::BeforeHost..Position::AfterPath];
    format!("{scheme}://{user}{rest}{query}")
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
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
            ("https://me:hu/sh@docs.example/a.md", "https://..."),
            ("https://me:hu?sh@docs.example/a?b=hush", "https://..."),
            ("https://me:hu@sh@docs.example", "https://...@docs.example/"),
            ("ftp://me:hu sh@docs.example/a", "ftp://...@docs.example/a"),
            ("https://hush@/", "https://..."),
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
            ("file:///etc/passwd", "only https"),
            ("https://", "not an address"),
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
