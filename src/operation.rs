//! An operation of a vendor, as its document describes it.

use std::fmt;

/// An operation of a vendor. `bspk::OPERATIONS` and `gatsby::OPERATIONS` list them all.
///
/// # Example: the operations that change something
///
/// ```
/// use shoppers::{Effect, gatsby};
///
/// let mut writes = gatsby::OPERATIONS.iter().filter(|it| it.effect == Effect::Write);
/// assert!(writes.any(|it| it.name == "create_shopper"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Operation {
    /// The vendor, in small letters.
    pub vendor: &'static str,
    /// The name of the method that calls it, and its name in errors and logs.
    pub name: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path below the base URL, with its parameters in braces.
    pub path: &'static str,
    /// Its effect at the vendor.
    pub effect: Effect,
    /// Says if it may be sent twice.
    pub idempotency: Idempotency,
    /// The document's one sentence about it.
    pub summary: &'static str,
    /// More of the document's words, or nothing.
    pub description: &'static str,
    /// The file of the document, from the root of the repository.
    pub document: &'static str,
    /// The parameters in path, query and headers, without those that have one value for all calls.
    pub parameters: &'static [Parameter],
    /// The body of its request. Its schema is in the documents, such as [`spec::BSPK`](crate::spec::BSPK).
    pub body: Option<RequestBody>,
    /// The answer is a page of a list.
    pub is_paged: bool,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Parameter {
    /// The name in the document and on the wire.
    pub name: &'static str,
    /// The part of the request that holds it.
    pub location: ParameterLocation,
    /// It cannot be left out.
    pub is_required: bool,
    /// The kind of its values.
    pub kind: ParameterKind,
    /// The only values that it may have; empty if there are others.
    pub values: &'static [&'static str],
    /// The parameters that it cannot be given with.
    pub excludes: &'static [&'static str],
    /// The document's words, or nothing.
    pub description: &'static str,
}

/// The part of a request that holds a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// A segment of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// The kind of a parameter's values, as JSON has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterKind {
    /// A text.
    Text,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of texts or numbers.
    List,
}

impl fmt::Display for ParameterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "a text",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
        })
    }
}

/// The body of an operation's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RequestBody {
    /// The one member of the body in the document, if the methods take what is in it.
    pub envelope: Option<&'static str>,
}

/// The effect of an operation at the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It changes nothing.
    Read,
    /// It changes something.
    Write,
}

/// Says if an operation may be sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// Sent twice, it does what it does once.
    Always,
    /// Sent twice, it may do it twice, so it is never sent again once it may have been carried out.
    Never,
    /// As [`Always`](Self::Always) if this field of the body is set, and as [`Never`](Self::Never) if not.
    With(&'static str),
}

impl Idempotency {
    /// The idempotency of one call, by the field that it depends on.
    pub(crate) fn of<T>(self, field: &Option<T>) -> Self {
        match (self, field) {
            (Self::With(_), Some(_)) => Self::Always,
            (Self::With(_), None) => Self::Never,
            (always_or_never, _) => always_or_never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idempotency_with_a_field_is_that_of_the_call() {
        use Idempotency::{Always, Never, With};

        for (given, set, unset) in [
            (Always, Always, Always),
            (Never, Never, Never),
            (With("ref"), Always, Never),
        ] {
            assert_eq!((given.of(&Some(())), given.of(&None::<()>)), (set, unset));
        }
    }
}
