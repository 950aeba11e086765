//! An operation as a constant of the crate, for everything that goes through all of them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::{Effect, Idempotency, Location, Operation};
use crate::generation::{
    docs::words,
    operations::{Kind, Parameter},
};

pub(super) fn constant(operation: &Operation, vendor: &str) -> Item {
    let Operation {
        name,
        method,
        path,
        document,
        ..
    } = operation;
    let constant = format_ident!("{}", operation.constant());
    let effect = match operation.effect {
        Effect::Read => quote! { Read },
        Effect::Write => quote! { Write },
    };
    let idempotency = match &operation.idempotency {
        Idempotency::Always => quote! { Always },
        Idempotency::Never => quote! { Never },
        Idempotency::With(field) => quote! { With(#field) },
    };
    let (summary, description) = (words(&operation.summary), words(&operation.description));
    let varying = operation
        .parameters
        .iter()
        .filter(|it| it.constant.is_none());
    let parameters = varying.map(parameter);
    let body = match operation.body.as_ref().map(|it| &it.envelope) {
        Some(Some(envelope)) => quote! { Some(crate::RequestBody { envelope: Some(#envelope) }) },
        Some(None) => quote! { Some(crate::RequestBody { envelope: None }) },
        None => quote! { None },
    };
    let is_paged = operation.pages.is_some();
    parse_quote! {
        #[cfg(feature = "client")]
        pub(crate) const #constant: crate::Operation = crate::Operation {
            vendor: #vendor,
            name: #name,
            method: #method,
            path: #path,
            effect: crate::Effect::#effect,
            idempotency: crate::Idempotency::#idempotency,
            summary: #summary,
            description: #description,
            document: #document,
            parameters: &[#(#parameters),*],
            body: #body,
            is_paged: #is_paged,
        };
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        is_required,
        values,
        ..
    } = parameter;
    let location = match parameter.location {
        Location::Path => quote! { Path },
        Location::Query => quote! { Query },
        Location::Header => quote! { Header },
    };
    let kind = match parameter.kind {
        Kind::Text => quote! { Text },
        Kind::Integer => quote! { Integer },
        Kind::Number => quote! { Number },
        Kind::Boolean => quote! { Boolean },
        Kind::List => quote! { List },
    };
    let description = words(&parameter.description);
    quote! {
        crate::Parameter {
            name: #name,
            location: crate::ParameterLocation::#location,
            is_required: #is_required,
            kind: crate::ParameterKind::#kind,
            values: &[#(#values),*],
            description: #description,
        }
    }
}
