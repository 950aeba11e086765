//! A document as Rust: what progenitor makes of it, and what we change of that.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};
use schemars_0_8::schema::{InstanceType, SchemaObject};
use serde_json::{Value, json};
use syn::{
    Attribute, Fields, Ident, Item, ItemEnum, ItemMod, ItemStruct, LitStr, Meta, Token, Type,
    parse_quote, punctuated::Punctuated, visit_mut::VisitMut,
};

use super::{
    answers::{Answered, Answers},
    client, docs,
    document::{Place, each_object, members, operations as operations_of, typed},
    methods,
    mock::Enveloped,
    operations::{COMMA_LIST, Operation},
    reading,
    refusal::Refusal,
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
    let file = generate(document, formats, |generator, document| {
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

/// The generator's output for a document, by one of its methods.
pub(super) fn generate<T: ToTokens>(
    mut document: Value,
    formats: &[(&str, &str)],
    method: impl Fn(&mut Generator, &OpenAPI) -> Result<T, progenitor::Error>,
) -> Result<syn::File, Refusal> {
    unlimited(&mut document);
    let run = |document: &Value| run(document, formats, &method);
    run(&document).map_err(|refusal| match culprit(&document, |it| run(it).is_err()) {
        Some(place) => Refusal::at(&place, refusal),
        None => refusal,
    })
}

/// Leaves the rules of texts and integers to the vendor: with them each text would be a type of its own, a pattern would
/// need a crate, and an integer from 1 on would be a `NonZeroU64`.
fn unlimited(document: &mut Value) {
    each_object(document, &mut |members| {
        let limits: &[&str] = match members.get("type").and_then(Value::as_str) {
            Some("string") => &["pattern", "minLength", "maxLength"],
            Some("integer") => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
            _ => &[],
        };
        members.retain(|key, _| !limits.contains(&key.as_str()));
    });
}

/// The place in a document that the generator does not take: the generator itself seldom says.
fn culprit(document: &Value, fails: impl Fn(&Value) -> bool) -> Option<Place> {
    let top = Place::top();
    let mut less = document.clone();
    less["paths"] = json!({});
    if fails(&less) {
        let schemas = members(&document["components"]["schemas"]);
        let mut names = schemas.map(|(name, _)| name);
        let found = names.find(|name| {
            let mut without = less.clone();
            without["components"]["schemas"][name.as_str()] = json!({});
            !fails(&without)
        })?;
        return Some(top.key("components").key("schemas").key(found));
    }
    let mut places = operations_of(document).into_iter().map(|(place, _)| place);
    places.find(|place| {
        let [_, path, method] = &place.keys()[..] else {
            return false;
        };
        let mut alone = less.clone();
        let item = &document["paths"][path];
        alone["paths"] =
            json!({ path: { method: item[method], "parameters": item["parameters"] } });
        if item["parameters"].is_null() {
            alone["paths"] = json!({ path: { method: item[method] } });
        }
        fails(&alone)
    })
}

fn run<T: ToTokens>(
    document: &Value,
    formats: &[(&str, &str)],
    method: &impl Fn(&mut Generator, &OpenAPI) -> Result<T, progenitor::Error>,
) -> Result<syn::File, Refusal> {
    let document = typed(document)?;
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
        .with_inner_type(quote! { crate::auth::Authorizer });
    let ours = [(COMMA_LIST, "crate::CommaList")];
    for (format, path) in formats.iter().chain(&ours) {
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
pub(super) fn needs_client(item: &mut Item) {
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
    let mut more = Vec::new();
    let mut expecting = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                change_traits(&item.ident, &mut item.attrs, vendor)?;
                document_fields(item, &said);
                more.extend(reading::read_struct(item, &structs, answered));
                more.push(discreet_struct(item, &structs));
            }
            Item::Enum(item) => {
                change_traits(&item.ident, &mut item.attrs, vendor)?;
                more.push(discreet(&item.ident));
                if let Some(words) = words.get(&item.ident.to_string()) {
                    document_variants(item);
                    more.push(reading::read_word(item, &format!("expected {words}")));
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
    let told = reading::serde(&variant.attrs);
    let renamed = told.into_iter().find(|(name, _)| name == "rename");
    renamed
        .and_then(|(_, word)| word)
        .unwrap_or_else(|| variant.ident.to_string())
}

fn document_variants(item: &mut ItemEnum) {
    for variant in &mut item.variants {
        let said = format!("`{}` on the wire.", word(variant));
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
    attributes.extend(more);
    expect("Debug", typ, remove_derive(attributes, "Debug"))
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

/// A `Debug` that shows which fields are set, and never what they hold.
pub(super) fn discreet_struct(item: &ItemStruct, structs: &BTreeSet<String>) -> Item {
    let name = &item.ident;
    // An envelope borrows what is in it.
    let lifetime = item.generics.lifetimes().next().map(|_| quote! { <'_> });
    let Fields::Named(fields) = &item.fields else {
        return discreet(name);
    };
    let shown = fields.named.iter().map(|field| {
        let ident = &field.ident;
        let label = ident.as_ref().map(ToString::to_string);
        let is_optional = reading::option(&field.ty).is_some();
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

pub(super) fn discreet(name: &Ident) -> Item {
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

/// Returns `true` if the value of a field may be in a `Debug`: the one list of the types that hold nothing of a person.
///
/// A generated type is one of them, as its own `Debug` is written here. A number, a flag, a date or a word is not, as
/// each can be a person's; and nothing else comes in a document.
fn is_shown(typ: &Type, structs: &BTreeSet<String>) -> bool {
    let typ = match reading::option(typ).unwrap_or(typ) {
        Type::Reference(reference) => &*reference.elem,
        typ => typ,
    };
    structs.contains(&quote!(#typ).to_string())
}

fn is_map(typ: &Type) -> bool {
    quote!(#typ).to_string().contains("Map <")
}
