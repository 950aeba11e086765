//! The operations of a generated client, without the work that is the same for every call or that nobody needs.
//!
//! Everything here holds for every operation. What the generator comes to write otherwise stays as it is, and is only
//! slower for it, or does not compile and is seen.

use std::collections::BTreeSet;

use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprCall, ExprMacro, ExprMethodCall, FnArg, Item, ItemStruct, LitStr, Pat, Stmt,
    Token, Type, TypePath, parse_quote, punctuated::Punctuated, visit_mut, visit_mut::VisitMut,
};

/// What no vendor has heard of: the version of its document, as a header.
const API_VERSION: &str = "\"api-version\"";

/// Changes the operations of a client, and adds the paths that are the same for every call.
pub fn lighten(items: &mut Vec<Item>) {
    let mut lighter = Lighter::default();
    for item in items.iter_mut() {
        if let Item::Impl(item) = item {
            lighter.visit_item_impl_mut(item);
        }
    }
    let paths = lighter.paths.iter();
    items.push(parse_quote! {
        /// The paths that are the same for every call.
        pub(crate) const PATHS: &[&str] = &[#(#paths),*];
    });
}

#[derive(Default)]
struct Lighter {
    paths: BTreeSet<String>,
}

impl VisitMut for Lighter {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block
            .stmts
            .retain(|stmt| !says(stmt, API_VERSION) && !is_idle_hook(stmt));
        if !block.stmts.iter().any(appends) {
            block.stmts.retain(|stmt| !declares(stmt, "header_map"));
            NoHeaders.visit_block_mut(block);
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let lighter = match expr {
            Expr::Macro(called) => self.address(called),
            Expr::Call(called) => unwrapped(called),
            Expr::MethodCall(called) => written_at_once(called),
            _ => None,
        };
        if let Some(lighter) = lighter {
            *expr = lighter;
        }
    }

    /// An answer goes out as it is: around it, its headers would be copied and its body boxed.
    fn visit_type_mut(&mut self, typ: &mut Type) {
        visit_mut::visit_type_mut(self, typ);
        if quote!(#typ).to_string() == "ResponseValue < ByteStream >" {
            *typ = parse_quote! { ::reqwest::Response };
        }
    }
}

impl Lighter {
    /// The address of an operation, of which only what is new has to be parsed.
    fn address(&mut self, called: &ExprMacro) -> Option<Expr> {
        if !called.mac.path.is_ident("format") {
            return None;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let arguments = called.mac.parse_body_with(parser).ok()?;
        let mut arguments = arguments.into_iter();
        let template = arguments.next()?.into_token_stream();
        let template: LitStr = syn::parse2(template).ok()?;
        let base = arguments.next()?;
        if quote!(#base).to_string() != "self . baseurl" {
            return None;
        }
        let path = template.value().strip_prefix("{}")?.to_owned();
        let rest: Vec<Expr> = arguments.collect();
        if !rest.is_empty() {
            return Some(parse_quote! { self.inner.url(&format!(#path, #(#rest),*)) });
        }
        let lighter = parse_quote! { self.inner.url(#path) };
        self.paths.insert(path);
        Some(lighter)
    }
}

/// Takes away the headers that are put on a request, where there are none left.
struct NoHeaders;

impl VisitMut for NoHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(call) = expr
            && call.method == "headers"
            && says(&call.args, "header_map")
        {
            *expr = (*call.receiver).clone();
        }
    }
}

/// A body in one piece of memory: reqwest begins with little and moves it as it grows, and each move waits for the allocator,
/// which other threads use, too.
fn written_at_once(called: &ExprMethodCall) -> Option<Expr> {
    let (request, body) = (&called.receiver, called.args.first()?);
    (called.method == "json").then(|| {
        parse_quote! {
            #request
                .header(::reqwest::header::CONTENT_TYPE, crate::signature::JSON)
                .body(crate::signature::json(#body).map_err(Error::InvalidRequest)?)
        }
    })
}

fn unwrapped(called: &ExprCall) -> Option<Expr> {
    let function = &called.func;
    let wraps = quote!(#function).to_string() == "ResponseValue :: stream";
    called.args.first().filter(|_| wraps).cloned()
}

/// Whether it calls one of the hooks that do nothing, as `exec` does all (src/signature.rs): what they are shown, a request and
/// an answer, would be kept in every call that waits.
fn is_idle_hook(stmt: &Stmt) -> bool {
    let Stmt::Expr(Expr::Try(tried), _) = stmt else {
        return false;
    };
    let Expr::Await(awaited) = &*tried.expr else {
        return false;
    };
    match &*awaited.base {
        Expr::MethodCall(call) => call.method == "pre" || call.method == "post",
        _ => false,
    }
}

fn says(tokens: &impl ToTokens, words: &str) -> bool {
    tokens.to_token_stream().to_string().contains(words)
}

fn appends(stmt: &Stmt) -> bool {
    says(stmt, "header_map . append") || says(stmt, "header_map . insert")
}

fn declares(stmt: &Stmt, name: &str) -> bool {
    match stmt {
        Stmt::Local(local) => match &local.pat {
            Pat::Ident(pat) => pat.ident == name,
            _ => false,
        },
        _ => false,
    }
}

/// Lets an envelope borrow what it is around, as it is made anew for each call and only written.
///
/// An envelope is the body of an operation that has one field, of a type that is generated, too.
pub fn lend_envelopes(items: &mut [Item]) {
    let bodies: Vec<String> = items.iter_mut().flat_map(bodies).collect();
    let Some(types) = items.iter_mut().find_map(types) else {
        return;
    };
    let structs: Vec<String> = types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect();
    let mut envelopes = Vec::new();
    for item in types {
        if let Item::Struct(item) = item
            && bodies.contains(&item.ident.to_string())
            && lend(item, &structs)
        {
            envelopes.push(item.ident.to_string());
        }
    }
    for item in items {
        if let Item::Impl(item) = item {
            Borrowing {
                envelopes: &envelopes,
            }
            .visit_item_impl_mut(item);
        }
    }
}

fn types(item: &mut Item) -> Option<&mut Vec<Item>> {
    match item {
        Item::Mod(types) if types.ident == "types" => {
            types.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    }
}

/// The types of the bodies that a client's operations take.
fn bodies(item: &mut Item) -> Vec<String> {
    let mut found = Bodies(Vec::new());
    if let Item::Impl(item) = item {
        found.visit_item_impl_mut(item);
    }
    found.0
}

struct Bodies(Vec<String>);

impl VisitMut for Bodies {
    fn visit_fn_arg_mut(&mut self, argument: &mut FnArg) {
        if let FnArg::Typed(argument) = argument
            && says(&argument.pat, "body")
            && let Type::Reference(body) = &*argument.ty
            && let Type::Path(body) = &*body.elem
            && let Some(name) = body.path.segments.last()
        {
            self.0.push(name.ident.to_string());
        }
    }
}

/// Makes a struct borrow its one field, if that is what it has.
fn lend(item: &mut ItemStruct, structs: &[String]) -> bool {
    let mut fields = item.fields.iter_mut();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        return false;
    };
    let mut lent = Lent {
        structs,
        is_lent: false,
    };
    lent.visit_type_mut(&mut field.ty);
    if lent.is_lent {
        item.generics = parse_quote! { <'a> };
        super::rust::remove_derive(&mut item.attrs, "Deserialize");
    }
    lent.is_lent
}

struct Lent<'a> {
    structs: &'a [String],
    is_lent: bool,
}

impl VisitMut for Lent<'_> {
    fn visit_type_mut(&mut self, typ: &mut Type) {
        if let Type::Path(TypePath {
            qself: None, path, ..
        }) = typ
            && path
                .get_ident()
                .is_some_and(|it| self.structs.contains(&it.to_string()))
        {
            *typ = parse_quote! { &'a #path };
            self.is_lent = true;
        } else {
            visit_mut::visit_type_mut(self, typ);
        }
    }
}

/// Writes the lifetime of an envelope where an operation takes it.
struct Borrowing<'a> {
    envelopes: &'a [String],
}

impl VisitMut for Borrowing<'_> {
    fn visit_type_path_mut(&mut self, typ: &mut TypePath) {
        visit_mut::visit_type_path_mut(self, typ);
        if let Some(name) = typ.path.segments.last_mut()
            && self.envelopes.contains(&name.ident.to_string())
        {
            name.arguments = syn::PathArguments::AngleBracketed(parse_quote! { <'a> });
        }
    }
}
