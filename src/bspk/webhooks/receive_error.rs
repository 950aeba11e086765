//! The error of a delivery that is not accepted.

use std::{error, fmt};

use bytes::Bytes;

/// A delivery that is not accepted. Neither `Display` nor `Debug` shows a secret or anything of the body.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiveError(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    NoSecret,
    WrongSecret,
    TooLarge {
        limit: usize,
    },
    Malformed {
        fault: &'static str,
        body: Bytes,
    },
    #[cfg_attr(not(feature = "axum"), allow(dead_code))]
    Broken,
}

impl ReceiveError {
    pub(super) fn no_secret() -> Self {
        Self(Kind::NoSecret)
    }

    pub(super) fn wrong_secret() -> Self {
        Self(Kind::WrongSecret)
    }

    pub(super) fn too_large(limit: usize) -> Self {
        Self(Kind::TooLarge { limit })
    }

    pub(super) fn malformed(fault: &'static str, body: Bytes) -> Self {
        Self(Kind::Malformed { fault, body })
    }

    #[cfg(feature = "axum")]
    pub(super) fn broken() -> Self {
        Self(Kind::Broken)
    }

    /// The status to answer, by BSPK's rules for sending again: 401 without the right secret, 422 for what is malformed or too
    /// large, 400 if the body did not arrive whole.
    pub fn status(&self) -> u16 {
        match self.0 {
            Kind::NoSecret | Kind::WrongSecret => 401,
            Kind::TooLarge { .. } | Kind::Malformed { .. } => 422,
            Kind::Broken => 400,
        }
    }

    /// Returns `true` if there was no secret or a wrong one.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self.0, Kind::NoSecret | Kind::WrongSecret)
    }

    /// Returns `true` if the body is larger than the receiver's limit.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, Kind::TooLarge { .. })
    }

    /// Returns `true` if the body is no event.
    pub fn is_malformed(&self) -> bool {
        matches!(self.0, Kind::Malformed { .. })
    }

    /// The body as it came, if it was verified and is no event, so that it is not lost. It may hold a shopper's data.
    pub fn body(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Malformed { body, .. } => Some(body),
            _ => None,
        }
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::NoSecret => {
                f.write_str("bspk webhook: no X-Bspk-Secret header; look for a proxy that removes it")
            }
            Kind::WrongSecret => f.write_str(
                "bspk webhook: X-Bspk-Secret is none of the receiver's secrets; add the secret of the endpoint",
            ),
            Kind::TooLarge { limit } => write!(
                f,
                "bspk webhook: the body is larger than {limit} bytes; raise `Receiver::body_limit` if it is BSPK's"
            ),
            Kind::Malformed { fault, .. } => {
                write!(f, "bspk webhook: {fault}; see `ReceiveError::body`")
            }
            Kind::Broken => f.write_str("bspk webhook: the body ended early"),
        }
    }
}

impl fmt::Debug for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiveError({self})")
    }
}

impl error::Error for ReceiveError {}
