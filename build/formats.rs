//! Our value types, by the formats that an overlay gives to strings.

/// The Rust type that a string with some format becomes.
pub const BSPK: [(&str, &str); 10] = [
    ("attribute-names", "crate::bspk::IgnoreColumns"),
    ("birthday", "crate::bspk::Birthday"),
    ("contact-channel", "crate::bspk::ContactChannel"),
    // As the vendor has it; all others are given by the overlay.
    ("date-time", "crate::bspk::Timestamp"),
    ("event-name", "crate::bspk::EventName"),
    ("flag", "crate::bspk::Flag"),
    ("gender", "crate::bspk::Gender"),
    ("languages", "crate::bspk::Languages"),
    ("preferences", "crate::bspk::Preferences"),
    ("timestamp", "crate::bspk::Timestamp"),
];

/// As [`BSPK`]; Gatsby's documents are ours, and name the format themselves.
pub const GATSBY: [(&str, &str); 1] = [("month-day-year", "crate::gatsby::Date")];
