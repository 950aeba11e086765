//! A document with its keys in the order in which its author wrote them.
//!
//! `serde_json::Value` sorts its keys here, as build.rs needs it to (xtask/Cargo.toml); what is written back for people
//! to review has to keep the vendor's order.

use serde_json::{Map, Value};

pub use crate::generation::yaml::Node;

/// Lists whose order says nothing (JSON Schema, "required" and "enum").
const SETS: [&str; 2] = ["required", "enum"];

impl Node {
    /// The member of a map, if this is one and has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let at = self.entries().iter().position(|(known, _)| known == key)?;
        Some(&self.entries()[at].1)
    }

    /// As [`get`](Self::get), to be changed; an empty map, where nothing was.
    pub fn member(&mut self, key: &str) -> &mut Node {
        if !matches!(self, Node::Map(_)) {
            *self = Node::Map(Vec::new());
        }
        let Node::Map(entries) = self else {
            unreachable!("it was made a map above");
        };
        let at = match entries.iter().position(|(known, _)| known == key) {
            Some(at) => at,
            None => {
                entries.push((key.to_owned(), Node::Map(Vec::new())));
                entries.len() - 1
            }
        };
        &mut entries[at].1
    }

    /// Takes a member out of a map.
    pub fn remove(&mut self, key: &str) {
        if let Node::Map(entries) = self {
            entries.retain(|(known, _)| known != key);
        }
    }

    /// The members of a map; none, if this is not one.
    pub fn entries(&self) -> &[(String, Node)] {
        match self {
            Node::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The text, if this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns `true` if two nodes say the same, in whatever order.
    pub fn says(&self, other: &Node) -> bool {
        self.value() == other.value()
    }

    /// The value for comparing: keys and sets are in order.
    pub fn value(&self) -> Value {
        match self {
            Node::Null => Value::Null,
            Node::Bool(it) => Value::Bool(*it),
            Node::Number(it) => Value::Number(it.clone()),
            Node::Text(it) => Value::String(it.clone()),
            Node::List(items) => items.iter().map(Node::value).collect(),
            Node::Map(entries) => {
                let mut map = Map::new();
                for (key, node) in entries {
                    map.insert(key.clone(), sorted(key, node.value()));
                }
                Value::Object(map)
            }
        }
    }

    /// This node, in the order of `old` as far as the two agree, so that a diff shows what changed and no more.
    pub fn in_order_of(self, old: &Node) -> Node {
        if self.says(old) {
            return old.clone();
        }
        match (self, old) {
            (Node::Map(mut new), Node::Map(old)) => {
                let mut ordered = Vec::with_capacity(new.len());
                for (key, was) in old {
                    if let Some(at) = new.iter().position(|(known, _)| known == key) {
                        // What is new stands behind what it stood behind at the vendor's.
                        let (key, node) = new[at].clone();
                        new[at].1 = Node::Null;
                        ordered.push((key.clone(), member_in_order(&key, node, was)));
                    }
                }
                let mut behind = 0;
                for (key, node) in new {
                    match ordered.iter().position(|(known, _)| *known == key) {
                        Some(at) => behind = at + 1,
                        None => {
                            ordered.insert(behind, (key, node));
                            behind += 1;
                        }
                    }
                }
                Node::Map(ordered)
            }
            (Node::List(new), Node::List(old)) => Node::List(
                new.into_iter()
                    .enumerate()
                    .map(|(at, node)| match old.get(at) {
                        Some(was) => node.in_order_of(was),
                        None => node,
                    })
                    .collect(),
            ),
            (new, _) => new,
        }
    }
}

fn member_in_order(key: &str, new: Node, old: &Node) -> Node {
    if sorted(key, new.value()) == sorted(key, old.value()) {
        return old.clone();
    }
    new.in_order_of(old)
}

fn sorted(key: &str, mut value: Value) -> Value {
    if let Value::Array(items) = &mut value
        && SETS.contains(&key)
        && items.iter().all(Value::is_string)
    {
        items.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        crate::generation::yaml::read(text).unwrap()
    }

    #[test]
    fn the_order_of_keys_and_of_sets_says_nothing() {
        let cases = [
            ("{a: 1, b: 2}", "{b: 2, a: 1}", true),
            ("{required: [a, b]}", "{required: [b, a]}", true),
            ("{enum: [a, b]}", "{enum: [b, a]}", true),
            ("{tags: [a, b]}", "{tags: [b, a]}", false),
            ("{a: 1}", "{a: '1'}", false),
            ("{a: null}", "{}", false),
        ];

        for (one, other, same) in cases {
            assert_eq!(node(one).says(&node(other)), same, "{one} and {other}");
        }
    }

    #[test]
    fn what_is_new_stands_where_its_author_put_it_among_what_was_there() {
        let cases = [
            ("{a: 1, b: 2}", "{b: 2, a: 1}", "{a: 1, b: 2}"),
            ("{a: 1, b: 2}", "{b: 2, x: 3, a: 1}", "{a: 1, b: 2, x: 3}"),
            ("{a: 1, b: 2}", "{a: 1, x: 3, b: 2}", "{a: 1, x: 3, b: 2}"),
            ("{a: 1, b: 2}", "{x: 3, b: 5}", "{x: 3, b: 5}"),
            (
                "{a: {c: 1, d: 1}}",
                "{a: {d: 2, c: 1}}",
                "{a: {c: 1, d: 2}}",
            ),
            (
                "{required: [a, b], z: 1}",
                "{required: [b, a], z: 2}",
                "{required: [a, b], z: 2}",
            ),
        ];

        for (old, new, expected) in cases {
            assert_eq!(
                node(new).in_order_of(&node(old)),
                node(expected),
                "{old} then {new}"
            );
        }
    }
}
