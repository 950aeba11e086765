//! Our value types, by the formats that an overlay gives to strings.

/// The Rust type that a string with some format becomes.
pub const BSPK: [(&str, &str); 8] = [
    ("attribute-names", "crate::bspk::IgnoreColumns"),
    ("birthday", "crate::bspk::Birthday"),
    ("contact-channel", "crate::bspk::ContactChannel"),
    ("flag", "crate::bspk::Flag"),
    ("gender", "crate::bspk::Gender"),
    ("languages", "crate::bspk::Languages"),
    ("preferences", "crate::bspk::Preferences"),
    ("timestamp", "crate::bspk::Timestamp"),
];
