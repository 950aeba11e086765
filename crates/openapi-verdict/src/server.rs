//! Compares servers.

use serde_json::{Value, json};

use super::{
    change::{Location, quoted},
    diff::Diff,
    facet::{ListRules, possible_values},
    grammar::ObjectKind,
    json::{items_of, members_of, text},
    rule::Rule,
    wording,
};

const VARIABLE: ListRules = ListRules {
    list_added: Rule::ServerValueRemoved,
    list_removed: Rule::ServerValueAdded,
    value_added: Rule::ServerValueAdded,
    value_removed: Rule::ServerValueRemoved,
};

/// A server and its address with the default of each variable, without a trailing slash.
struct Server<'a> {
    value: &'a Value,
    address: String,
    /// Servers before it with the same address.
    nth: usize,
}

/// Compares two lists of servers; an empty list stands for the host of the document.
pub fn compare<'a>(
    diff: &mut Diff<'a>,
    old: Option<&'a Value>,
    new: Option<&'a Value>,
    location: &Location,
) {
    let own_host = json!([{ "url": "/" }]);
    let (was, is) = (servers(old, &own_host), servers(new, &own_host));
    let find = |all: &[Server<'_>], wanted: &Server<'_>| {
        let is_it = |it: &Server<'_>| (&it.address, it.nth) == (&wanted.address, wanted.nth);
        all.iter().position(is_it)
    };
    let mut removed = Vec::new();
    for server in &was {
        match find(&is, server) {
            Some(index) => {
                let location = location.then(server.label());
                compare_server(diff, server.value, is[index].value, &location);
            }
            None => removed.push(server),
        }
    }
    let is_new = |server: &&Server<'_>| find(&was, server).is_none();
    let added: Vec<_> = is.iter().filter(is_new).collect();
    if let ([old], [new]) = (removed.as_slice(), added.as_slice()) {
        let what = wording::difference(&old.address, &new.address);
        return diff.note(Rule::ServerChanged, &location.then(old.label()), what);
    }
    for server in removed {
        let what = format!("{} was removed", server.address);
        diff.note(Rule::ServerRemoved, &location.then(server.label()), what);
    }
    for server in added {
        let what = format!("{} was added", server.address);
        diff.note(Rule::ServerAdded, &location.then(server.label()), what);
    }
    compare_order(diff, &was, &is, location);
}

fn compare_order(diff: &mut Diff<'_>, was: &[Server<'_>], is: &[Server<'_>], location: &Location) {
    let addresses = |servers: &[Server<'_>]| -> Vec<String> {
        servers.iter().map(|it| it.address.clone()).collect()
    };
    let (was, is) = (addresses(was), addresses(is));
    let kept = |these: &[String], those: &[String]| -> Vec<String> {
        let kept = these.iter().filter(|it| those.contains(it));
        kept.cloned().collect()
    };
    let (before, after) = (kept(&was, &is), kept(&is, &was));
    if was.first() != is.first() && !before.is_empty() {
        let first = is.first().map_or("", String::as_str);
        diff.note(
            Rule::ServerReordered,
            location,
            format!("{first} is the first now"),
        );
    } else if before != after {
        let what = "the order changed after the first";
        diff.note(Rule::WordingChanged, location, what);
    }
}

/// Compares two servers with the same address.
fn compare_server(diff: &mut Diff<'_>, old: &Value, new: &Value, location: &Location) {
    diff.rest(ObjectKind::Server, old, new, location);
    let url = |server| text(server, "url").unwrap_or_default();
    if url(old) != url(new) {
        let what = format!("the address {}", wording::difference(url(old), url(new)));
        diff.note(Rule::WordingChanged, location, what);
    }
    let rules = (Rule::ServerValueRemoved, Rule::ServerValueAdded);
    let (old, new) = (members_of(old, "variables"), members_of(new, "variables"));
    for (old, new, location) in diff.kept(old, new, rules, |name| location.part("variable", name)) {
        diff.rest(ObjectKind::ServerVariable, old, new, &location);
        let values = |variable| Some(items_of(variable, "enum").collect::<Vec<_>>());
        let old = values(old).filter(|values| !values.is_empty());
        let new = values(new).filter(|values| !values.is_empty());
        possible_values(diff, old.as_deref(), new.as_deref(), &VARIABLE, &location);
    }
}

impl<'a> Server<'a> {
    fn new(value: &'a Value, before: &[Self]) -> Self {
        let mut address = text(value, "url").unwrap_or("/").to_owned();
        for (name, variable) in members_of(value, "variables") {
            let value = text(variable, "default").unwrap_or_default();
            address = address.replace(&format!("{{{name}}}"), value);
        }
        let address = address.trim_end_matches('/').to_owned();
        let nth = before.iter().filter(|it| it.address == address).count();
        Self {
            value,
            address,
            nth,
        }
    }

    fn label(&self) -> String {
        let url = text(self.value, "url");
        url.map_or_else(|| "server without a url".to_owned(), quoted)
    }
}

fn servers<'a>(list: Option<&'a Value>, own_host: &'a Value) -> Vec<Server<'a>> {
    let list = list.and_then(Value::as_array).filter(|it| !it.is_empty());
    let list = list.or(own_host.as_array()).into_iter().flatten();
    let mut servers: Vec<Server<'a>> = Vec::new();
    for value in list {
        servers.push(Server::new(value, &servers));
    }
    servers
}
