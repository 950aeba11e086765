//! Leaves out the operations that are new.
//!
//! An index leads to every operation of a vendor's, and each new one wants names in the overlay before it can be generated.
//! Who asks only whether what they use still is what it was takes those that are known.

use super::{document::Document, merge, node::Node};

/// Takes what `was` has not out of the sources, and says what that is.
pub fn keep(was: &Node, sources: &mut Vec<Document>, notes: &mut Vec<String>) {
    for source in sources.iter_mut() {
        let new: Vec<_> = merge::methods(&source.node)
            .filter(|(path, method)| !is_known(was, path, method))
            .map(|(path, method)| (path.to_owned(), method.to_owned()))
            .collect();
        for (path, method) in new {
            notes.push(format!(
                "{}: `{method} {path}` is new and left out",
                source.origin
            ));
            merge::take_out(&mut source.node, &path, &method);
            // The author's text holds more than is taken.
            source.text.clear();
        }
    }
    sources.retain(|source| merge::methods(&source.node).next().is_some());
}

/// A path of which only the names of its parameters differ is the same.
fn is_known(was: &Node, path: &str, method: &str) -> bool {
    merge::methods(was)
        .any(|(known, with)| with == method && merge::shape(known) == merge::shape(path))
}
