//! Parts of generated Rust.

use quote::{ToTokens, quote};
use syn::{Attribute, Item, LitStr, Meta, Token, Type, parse_quote, punctuated::Punctuated};

/// The type in an `Option`.
pub fn option(typ: &Type) -> Option<&Type> {
    inside(typ, "Option")
}

/// The type in an `Option`, a `Vec` or another type with one argument.
pub fn inside<'a>(typ: &'a Type, outer: &str) -> Option<&'a Type> {
    let Type::Path(path) = typ else {
        return None;
    };
    let last = path.path.segments.last().filter(|it| it.ident == outer)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(typ) => Some(typ),
            _ => None,
        },
        _ => None,
    }
}

/// The serde attributes: names, and values if they have one.
pub fn serde(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    let mut told = Vec::new();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        // The generator writes no other form than these two.
        let _ = attribute.parse_nested_meta(|meta| {
            let value = if meta.input.peek(Token![=]) {
                Some(meta.value()?.parse::<LitStr>()?.value())
            } else {
                None
            };
            let name = meta.path.get_ident().map(ToString::to_string);
            told.push((name.unwrap_or_default(), value));
            Ok(())
        });
    }
    told
}

/// The types stand without an HTTP stack; all else needs one.
pub fn needs_client(item: &mut Item) {
    let attribute: Attribute = parse_quote! { #[cfg(feature = "client")] };
    match item {
        Item::Const(item) => item.attrs.push(attribute),
        Item::Impl(item) => item.attrs.push(attribute),
        Item::Mod(item) => item.attrs.push(attribute),
        Item::Struct(item) => item.attrs.push(attribute),
        Item::Use(item) => item.attrs.push(attribute),
        // Whatever else the generator comes to write does not compile without the feature, so it is seen.
        _ => {}
    }
}

/// Takes a trait out of what is derived, and says how often it was there.
pub fn remove_derive(attributes: &mut [Attribute], name: &str) -> usize {
    let mut found = 0;
    for attribute in attributes {
        let Meta::List(list) = &mut attribute.meta else {
            continue;
        };
        if !list.path.is_ident("derive") {
            continue;
        }
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        if let Ok(derives) = list.parse_args_with(parser) {
            let is_it = |path: &syn::Path| path.segments.last().is_some_and(|it| it.ident == name);
            found += derives.iter().filter(|it| is_it(it)).count();
            let kept = derives.into_iter().filter(|it| !is_it(it));
            list.tokens = quote! { #(#kept),* };
        }
    }
    found
}

/// Returns `true` if a trait is derived.
pub fn derives(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .filter(|it| it.path().is_ident("derive"))
        .any(|it| it.to_token_stream().to_string().contains(name))
}
