//! The public methods of a client, one for each operation: checked, handed to progenitor's client, and its answer decoded.

mod arguments;
mod by_name;
mod docs;
mod metadata;
mod optional;
mod pages;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Field, Ident, Item, parse_quote};

use super::{
    Refusal,
    answers::{Answer, Answers},
    client,
    docs::lines,
    mock::Enveloped,
    names::types_by_hand,
    operations::{Effect, Idempotency, Location, Operation, Pages},
};
use arguments::{Argument, Order, owned};
use optional::{Alternatives, Optional};

/// Writes constants, methods and the types of their parameters, and the list of what is public.
pub fn write(
    items: &mut [Item],
    vendor: &str,
    operations: &[Operation],
    answers: &Answers,
) -> Result<(Vec<Item>, Enveloped), Refusal> {
    let mut public: Vec<Ident> = Vec::new();
    let mut envelopes: BTreeMap<String, Field> = BTreeMap::new();
    for item in items.iter_mut().filter_map(client::types).flatten() {
        match item {
            Item::Struct(item) if item.generics.params.is_empty() => {
                public.push(item.ident.clone())
            }
            Item::Struct(item) => {
                let content = item.fields.iter().next().cloned();
                envelopes.extend(content.map(|it| (item.ident.to_string(), it)));
            }
            Item::Enum(item) => public.push(item.ident.clone()),
            _ => {}
        }
    }

    let mut written = Vec::new();
    let mut queries = Vec::new();
    let mut methods = Vec::new();
    let mut alternatives: Vec<Alternatives> = Vec::new();
    for operation in operations {
        written.push(metadata::constant(operation, vendor));
        let generated = items.iter_mut().flat_map(client::methods);
        let Some(generated) = generated
            .into_iter()
            .find(|it| it.sig.ident == operation.name)
        else {
            continue;
        };
        let Some(answer) = answers.get(&operation.name) else {
            return Err(Refusal::at(
                &operation.place,
                "progenitor wrote no answer for it; adapt build/methods.rs to the new output",
            ));
        };
        let mut method = Method::of(operation, answer);
        let body = client::body_name(generated);
        method.envelope = body
            .as_ref()
            .and_then(|it| Some((format_ident!("{it}"), envelopes.get(it)?)));
        for input in &generated.sig.inputs {
            method.take(input)?;
        }
        method
            .given
            .sort_by(|one, other| one.order.cmp(&other.order));
        if let Some(query) = method.query() {
            let name = operation.type_name();
            if public.iter().any(|it| *it == name) {
                return Err(Refusal::at(
                    &operation.place,
                    format_args!(
                        "its optional parameters become the type `{name}`, as does a schema; give it another `operationId` in the overlay"
                    ),
                ));
            }
            written.extend(query);
            if operation.public {
                queries.push(format_ident!("{name}"));
            }
            for new in method.alternatives() {
                let known = alternatives.iter().find(|it| it.name == new.name);
                let by_hand = types_by_hand(vendor).iter().any(|it| new.name == it);
                match known.map(|it| &it.content) {
                    Some(known) if *known == new.content => {}
                    None if !by_hand && !public.contains(&new.name) => alternatives.push(new),
                    _ => return Err(method.taken(&new.name)),
                }
            }
        }
        methods.push(method);
    }
    for Alternatives { name, items, .. } in alternatives {
        written.extend(items);
        queries.push(name);
    }
    let constants = methods.iter().map(|it| &it.constant);
    written.push(parse_quote! {
        /// Every operation that the vendor's documents have.
        #[cfg(feature = "client")]
        pub const OPERATIONS: &[crate::Operation] = &[#(#constants),*];
    });
    let key_headers = methods.iter().filter_map(|it| {
        let (name, header) = (&it.operation.name, it.operation.key_header.as_ref()?);
        Some(quote! { (#name, #header) })
    });
    written.push(parse_quote! {
        /// The operations that take the key in another header than `Authorization`, and that header.
        #[cfg(feature = "client")]
        pub(crate) const KEY_HEADERS: &[(&str, &str)] = &[#(#key_headers),*];
    });
    let sends = methods.iter().map(Method::send);
    written.push(parse_quote! {
        /// Sends each operation, and leaves its answer to be read.
        #[cfg(feature = "client")]
        pub(crate) mod send {
            #[allow(unused_imports)]
            use super::*;

            #(#sends)*
        }
    });
    let bodies = methods.iter().filter_map(|it| {
        let body = it.given.iter().find(|it| it.order == Order::Body)?;
        Some((&it.operation.name, owned(&body.typ)))
    });
    let answers = methods.iter().filter_map(|it| {
        let answer = it.answer.typ.to_token_stream();
        let is_typed = it.operation.answer.is_none() && answer.to_string() != "()";
        is_typed.then_some((&it.operation.name, answer))
    });
    let taken = "The JSON Schema (2020-12) of the body that an operation takes, without its envelope; `None` for one without.";
    let answered = "The JSON Schema (2020-12) of an operation's answer; `None` for one without.";
    written.push(schemas("body_schema", taken, bodies));
    written.push(schemas("answer_schema", answered, answers));
    let by_name = by_name::write(&methods);
    let enveloped = methods.iter().filter_map(|it| {
        let body = it.given.iter().find(|it| it.order == Order::Body);
        let body = body.filter(|_| it.envelope.is_some())?;
        Some((it.operation.name.clone(), body.typ.clone()))
    });
    let enveloped = enveloped.collect();
    let methods = methods.iter().filter(|it| it.operation.public);
    let methods = methods.map(Method::write).collect::<Result<Vec<_>, _>>()?;
    written.push(parse_quote! {
        #[cfg(feature = "client")]
        impl super::Client { #(#methods)* #by_name }
    });
    written.push(parse_quote! {
        /// The part of it that is public.
        pub(crate) mod public {
            pub use super::types::{#(#public),*};
            #[cfg(feature = "client")]
            pub use super::{OPERATIONS, #(#queries),*};
            #[cfg(all(feature = "client", feature = "schemars"))]
            pub use super::{answer_schema, body_schema};
        }
    });
    Ok((written, enveloped))
}

/// A function that finds the schema of a type by the name of its operation.
fn schemas<'a>(
    name: &str,
    said: &str,
    types: impl Iterator<Item = (&'a String, TokenStream)>,
) -> Item {
    let (name, said) = (format_ident!("{name}"), format!(" {said}"));
    let (names, types): (Vec<_>, Vec<_>) = types.unzip();
    parse_quote! {
        #[doc = #said]
        #[cfg(all(feature = "client", feature = "schemars"))]
        pub fn #name(operation: &str) -> ::std::option::Option<::schemars::Schema> {
            match operation {
                #(#names => Some(::schemars::schema_for!(#types)),)*
                _ => None,
            }
        }
    }
}

/// A method in the making.
struct Method<'a> {
    operation: &'a Operation,
    constant: Ident,
    answer: &'a Answer,
    envelope: Option<(Ident, &'a Field)>,
    /// What is always given.
    given: Vec<Argument>,
    optional: Vec<Optional<'a>>,
    before: Vec<TokenStream>,
    /// A parameter of the path is checked.
    is_guarded: bool,
    /// The arguments of progenitor's method.
    arguments: Vec<TokenStream>,
    idempotency: TokenStream,
    docs: Vec<String>,
}

impl<'a> Method<'a> {
    fn of(operation: &'a Operation, answer: &'a Answer) -> Self {
        let constant = format_ident!("{}", operation.constant());
        Self {
            operation,
            answer,
            envelope: None,
            given: Vec::new(),
            optional: Vec::new(),
            before: Vec::new(),
            is_guarded: false,
            arguments: Vec::new(),
            idempotency: quote! { #constant.idempotency },
            docs: Vec::new(),
            constant,
        }
    }

    /// A variable that is no parameter.
    fn local(&self, name: &str) -> Ident {
        format_ident!("{}", self.operation.free(name))
    }

    /// The struct of optional parameters, if there is one.
    fn query_name(&self) -> Option<Ident> {
        (!self.optional.is_empty()).then(|| format_ident!("{}", self.operation.type_name()))
    }

    fn query_input(&self) -> Option<TokenStream> {
        let (local, name) = (self.local("query"), self.query_name()?);
        Some(quote! { #local: &#name })
    }

    /// The function that sends it.
    fn send(&self) -> TokenStream {
        let name = format_ident!("{}", self.operation.name);
        let Self {
            constant,
            before,
            arguments,
            idempotency,
            ..
        } = self;
        let inputs = self
            .given
            .iter()
            .map(|Argument { ident, typ, .. }| quote! { #ident: #typ });
        let query = self.query_input().into_iter();
        let client = self.local("client");
        quote! {
            #[allow(clippy::too_many_arguments)]
            pub(crate) async fn #name(
                #client: &super::super::Client, #(#inputs,)* #(#query,)*
            ) -> ::std::result::Result<crate::core::RawResponse, crate::Error> {
                #(#before)*
                #client
                    .call(&#constant, #idempotency, |generated| generated.#name(#(#arguments),*))
                    .await
            }
        }
    }

    /// The public method.
    fn write(&self) -> Result<TokenStream, Refusal> {
        let operation = self.operation;
        if operation.pages == Some(Pages::Link) {
            return self.pages();
        }
        let name = format_ident!("{}", operation.name);
        let docs = self.document();
        let inputs = self
            .given
            .iter()
            .map(|Argument { ident, typ, .. }| quote! { #ident: #typ });
        let query = self.query_input().into_iter();
        let idents = self.given.iter().map(|it| it.ident.to_token_stream());
        let local = self.local("query");
        let passed = idents.chain(query.clone().map(|_| quote! { #local }));
        let answer = &self.answer.typ;
        let sent = quote! { send::#name(self, #(#passed),*).await? };
        let (answer, decoded) = match &operation.answer {
            Some(ours) => {
                let ours = format_ident!("{ours}");
                (
                    quote! { super::#ours },
                    quote! { super::#ours::read(#sent) },
                )
            }
            None if quote!(#answer).to_string() == "()" || operation.method == "HEAD" => {
                (quote! { () }, quote! { #sent; Ok(()) })
            }
            None if self.answer.is_optional => (
                quote! { ::std::option::Option<#answer> },
                quote! { #sent.optional_json() },
            ),
            None => (quote! { #answer }, quote! { #sent.json() }),
        };
        Ok(quote! {
            #(#[doc = #docs])*
            #[allow(clippy::too_many_arguments)]
            pub async fn #name(
                &self, #(#inputs,)* #(#query,)*
            ) -> ::std::result::Result<#answer, crate::Error> {
                #decoded
            }
        })
    }
}
