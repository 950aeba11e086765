//! progenitor's client, without the work that is the same for every call or that is not needed.
//!
//! Each rule counts what it matched, operation by operation, and the build is refused if that is not what the document
//! calls for: a rule that comes to match nothing would leave a header that is not the vendor's, or a request unsigned.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, quote};
use syn::{
    Block, Expr, ExprCall, ExprMacro, ExprMethodCall, FnArg, ImplItem, ImplItemFn, Item, ItemImpl,
    ItemStruct, LitStr, Pat, Stmt, Token, Type, parse_quote, punctuated::Punctuated, visit_mut,
    visit_mut::VisitMut,
};

use super::{
    Refusal,
    names::field_name,
    operations::{Effect, Location, Operation},
};

/// A header that no vendor knows: the version of its document.
const API_VERSION: &str = "\"api-version\"";

/// The methods of a client that are no operations.
const CONSTRUCTORS: [&str; 2] = ["new", "new_with_client"];

/// Changes the operations of a client, and adds the paths of writes that are the same for every call.
pub fn lighten(items: &mut Vec<Item>, operations: &[Operation]) -> Result<(), Refusal> {
    let mut paths = BTreeSet::new();
    let mut found = Vec::new();
    for item in items.iter_mut() {
        for method in methods(item) {
            let name = method.sig.ident.to_string();
            let Some(operation) = operations.iter().find(|it| it.name == name) else {
                return Err(Refusal::new(format!(
                    "progenitor wrote the method `{name}`, which is no operation of the document; adapt build/client.rs"
                )));
            };
            let mut lighter = Lighter {
                has_headers: operation.with(Location::Header).next().is_some(),
                ..Default::default()
            };
            lighter.visit_impl_item_fn_mut(method);
            lighter.counts.check(operation)?;
            if operation.effect == Effect::Write {
                paths.extend(lighter.path);
            }
            found.push(name);
        }
    }
    for operation in operations {
        let count = found.iter().filter(|it| **it == operation.name).count();
        expect(operation, "method", count, 1)?;
    }
    items.push(parse_quote! {
        /// The paths of writes that are the same for every call.
        pub(crate) const PATHS: &[&str] = &[#(#paths),*];
    });
    Ok(())
}

/// The operations among the methods of progenitor's client.
pub fn methods(item: &mut Item) -> impl Iterator<Item = &mut ImplItemFn> {
    let items = match item {
        Item::Impl(ItemImpl {
            trait_: None,
            self_ty,
            items,
            ..
        }) if quote!(#self_ty).to_string() == "Client" => Some(items),
        _ => None,
    };
    items.into_iter().flatten().filter_map(|item| match item {
        ImplItem::Fn(method) if CONSTRUCTORS.iter().all(|it| method.sig.ident != it) => {
            Some(method)
        }
        _ => None,
    })
}

/// Refuses progenitor's output where a rule did not match as often as the document calls for.
pub fn expect(
    operation: &Operation,
    rule: &str,
    found: usize,
    expected: usize,
) -> Result<(), Refusal> {
    if found == expected {
        return Ok(());
    }
    Err(Refusal::at(
        &operation.place,
        format_args!(
            "the rule {rule:?} matched {found} times in what progenitor wrote for `{}`, expected {expected}; \
             adapt build/client.rs to the new output",
            operation.name
        ),
    ))
}

/// The matches of each rule in one operation.
#[derive(Default)]
struct Counts(BTreeMap<&'static str, usize>);

impl Counts {
    fn add(&mut self, rule: &'static str, found: impl Into<usize>) {
        *self.0.entry(rule).or_default() += found.into();
    }

    fn check(&self, operation: &Operation) -> Result<(), Refusal> {
        let header = operation.with(Location::Header).count();
        let maps = usize::from(header == 0);
        for (rule, expected) in [
            ("address", 1),
            ("api-version", 1),
            ("map of headers", maps),
            ("headers of a request", maps),
            ("header", header),
            ("hooks", 2),
            ("exec", 1),
            ("body", operation.body.is_some().into()),
            ("query", operation.with(Location::Query).count()),
            ("type of the answer", 1),
            ("answer", 1),
        ] {
            let found = self.0.get(rule).copied().unwrap_or_default();
            expect(operation, rule, found, expected)?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Lighter {
    counts: Counts,
    /// The document has headers of its own, for which the map of headers stays.
    has_headers: bool,
    /// The path, if it is the same for every call.
    path: Option<String>,
}

/// Removes the statements that match, and says how many did.
fn remove(block: &mut Block, matches: impl Fn(&Stmt) -> bool) -> usize {
    let before = block.stmts.len();
    block.stmts.retain(|stmt| !matches(stmt));
    before - block.stmts.len()
}

impl VisitMut for Lighter {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.counts
            .add("api-version", remove(block, |stmt| says(stmt, API_VERSION)));
        self.counts.add("hooks", remove(block, is_idle_hook));
        if !self.has_headers {
            self.counts.add(
                "map of headers",
                remove(block, |stmt| declares(stmt, "header_map")),
            );
            let mut headers = NoHeaders(0);
            headers.visit_block_mut(block);
            self.counts.add("headers of a request", headers.0);
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let lighter = match expr {
            Expr::Macro(called) => self.address(called),
            Expr::Call(called) => self.unwrapped(called),
            Expr::MethodCall(called) => self.written_at_once(called),
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
            self.counts.add("type of the answer", 1_usize);
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
        self.counts.add("address", 1_usize);
        let rest: Vec<Expr> = arguments.collect();
        if !rest.is_empty() {
            return Some(parse_quote! { self.inner.url(&format!(#path, #(#rest),*)) });
        }
        let lighter = parse_quote! { self.inner.url(#path) };
        self.path = Some(path);
        Some(lighter)
    }

    fn unwrapped(&mut self, called: &ExprCall) -> Option<Expr> {
        let function = &called.func;
        let wraps = quote!(#function).to_string() == "ResponseValue :: stream";
        let response = called.args.first().filter(|_| wraps).cloned();
        self.counts.add("answer", response.is_some());
        response
    }

    /// A body in one piece of memory: reqwest begins with little and moves it as it grows, and each move waits for the
    /// allocator, which other threads use, too.
    fn written_at_once(&mut self, called: &ExprMethodCall) -> Option<Expr> {
        let receiver = &called.receiver;
        let is_client = quote!(#receiver).to_string() == "self";
        self.counts
            .add("exec", called.method == "exec" && is_client);
        self.counts.add("query", called.method == "query");
        let is_header = called.method == "append" && says(receiver, "header_map");
        self.counts.add("header", is_header);
        let (request, body) = (&called.receiver, called.args.first()?);
        (called.method == "json").then(|| {
            self.counts.add("body", 1_usize);
            parse_quote! {
                #request
                    .header(::reqwest::header::CONTENT_TYPE, crate::auth::JSON)
                    .body(crate::auth::json(#body).map_err(Error::InvalidRequest)?)
            }
        })
    }
}

/// Takes away the headers that are put on a request, where there are none left.
struct NoHeaders(usize);

impl VisitMut for NoHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(call) = expr
            && call.method == "headers"
            && says(&call.args, "header_map")
        {
            *expr = (*call.receiver).clone();
            self.0 += 1;
        }
    }
}

/// Returns `true` if it calls one of the hooks that do nothing, as `exec` does all (src/auth.rs): what they are shown, a request and
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

fn declares(stmt: &Stmt, name: &str) -> bool {
    match stmt {
        Stmt::Local(local) => match &local.pat {
            Pat::Ident(pat) => pat.ident == name,
            _ => false,
        },
        _ => false,
    }
}

/// Lets the envelopes of a document borrow what they are around, as each is made anew for a call and only written.
pub fn lend_envelopes(items: &mut [Item], operations: &[Operation]) -> Result<(), Refusal> {
    let bodies: Vec<(String, String)> = items
        .iter_mut()
        .flat_map(methods)
        .filter_map(|it| Some((it.sig.ident.to_string(), body_name(it)?)))
        .collect();
    let mut envelopes: Vec<String> = Vec::new();
    for operation in operations {
        let Some(name) = operation.envelope() else {
            continue;
        };
        let field = &field_name(name);
        let body = bodies.iter().find(|(name, _)| *name == operation.name);
        let body = body.map(|(_, body)| body.clone()).unwrap_or_default();
        if !envelopes.contains(&body) {
            let types = items.iter_mut().filter_map(types).flatten();
            let lent = types.filter_map(|it| lend(it, &body, field)).count();
            expect(operation, "envelope", lent, 1)?;
            envelopes.push(body);
        }
        let mut borrowing = Borrowing {
            envelopes: &envelopes,
            found: 0,
        };
        for method in items
            .iter_mut()
            .flat_map(methods)
            .filter(|it| it.sig.ident == operation.name)
        {
            borrowing.visit_impl_item_fn_mut(method);
        }
        expect(operation, "body of an envelope", borrowing.found, 1)?;
    }
    Ok(())
}

/// The items of the module `types`.
pub fn types(item: &mut Item) -> Option<&mut Vec<Item>> {
    match item {
        Item::Mod(types) if types.ident == "types" => {
            types.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    }
}

/// The type of the body that an operation takes.
pub fn body_name(method: &ImplItemFn) -> Option<String> {
    let body = method
        .sig
        .inputs
        .iter()
        .find_map(|argument| match argument {
            FnArg::Typed(argument) if says(&argument.pat, "body") => Some(&*argument.ty),
            _ => None,
        });
    match body? {
        Type::Reference(body) => match &*body.elem {
            Type::Path(body) => Some(body.path.segments.last()?.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Makes a struct borrow its one field.
fn lend(item: &mut Item, name: &str, field: &str) -> Option<()> {
    let Item::Struct(item) = item else {
        return None;
    };
    if item.ident != name {
        return None;
    }
    lend_field(item, field)?;
    item.generics = parse_quote! { <'a> };
    super::syntax::remove_derive(&mut item.attrs, "Deserialize");
    Some(())
}

fn lend_field(item: &mut ItemStruct, name: &str) -> Option<()> {
    let mut fields = item.fields.iter_mut();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        return None;
    };
    if field.ident.as_ref()? != name {
        return None;
    }
    let is_optional = super::syntax::option(&field.ty).is_some();
    let content = super::syntax::option(&field.ty).unwrap_or(&field.ty);
    let lent: Type = match super::syntax::inside(content, "Vec") {
        Some(item) => {
            // An empty list is sent as one.
            field.attrs.retain(|it| !says(it, "Vec::is_empty"));
            parse_quote! { &'a [#item] }
        }
        None => parse_quote! { &'a #content },
    };
    field.ty = if is_optional {
        parse_quote! { ::std::option::Option<#lent> }
    } else {
        lent
    };
    Some(())
}

/// Writes the lifetime of an envelope where an operation takes it.
struct Borrowing<'a> {
    envelopes: &'a [String],
    found: usize,
}

impl VisitMut for Borrowing<'_> {
    fn visit_type_path_mut(&mut self, typ: &mut syn::TypePath) {
        visit_mut::visit_type_path_mut(self, typ);
        if let Some(name) = typ.path.segments.last_mut()
            && self.envelopes.contains(&name.ident.to_string())
        {
            name.arguments = syn::PathArguments::AngleBracketed(parse_quote! { <'a> });
            self.found += 1;
        }
    }
}

#[cfg(test)]
mod tests;
