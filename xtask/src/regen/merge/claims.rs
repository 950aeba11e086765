//! Finds two sources that disagree.

use crate::source::Problem;

use super::super::node::Node;

/// A source's words about a place.
pub struct Claim<'a> {
    /// A path and a method, or a section of `components` and a name.
    pub place: [String; 2],
    pub node: Node,
    /// The source.
    pub origin: &'a str,
}

/// The sources' words about each place, once.
#[derive(Default)]
pub struct Claims<'a>(pub Vec<Claim<'a>>);

impl<'a> Claims<'a> {
    /// Adds what a source says, or names the two that disagree.
    pub fn add(&mut self, place: [&str; 2], node: Node, origin: &'a str) -> Result<(), Problem> {
        let known = self.0.iter().find(|it| it.place == place);
        match known {
            Some(known) if known.node.says(&node) => Ok(()),
            Some(known) => Err(Problem::new(format!(
                "{origin} and {} disagree about {}, at {}; one of them is out of date: name the other alone",
                known.origin,
                place.join(" ").trim_end(),
                difference(&node, &known.node)
            ))),
            None => {
                let place = place.map(str::to_owned);
                self.0.push(Claim {
                    place,
                    node,
                    origin,
                });
                Ok(())
            }
        }
    }

    /// Returns `true` if a source describes a place.
    pub fn mentions(&self, path: &str, member: &str) -> bool {
        self.0
            .iter()
            .any(|it| it.place[0] == path && it.place[1] == member)
    }
}

/// The first difference of two nodes, as a JSON pointer.
fn difference(one: &Node, other: &Node) -> String {
    let keys = one
        .entries()
        .iter()
        .chain(other.entries())
        .map(|(key, _)| key);
    for key in keys {
        match (one.get(key), other.get(key)) {
            (Some(one), Some(other)) if one.says(other) => {}
            (Some(one), Some(other)) => {
                let key = key.replace('~', "~0").replace('/', "~1");
                return format!("#/{key}{}", &difference(one, other)[1..]);
            }
            _ => return format!("#/{}", key.replace('~', "~0").replace('/', "~1")),
        }
    }
    "#".to_owned()
}
