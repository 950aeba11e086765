//! Many documents, each of some operations, become one.
//!
//! What the sources say of an operation, a component or the API as a whole takes the place of what was there. What they
//! do not mention stays. Two that disagree are an error, as one of them is out of date and it cannot be known which.

mod claims;

use std::collections::BTreeSet;

use crate::source::Problem;

use claims::{Claim, Claims};

use super::{
    document::{Document, title},
    node::Node,
};

/// The methods that a path may have (OpenAPI 3.0.3, "Path Item Object").
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The keys that hold for every operation that says nothing else.
const INHERITED: [&str; 2] = ["servers", "security"];

/// The treatment of operations that no source mentions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unmentioned {
    Stay,
    Go,
}

/// The merged document, and notes for people.
#[derive(Debug)]
pub struct Merged {
    pub node: Node,
    pub notes: Vec<String>,
}

/// Lays the sources over what was there.
pub fn merge(
    was: &Node,
    sources: &[Document],
    unmentioned: Unmentioned,
) -> Result<Merged, Problem> {
    let mut merged = was.clone();
    let mut notes = Vec::new();
    let same_api = same_api(was, sources, unmentioned);
    whole_api(&mut merged, &same_api)?;
    let claims = operations(&merged, sources, &same_api)?;
    for claim in &claims.0 {
        moved(&mut merged, claim, &claims, &mut notes);
        let [path, member] = &claim.place;
        *merged.member("paths").member(path).member(member) = claim.node.clone();
    }
    path_wide(was, &mut merged, &claims, sources)?;
    if unmentioned == Unmentioned::Go {
        keep_only(&mut merged, &claims, &mut notes);
    }
    for claim in components(sources)?.0 {
        let [section, name] = &claim.place;
        *merged.member("components").member(section).member(name) = claim.node;
    }
    prune(was, &mut merged);
    Ok(Merged {
        node: merged.in_order_of(was),
        notes,
    })
}

/// The sources that describe the API that was there. BSPK has two, each with an `info` of its own.
fn same_api<'a>(
    was: &Node,
    sources: &'a [Document],
    unmentioned: Unmentioned,
) -> Vec<&'a Document> {
    let same: Vec<_> = sources
        .iter()
        .filter(|it| it.title() == title(was))
        .collect();
    if !same.is_empty() {
        return same;
    }
    // Nothing under the old title is left, so the API has a new one.
    let covered = methods(was).all(|(path, method)| {
        sources
            .iter()
            .any(|source| operation(&source.node, path, method).is_some())
    });
    if covered || unmentioned == Unmentioned::Go {
        sources.iter().collect()
    } else {
        Vec::new()
    }
}

/// Takes over what stands above the operations.
fn whole_api(merged: &mut Node, sources: &[&Document]) -> Result<(), Problem> {
    let mut claims = Claims::default();
    for source in sources {
        for (key, node) in source.node.entries() {
            if key != "paths" && key != "components" {
                claims.add([key, ""], node.clone(), &source.origin)?;
            }
        }
        // That an API has no host or no security any more is said by silence.
        for key in INHERITED
            .into_iter()
            .filter(|key| source.node.get(key).is_none())
        {
            claims.add([key, ""], Node::Null, &source.origin)?;
        }
    }
    for Claim {
        place: [key, _],
        node,
        ..
    } in claims.0
    {
        match node {
            Node::Null => merged.remove(&key),
            node => *merged.member(&key) = node,
        }
    }
    Ok(())
}

/// The sources' words about each path and method.
fn operations<'a>(
    merged: &Node,
    sources: &'a [Document],
    same_api: &[&Document],
) -> Result<Claims<'a>, Problem> {
    let mut claims = Claims::default();
    for source in sources {
        let is_same = same_api.iter().any(|it| std::ptr::eq(*it, source));
        for (path, item) in paths(&source.node) {
            for (member, node) in item.entries() {
                let mut node = node.clone();
                if !is_same && METHODS.contains(&member.as_str()) {
                    inherit(&mut node, &source.node, merged);
                }
                claims.add([path, member], node, &source.origin)?;
            }
        }
    }
    Ok(claims)
}

/// An operation of another API keeps that API's host and security where these are not ours.
fn inherit(operation: &mut Node, from: &Node, to: &Node) {
    for key in INHERITED {
        let (theirs, ours) = (from.get(key), to.get(key));
        let differs = match (theirs, ours) {
            (Some(theirs), Some(ours)) => !theirs.says(ours),
            (theirs, ours) => theirs.is_some() != ours.is_some(),
        };
        if operation.get(key).is_none() && differs {
            *operation.member(key) = theirs.cloned().unwrap_or(Node::List(Vec::new()));
        }
    }
}

/// A path of which only the names of its parameters are new is the same path.
fn moved(merged: &mut Node, claim: &Claim<'_>, claims: &Claims<'_>, notes: &mut Vec<String>) {
    let [path, method] = &claim.place;
    let old = paths(merged)
        .iter()
        .map(|(old, _)| old.clone())
        .find(|old| old != path && shape(old) == shape(path) && !claims.mentions(old, method));
    if let Some(old) = old
        && operation(merged, &old, method).is_some()
        && METHODS.contains(&method.as_str())
    {
        notes.push(format!("`{method} {old}` is now called `{method} {path}`"));
        take_out(merged, &old, method);
    }
}

/// Parts for all methods of a path come with each of them, so they can change only with all of them.
fn path_wide(
    was: &Node,
    merged: &mut Node,
    claims: &Claims<'_>,
    sources: &[Document],
) -> Result<(), Problem> {
    for (path, item) in paths(was) {
        let Some(source) = sources.iter().find(|it| item_of(&it.node, path).is_some()) else {
            continue;
        };
        let (ours, theirs) = (
            shared(item),
            item_of(&source.node, path).map_or(Node::Null, shared),
        );
        if ours.says(&theirs) {
            continue;
        }
        if !methods_of(item).all(|method| claims.mentions(path, method)) {
            return Err(Problem::new(format!(
                "{} changes what all methods of {path} share; name the pages of all of its methods together",
                source.origin
            )));
        }
        for (key, _) in ours
            .entries()
            .iter()
            .filter(|(key, _)| theirs.get(key).is_none())
        {
            merged.member("paths").member(path).remove(key);
        }
    }
    Ok(())
}

/// The keys of a path beside its methods.
fn shared(item: &Node) -> Node {
    let mut item = item.clone();
    METHODS.iter().for_each(|method| item.remove(method));
    item
}

/// Takes away what no source mentions.
fn keep_only(merged: &mut Node, claims: &Claims<'_>, notes: &mut Vec<String>) {
    let known: Vec<_> = methods(merged)
        .map(|(path, method)| (path.to_owned(), method.to_owned()))
        .collect();
    for (path, method) in known {
        if !claims.mentions(&path, &method) {
            notes.push(format!("`{method} {path}` is in no source, so it goes"));
            take_out(merged, &path, &method);
        }
    }
}

/// Takes an operation away, and its path with the last.
pub fn take_out(merged: &mut Node, path: &str, method: &str) {
    let item = merged.member("paths").member(path);
    item.remove(method);
    if methods_of(item).next().is_none() {
        merged.member("paths").remove(path);
    }
}

fn components(sources: &[Document]) -> Result<Claims<'_>, Problem> {
    let mut claims = Claims::default();
    for source in sources {
        for (section, named) in source.node.get("components").map_or(&[][..], Node::entries) {
            for (name, node) in named.entries() {
                claims.add([section, name], node.clone(), &source.origin)?;
            }
        }
    }
    Ok(claims)
}

/// Takes away the components that were referred to and no longer are.
fn prune(was: &Node, merged: &mut Node) {
    let before = references(was);
    loop {
        let now = references(merged);
        let gone = before.difference(&now).find_map(|reference| {
            let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
            let named = merged.get("components")?.get(section)?.get(name)?;
            (*named != Node::Null).then(|| (section.to_owned(), name.to_owned()))
        });
        let Some((section, name)) = gone else {
            return;
        };
        let components = merged.member("components");
        components.member(&section).remove(&name);
        if components.member(&section).entries().is_empty() {
            components.remove(&section);
        }
        if merged.member("components").entries().is_empty() {
            merged.remove("components");
            return;
        }
    }
}

fn references(node: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(node, &mut found);
    found
}

fn collect(node: &Node, found: &mut BTreeSet<String>) {
    if let Some(reference) = node.get("$ref").and_then(Node::text) {
        found.insert(reference.to_owned());
    }
    if let Node::List(items) = node {
        items.iter().for_each(|item| collect(item, found));
    }
    node.entries()
        .iter()
        .for_each(|(_, member)| collect(member, found));
}

fn paths(document: &Node) -> &[(String, Node)] {
    document.get("paths").map_or(&[], Node::entries)
}

fn item_of<'a>(document: &'a Node, path: &str) -> Option<&'a Node> {
    document.get("paths")?.get(path)
}

fn operation<'a>(document: &'a Node, path: &str, method: &str) -> Option<&'a Node> {
    item_of(document, path)?.get(method)
}

/// Every path and method of a document.
pub fn methods(document: &Node) -> impl Iterator<Item = (&str, &str)> {
    paths(document)
        .iter()
        .flat_map(|(path, item)| methods_of(item).map(move |method| (path.as_str(), method)))
}

fn methods_of(item: &Node) -> impl Iterator<Item = &str> {
    let keys = item.entries().iter().map(|(key, _)| key.as_str());
    keys.filter(|key| METHODS.contains(key))
}

/// A path without the names of its parameters.
pub fn shape(path: &str) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            "{}".to_owned()
        } else {
            part.to_owned()
        }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
