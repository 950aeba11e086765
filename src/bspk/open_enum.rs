//! Codes that a vendor lists in prose, and may add to.

/// Makes an enum of known codes that keeps every other code as it came.
macro_rules! open_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[$known_about:meta])* $known:ident = $code:literal,)+
        }

        $(#[$other_about:meta])*
        pub struct $other:ident;

        invalid: $invalid:literal,
        schema: $schema:tt,
    ) => {
        const INVALID: $crate::invalid_value::InvalidValue = $crate::invalid_value::InvalidValue($invalid);

        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$known_about])* $known,)+
            /// Any other code, as it came.
            Other($other),
        }

        // Its field is private, so that a known code has only one form, and equality is that of the wire.
        $(#[$other_about])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $other(String);

        crate::text::wire_text!($name, INVALID, $schema);

        impl $name {
            /// The code, as it travels.
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$known => $code,)+
                    $name::Other(other) => other.as_str(),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::invalid_value::InvalidValue;

            fn from_str(text: &str) -> Result<$name, Self::Err> {
                match text {
                    $($code => Ok($name::$known),)+
                    _ if crate::validation::is_blank(text) => Err(INVALID),
                    _ => Ok($name::Other($other(text.to_owned()))),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $other {
            /// The code, as it travels.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $other {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($other), "(..)"))
            }
        }
    };
}

pub(super) use open_enum;
