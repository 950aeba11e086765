//! Reading of the generated types: by src/fields.rs, whose errors hold no value, and not by what serde derives.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{Expr, Field, Fields, Ident, Item, ItemEnum, ItemStruct, parse_quote};

use super::{
    answers::Answered,
    syntax::{derives, option, remove_derive, serde},
};

/// Writes how a struct is read, if it is read at all. `parts` are the objects that are answered.
pub fn read_struct(
    item: &mut ItemStruct,
    parts: &BTreeSet<String>,
    answered: &Answered,
) -> Vec<Item> {
    if !derives(&item.attrs, "Deserialize") {
        return Vec::new();
    }
    let read = match &item.fields {
        Fields::Named(fields) => {
            let members: Vec<Member> = fields.named.iter().map(Member::of).collect();
            if members.iter().filter(|it| it.is_rest).count() > 1 {
                return Vec::new();
            }
            if answered.contains(&item.ident.to_string()) {
                answer(item, &members, parts)
            } else {
                vec![body(item, &members)]
            }
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => vec![transparent(item)],
        _ => return Vec::new(),
    };
    remove_derive(&mut item.attrs, "Deserialize");
    read
}

/// Writes how an enum of words is read.
pub fn read_word(item: &mut ItemEnum, expected: &str) -> Item {
    let name = &item.ident;
    remove_derive(&mut item.attrs, "Deserialize");
    parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::fields::word(deserializer, #expected)
            }
        }
    }
}

fn transparent(item: &ItemStruct) -> Item {
    let name = &item.ident;
    parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    }
}

fn body(item: &ItemStruct, members: &[Member]) -> Item {
    let name = &item.ident;
    // What takes all that is left comes last.
    let (rest, members): (Vec<&Member>, Vec<&Member>) = members.iter().partition(|it| it.is_rest);
    let read = members.iter().map(|member| {
        let (ident, wire) = (&member.ident, &member.wire);
        match &member.missing {
            Missing::None => quote! { #ident: fields.optional(#wire)? },
            Missing::Default => quote! { #ident: fields.optional(#wire)?.unwrap_or_default() },
            Missing::By(path) => quote! { #ident: fields.optional(#wire)?.unwrap_or_else(#path) },
            Missing::Refused => quote! { #ident: fields.required(#wire)? },
        }
    });
    let rest = rest.iter().map(|member| {
        let ident = &member.ident;
        quote! { #ident: fields.rest()? }
    });
    let end = serde(&item.attrs)
        .iter()
        .any(|(name, _)| name == "deny_unknown_fields")
        .then(|| quote! { fields.end()?; });
    let fields = if members.is_empty() && rest.len() == 0 && end.is_none() {
        quote! { _ }
    } else {
        quote! { fields }
    };
    parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::fields::body(deserializer, |#fields| {
                    let read = Self { #(#read,)* #(#rest,)* };
                    #end
                    Ok(read)
                })
            }
        }
    }
}

fn answer(item: &ItemStruct, members: &[Member], parts: &BTreeSet<String>) -> Vec<Item> {
    let name = &item.ident;
    let mut required = Vec::new();
    let mut given = Vec::new();
    let mut wires = Vec::new();
    let mut read = Vec::new();
    let mut rest = None;
    for member in members {
        let (ident, wire) = (&member.ident, &member.wire);
        // One of its own parts is moved, not copied.
        let take = if member.part.as_ref().is_some_and(|it| parts.contains(it)) {
            quote! { fields.part(#wire) }
        } else {
            quote! { fields.take(#wire) }
        };
        read.push(match &member.missing {
            _ if member.is_rest => {
                rest = Some(quote! { #ident: fields.left() });
                continue;
            }
            Missing::None => quote! { #ident: #take },
            Missing::Default => quote! { #ident: #take.unwrap_or_default() },
            Missing::By(path) => quote! { #ident: #take.unwrap_or_else(#path) },
            Missing::Refused => {
                let local = format_ident!("required_{}", required.len());
                required.push(quote! { fields.get(#wire) });
                wires.push(wire.clone());
                let read = quote! { #ident: #local };
                given.push(local);
                read
            }
        });
    }
    let required = (!given.is_empty()).then(|| {
        quote! {
            let (#(Some(#given),)*) = (#(#required,)*) else {
                return Err(fields);
            };
            #(fields.remove(#wires);)*
        }
    });
    let wires: Vec<String> = wires.iter().map(|it| format!("`{it}`")).collect();
    let expected = match wires.join(" and ") {
        none if none.is_empty() => "expected an object".to_owned(),
        wires => format!("expected {wires} as described"),
    };
    vec![
        parse_quote! {
            impl crate::fields::Answer for #name {
                // What a service does not read is not compiled.
                #[inline]
                fn read(
                    #[allow(unused_mut)]
                    mut fields: crate::fields::Fields<'_>,
                ) -> ::std::result::Result<Self, crate::fields::Fields<'_>> {
                    #required
                    Ok(Self { #(#read,)* #rest })
                }
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    crate::fields::answer(deserializer, #expected)
                }
            }
        },
    ]
}

/// A field of a struct, as it travels.
struct Member {
    ident: Option<Ident>,
    wire: String,
    missing: Missing,
    /// It holds what no other field does.
    is_rest: bool,
    /// The type in an `Option`, if it is a name without more.
    part: Option<String>,
}

/// The value of a field whose member is missing.
enum Missing {
    None,
    Default,
    By(Expr),
    Refused,
}

impl Member {
    fn of(field: &Field) -> Self {
        let name = field.ident.as_ref().map(ToString::to_string);
        let inside = option(&field.ty);
        let mut member = Self {
            ident: field.ident.clone(),
            wire: name.unwrap_or_default(),
            missing: match inside {
                Some(_) => Missing::None,
                None => Missing::Refused,
            },
            is_rest: false,
            part: inside.map(|it| quote!(#it).to_string()),
        };
        for (name, value) in serde(&field.attrs) {
            match (name.as_str(), value) {
                ("rename", Some(value)) => member.wire = value,
                ("flatten", _) => member.is_rest = true,
                ("default", value) if inside.is_none() => {
                    member.missing = match value.and_then(|it| syn::parse_str(&it).ok()) {
                        Some(path) => Missing::By(path),
                        None => Missing::Default,
                    };
                }
                _ => {}
            }
        }
        member
    }
}
