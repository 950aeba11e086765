//! The methods that call an operation by its name, with JSON.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use syn::Type;

use super::{Argument, Idempotency, Method, owned};

/// Writes them for all operations.
pub(super) fn write(methods: &[Method<'_>]) -> TokenStream {
    let arms = methods.iter().map(arm);
    let pages = pages(methods);
    quote! {
        #pages

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

/// Writes the method for all lists that come in pages, if there are any.
fn pages(methods: &[Method<'_>]) -> Option<TokenStream> {
    let lists = methods
        .iter()
        .filter(|it| it.operation.public && it.operation.pages.is_some());
    let arms = lists.map(|method| {
        let name = format_ident!("{}", method.operation.name);
        let text = &method.operation.name;
        let Read { read, passed } = read(method);
        quote! {
            #text => {
                #read
                Ok(self.#name(#(#passed),*).read_as())
            }
        }
    });
    let arms: Vec<_> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            /// The list of an operation by its name, with its arguments as [`call_by_name`](Self::call_by_name) takes
            /// them: for programs that go through the lists of [`OPERATIONS`](super::OPERATIONS), those that
            /// [come in pages](crate::Operation::is_paged). Nothing is sent until a record or a page is asked for.
            ///
            /// Each record is read as a `T`, such as `serde_json::Value`; a `Box<serde_json::value::RawValue>` is the text of
            /// the record as it came.
            ///
            /// # Errors
            ///
            /// - No list of that name, an argument that is missing, unknown or does not fit:
            ///   [`is_invalid`](crate::Error::is_invalid). The message names the argument and never holds a value.
            /// - All others as of [`Pages`](crate::Pages#errors), once a page is asked for.
            pub fn pages_by_name<T>(
                &self,
                operation: &str,
                arguments: ::serde_json::Value,
            ) -> ::std::result::Result<crate::Pages<T>, crate::Error> {
                match operation {
                    #(#arms)*
                    _ => Err(crate::pages::unknown_list()),
                }
            }
        }
    })
}

fn arm(method: &Method<'_>) -> TokenStream {
    let operation = method.operation;
    let name = format_ident!("{}", operation.name);
    let text = &operation.name;
    let Read { read, passed } = read(method);
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
            #read
            #answer
        }
    }
}

/// The arguments of a method out of JSON.
struct Read {
    read: TokenStream,
    /// As the method takes them.
    passed: Vec<TokenStream>,
}

fn read(method: &Method<'_>) -> Read {
    let constant = format_ident!("{}", method.operation.constant());
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
        let local = method.local("query");
        let fields = method.fields().map(|(field, group)| {
            let names = group.iter().map(|it| &it.parameter.name);
            let variants = group.iter().filter_map(|it| it.alternative());
            let chosen = variants.zip(names.clone()).map(|([typ, variant], name)| {
                quote! { #arguments.alternative(#name, #typ::#variant, &mut chosen)?; }
            });
            match group[0].alternative() {
                Some(_) => quote! { #field: { let mut chosen = None; #(#chosen)* chosen } },
                None => quote! { #field: #(#arguments.optional(#names)?)* },
            }
        });
        read.push(quote! { let #local = #query { #(#fields,)* }; });
        passed.push(quote! { &#local });
    }
    Read {
        read: quote! {
            #declared = crate::arguments::Arguments::of(&#constant, arguments)?;
            #(#read)*
        },
        passed,
    }
}
