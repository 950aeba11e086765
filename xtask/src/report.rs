//! What changed from one document to another, seen from the service that calls.
//!
//! The one place where `regen` meets `diff`: operations that came, went or changed, until that module takes over.

use serde::Serialize;
use serde_json::Value;

/// How bad a change is for who calls, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Calls that worked fail, or answers cannot be read
    Breaking,
    /// Somebody has to look
    Risky,
    /// Nothing that works stops working
    Compatible,
}

/// One change.
#[derive(Debug, Serialize)]
pub struct Change {
    pub level: Level,
    pub id: &'static str,
    pub method: String,
    pub path: String,
    pub place: String,
    pub text: String,
}

/// All changes, but for those that `accepted` lists.
pub fn report(old: &Value, new: &Value, accepted: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    for (path, method, was) in operations(old) {
        match &new["paths"][path][method] {
            Value::Null => changes.push(change(
                Level::Breaking,
                "operation-gone",
                method,
                path,
                "is gone",
            )),
            is if is != was => changes.push(change(
                Level::Risky,
                "operation-changed",
                method,
                path,
                "changed",
            )),
            _ => {}
        }
    }
    for (path, method, _) in operations(new) {
        if old["paths"][path][method].is_null() {
            changes.push(change(
                Level::Compatible,
                "operation-new",
                method,
                path,
                "is new",
            ));
        }
    }
    changes.retain(|it| {
        let line = format!("{} {} {} ", it.id, it.method, it.path);
        !accepted.lines().any(|accepted| accepted.starts_with(&line))
    });
    changes.sort_by_key(|it| it.level);
    changes
}

fn change(level: Level, id: &'static str, method: &str, path: &str, text: &str) -> Change {
    let (method, path, text) = (method.to_owned(), path.to_owned(), text.to_owned());
    Change {
        level,
        id,
        method,
        path,
        place: String::new(),
        text,
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods
            .filter(|(_, it)| it.is_object())
            .map(move |(method, it)| (path.as_str(), method.as_str(), it))
    })
}
