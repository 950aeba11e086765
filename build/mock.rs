//! A document as typed mocks: what progenitor makes of it for httpmock, and what we change of that.

use quote::quote;
use serde_json::Value;
use syn::{
    Expr, ImplItem, ImplItemFn, Item, ItemImpl, Macro, Token, parse_quote, punctuated::Punctuated,
    visit_mut::VisitMut,
};

use super::{
    client, docs,
    document::{is_success, operations_mut},
    operations::{Location, Operation},
    refusal::Refusal,
    rust,
};

/// The path of the client, as seen from the module `operations` in the module `mock`.
const CLIENT: &str = "super::super";

/// Writes the mocks of a document, as the module `mock`.
///
/// Of the answers only successes: no types are generated for failures, and every mock has the same (src/mock/then.rs).
/// No list among the parameters, either.
pub fn write(
    mut document: Value,
    formats: &[(&str, &str)],
    operations: &[Operation],
) -> Result<String, Refusal> {
    for operation in operations_mut(&mut document) {
        if let Some(parameters) = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut)
        {
            parameters.retain(|it| it["schema"]["type"] != "array");
        }
        if let Some(responses) = operation["responses"].as_object_mut() {
            responses.retain(|status, _| is_success(status));
        }
    }
    let mut file = rust::generate(document, formats, |generator, document| {
        generator.httpmock(document, CLIENT)
    })?;
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            for item in items {
                change(item, operations)?;
            }
        }
    }
    docs::make_plain(&mut file);
    let items = file.items;
    let file = parse_quote! {
        /// Typed mocks of the operations.
        #[cfg(feature = "httpmock")]
        #[allow(clippy::all)]
        pub(crate) mod mock { #(#items)* }
    };
    Ok(prettyplease::unparse(&file))
}

fn change(item: &mut Item, operations: &[Operation]) -> Result<(), Refusal> {
    match item {
        Item::Struct(item) => {
            let name = item.ident.to_string();
            let said = match name.strip_suffix("When") {
                Some(_) => "Which calls of the operation a mock is for; all of them by default.",
                None => "What a mock answers; one success or failure, and how often.",
            };
            item.attrs.push(parse_quote! { #[doc = #said] });
        }
        Item::Impl(item) => {
            let values = narrow(item);
            let typ = &item.self_ty;
            let typ = quote!(#typ).to_string();
            let named = |it: &&Operation| typ == format!("{}When", it.type_name());
            if let Some(operation) = operations.iter().find(named) {
                let expected = operation.with(Location::Path).count();
                client::expect(operation, "value in a path of a mock", values, expected)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Keeps the wire inside of the crate: a body is an envelope, and an answer has more forms than a document lists.
fn narrow(item: &mut ItemImpl) -> usize {
    let mut values = 0;
    for method in &mut item.items {
        let ImplItem::Fn(method) = method else {
            continue;
        };
        match said(method, &mut values) {
            Some(said) => method.attrs.push(parse_quote! { #[doc = #said] }),
            None => method.vis = parse_quote! { pub(crate) },
        }
    }
    values
}

/// The words for a method that users may call.
fn said(method: &mut ImplItemFn, values: &mut usize) -> Option<String> {
    if method.sig.ident == "into_inner" {
        return Some("What it is made of, for what has no method here.".to_owned());
    }
    let mut literal = Literal { found: false };
    literal.visit_impl_item_fn_mut(method);
    *values += usize::from(literal.found);
    let name = method.sig.ident.to_string();
    literal
        .found
        .then(|| format!("Only calls with this `{name}` in their path."))
}

/// Takes a value in a path as it is: the generator puts it into a pattern, where a dot would be any letter, and compares
/// it with a path that is encoded.
struct Literal {
    found: bool,
}

impl VisitMut for Literal {
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        if !call.path.is_ident("format") {
            return;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        if let Ok(arguments) = call.parse_body_with(parser)
            && let (Some(pattern), Some(value)) = (arguments.get(0), arguments.get(1))
        {
            self.found = true;
            call.tokens = quote! {
                #pattern, ::regex::escape(&::progenitor_client::encode_path(&#value))
            };
        }
    }
}
