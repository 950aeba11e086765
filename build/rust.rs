//! A document as Rust: what progenitor makes of it, and what we change of that.

use std::collections::{BTreeMap, BTreeSet};

use quote::quote;
use serde_json::Value;
use syn::{
    Attribute, Fields, Ident, Item, ItemEnum, ItemMod, LitStr, parse_quote, visit_mut::VisitMut,
};

use super::{
    answers::{Answered, Answers},
    client,
    debug::{discreet, discreet_struct},
    docs, generator, methods,
    mock::Enveloped,
    operations::Operation,
    reading,
    refusal::Refusal,
    syntax::{needs_client, remove_derive, serde},
    writing,
};

/// Writes the client of a vendor's document.
pub fn write(
    document: Value,
    vendor: &str,
    formats: &[(&str, &str)],
    answered: &Answered,
    operations: &[Operation],
    answers: &Answers,
) -> Result<(String, Enveloped), Refusal> {
    let file = generator::generate(document, formats, |generator, document| {
        generator.generate_tokens(document)
    })?;
    change(file, vendor, answered, operations, answers)
}

/// Changes what progenitor wrote.
pub(super) fn change(
    mut file: syn::File,
    vendor: &str,
    answered: &Answered,
    operations: &[Operation],
    answers: &Answers,
) -> Result<(String, Enveloped), Refusal> {
    client::lend_envelopes(&mut file.items, operations)?;
    client::lighten(&mut file.items, operations)?;
    for item in &mut file.items {
        match item {
            Item::Mod(types) if types.ident == "types" => add_to_types(types, vendor, answered)?,
            item => needs_client(item),
        }
    }
    docs::make_plain(&mut file);
    let (methods, enveloped) = methods::write(&mut file.items, vendor, operations, answers)?;
    file.items.extend(methods);
    Ok((prettyplease::unparse(&file), enveloped))
}

fn add_to_types(types: &mut ItemMod, vendor: &str, answered: &Answered) -> Result<(), Refusal> {
    let Some((_, items)) = &mut types.content else {
        return Ok(());
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
            Item::Enum(item) if is_of_words(item) => Some((item.ident.to_string(), words(item))),
            _ => None,
        })
        .collect();
    let structs: BTreeSet<String> = said.keys().cloned().collect();
    let parts: BTreeSet<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item).filter(|it| matches!(it.fields, Fields::Named(_))),
            _ => None,
        })
        .map(|item| item.ident.to_string())
        .filter(|it| answered.contains(it))
        .collect();
    let mut more = Vec::new();
    let mut expecting = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                change_traits(&item.ident, &mut item.attrs, vendor)?;
                document_fields(&mut item.fields, &said);
                more.extend(reading::read_struct(item, &parts, answered));
                more.push(discreet_struct(item, &structs));
                more.extend(writing::write_struct(item));
            }
            Item::Enum(item) => {
                change_traits(&item.ident, &mut item.attrs, vendor)?;
                more.push(discreet(&item.ident));
                document_variants(item, &said);
                if let Some(words) = words.get(&item.ident.to_string()) {
                    more.push(reading::read_word(item, &format!("expected {words}")));
                    more.extend(writing::write_word(item));
                }
            }
            Item::Impl(item) => {
                let typ = &item.self_ty;
                if let Some((typ, words)) = words.get_key_value(&quote!(#typ).to_string()) {
                    let mut rule = Expecting { words, found: 0 };
                    rule.visit_item_impl_mut(item);
                    expecting.extend(std::iter::repeat_n(typ.clone(), rule.found));
                }
            }
            _ => {}
        }
    }
    for typ in words.keys() {
        expect(
            "invalid value",
            typ,
            expecting.iter().filter(|it| *it == typ).count(),
        )?;
    }
    items.extend(more);
    Ok(())
}

/// Refuses progenitor's output where a rule did not match once in a type.
fn expect(rule: &str, typ: impl std::fmt::Display, found: usize) -> Result<(), Refusal> {
    if found == 1 {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "the rule {rule:?} matched {found} times in what progenitor wrote for the type `{typ}`, expected 1; \
         adapt build/rust.rs to the new output"
    )))
}

fn docs(attributes: &[Attribute]) -> Vec<Attribute> {
    let docs = attributes.iter().filter(|it| it.path().is_ident("doc"));
    docs.cloned().collect()
}

/// A field that refers to another schema comes without a word; it gets those of the schema.
fn document_fields(fields: &mut Fields, said: &BTreeMap<String, Vec<Attribute>>) {
    for field in fields {
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
                parse_quote! { #[doc = "What was answered beyond what the document describes, or otherwise than it does."] },
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
    let words: Vec<String> = item.variants.iter().map(word).collect();
    let words = words.join(" or ");
    words.chars().filter(|it| !docs::is_hidden(*it)).collect()
}

fn is_of_words(item: &ItemEnum) -> bool {
    let mut variants = item.variants.iter();
    variants.all(|it| matches!(it.fields, Fields::Unit))
}

/// The word that a variant is on the wire: its name, unless it is renamed.
fn word(variant: &syn::Variant) -> String {
    let told = serde(&variant.attrs);
    let renamed = told.into_iter().find(|(name, _)| name == "rename");
    renamed
        .and_then(|(_, word)| word)
        .unwrap_or_else(|| variant.ident.to_string())
}

fn document_variants(item: &mut ItemEnum, said: &BTreeMap<String, Vec<Attribute>>) {
    for variant in &mut item.variants {
        if matches!(variant.fields, Fields::Named(_)) {
            document_fields(&mut variant.fields, said);
        }
        let said = match variant.fields {
            Fields::Unit => format!("`{}` on the wire.", word(variant)),
            _ if docs(&variant.attrs).is_empty() => "One of the forms that it has.".to_owned(),
            _ => continue,
        };
        variant.attrs.push(parse_quote! { #[doc = #said] });
    }
}

/// Lets the error of an enum say what is allowed.
struct Expecting<'a> {
    words: &'a str,
    found: usize,
}

impl VisitMut for Expecting<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if literal.value() == "invalid value" {
            *literal = LitStr::new(&format!("expected {}", self.words), literal.span());
            self.found += 1;
        }
    }
}

/// Gives a type a schema, and takes its `Debug`. The schema's name says whose it is, as both vendors have a shopper, and so has
/// a service.
fn change_traits(
    typ: &Ident,
    attributes: &mut Vec<Attribute>,
    vendor: &str,
) -> Result<(), Refusal> {
    let mut letters = vendor.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    let vendor: String = first.into_iter().chain(letters).collect();
    let name = format!("{vendor}{typ}");
    let more: [Attribute; 2] = [
        parse_quote! { #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))] },
        parse_quote! { #[cfg_attr(feature = "schemars", schemars(rename = #name))] },
    ];
    // Before serde's, as the schema's derive is all that knows them if serde derives nothing.
    let at = attributes.iter().position(|it| it.path().is_ident("serde"));
    let at = at.unwrap_or(attributes.len());
    attributes.splice(at..at, more);
    expect("Debug", typ, remove_derive(attributes, "Debug"))
}
