//! The key that a vendor has given to a brand.

use std::{fmt, str::FromStr};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::Error;

/// An API key: a secret that does not print.
///
/// It is checked when it is made, because a vendor says no more than 401 to a key that was pasted with its quotes on.
/// The memory it is kept in is wiped when it is dropped.
///
/// # Example: a key that was pasted with its scheme
///
/// ```
/// use shoppers::ApiKey;
///
/// let key = ApiKey::new("pk_live_4711")?;
/// assert_eq!(format!("{key:?}"), "ApiKey(..)");
///
/// let err = ApiKey::new("Bearer pk_live_4711").unwrap_err();
/// assert!(err.is_invalid());
/// assert!(err.to_string().contains("Bearer"));
/// # Ok::<(), shoppers::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// Takes a key as the vendor shows it, without a scheme in front.
    ///
    /// # Errors
    ///
    /// If the key is empty, or holds white space, quotes, a pasted `Bearer ` or anything else that is not visible ASCII
    /// ([`is_invalid`](Error::is_invalid)). The message says which, and does not repeat the key.
    pub fn new(key: impl Into<String>) -> Result<Self, Error> {
        let key = SecretString::from(key.into());
        match fault(key.expose_secret()) {
            None => Ok(Self(key)),
            Some(fault) => Err(Error::invalid(format!("the API key {fault}"))),
        }
    }

    /// The identity of the key's quota in a store, from which the key cannot be read.
    #[cfg(feature = "redis")]
    pub(crate) fn store_key(&self, vendor: &'static str, host: &str) -> crate::quota::StoreKey {
        crate::quota::StoreKey::new(vendor, host, self.0.expose_secret())
    }

    /// The value of the `Authorization` header: the key behind `scheme`, marked as sensitive.
    pub(crate) fn header(&self, scheme: &str) -> Result<HeaderValue, Error> {
        let value = SecretString::from(format!("{scheme}{}", self.0.expose_secret()));
        let mut header = HeaderValue::from_str(value.expose_secret())
            .map_err(|_| Error::invalid("the API key does not fit into a header"))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl FromStr for ApiKey {
    type Err = Error;

    fn from_str(key: &str) -> Result<Self, Error> {
        Self::new(key)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

/// The fault of a key, and what to do.
fn fault(key: &str) -> Option<&'static str> {
    let pasted_scheme = key
        .trim_start()
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("bearer "));
    if key.is_empty() {
        Some("is empty; copy it from the vendor")
    } else if pasted_scheme {
        Some("starts with `Bearer `; give the key alone")
    } else if key.contains(char::is_whitespace) {
        Some("holds white space; look for a line end that was pasted along")
    } else if key.contains(['"', '\'', '`', '“', '”', '‘', '’']) {
        Some("holds quotes; give the key without them")
    } else if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("holds characters that no key has; copy it again")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_pasted_badly_is_refused_with_the_reason() {
        let cases = [
            ("", "is empty"),
            (" ", "white space"),
            ("pk_1\n", "white space"),
            ("pk 1", "white space"),
            ("Bearer pk_1", "`Bearer `"),
            ("bearer pk_1", "`Bearer `"),
            (" BEARER pk_1", "`Bearer `"),
            ("\"pk_1\"", "quotes"),
            ("'pk_1'", "quotes"),
            ("“pk_1”", "quotes"),
            ("pk_ü", "characters that no key has"),
            ("pk_\u{7f}", "characters that no key has"),
            ("ééééééé", "characters that no key has"),
        ];

        for (key, reason) in cases {
            let err = ApiKey::new(key).unwrap_err();

            assert!(err.is_invalid());
            assert!(err.to_string().contains(reason), "{key:?}: {err}");
            assert!(!err.to_string().contains("pk_"), "{err}");
        }
    }

    #[test]
    fn a_header_is_sensitive_and_has_its_scheme() {
        let key = ApiKey::new("pk_1").unwrap();

        for (scheme, expected) in [("Bearer ", "Bearer pk_1"), ("", "pk_1")] {
            let header = key.header(scheme).unwrap();

            assert_eq!(header.to_str().unwrap(), expected);
            assert!(header.is_sensitive());
        }
    }
}
