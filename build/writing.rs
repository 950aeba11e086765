//! Writing of the generated types, so that a service that needs the types alone builds without serde's derive.

use std::{iter, slice};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Field, Fields, Generics, Ident, Item, ItemEnum, ItemStruct, parse_quote};

use super::syntax::{derives, inside, remove_derive, serde};

const IS_NONE: &str = "::std::option::Option::is_none";

/// Writes how a struct is sent, if it is sent at all.
pub fn write_struct(item: &mut ItemStruct) -> Option<Item> {
    let sent = match &item.fields {
        Fields::Named(fields) => {
            let members: Option<Vec<_>> = fields.named.iter().map(member).collect();
            let members = members?;
            let mutable = (!members.is_empty()).then(|| quote! { mut });
            quote! {
                let #mutable members = crate::fields::Members::of(serializer)?;
                #(#members)*
                members.end()
            }
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            quote! { ::serde::Serialize::serialize(&self.0, serializer) }
        }
        _ => return None,
    };
    let fields = item.fields.iter_mut().map(|it| &mut it.attrs);
    write(&item.ident, &item.generics, &mut item.attrs, fields, &sent)
}

/// Writes how an enum of words is sent.
pub fn write_word(item: &mut ItemEnum) -> Option<Item> {
    let variants = item.variants.iter_mut().map(|it| &mut it.attrs);
    let sent = quote! { serializer.collect_str(self) };
    write(
        &item.ident,
        &item.generics,
        &mut item.attrs,
        variants,
        &sent,
    )
}

fn member(field: &Field) -> Option<TokenStream> {
    let ident = field.ident.as_ref()?;
    let mut wire = ident.to_string();
    let mut skipped = None;
    for (name, value) in serde(&field.attrs) {
        match (name.as_str(), value) {
            ("rename", Some(value)) => wire = value,
            ("skip_serializing_if", path) => skipped = path,
            ("flatten", _) => {
                let is_map = ["Map", "BTreeMap"]
                    .iter()
                    .any(|it| inside(&field.ty, it).is_some());
                return is_map.then(|| quote! { members.rest(&self.#ident)?; });
            }
            _ => {}
        }
    }
    let always = quote! { members.always(#wire, &self.#ident)?; };
    Some(match skipped.as_deref() {
        None => always,
        Some(IS_NONE) => quote! { members.given(#wire, &self.#ident)?; },
        // The generator skips no other thing than an empty list or map.
        Some(_) => quote! {
            if !self.#ident.is_empty() {
                #always
            }
        },
    })
}

/// Takes the place of what serde would derive. Its attributes stay for the schema alone.
fn write<'a>(
    name: &Ident,
    generics: &Generics,
    attributes: &'a mut Vec<Attribute>,
    parts: impl Iterator<Item = &'a mut Vec<Attribute>>,
    sent: &TokenStream,
) -> Option<Item> {
    // serde's attributes are still those of a derive that stays.
    if derives(attributes, "Deserialize") || remove_derive(attributes, "Serialize") == 0 {
        return None;
    }
    for attribute in iter::once(attributes).chain(parts).flatten() {
        if attribute.path().is_ident("serde") {
            let told = serde(slice::from_ref(attribute))
                .into_iter()
                .map(schema_word);
            *attribute = parse_quote! { #[cfg_attr(feature = "schemars", serde(#(#told),*))] };
        }
    }
    Some(parse_quote! {
        impl #generics ::serde::Serialize for #name #generics {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                #sent
            }
        }
    })
}

/// A word of serde's, as a schema needs it. It calls no path, so the longest is short enough for a line of its own.
fn schema_word((name, value): (String, Option<String>)) -> TokenStream {
    let name = format_ident!("{name}");
    match value.as_deref() {
        Some(IS_NONE) => quote! { #name = "Option::is_none" },
        Some(value) => quote! { #name = #value },
        None => quote! { #name },
    }
}
