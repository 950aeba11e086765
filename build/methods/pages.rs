//! The method of a list that comes in pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::{Argument, Method, optional::Optional};
use crate::generation::{refusal::Refusal, syntax::inside};

/// The parameter that says how many records are on a page.
const PAGE_SIZE: &str = "per_page";

impl Method<'_> {
    /// The public method of a list, which asks for nothing yet.
    pub(super) fn pages(&self) -> Result<TokenStream, Refusal> {
        let operation = self.operation;
        let Some(item) = inside(&self.answer.typ, "Vec") else {
            return Err(Refusal::at(
                &operation.place.key("x-shoppers").key("pages"),
                "the answer is no list, so it has no pages; describe a list, or leave `pages` out",
            ));
        };
        let name = format_ident!("{}", operation.name);
        let (constant, docs) = (&self.constant, self.document());
        let inputs = self
            .given
            .iter()
            .map(|Argument { ident, typ, .. }| quote! { #ident: #typ });
        let query_input = self.query_input().into_iter();
        let local = self.local("query");
        let mut optional = self.optional.iter();
        let size = optional.find(|it| it.parameter.name == PAGE_SIZE);
        let size = size.map(|Optional { ident: field, .. }| {
            quote! { #local.#field.get_or_insert(crate::pages::PAGE_SIZE); }
        });
        let mut kept: Vec<_> = self.given.iter().map(|it| &it.ident).collect();
        let mut passed: Vec<TokenStream> = self.given.iter().map(passed).collect();
        let query = self.query_name().map(|_| {
            kept.push(&local);
            passed.push(quote! { &#local });
            quote! { let mut #local = #local.clone(); }
        });
        let owned = self.given.iter().map(|Argument { ident, .. }| {
            quote! { let #ident = #ident.to_owned(); }
        });
        let client = self.local("client");
        Ok(quote! {
            #(#[doc = #docs])*
            #[allow(clippy::too_many_arguments)]
            pub fn #name(&self, #(#inputs,)* #(#query_input,)*) -> crate::Pages<#item> {
                #(#owned)*
                #query
                #size
                crate::pages::Lists::pages(self, &#constant, move |#client| {
                    #(let #kept = #kept.clone();)*
                    ::std::boxed::Box::pin(async move { send::#name(&#client, #(#passed),*).await })
                })
            }
        })
    }
}

fn passed(Argument { ident, typ, .. }: &Argument) -> TokenStream {
    match typ {
        Type::Reference(_) => quote! { &#ident },
        _ => quote! { #ident },
    }
}
