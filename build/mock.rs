//! A document as typed mocks: what progenitor makes of it for httpmock, and what we change of that.

use std::collections::BTreeMap;

use quote::{format_ident, quote};
use serde_json::Value;
use syn::{
    Expr, ExprMethodCall, File, ImplItem, ImplItemFn, Item, ItemImpl, Macro, Token, Type,
    parse_quote,
    punctuated::Punctuated,
    visit_mut::{self, VisitMut},
};

use super::{
    client, docs,
    document::{is_success, operations_mut},
    generator,
    operations::{Location, Operation},
    refusal::Refusal,
};

/// The path of the client, as seen from the module `operations` in the module `mock`.
const CLIENT: &str = "super::super";

/// The types of the bodies that are sent in an envelope, by the names of their operations.
pub type Enveloped = BTreeMap<String, Type>;

/// Writes the mocks of a document, as the module `mock`.
///
/// Of the answers only successes: no types are generated for failures, and every mock has the same (src/mock/then.rs).
/// No list among the parameters, either.
pub fn write(
    mut document: Value,
    formats: &[(&str, &str)],
    operations: &[Operation],
    enveloped: &Enveloped,
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
    let file = generator::generate(document, formats, |generator, document| {
        generator.httpmock(document, CLIENT)
    })?;
    change(file, operations, enveloped)
}

/// Changes what progenitor wrote.
pub(super) fn change(
    mut file: File,
    operations: &[Operation],
    enveloped: &Enveloped,
) -> Result<String, Refusal> {
    let mut found = Found::default();
    for item in &mut file.items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            for item in items {
                found.item(item, operations, enveloped)?;
            }
        }
    }
    for operation in operations {
        for (rule, names) in [
            ("mock", &found.mocks),
            ("answers of a mock", &found.answers),
        ] {
            let count = names.iter().filter(|it| **it == operation.name).count();
            client::expect(operation, rule, count, 1)?;
        }
    }
    docs::make_plain(&mut file);
    let items = file.items;
    let methods = operations.iter().map(|operation| {
        let name = format_ident!("{}", operation.name);
        let when = format_ident!("{}When", operation.type_name());
        let then = format_ident!("{}Then", operation.type_name());
        let said = format!(" Adds a mock of [`{name}`](super::super::Client::{name}).");
        quote! {
            #[doc = #said]
            pub fn #name(
                &self,
                mock: impl FnOnce(operations::#when, operations::#then),
            ) -> ::httpmock::Mock<'_> {
                self.add(|server| MockServerExt::#name(server, mock))
            }
        }
    });
    let thens = operations
        .iter()
        .map(|it| format_ident!("{}Then", it.type_name()));
    let file = parse_quote! {
        /// Typed mocks of the operations.
        #[cfg(feature = "httpmock")]
        #[allow(clippy::all)]
        pub(crate) mod mock {
            #(#items)*

            impl crate::mock::Server<super::super::Client> { #(#methods)* }

            crate::mock::then::answers!(#(operations::#thens),*);
        }
    };
    Ok(prettyplease::unparse(&file))
}

/// The operations whose mocks were found.
#[derive(Default)]
struct Found {
    mocks: Vec<String>,
    answers: Vec<String>,
}

impl Found {
    fn item(
        &mut self,
        item: &mut Item,
        operations: &[Operation],
        enveloped: &Enveloped,
    ) -> Result<(), Refusal> {
        match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                let said = match name.strip_suffix("When") {
                    Some(_) => {
                        "Which calls of the operation a mock is for; all of them by default."
                    }
                    None => "What a mock answers; one success or failure, and how often.",
                };
                item.attrs.push(parse_quote! { #[doc = #said] });
            }
            Item::Impl(item) => {
                let typ = &item.self_ty;
                let typ = quote!(#typ).to_string();
                for operation in operations {
                    let name = operation.type_name();
                    if typ == format!("{name}When") {
                        self.mocks.push(operation.name.clone());
                        let values = when(item, operation, enveloped.get(&operation.name));
                        let expected = operation.with(Location::Path).count();
                        client::expect(operation, "value in a path of a mock", values, expected)?;
                    } else if typ == format!("{name}Then") {
                        self.answers.push(operation.name.clone());
                        then(item);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The methods of an implementation, but for `new`, which stays inside of the crate, and `into_inner`.
fn methods(item: &mut ItemImpl) -> impl Iterator<Item = &mut ImplItemFn> {
    item.items.iter_mut().filter_map(|item| {
        let ImplItem::Fn(method) = item else {
            return None;
        };
        match method.sig.ident.to_string().as_str() {
            "new" => method.vis = parse_quote! { pub(crate) },
            "into_inner" => {
                let said = "What it is made of, for what has no method here.";
                method.attrs.push(parse_quote! { #[doc = #said] });
            }
            _ => return Some(method),
        }
        None
    })
}

/// Says what calls are matched by, and counts the values in a path.
fn when(item: &mut ItemImpl, operation: &Operation, enveloped: Option<&Type>) -> usize {
    let mut values = 0;
    for method in methods(item) {
        let mut literal = Literal { found: false };
        literal.visit_impl_item_fn_mut(method);
        values += usize::from(literal.found);
        let name = method.sig.ident.to_string();
        let parameter = operation.parameters.iter().find(|it| it.ident == name);
        let said = match parameter {
            Some(it) if it.is_required => format!("Only calls with this `{}`.", it.name),
            Some(it) => format!(
                "Only calls with this `{0}`, or without `{0}` if it is `None`.",
                it.name
            ),
            None => "Only calls with just this body.".to_owned(),
        };
        if let (None, Some(content), Some(envelope)) = (parameter, enveloped, operation.envelope())
        {
            *method = parse_quote! {
                pub fn body(self, value: #content) -> Self {
                    Self(self.0.json_body(::serde_json::json!({ #envelope: value })))
                }
            };
        }
        method.attrs.push(parse_quote! { #[doc = #said] });
    }
    values
}

/// Says what the answers are.
fn then(item: &mut ItemImpl) {
    for method in methods(item) {
        let said = "The success that the document describes.";
        Lent.visit_impl_item_fn_mut(method);
        method.attrs.push(parse_quote! { #[doc = #said] });
    }
}

/// Lends what a mock answers: the generator does that with objects and lists alone.
struct Lent;

impl VisitMut for Lent {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "json_body_obj" {
            for argument in &mut call.args {
                *argument = parse_quote! { &#argument };
            }
        }
    }
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
