//! Compares the credentials that operations need.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    change::{Location, quoted},
    delta::{Delta, by_key, differing},
    diff::Diff,
    grammar::ObjectKind,
    json::{items_of, members, members_of, resolve, text},
    operation::operations,
    rule::{Direction, Rule},
    wording,
};

/// Credentials that are needed together: the scopes by scheme.
///
/// Schemes are told apart by what is sent, as their names are not.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Credentials(BTreeMap<String, BTreeSet<String>>);

/// Compares two lists of requirements, of which one has to be met.
pub fn compare(diff: &mut Diff<'_>, old: Option<&Value>, new: Option<&Value>, location: &Location) {
    let (was, is) = (requirements(diff.old, old), requirements(diff.new, new));
    let is_enough = |credentials: &&Credentials| is.iter().any(|it| it.is_met_by(credentials));
    let (kept, lost): (Vec<_>, Vec<_>) = was.iter().partition(is_enough);
    let mut added: Vec<_> = is.iter().filter(|it| !was.contains(it)).collect();
    let mut removed = Vec::new();
    for (credentials, is_kept) in lost
        .into_iter()
        .map(|it| (it, false))
        .chain(kept.into_iter().map(|it| (it, true)))
    {
        // The same schemes with other scopes.
        if let Some(index) = added.iter().position(|it| it.has_schemes_of(credentials)) {
            compare_scopes(diff, credentials, added.remove(index), location);
        } else if !is_kept {
            removed.push(credentials);
        }
    }
    match removed.as_slice() {
        [] => {}
        [credentials] if credentials.is_empty() => {
            let what = format!("{} is needed", any_of(&is));
            return diff.note(Rule::AuthAdded, location, what);
        }
        _ if removed.len() == was.len() && !added.is_empty() => {
            let what = format!("needed {}, needs {}", any_of(&was), any_of(&is));
            return diff.note(Rule::AuthChanged, location, what);
        }
        _ => {
            for credentials in removed {
                let rule = if credentials.is_empty() {
                    Rule::AuthAdded
                } else {
                    Rule::AuthAlternativeRemoved
                };
                let what = format!("{} is no longer enough", credentials.shown());
                diff.note(rule, &location.then(credentials.shown()), what);
            }
        }
    }
    for credentials in added {
        let rule = if credentials.is_empty() {
            Rule::AuthRemoved
        } else {
            Rule::AuthAlternativeAdded
        };
        let what = format!("{} is enough", credentials.shown());
        diff.note(rule, &location.then(credentials.shown()), what);
    }
}

fn compare_scopes(diff: &mut Diff<'_>, old: &Credentials, new: &Credentials, location: &Location) {
    for (scheme, new) in &new.0 {
        let location = location.then(scheme);
        let old = old.0.get(scheme).into_iter().flatten();
        for (scope, delta) in by_key(old.map(|it| (it, ())), new.iter().map(|it| (it, ()))) {
            let (rule, what) = match delta {
                Delta::Added(()) => (Rule::ScopeAdded, format!("the scope {scope:?} is needed")),
                Delta::Removed(()) => {
                    let what = format!("the scope {scope:?} is no longer needed");
                    (Rule::ScopeRemoved, what)
                }
                Delta::Kept((), ()) => continue,
            };
            diff.note(rule, &location.named(scope), what);
        }
    }
}

/// Compares the descriptions of security schemes, and the addresses that tokens come from.
pub fn compare_schemes(diff: &mut Diff<'_>) {
    let (old, new) = (schemes(diff.old), schemes(diff.new));
    let needed = needed_schemes(diff.old);
    for (name, scheme) in &old {
        // A scheme may have another name.
        let renamed = || {
            let mut added = new.iter().filter(|(name, _)| !old.contains_key(*name));
            let sent = credential(resolve(diff.old, scheme));
            added.find(|(_, scheme)| credential(resolve(diff.new, scheme)) == sent)
        };
        let Some(new) = new.get(name).or_else(|| renamed().map(|(_, new)| new)) else {
            continue;
        };
        let steps = format!("security scheme {}", quoted(name));
        let location = Location::new(Direction::Sent, steps);
        if needed.contains(name) {
            compare_scheme(diff, scheme, new, &location);
        } else {
            diff.without_effect("no operation needs it", |diff| {
                compare_scheme(diff, scheme, new, &location);
            });
        }
    }
}

fn compare_scheme<'a>(diff: &mut Diff<'a>, old: &'a Value, new: &'a Value, location: &Location) {
    let (old, new) = diff.resolved(old, new, location);
    diff.rest(ObjectKind::SecurityScheme, old, new, location);
    let (was, is) = (credential(old), credential(new));
    if was != is {
        // A change for the operations that need it, and reported there.
        let what = format!("was {was}, is {is}");
        return diff.note(Rule::WordingChanged, location, what);
    }
    let key = "openIdConnectUrl";
    diff.member(
        Rule::FlowChanged,
        key,
        (old.get(key), new.get(key)),
        location,
    );
    let rules = (Rule::FlowRemoved, Rule::FlowAdded);
    let (old, new) = (members_of(old, "flows"), members_of(new, "flows"));
    for (old, new, location) in diff.kept(old, new, rules, |name| location.part("flow", name)) {
        for (key, old, new) in differing(old, new) {
            let rule = match key {
                "scopes" => continue,
                "authorizationUrl" | "tokenUrl" | "refreshUrl" => Rule::FlowChanged,
                _ => wording::rule(key),
            };
            diff.member(rule, key, (old, new), &location);
        }
        let rules = (Rule::ScopeWithdrawn, Rule::ScopeOffered);
        let (old, new) = (members_of(old, "scopes"), members_of(new, "scopes"));
        let at_scope = |name: &&str| location.part("scope", name);
        for (old, new, location) in diff.kept(old, new, rules, at_scope) {
            let descriptions = (Some(old), Some(new));
            diff.member(Rule::WordingChanged, "description", descriptions, &location);
        }
    }
}

impl Credentials {
    /// Returns `true` if nothing is needed.
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn is_met_by(&self, other: &Self) -> bool {
        self.0.iter().all(|(scheme, scopes)| {
            let had = other.0.get(scheme);
            had.is_some_and(|had| scopes.is_subset(had))
        })
    }

    fn has_schemes_of(&self, other: &Self) -> bool {
        self.0.keys().eq(other.0.keys())
    }

    fn shown(&self) -> String {
        if self.is_empty() {
            return "no authentication".to_owned();
        }
        let schemes: Vec<_> = self.0.keys().map(String::as_str).collect();
        schemes.join(" and ")
    }
}

fn any_of(requirements: &[Credentials]) -> String {
    let shown: Vec<_> = requirements.iter().map(Credentials::shown).collect();
    shown.join(" or ")
}

/// The requirements of which one has to be met. Without a list, no credentials are needed.
fn requirements(root: &Value, list: Option<&Value>) -> Vec<Credentials> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    let schemes = schemes(root);
    let requirement = |requirement| {
        let needed = members(requirement).map(|(name, scopes)| {
            let scheme = schemes.get(name).map(|it| credential(resolve(root, it)));
            let scheme = scheme.unwrap_or_else(|| format!("the undescribed {}", quoted(name)));
            let scopes = scopes.as_array().into_iter().flatten();
            let scopes = scopes.filter_map(Value::as_str).map(str::to_owned);
            (scheme, scopes.collect())
        });
        Credentials(needed.collect())
    };
    let mut all: Vec<_> = list.map(requirement).collect();
    if all.is_empty() {
        all.push(Credentials(BTreeMap::new()));
    }
    all
}

fn schemes(root: &Value) -> BTreeMap<&str, &Value> {
    let components = root.get("components").into_iter();
    components
        .flat_map(|it| members_of(it, "securitySchemes"))
        .collect()
}

/// The names of the schemes that the document or an operation needs.
fn needed_schemes(root: &Value) -> BTreeSet<&str> {
    let operations = operations(root).into_iter().map(|it| it.value);
    let requirements = operations
        .chain([root])
        .flat_map(|it| items_of(it, "security"));
    requirements
        .flat_map(members)
        .map(|(name, _)| name)
        .collect()
}

/// The form in which the credential of a scheme is sent.
fn credential(scheme: &Value) -> String {
    let word = |key| text(scheme, key).unwrap_or_default();
    match word("type") {
        "http" => format!("http {}", quoted(&word("scheme").to_lowercase())),
        "apiKey" if word("in") == "header" => {
            format!("key in header {}", quoted(&word("name").to_lowercase()))
        }
        "apiKey" => format!("key in {} {}", word("in"), quoted(word("name"))),
        "" => "a scheme without a type".to_owned(),
        other => other.to_owned(),
    }
}
