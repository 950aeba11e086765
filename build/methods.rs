//! The public methods of a client, one for each operation: checked, handed to progenitor's client, and its answer decoded.

mod arguments;
mod by_name;
mod docs;
mod metadata;
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
    operations::{Effect, Idempotency, Location, Operation, Pages},
    rust,
};
use arguments::{Argument, Order, owned};

/// Writes constants, methods and the types of their parameters, and the list of what is public.
pub fn write(
    items: &mut [Item],
    vendor: &str,
    operations: &[Operation],
    answers: &Answers,
) -> Result<(Vec<Item>, Enveloped), Refusal> {
    let types: Vec<&Item> = items
        .iter()
        .filter_map(|it| match it {
            Item::Mod(types) if types.ident == "types" => types.content.as_ref(),
            _ => None,
        })
        .flat_map(|(_, items)| items)
        .collect();
    let mut public = Vec::new();
    for item in &types {
        match item {
            Item::Struct(item) if item.generics.params.is_empty() => public.push(&item.ident),
            Item::Enum(item) => public.push(&item.ident),
            _ => {}
        }
    }
    let envelopes: BTreeMap<String, Field> = types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) if !item.generics.params.is_empty() => {
                Some((item.ident.to_string(), item.fields.iter().next()?.clone()))
            }
            _ => None,
        })
        .collect();
    let public: Vec<Ident> = public.into_iter().cloned().collect();

    let mut written = Vec::new();
    let mut queries = Vec::new();
    let mut methods = Vec::new();
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
        }
        methods.push(method);
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
        }
    });
    Ok((written, enveloped))
}

/// A method in the making.
struct Method<'a> {
    operation: &'a Operation,
    constant: Ident,
    answer: &'a Answer,
    envelope: Option<(Ident, &'a Field)>,
    /// What is always given.
    given: Vec<Argument>,
    /// The fields of the struct of optional parameters.
    optional: Vec<TokenStream>,
    optional_idents: Vec<Ident>,
    optional_names: Vec<&'a str>,
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
            optional_idents: Vec::new(),
            optional_names: Vec::new(),
            before: Vec::new(),
            is_guarded: false,
            arguments: Vec::new(),
            idempotency: quote! { #constant.idempotency },
            docs: Vec::new(),
            constant,
        }
    }

    /// The struct of the optional parameters, and its `Debug`.
    fn query(&self) -> Option<[Item; 2]> {
        if self.optional.is_empty() {
            return None;
        }
        let name = format_ident!("{}", self.operation.type_name());
        let said = format!(
            " The optional parameters of [`{method}`](super::Client::{method}). All that is `None` is not sent.",
            method = self.operation.name
        );
        let fields = &self.optional;
        let item: syn::ItemStruct = parse_quote! {
            #[doc = #said]
            #[cfg(feature = "client")]
            #[derive(Clone, Default, PartialEq)]
            pub struct #name { #(#fields,)* }
        };
        let mut debug = rust::discreet_struct(&item, &Default::default());
        rust::needs_client(&mut debug);
        Some([Item::Struct(item), debug])
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
