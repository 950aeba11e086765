//! The names that a Rust source offers, and how they changed.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use serde::Serialize;
use syn::{Attribute, Fields, Ident, ImplItem, Item, Type, UseTree, Visibility};

use crate::source::Problem;

/// The fate of a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    Removed,
    Changed,
    Added,
}

/// The kind of thing behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Type,
    Field,
    Variant,
    Method,
    Trait,
}

/// A name that is not what it was.
#[derive(Debug, PartialEq, Serialize)]
pub struct Change {
    pub fate: Fate,
    pub kind: Kind,
    /// `bspk::Shopper::birthday`
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The crate exports it: a type of its module `public`, or a method of the client by hand.
    pub public: bool,
}

type Names = BTreeMap<String, (Kind, String)>;

/// The changes from one generated source to another.
///
/// `module` is the source of the module that lets names out, and `vendor` its name.
pub fn changes(vendor: &str, was: &str, is: &str, module: &str) -> Result<Vec<Change>, Problem> {
    let (old, new) = (names(was)?, names(is)?);
    let mut out = let_out(module)?;
    for source in [was, is] {
        collect_public(&parsed(source)?.items, &mut out);
    }
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let changes = keys.into_iter().filter_map(|key| {
        let (was, is) = (old.get(key), new.get(key));
        let fate = match (was, is) {
            (Some(_), None) => Fate::Removed,
            (None, Some(_)) => Fate::Added,
            (was, is) if was != is => Fate::Changed,
            _ => return None,
        };
        let (kind, _) = is.or(was)?;
        let owner = key.split(':').next().unwrap_or_default();
        let is_part = !matches!(kind, Kind::Type | Kind::Method);
        if is_part && old.contains_key(owner) != new.contains_key(owner) {
            // It comes and goes with its type.
            return None;
        }
        Some(Change {
            fate,
            kind: *kind,
            name: format!("{vendor}::{key}"),
            was: was
                .map(|(_, words)| words.clone())
                .filter(|it| !it.is_empty()),
            is: is
                .map(|(_, words)| words.clone())
                .filter(|it| !it.is_empty()),
            public: out.contains(if *kind == Kind::Method {
                key.as_str()
            } else {
                owner
            }),
        })
    });
    Ok(changes.collect())
}

fn names(source: &str) -> Result<Names, Problem> {
    let mut names = Names::new();
    collect(&parsed(source)?.items, &mut names);
    Ok(names)
}

fn parsed(source: &str) -> Result<syn::File, Problem> {
    syn::parse_file(source)
        .map_err(|err| Problem::new(format!("a generated source is not Rust: {err}")))
}

/// The names in a generated source's module `public`, and the methods of the public client.
fn collect_public(items: &[Item], out: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Mod(item) if item.ident == "public" => {
                for item in item.content.iter().flat_map(|(_, items)| items) {
                    if let Item::Use(item) = item {
                        leaves(&item.tree, out);
                    }
                }
            }
            Item::Impl(item) if is_client(item, "super::Client") => {
                for member in &item.items {
                    if let ImplItem::Fn(method) = member {
                        out.insert(format!("Client::{}", method.sig.ident));
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_client(item: &syn::ItemImpl, name: &str) -> bool {
    item.trait_.is_none() && words(&item.self_ty) == name
}

fn collect(items: &[Item], names: &mut Names) {
    for item in items {
        match item {
            Item::Mod(item) if item.ident == "types" => {
                item.content
                    .iter()
                    .for_each(|(_, items)| collect(items, names));
            }
            Item::Struct(item) if is_public(&item.vis) => {
                names.insert(item.ident.to_string(), (Kind::Type, "struct".to_owned()));
                derived(&item.ident, &item.attrs, names);
                for (at, field) in item
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(_, it)| is_public(&it.vis))
                {
                    let name = field
                        .ident
                        .as_ref()
                        .map_or(at.to_string(), ToString::to_string);
                    names.insert(
                        format!("{}::{name}", item.ident),
                        (Kind::Field, words(&field.ty)),
                    );
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                names.insert(item.ident.to_string(), (Kind::Type, "enum".to_owned()));
                derived(&item.ident, &item.attrs, names);
                for variant in &item.variants {
                    let held = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => words(fields),
                    };
                    names.insert(
                        format!("{}::{}", item.ident, variant.ident),
                        (Kind::Variant, held),
                    );
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                names.insert(item.ident.to_string(), (Kind::Type, words(&item.ty)));
            }
            Item::Impl(item) if item.trait_.is_some() => {
                let implemented = item
                    .trait_
                    .as_ref()
                    .and_then(|(path, _)| path.segments.last());
                if let (Some(implemented), Type::Path(of)) = (implemented, &*item.self_ty)
                    && let Some(of) = of.path.get_ident()
                {
                    implements(&of.to_string(), &implemented.ident, names);
                }
            }
            // The public client's methods come later, and take the place of those that they call.
            Item::Impl(item) if is_client(item, "Client") || is_client(item, "super::Client") => {
                for member in &item.items {
                    if let ImplItem::Fn(method) = member
                        && is_public(&method.vis)
                    {
                        let name = format!("Client::{}", method.sig.ident);
                        names.insert(name, (Kind::Method, words(&method.sig)));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Adds the traits that a type derives.
fn derived(name: &Ident, attributes: &[Attribute], names: &mut Names) {
    for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
        // The generator writes no other form.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Some(last) = meta.path.segments.last() {
                implements(&name.to_string(), &last.ident, names);
            }
            Ok(())
        });
    }
}

fn implements(name: &str, of: &Ident, names: &mut Names) {
    names.insert(format!("{name}: {of}"), (Kind::Trait, String::new()));
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as people write them, without the paths of well-known types.
fn words(tokens: &impl ToTokens) -> String {
    let mut words = tokens.to_token_stream().to_string();
    let paths = [
        ":: std :: option :: ",
        ":: std :: string :: ",
        ":: std :: vec :: ",
        ":: serde_json :: ",
        ":: std :: collections :: ",
    ];
    for path in paths {
        words = words.replace(path, "");
    }
    for (spaced, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& '", "&'"),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" : ", ": "),
    ] {
        words = words.replace(spaced, tight);
    }
    words.trim().trim_end_matches(',').to_owned()
}

/// The names that a module lets out: the leaves of its `pub use generated::types::{..}`.
fn let_out(module: &str) -> Result<BTreeSet<String>, Problem> {
    let file = syn::parse_file(module)
        .map_err(|err| Problem::new(format!("a module of src is not Rust: {err}")))?;
    let mut out = BTreeSet::new();
    for item in &file.items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
            && words(&item.tree).starts_with("generated")
        {
            leaves(&item.tree, &mut out);
        }
    }
    Ok(out)
}

fn leaves(tree: &UseTree, out: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, out),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, out)),
        UseTree::Name(name) => drop(out.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(out.insert(rename.ident.to_string())),
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAS: &str = "pub mod types { #[derive(::serde::Serialize, Default)] pub struct A { pub a: ::std::option::Option<::std::string::String>, pub b: i64 }\
                       pub enum E { One, Two(A) } struct Hidden; }\
                       impl Client { pub async fn put<'a>(&'a self, body: &'a types::A) -> u8 { 1 } }";

    fn said(was: &str, is: &str) -> Vec<String> {
        let module =
            "mod generated; pub use generated::types::{A, E as Kind, E}; pub use other::Client;";
        let changes = changes("v", was, is, module).unwrap();
        changes
            .iter()
            .map(|it| {
                format!(
                    "{:?} {:?} {} {:?} {:?} {}",
                    it.fate, it.kind, it.name, it.was, it.is, it.public
                )
            })
            .collect()
    }

    #[test]
    fn the_report_says_how_each_name_changed() {
        let cases = [
            (
                "pub b: i64",
                "",
                "Removed Field v::A::b Some(\"i64\") None true",
            ),
            (
                "pub b: i64",
                "pub b: i64, pub c: u8",
                "Added Field v::A::c None Some(\"u8\") true",
            ),
            (
                "pub a: ::std::option::Option<::std::string::String>",
                "pub a: ::std::string::String",
                "Changed Field v::A::a Some(\"Option<String>\") Some(\"String\") true",
            ),
            (
                "#[derive(::serde::Serialize, Default)] pub struct A",
                "#[derive(::serde::Serialize)] pub struct A",
                "Removed Trait v::A: Default None None true",
            ),
            (
                "struct Hidden;",
                "impl ::std::default::Default for E {}",
                "Added Trait v::E: Default None None true",
            ),
            (
                "One,",
                "One, New,",
                "Added Variant v::E::New None None true",
            ),
            (
                "Two(A)",
                "Two(u8)",
                "Changed Variant v::E::Two Some(\"(A)\") Some(\"(u8)\") true",
            ),
            (
                "struct Hidden;",
                "pub struct New;",
                "Added Type v::New None Some(\"struct\") false",
            ),
            (
                "impl Client { pub async fn put<'a>(&'a self, body: &'a types::A)",
                "impl super::Client { pub async fn put(&self, id: u8)",
                "Changed Method v::Client::put Some(\"async fn put<'a>(&'a self, body: &'a types::A) -> u8\") \
                 Some(\"async fn put(&self, id: u8) -> u8\") true",
            ),
        ];

        for (from, to, expected) in cases {
            assert_eq!(said(WAS, &WAS.replacen(from, to, 1)), [expected]);
        }
        assert!(said(WAS, WAS).is_empty());
    }
}
