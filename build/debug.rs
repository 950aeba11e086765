//! `Debug` of the generated types, which shows nothing of a person.

use std::collections::BTreeSet;

use quote::quote;
use syn::{Fields, Ident, Item, ItemStruct, Type, parse_quote};

use super::syntax::option;

/// A `Debug` that shows which fields are set, and never what they hold.
pub fn discreet_struct(item: &ItemStruct, structs: &BTreeSet<String>) -> Item {
    let name = &item.ident;
    // An envelope borrows what is in it.
    let lifetime = item.generics.lifetimes().next().map(|_| quote! { <'_> });
    let Fields::Named(fields) = &item.fields else {
        return discreet(name);
    };
    let shown = fields.named.iter().map(|field| {
        let ident = &field.ident;
        let label = ident.as_ref().map(ToString::to_string);
        let is_optional = option(&field.ty).is_some();
        let held = match (is_optional, is_shown(&field.ty, structs)) {
            (true, true) => quote! { self.#ident.as_ref() },
            (true, false) => quote! { self.#ident.is_some().then_some(&hidden) },
            (false, true) => quote! { Some(&self.#ident) },
            (false, false) if is_map(&field.ty) => {
                quote! { (!self.#ident.is_empty()).then_some(&hidden) }
            }
            (false, false) => quote! { Some(&hidden) },
        };
        quote! {
            if let Some(value) = #held {
                shown.field(#label, value);
            }
        }
    });
    let label = name.to_string();
    parse_quote! {
        /// Shows which fields are set, and never what they hold.
        impl ::std::fmt::Debug for #name #lifetime {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #[allow(unused_variables)]
                let hidden = ::std::format_args!("..");
                let mut shown = f.debug_struct(#label);
                #(#shown)*
                shown.finish_non_exhaustive()
            }
        }
    }
}

pub fn discreet(name: &Ident) -> Item {
    let label = format!("{name}(..)");
    parse_quote! {
        /// Shows the type, never what it holds.
        impl ::std::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#label)
            }
        }
    }
}

/// Returns `true` if the value of a field may be in a `Debug`: the one list of the types that hold nothing of a person.
///
/// A generated type is one of them, as its own `Debug` is written here. A number, a flag, a date or a word is not, as
/// each can be a person's; and nothing else comes in a document.
fn is_shown(typ: &Type, structs: &BTreeSet<String>) -> bool {
    let typ = match option(typ).unwrap_or(typ) {
        Type::Reference(reference) => &*reference.elem,
        typ => typ,
    };
    structs.contains(&quote!(#typ).to_string())
}

fn is_map(typ: &Type) -> bool {
    quote!(#typ).to_string().contains("Map <")
}
