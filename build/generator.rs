//! Runs progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, quote};
use schemars_0_8::schema::{InstanceType, SchemaObject};
use serde_json::{Value, json};

use super::{
    document::{each_object, members, operations, typed},
    operations::COMMA_LIST,
    place::Place,
    refusal::Refusal,
};

/// The generator's output for a document, by one of its methods.
pub fn generate<T: ToTokens>(
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
/// need a crate, and an integer from 1 on would be a `NonZeroU64`. A `null` among words says what `nullable` says, and the
/// generator would make two types of one name.
fn unlimited(document: &mut Value) {
    each_object(document, &mut |members| {
        let limits: &[&str] = match members.get("type").and_then(Value::as_str) {
            Some("string") => &["pattern", "minLength", "maxLength"],
            Some("integer") => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
            _ => &[],
        };
        members.retain(|key, _| !limits.contains(&key.as_str()));
        if let Some(words) = members.get_mut("enum").and_then(Value::as_array_mut) {
            words.retain(|it| !it.is_null());
        }
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
    let mut places = operations(document).into_iter().map(|(place, _)| place);
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
            let line = said.and_then(|it| it.lines().next());
            Refusal::new(format!(
                "the generator: {}",
                line.unwrap_or("gave up without a word")
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
        .with_map_type("::std::collections::BTreeMap")
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
