//! The parameters that may be left out: a struct of them, and enums of those that exclude each other.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Item, parse_quote};

use super::{Method, Refusal};
use crate::generation::{
    debug,
    names::{field_name, type_name},
    operations::Parameter,
    syntax,
};

/// A parameter that may be left out.
pub(super) struct Optional<'a> {
    pub(super) ident: Ident,
    pub(super) typ: TokenStream,
    pub(super) docs: Vec<String>,
    pub(super) parameter: &'a Parameter,
}

impl Optional<'_> {
    /// The enum of the parameters that exclude each other, and its variant.
    pub(super) fn alternative(&self) -> Option<[Ident; 2]> {
        let typ = self.parameter.alternative.as_ref()?;
        Some([
            format_ident!("{typ}"),
            format_ident!("{}", type_name(&self.parameter.name)),
        ])
    }

    /// The field of the struct.
    pub(super) fn field(&self) -> Ident {
        match &self.parameter.alternative {
            Some(typ) => format_ident!("{}", field_name(typ)),
            None => self.ident.clone(),
        }
    }
}

/// The enum of parameters that exclude each other.
pub(super) struct Alternatives {
    pub(super) name: Ident,
    /// The names and types of the parameters, which are the same wherever the enum is.
    pub(super) content: String,
    /// It, and its `Debug`.
    pub(super) items: [Item; 2],
}

impl<'a> Method<'a> {
    /// The struct of the optional parameters, and its `Debug`.
    pub(super) fn query(&self) -> Option<[Item; 2]> {
        if self.optional.is_empty() {
            return None;
        }
        let name = format_ident!("{}", self.operation.type_name());
        let said = format!(
            " The optional parameters of [`{method}`](super::Client::{method}). All that is `None` is not sent.",
            method = self.operation.name
        );
        let fields = self.fields().map(|(field, group)| {
            let Optional { typ, docs, .. } = group[0];
            match group[0].alternative() {
                Some([typ, _]) => {
                    let names: Vec<_> = group
                        .iter()
                        .map(|it| format!("`{}`", it.parameter.name))
                        .collect();
                    let said = format!(
                        " At most one of {}, as they exclude each other.",
                        names.join(", ")
                    );
                    quote! { #[doc = #said] pub #field: ::std::option::Option<#typ> }
                }
                None => quote! { #(#[doc = #docs])* pub #field: ::std::option::Option<#typ> },
            }
        });
        let item: syn::ItemStruct = parse_quote! {
            #[doc = #said]
            #[cfg(feature = "client")]
            #[derive(Clone, Default, PartialEq)]
            pub struct #name { #(#fields,)* }
        };
        let mut debug = debug::discreet_struct(&item, &Default::default());
        syntax::needs_client(&mut debug);
        Some([Item::Struct(item), debug])
    }

    /// The fields of the struct of optional parameters, each with the parameters that it stands for.
    pub(super) fn fields(&self) -> impl Iterator<Item = (Ident, Vec<&Optional<'a>>)> {
        let mut fields: Vec<(Ident, Vec<&Optional<'a>>)> = Vec::new();
        for optional in &self.optional {
            let field = optional.field();
            match fields.iter_mut().find(|(it, _)| *it == field) {
                Some((_, group)) => group.push(optional),
                None => fields.push((field, vec![optional])),
            }
        }
        fields.into_iter()
    }

    /// The enums of parameters that exclude each other, and their `Debug`.
    pub(super) fn alternatives(&self) -> Vec<Alternatives> {
        let groups = self.fields().filter_map(|(_, group)| {
            let [name, _] = group[0].alternative()?;
            let variants = group.iter().filter_map(|it| it.alternative());
            let variants = variants.map(|[_, variant]| variant);
            let (types, docs) = (
                group.iter().map(|it| &it.typ),
                group.iter().map(|it| &it.docs),
            );
            let content = group
                .iter()
                .map(|it| (&it.parameter.name, it.typ.to_string()));
            let content = format!("{:?}", content.collect::<Vec<_>>());
            let mut debug = debug::discreet(&name);
            syntax::needs_client(&mut debug);
            let item = parse_quote! {
                /// Parameters that exclude each other.
                #[cfg(feature = "client")]
                #[derive(Clone, PartialEq)]
                pub enum #name { #(#(#[doc = #docs])* #variants(#types)),* }
            };
            Some(Alternatives {
                name,
                content,
                items: [item, debug],
            })
        });
        groups.collect()
    }

    /// Refuses the name of an enum that is another type, or has other parameters in another operation.
    pub(super) fn taken(&self, name: &Ident) -> Refusal {
        let place = self.operation.place.key("x-shoppers").key("one_of");
        Refusal::at(
            &place.key(name),
            "is the name of another type, or of other parameters; choose another",
        )
    }
}
