//! A document as Rust: what progenitor makes of it, and what we change of that.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};
use schemars_0_8::schema::{InstanceType, SchemaObject};
use serde_json::Value;
use syn::{
    Attribute, Fields, Ident, Item, ItemEnum, ItemMod, ItemStruct, LitStr, Meta, Token, Type,
    parse_quote, punctuated::Punctuated, visit_mut::VisitMut,
};

use super::{docs, document::Refusal, operations};

const HEADER: &str = "\
// Made by `cargo xtask regen` out of the document of the same name. For review: never edited, never compiled.

";

/// Writes the client of a vendor's document.
pub fn write(document: Value, vendor: &str, formats: &[(&str, &str)]) -> Result<String, Refusal> {
    let mut file = generate(document, formats, |generator, document| {
        generator.generate_tokens(document)
    })?;
    operations::lend_envelopes(&mut file.items);
    operations::lighten(&mut file.items);
    for item in &mut file.items {
        match item {
            Item::Mod(types) if types.ident == "types" => add_to_types(types, vendor),
            item => needs_client(item),
        }
    }
    docs::make_plain(&mut file);
    Ok(format!("{HEADER}{}", prettyplease::unparse(&file)))
}

/// What the generator makes of a document, by one of its methods.
pub(super) fn generate<T: ToTokens>(
    document: Value,
    formats: &[(&str, &str)],
    method: impl FnOnce(&mut Generator, &OpenAPI) -> Result<T, progenitor::Error>,
) -> Result<syn::File, Refusal> {
    let document: OpenAPI = serde_json::from_value(document)
        .map_err(|err| Refusal::new(format!("not an OpenAPI 3.0 document: {err}")))?;
    let mut generator = Generator::new(&settings(formats));
    // What the generator does not know it sometimes answers with a panic.
    let tokens = catch_unwind(AssertUnwindSafe(|| method(&mut generator, &document)))
        .map_err(|panicked| {
            let said = panicked.downcast_ref::<String>().map(String::as_str);
            let said = said.or(panicked.downcast_ref::<&str>().copied());
            Refusal::new(format!(
                "the generator: {}",
                said.unwrap_or("gave up without a word")
            ))
        })?
        .map_err(|err| Refusal::new(format!("the generator: {err}")))?;
    syn::parse2(quote! { #tokens })
        .map_err(|err| Refusal::new(format!("the generator made what is not Rust: {err}")))
}

fn settings(formats: &[(&str, &str)]) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_derive("PartialEq")
        .with_map_type("::serde_json::Map")
        .with_inner_type(quote! { crate::signature::Signature });
    for (format, path) in formats {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some((*format).to_owned()),
            ..Default::default()
        };
        settings.with_conversion(schema, path, std::iter::empty());
    }
    settings
}

/// The types stand without an HTTP stack; all else needs one.
fn needs_client(item: &mut Item) {
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

fn add_to_types(types: &mut ItemMod, vendor: &str) {
    let Some((_, items)) = &mut types.content else {
        return;
    };
    let said: BTreeMap<String, Vec<Attribute>> = items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), docs(&item.attrs))),
            _ => None,
        })
        .collect();
    let words: BTreeMap<String, String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Enum(item) => Some((item.ident.to_string(), words(item))),
            _ => None,
        })
        .collect();
    let mut more = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                item.attrs.extend(schema(&item.ident, vendor));
                remove_derive(&mut item.attrs, "Debug");
                document_fields(item, &said);
                more.push(discreet_struct(item));
            }
            Item::Enum(item) => {
                item.attrs.extend(schema(&item.ident, vendor));
                // A unit variant is a word of the vendor's; one with fields holds a person's data.
                if item
                    .variants
                    .iter()
                    .all(|it| matches!(it.fields, Fields::Unit))
                {
                    word_enum(item);
                } else {
                    remove_derive(&mut item.attrs, "Debug");
                    more.push(discreet(&item.ident));
                }
            }
            Item::Impl(item) => {
                let typ = &item.self_ty;
                if let Some(words) = words.get(&quote!(#typ).to_string()) {
                    Expecting { words }.visit_item_impl_mut(item);
                }
            }
            _ => {}
        }
    }
    items.extend(more);
}

fn docs(attributes: &[Attribute]) -> Vec<Attribute> {
    let docs = attributes.iter().filter(|it| it.path().is_ident("doc"));
    docs.cloned().collect()
}

/// A field that refers to another schema comes without a word; it gets those of the schema.
fn document_fields(item: &mut ItemStruct, said: &BTreeMap<String, Vec<Attribute>>) {
    for field in &mut item.fields {
        if !docs(&field.attrs).is_empty() {
            continue;
        }
        let words = quote!(#field).to_string();
        let named = said
            .iter()
            .find(|(name, _)| words.contains(&format!(" {name} >")) || words.ends_with(*name));
        match named {
            Some((_, docs)) => field.attrs.extend(docs.iter().cloned()),
            None if words.contains("flatten") => field.attrs.push(
                parse_quote! { #[doc = "What was answered beyond what the document describes."] },
            ),
            // What a vendor adds comes without a word as often as not, and must not stop the build for that.
            None => {
                let name = field.ident.as_ref().map(ToString::to_string);
                let said = format!(
                    "`{}`, of which the document says nothing.",
                    name.unwrap_or_default()
                );
                field.attrs.push(parse_quote! { #[doc = #said] });
            }
        }
    }
}

/// The words that an enum stands for, as one would list them.
fn words(item: &ItemEnum) -> String {
    let words = item.variants.iter().filter_map(word);
    words.collect::<Vec<_>>().join(" or ")
}

/// The word that a variant is on the wire.
fn word(variant: &syn::Variant) -> Option<String> {
    let mut renamed = None;
    for attribute in variant
        .attrs
        .iter()
        .filter(|it| it.path().is_ident("serde"))
    {
        // Other settings of serde are passed over.
        let _ = attribute.parse_nested_meta(|meta| {
            let value: LitStr = meta.value()?.parse()?;
            if meta.path.is_ident("rename") {
                renamed = Some(value.value());
            }
            Ok(())
        });
    }
    renamed
}

/// Documents the variants, and decodes through `FromStr`: serde's own error repeats what it was given.
fn word_enum(item: &mut ItemEnum) {
    item.attrs
        .push(parse_quote! { #[serde(try_from = "::std::string::String")] });
    item.attrs
        .push(parse_quote! { #[cfg_attr(feature = "schemars", schemars(!try_from))] });
    for variant in &mut item.variants {
        if let Some(word) = word(variant) {
            let said = format!("`{word}` on the wire.");
            variant.attrs.push(parse_quote! { #[doc = #said] });
        }
    }
}

/// Lets the error of an enum say what is allowed.
struct Expecting<'a> {
    words: &'a str,
}

impl VisitMut for Expecting<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if literal.value() == "invalid value" {
            *literal = LitStr::new(&format!("expected {}", self.words), literal.span());
        }
    }
}

/// Gives a type a schema. Its name says whose it is, as both vendors have a shopper, and so has a service.
fn schema(typ: &Ident, vendor: &str) -> [Attribute; 2] {
    let mut letters = vendor.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    let vendor: String = first.into_iter().chain(letters).collect();
    let name = format!("{vendor}{typ}");
    [
        parse_quote! { #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))] },
        parse_quote! { #[cfg_attr(feature = "schemars", schemars(rename = #name))] },
    ]
}

/// Takes a trait out of what is derived.
pub fn remove_derive(attributes: &mut [Attribute], name: &str) {
    for attribute in attributes {
        let Meta::List(list) = &mut attribute.meta else {
            continue;
        };
        if !list.path.is_ident("derive") {
            continue;
        }
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        if let Ok(derives) = list.parse_args_with(parser) {
            let kept = derives
                .into_iter()
                .filter(|path| path.segments.last().is_none_or(|it| it.ident != name));
            list.tokens = quote! { #(#kept),* };
        }
    }
}

/// A `Debug` that shows which fields are set, and of a string never what it holds.
fn discreet_struct(item: &ItemStruct) -> Item {
    let name = &item.ident;
    // An envelope borrows what is in it.
    let lifetime = item.generics.lifetimes().next().map(|_| quote! { <'_> });
    let Fields::Named(fields) = &item.fields else {
        return discreet(name);
    };
    let shown = fields.named.iter().map(|field| {
        let ident = &field.ident;
        let label = ident.as_ref().map(ToString::to_string);
        let typ = &field.ty;
        let typ = quote!(#typ).to_string();
        let held = match (typ.contains("Option <"), is_open(&field.ty)) {
            (true, true) => quote! { self.#ident.is_some().then_some(&hidden) },
            (true, false) => quote! { self.#ident.as_ref() },
            (false, true) if is_map(&field.ty) => {
                quote! { (!self.#ident.is_empty()).then_some(&hidden) }
            }
            (false, true) => quote! { Some(&hidden) },
            (false, false) => quote! { Some(&self.#ident) },
        };
        quote! {
            if let Some(value) = #held {
                shown.field(#label, value);
            }
        }
    });
    let label = name.to_string();
    parse_quote! {
        /// Shows which fields are set, and of a string never what it holds.
        impl ::std::fmt::Debug for #name #lifetime {
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

fn discreet(name: &Ident) -> Item {
    let label = format!("{name}(..)");
    parse_quote! {
        /// Shows the type, never what it holds.
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(#label)
            }
        }
    }
}

/// Whether the `Debug` of a field's type would show what a vendor or a person wrote.
fn is_open(typ: &Type) -> bool {
    let words = quote!(#typ).to_string();
    words.contains("String") || words.contains("Value")
}

fn is_map(typ: &Type) -> bool {
    quote!(#typ).to_string().contains("Map <")
}
