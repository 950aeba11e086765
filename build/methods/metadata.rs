//! An operation as a constant of the crate, for everything that goes through all of them.

use std::fmt::Debug;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::Operation;
use crate::generation::{docs::words, operations::Parameter};

pub(super) fn constant(operation: &Operation, vendor: &str) -> Item {
    let Operation {
        name,
        method,
        path,
        document,
        ..
    } = operation;
    let constant = format_ident!("{}", operation.constant());
    let effect = literal("crate::Effect::", &operation.effect);
    let idempotency = literal("crate::Idempotency::", &operation.idempotency);
    let (summary, description) = (words(&operation.summary), words(&operation.description));
    let varying = operation
        .parameters
        .iter()
        .filter(|it| it.constant.is_none());
    let parameters = varying.map(|it| parameter(it, &operation.parameters));
    let body = match &operation.body {
        Some(body) => {
            let envelope = literal("", &body.envelope);
            quote! { Some(crate::RequestBody { envelope: #envelope }) }
        }
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
            effect: #effect,
            idempotency: #idempotency,
            summary: #summary,
            description: #description,
            document: #document,
            parameters: &[#(#parameters),*],
            body: #body,
            is_paged: #is_paged,
        };
    }
}

fn parameter(parameter: &Parameter, all: &[Parameter]) -> TokenStream {
    let Parameter {
        name,
        is_required,
        values,
        ..
    } = parameter;
    let location = literal("crate::ParameterLocation::", &parameter.location);
    let kind = literal("crate::ParameterKind::", &parameter.kind);
    let description = words(&parameter.description);
    let excludes = all.iter().filter(|it| {
        it.name != *name && it.alternative.is_some() && it.alternative == parameter.alternative
    });
    let excludes = excludes.map(|it| &it.name);
    quote! {
        crate::Parameter {
            name: #name,
            location: #location,
            is_required: #is_required,
            kind: #kind,
            values: &[#(#values),*],
            excludes: &[#(#excludes),*],
            description: #description,
        }
    }
}

/// A value of a type that the crate has, too, as Rust: both write it the same way.
fn literal(path: &str, value: &impl Debug) -> TokenStream {
    format!("{path}{value:?}").parse().unwrap_or_default()
}
