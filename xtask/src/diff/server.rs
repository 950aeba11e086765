//! Servers: where requests go.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    change::{Place, quoted},
    compare::Comparison,
    document::{items_of, members_of, text},
    rule::Id,
    words,
};

/// A server with its address as it is when no variable is given.
#[derive(Clone, Copy)]
struct Server<'a> {
    value: &'a Value,
    at: usize,
}

impl Comparison<'_> {
    /// Compares two lists of servers; `None` is an empty one, which stands for the host of the document.
    pub fn servers(&mut self, old: Option<&Value>, new: Option<&Value>, place: &Place) {
        let here = json!([{ "url": "/" }]);
        let listed = |list: Option<&Value>| {
            list.and_then(Value::as_array)
                .is_some_and(|it| !it.is_empty())
        };
        let old = old.filter(|it| listed(Some(it))).unwrap_or(&here);
        let new = new.filter(|it| listed(Some(it))).unwrap_or(&here);
        let (was, is) = (servers(old), servers(new));
        for server in &was {
            if let Some(other) = server.twin(&is) {
                let place = place.then(server.label());
                self.rest(server.value, other.value, &["url", "variables"], &place);
                self.template(server.value, other.value, &place);
                self.variables(server.value, other.value, &place);
            }
        }
        let gone: Vec<_> = was.iter().filter(|it| it.twin(&is).is_none()).collect();
        let fresh: Vec<_> = is.iter().filter(|it| it.twin(&was).is_none()).collect();
        if let ([gone], [fresh]) = (gone.as_slice(), fresh.as_slice()) {
            let what = words::difference(&gone.address(), &fresh.address());
            let place = place.then(gone.label());
            return self.note(Id::HostChanged, &place, what);
        }
        for server in &gone {
            let what = format!("{} is gone", server.address());
            self.note(Id::HostRemoved, &place.then(server.label()), what);
        }
        for server in &fresh {
            let what = format!("{} is new", server.address());
            self.note(Id::HostAdded, &place.then(server.label()), what);
        }
        self.order(&was, &is, place);
    }

    fn order(&mut self, was: &[Server<'_>], is: &[Server<'_>], place: &Place) {
        let order = |of: &[Server<'_>], among: &[Server<'_>]| -> Vec<String> {
            let known: BTreeSet<_> = among.iter().map(Server::address).collect();
            let addresses = of.iter().map(Server::address);
            addresses
                .filter(|address| known.contains(address))
                .collect()
        };
        let (before, after) = (order(was, is), order(is, was));
        let first = |of: &[Server<'_>]| of.first().map(Server::address);
        if first(was) != first(is) && !before.is_empty() {
            let what = format!("{} is the first now", first(is).unwrap_or_default());
            self.note(Id::HostReordered, place, what);
        } else if before != after {
            self.note(Id::Words, place, "another order behind the first");
        }
    }

    /// An address of the same default that is made up in another way.
    fn template(&mut self, old: &Value, new: &Value, place: &Place) {
        let (was, is) = (
            text(old, "url").unwrap_or(""),
            text(new, "url").unwrap_or(""),
        );
        if was != is {
            let what = format!("the address {}", words::difference(was, is));
            self.note(Id::Words, place, what);
        }
    }

    fn variables(&mut self, old: &Value, new: &Value, place: &Place) {
        let none = json!({});
        let both: BTreeSet<_> = [old, new]
            .into_iter()
            .flat_map(|server| members_of(server, "variables"))
            .map(|(name, _)| name)
            .collect();
        for name in both {
            let variable = |server: &Value| {
                let mut all = members_of(server, "variables");
                all.find(|(known, _)| *known == name)
                    .map(|(_, it)| it.clone())
            };
            let (was, is) = (variable(old), variable(new));
            let place = place.then(format_args!("variable {}", quoted(name)));
            match (was.is_some(), is.is_some()) {
                (true, false) => self.note(Id::HostValueRemoved, &place, "is gone"),
                (false, true) => self.note(Id::HostValueAdded, &place, "is new"),
                _ => {}
            }
            let (was, is) = (was.as_ref().unwrap_or(&none), is.as_ref().unwrap_or(&none));
            if was != &none && is != &none {
                self.rest(was, is, &["enum"], &place);
                self.possible(was, is, &place);
            }
        }
    }

    /// The values of a variable; without a list, every one is possible.
    fn possible(&mut self, old: &Value, new: &Value, place: &Place) {
        let values = |variable| -> Vec<&str> {
            items_of(variable, "enum")
                .filter_map(Value::as_str)
                .collect()
        };
        let (was, is) = (values(old), values(new));
        match (was.is_empty(), is.is_empty()) {
            (true, false) => {
                let what = format!("is one of {} only", is.join(", "));
                self.note(Id::HostValueRemoved, place, what);
            }
            (false, true) => self.note(Id::HostValueAdded, place, "may be any value"),
            _ => {
                for value in was.iter().filter(|value| !is.contains(value)) {
                    let what = format!("may no longer be {value:?}");
                    self.note(Id::HostValueRemoved, &place.named(value), what);
                }
                for value in is.iter().filter(|value| !was.contains(value)) {
                    let what = format!("may be {value:?}");
                    self.note(Id::HostValueAdded, &place.named(value), what);
                }
            }
        }
    }
}

impl Server<'_> {
    /// The address with the default of each variable, without a slash at its end.
    fn address(&self) -> String {
        let mut address = text(self.value, "url").unwrap_or("/").to_owned();
        for (name, variable) in members_of(self.value, "variables") {
            let value = text(variable, "default").unwrap_or_default();
            address = address.replace(&format!("{{{name}}}"), value);
        }
        address.trim_end_matches('/').to_owned()
    }

    /// The one of the same address among others.
    fn twin<'b>(&self, others: &[Server<'b>]) -> Option<Server<'b>> {
        let address = self.address();
        others
            .iter()
            .find(|other| other.address() == address)
            .copied()
    }

    /// What tells it from the others.
    fn label(&self) -> String {
        match text(self.value, "url") {
            Some(url) => quoted(url),
            None => format!("number {}", self.at + 1),
        }
    }
}

fn servers(list: &Value) -> Vec<Server<'_>> {
    let values = list.as_array().into_iter().flatten().enumerate();
    values.map(|(at, value)| Server { value, at }).collect()
}
