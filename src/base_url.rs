//! The addresses that calls and keys may be sent to.

use std::net::IpAddr;

use reqwest::Url;

use crate::Error;

/// The place of a base URL: on this machine or elsewhere.
pub(crate) enum Place {
    Here,
    Elsewhere,
}

/// Reads a base URL. The message does not repeat it, as there may be a password in it.
pub(crate) fn parse(url: &str) -> Result<(Url, Place), Error> {
    // `Url::parse` takes them out without a word.
    if url.contains(|it: char| it.is_whitespace() || it.is_control() || it == '\u{feff}') {
        return Err(Error::invalid(
            "the base URL holds white space or a control character; look for a line end that was pasted along",
        ));
    }
    let url = Url::parse(url).map_err(|err| {
        Error::invalid(format!(
            "the base URL is not a URL ({err}); write it as https://HOST"
        ))
    })?;
    let place = if is_here(&url) {
        Place::Here
    } else {
        Place::Elsewhere
    };
    let fault = match (url.scheme(), &place) {
        ("https", _) | ("http", Place::Here) => None,
        ("http", Place::Elsewhere) => Some(
            "the base URL has to start with https://, as http sends the key in clear; only this machine may be called by http",
        ),
        _ => Some("the base URL has to start with https://"),
    };
    let has_user = !url.username().is_empty() || url.password().is_some();
    let has_more = url.query().is_some() || url.fragment().is_some();
    let fault = fault
        .or(has_user.then_some("the base URL holds a user name; leave it out"))
        .or(has_more.then_some("the base URL holds a query or a fragment; leave it out"));
    match fault {
        None => Ok((url, place)),
        Some(fault) => Err(Error::invalid(fault)),
    }
}

fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_sent_in_clear() {
        let cases = [
            ("https://api.bspk.com", true),
            ("https://api.bspk.com/", true),
            ("https://proxy.internal:8443/bspk", true),
            ("http://127.0.0.1:8080", true),
            ("http://127.8.9.1", true),
            ("http://localhost:1", true),
            ("http://[::1]:8080", true),
            ("http://api.bspk.com", false),
            ("http://localhost.evil.com", false),
            ("http://127.0.0.1.evil.com", false),
            ("http://10.0.0.1", false),
            ("ftp://api.bspk.com", false),
            ("https://user:secret@api.bspk.com", false),
            ("https://api.bspk.com?a=b", false),
            ("https://api.bspk.com#a", false),
            ("api.bspk.com", false),
            ("", false),
        ];

        for (url, expected) in cases {
            let parsed = parse(url);

            assert_eq!(parsed.is_ok(), expected, "{url}");
            if let Err(err) = parsed {
                assert!(err.is_invalid());
                assert!(!err.to_string().contains("secret"), "{err}");
            }
        }
    }

    #[test]
    fn a_base_url_with_white_space_or_control_characters_is_refused() {
        for url in [
            "https://api.bspk.com\n",
            "https://api.bspk.com\r\n/secret",
            "https://api.\tbspk.com",
            " https://api.bspk.com",
            "https://api.bspk.com/a b",
            "https://api.bspk.com/\0",
            "https://api.bspk.com/\u{85}",
            "\u{feff}https://api.bspk.com",
        ] {
            let message = parse(url).err().map(|err| err.to_string());

            assert!(
                message.is_some_and(|it| it.contains("white space") && !it.contains("secret")),
                "{url:?}"
            );
        }
    }
}
