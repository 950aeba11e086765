//! The arguments of a method, from those that progenitor's has.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, Ident, Pat, Type, parse_quote, visit_mut, visit_mut::VisitMut};

use super::{Idempotency, Location, Method, Optional, Refusal, lines};
use crate::generation::{names::field_name, syntax::option};

/// An argument that is always given.
pub(super) struct Argument {
    pub(super) order: Order,
    pub(super) ident: Ident,
    pub(super) typ: Type,
    /// Reads it from JSON.
    pub(super) read: TokenStream,
}

/// The order of the arguments.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    Path,
    Required,
    Body,
}

impl<'a> Method<'a> {
    /// Takes an argument of progenitor's method.
    pub(super) fn take(&mut self, input: &FnArg) -> Result<(), Refusal> {
        let FnArg::Typed(input) = input else {
            return Ok(());
        };
        let Pat::Ident(pat) = &*input.pat else {
            return Ok(());
        };
        let (ident, mut typ) = (&pat.ident, (*input.ty).clone());
        NoLifetimes.visit_type_mut(&mut typ);
        if ident == "body" {
            self.take_body(&typ);
            return Ok(());
        }
        let operation = self.operation;
        let name = ident.to_string();
        let name = name.trim_start_matches("r#");
        let Some(parameter) = operation.parameters.iter().find(|it| it.ident == name) else {
            return Err(Refusal::at(
                &operation.place,
                format_args!(
                    "progenitor wrote the argument `{ident}`, which is no parameter; adapt build/methods.rs"
                ),
            ));
        };
        if let Some(constant) = &parameter.constant {
            self.arguments.push(quote! { #constant });
            return Ok(());
        }
        let said = lines(&parameter.description);
        if let Some(inner) = option(&typ) {
            let optional = Optional {
                ident: ident.clone(),
                typ: owned(inner),
                docs: if said.is_empty() {
                    vec![format!(" The parameter `{name}`.")]
                } else {
                    said
                },
                parameter,
            };
            let (query, field) = (self.local("query"), optional.field());
            let is_text = matches!(inner, Type::Reference(it) if is_str(&it.elem));
            let is_borrowed = matches!(inner, Type::Reference(_));
            self.arguments.push(match optional.alternative() {
                Some([typ, variant]) => {
                    let value = match (is_text, is_borrowed) {
                        (true, _) => quote! { it.as_str() },
                        (false, true) => quote! { it },
                        (false, false) => quote! { *it },
                    };
                    quote! {
                        match &#query.#field {
                            Some(#typ::#variant(it)) => Some(#value),
                            _ => None,
                        }
                    }
                }
                None if is_text => quote! { #query.#field.as_deref() },
                None if is_borrowed => quote! { #query.#field.as_ref() },
                None => quote! { #query.#field },
            });
            self.optional.push(optional);
            return Ok(());
        }
        if let Some(first) = said.first() {
            self.docs.push(format!(" - `{name}`:{first}"));
            self.docs
                .extend(said[1..].iter().map(|it| format!("  {it}")));
        }
        self.arguments.push(quote! { #ident });
        let order = if parameter.location == Location::Path {
            self.guard(ident, name, &typ);
            Order::Path
        } else {
            Order::Required
        };
        let wire = &parameter.name;
        let arguments = self.local("arguments");
        self.given.push(Argument {
            order,
            ident: ident.clone(),
            typ,
            read: quote! { #arguments.required(#wire)? },
        });
        Ok(())
    }

    /// Refuses a value that would lead to another path.
    fn guard(&mut self, ident: &Ident, name: &str, typ: &Type) {
        let constant = &self.constant;
        let message = format!(
            "`{name}` is empty, `.`, `..`, or holds a slash; it is one segment of the path"
        );
        let value = match typ {
            Type::Reference(it) if is_str(&it.elem) => quote! { #ident },
            Type::Path(path) if path.path.get_ident().is_some() => return,
            _ => quote! { &#ident.to_string() },
        };
        self.is_guarded = true;
        self.before.push(quote! {
            crate::validation::check_segment(&#constant, #value, #message)?;
        });
    }

    fn take_body(&mut self, typ: &Type) {
        let operation = self.operation;
        let constant = self.constant.clone();
        let Some(body) = &operation.body else {
            return;
        };
        let (ident, argument, content) = match &self.envelope {
            Some((envelope, field)) => {
                let ident = field.ident.clone().unwrap_or_else(|| format_ident!("body"));
                let mut content = option(&field.ty).unwrap_or(&field.ty).clone();
                NoLifetimes.visit_type_mut(&mut content);
                InTypes.visit_type_mut(&mut content);
                let value = match option(&field.ty) {
                    Some(_) => quote! { #ident: Some(#ident) },
                    None => quote! { #ident },
                };
                let made = quote! { types::#envelope { #value } };
                (ident, Some(made), content)
            }
            None => {
                let name = match typ {
                    Type::Reference(it) => match &*it.elem {
                        Type::Path(path) => {
                            path.path.segments.last().map(|it| it.ident.to_string())
                        }
                        _ => None,
                    },
                    _ => None,
                };
                let name = name.unwrap_or_default();
                let name = name
                    .strip_suffix("Input")
                    .filter(|it| !it.is_empty())
                    .unwrap_or(&name);
                let ident = field_name(if name.is_empty() { "body" } else { name });
                let taken = operation.parameters.iter().any(|it| it.ident == ident);
                let ident = format_ident!("{}", if taken { "body".to_owned() } else { ident });
                (ident, None, typ.clone())
            }
        };
        let arguments = self.local("arguments");
        self.given.push(Argument {
            order: Order::Body,
            ident: ident.clone(),
            typ: content,
            read: quote! { #arguments.body()? },
        });
        if body.is_validated {
            self.before.push(quote! {
                crate::validation::check(&#constant, #ident)?;
            });
        }
        if let Idempotency::With(field) = &operation.idempotency {
            let field = format_ident!("{}", field_name(field));
            self.idempotency = quote! { #constant.idempotency.of(&#ident.#field) };
        }
        self.arguments.push(match argument {
            Some(made) => {
                self.before.push(quote! { let body = #made; });
                quote! { &body }
            }
            None => quote! { #ident },
        });
    }
}

/// The type that a struct has for what is borrowed.
pub(super) fn owned(typ: &Type) -> TokenStream {
    match typ {
        Type::Reference(it) if is_str(&it.elem) => quote! { ::std::string::String },
        Type::Reference(it) => match &*it.elem {
            Type::Slice(it) => {
                let typ = &it.elem;
                quote! { ::std::vec::Vec<#typ> }
            }
            typ => quote! { #typ },
        },
        typ => quote! { #typ },
    }
}

fn is_str(typ: &Type) -> bool {
    quote!(#typ).to_string() == "str"
}

struct NoLifetimes;

impl VisitMut for NoLifetimes {
    fn visit_type_reference_mut(&mut self, typ: &mut syn::TypeReference) {
        visit_mut::visit_type_reference_mut(self, typ);
        typ.lifetime = None;
    }
}

/// Writes the module of a type that is named from within it.
struct InTypes;

impl VisitMut for InTypes {
    fn visit_type_path_mut(&mut self, typ: &mut syn::TypePath) {
        visit_mut::visit_type_path_mut(self, typ);
        let ident = typ.path.get_ident();
        // Other than `i64` and the like.
        if let Some(ident) = ident.filter(|it| it.to_string().starts_with(char::is_uppercase)) {
            *typ = parse_quote! { types::#ident };
        }
    }
}
