//! The operations of a document.

use serde_json::Value;

use super::{
    grammar::METHODS,
    json::{at, is_extension, items_of, members_of, resolve, text},
};

/// An operation and its path item.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// In lowercase, as in the document.
    pub method: &'static str,
    pub path: &'a str,
    pub item: &'a Value,
    pub value: &'a Value,
}

impl<'a> Operation<'a> {
    pub fn id(&self) -> Option<&'a str> {
        text(self.value, "operationId")
    }

    /// The parameters of the path item, then those of the operation.
    pub fn parameters(&self) -> impl Iterator<Item = &'a Value> {
        items_of(self.item, "parameters").chain(items_of(self.value, "parameters"))
    }

    /// The operation's own `security` or `servers`, the latter also from its path item.
    pub fn own(&self, key: &str) -> Option<&'a Value> {
        // OpenAPI 3.0.3, "Path Item Object": it has servers and no security.
        let of_item = || at(self.item, key).filter(|_| key == "servers");
        at(self.value, key).or_else(of_item)
    }

    /// Returns `true` if method and path are the same in a request.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.method == other.method && path_shape(self.path) == path_shape(other.path)
    }
}

/// All operations of a document, in the order of its paths.
pub fn operations(root: &Value) -> Vec<Operation<'_>> {
    members_of(root, "paths")
        .filter(|(path, _)| !is_extension(path))
        .flat_map(|(path, item)| operations_of(root, path, item))
        .collect()
}

/// The operations of a path.
pub fn operations_of<'a>(
    root: &'a Value,
    path: &'a str,
    item: &'a Value,
) -> impl Iterator<Item = Operation<'a>> {
    let item = resolve(root, item);
    METHODS.iter().filter_map(move |method| {
        Some(Operation {
            method,
            path,
            item,
            value: at(item, method)?,
        })
    })
}

/// The names of the parameters of a path, in their order.
pub fn path_parameters(path: &str) -> Vec<&str> {
    let rest = path.split('{').skip(1);
    rest.filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// A path without the names of its parameters, which are not sent.
pub fn path_shape(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    shape
}
