//! The names of a document as Rust has them.

use heck::{ToPascalCase, ToSnakeCase};
use syn::Ident;

/// The type or variant that the generator makes of a name.
pub fn type_name(name: &str) -> String {
    identifier(name, str::to_pascal_case)
}

/// The field, parameter or method that the generator makes of a name.
pub fn field_name(name: &str) -> String {
    identifier(name, str::to_snake_case)
}

/// As the generator has it (typify-impl 0.8, "sanitize"), which is private there.
fn identifier(name: &str, case: fn(&str) -> String) -> String {
    let is_letter = unicode_ident::is_xid_continue;
    let cased = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&name.replace('\'', "").replace(|it| !is_letter(it), "-")),
    };
    let named = match cased.chars().next() {
        None => case("x"),
        Some(first) if unicode_ident::is_xid_start(first) => cased,
        Some(_) => format!("{}{cased}", case("x")),
    };
    if syn::parse_str::<Ident>(&named).is_ok() && named != "gen" {
        named
    } else {
        format!("{named}_")
    }
}

/// The public types of a vendor's module that are written by hand (src/VENDOR.rs).
pub fn types_by_hand(vendor: &str) -> &'static [&'static str] {
    match vendor {
        "bspk" => &[
            "Birthday",
            "Client",
            "ContactChannel",
            "ConversionError",
            "EnsuredEndpoint",
            "EventName",
            "Flag",
            "Gender",
            "IgnoreColumns",
            "InvalidValue",
            "Languages",
            "OtherContactChannel",
            "OtherEventName",
            "OtherGender",
            "Preferences",
            "Timestamp",
            "Upserts",
        ],
        "gatsby" => &[
            "By",
            "Client",
            "Date",
            "Ensured",
            "Environment",
            "InvalidValue",
            "WriteResponse",
        ],
        _ => &["Client"],
    }
}

/// The public methods of every client that are written by hand.
const METHODS: [&str; 7] = [
    "builder",
    "call",
    "call_by_name",
    "from_env",
    "pages_by_name",
    "quota",
    "with",
];

/// The public methods of a vendor's client that are written by hand, but for those of an operation.
pub fn methods_by_hand(vendor: &str) -> impl Iterator<Item = &'static str> {
    let own: &[&str] = match vendor {
        "bspk" => &["ensure_webhook_endpoint", "upsert_shoppers"],
        "gatsby" => &["ensure_shopper", "find_created_shopper"],
        _ => &[],
    };
    METHODS.iter().chain(own).copied()
}
