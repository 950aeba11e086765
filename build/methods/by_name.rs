//! The method that calls an operation by its name, with JSON.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use syn::Type;

use super::{Argument, Idempotency, Method, owned};

/// Writes it for all operations.
pub(super) fn write(methods: &[Method<'_>]) -> TokenStream {
    let arms = methods.iter().map(arm);
    quote! {
        /// Calls an operation by its name, with its arguments and its answer as JSON: for programs that go through
        /// [`OPERATIONS`](super::OPERATIONS). Where the operation is known, its method is the better choice.
        ///
        /// `arguments` is an object with each parameter by the name that the document has for it, and the body as
        /// `body`, without its [envelope](crate::RequestBody::envelope). The call is checked, limited and repeated as
        /// that of the operation's method is. Returns the vendor's answer as it came, or `null` if there is none.
        ///
        /// # Errors
        ///
        /// - No operation of that name, an argument that is missing, unknown or does not fit:
        ///   [`is_invalid`](crate::Error::is_invalid), nothing was sent. The message names the argument and never holds
        ///   a value.
        /// - All others as of the operation's method.
        pub async fn call_by_name(
            &self,
            operation: &str,
            arguments: ::serde_json::Value,
        ) -> ::std::result::Result<::serde_json::Value, crate::Error> {
            match operation {
                #(#arms)*
                _ => Err(crate::arguments::unknown_operation()),
            }
        }
    }
}

fn arm(method: &Method<'_>) -> TokenStream {
    let operation = method.operation;
    let (constant, name) = (
        format_ident!("{}", operation.constant()),
        format_ident!("{}", operation.name),
    );
    let text = &operation.name;
    let arguments = method.local("arguments");
    let declared = if method.given.is_empty() && method.optional.is_empty() {
        quote! { let _ }
    } else {
        quote! { let mut #arguments }
    };
    let mut read = Vec::new();
    let mut passed = Vec::new();
    for Argument {
        ident,
        typ,
        read: it,
        ..
    } in &method.given
    {
        let owned = owned(typ);
        read.push(quote! { let #ident: #owned = #it; });
        passed.push(match typ {
            Type::Reference(_) => quote! { &#ident },
            _ => quote! { #ident },
        });
    }
    if let Some(query) = method.query_name() {
        let (idents, names) = (&method.optional_idents, &method.optional_names);
        let local = method.local("query");
        read.push(quote! { let #local = #query { #(#idents: #arguments.optional(#names)?,)* }; });
        passed.push(quote! { &#local });
    }
    let sent = quote! { send::#name(self, #(#passed),*).await };
    let is_idempotent = operation.idempotency == Idempotency::Always;
    let sent = if operation.method == "DELETE" && is_idempotent {
        // An earlier attempt may have deleted it, and it is gone, which is what was asked for.
        quote! {
            match #sent {
                Err(err) if err.is_not_found() && err.is_ambiguous() => {
                    return Ok(::serde_json::Value::Null);
                }
                sent => sent?,
            }
        }
    } else {
        quote! { #sent? }
    };
    let answer = match &operation.answer {
        Some(ours) => {
            let ours = format_ident!("{ours}");
            quote! { Ok(super::#ours::read(#sent)?.into_value()) }
        }
        None => quote! { #sent.value() },
    };
    quote! {
        #text => {
            #declared = crate::arguments::Arguments::of(&#constant, arguments)?;
            #(#read)*
            #answer
        }
    }
}
