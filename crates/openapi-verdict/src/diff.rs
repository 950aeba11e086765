//! A comparison in progress: both documents, and the findings so far.

use std::{collections::HashSet, mem};

use serde_json::Value;

use super::{
    change::{Change, EVERYWHERE, Location},
    delta::{Delta, by_key, differing},
    grammar::{ObjectKind, is_compared},
    json::{members, reference, resolve},
    rule::{Direction, Rule},
    wording,
};

/// The number of pairs of schemas that are compared before the comparison gives up.
const MAX_STEPS: usize = 400_000;

/// The number of findings that are listed before the comparison gives up.
const MAX_FINDINGS: usize = 50_000;

/// Two schemas, each as the parts that a value has to match, in one direction.
pub type SchemaPair = (Vec<*const Value>, Vec<*const Value>, Direction);

/// Something that changed, without its severity.
#[derive(Debug)]
pub struct Finding {
    pub rule: Rule,
    pub what: String,
    pub location: Location,
    method: String,
    path: String,
}

/// A comparison in progress.
pub struct Diff<'a> {
    /// The old document.
    pub old: &'a Value,
    /// The new document.
    pub new: &'a Value,
    /// Set within callbacks, where callers receive what they otherwise send.
    pub is_callback: bool,
    pub schemas: SchemaState,
    method: String,
    path: String,
    findings: Vec<Finding>,
}

/// Keeps a comparison of schemas from running in circles, and from doing the same work twice.
pub struct SchemaState {
    /// The pairs that are being compared, from the outermost to the innermost.
    pub open: Vec<SchemaPair>,
    /// The outermost of the open pairs that was met again.
    pub met: usize,
    /// Pairs without a finding, wherever they are used.
    pub equal: HashSet<SchemaPair>,
    /// Discriminators whose alternatives are being compared.
    pub discriminators: Vec<*const Value>,
    pub steps_left: usize,
}

impl<'a> Diff<'a> {
    pub fn new(old: &'a Value, new: &'a Value) -> Self {
        Self {
            old,
            new,
            is_callback: false,
            schemas: SchemaState {
                open: Vec::new(),
                met: usize::MAX,
                equal: HashSet::new(),
                discriminators: Vec::new(),
                steps_left: MAX_STEPS,
            },
            method: EVERYWHERE.to_owned(),
            path: EVERYWHERE.to_owned(),
            findings: Vec::new(),
        }
    }

    /// The findings with their severity, in the order of reports.
    pub fn into_changes(self) -> Vec<Change> {
        let mut changes: Vec<_> = self.findings.into_iter().map(Change::from).collect();
        changes.sort_by(|one, other| one.rank().cmp(&other.rank()));
        changes.dedup();
        changes
    }

    /// Sets the operation of the findings that follow.
    pub fn enter(&mut self, method: &str, path: &str) {
        method.clone_into(&mut self.method);
        path.clone_into(&mut self.path);
    }

    /// Adds a finding.
    pub fn note(&mut self, rule: Rule, location: &Location, what: impl Into<String>) {
        if self.findings.len() == MAX_FINDINGS {
            return;
        }
        let is_last = self.findings.len() + 1 == MAX_FINDINGS;
        let (rule, what) = if is_last {
            let what = "there are more changes than can be listed".to_owned();
            (Rule::NotCompared, what)
        } else {
            (rule, what.into())
        };
        self.findings.push(Finding {
            rule,
            what,
            location: location.clone(),
            method: self.method.clone(),
            path: self.path.clone(),
        });
    }

    /// Adds a finding if a flag changed: `on` if it was set, `off` if it was cleared.
    pub fn toggle(
        &mut self,
        (old, new): (bool, bool),
        on: (Rule, &str),
        off: (Rule, &str),
        location: &Location,
    ) {
        if old != new {
            let (rule, what) = if new { on } else { off };
            self.note(rule, location, what);
        }
    }

    /// Adds a finding if `deprecated` changed.
    pub fn deprecation(&mut self, flags: (bool, bool), location: &Location) {
        let on = (Rule::Deprecated, "is deprecated");
        let off = (Rule::NotDeprecated, "is no longer deprecated");
        self.toggle(flags, on, off, location);
    }

    /// Adds a finding if something became required or optional.
    pub fn requirement(
        &mut self,
        flags: (bool, bool),
        (required, optional): (Rule, Rule),
        location: &Location,
    ) {
        let on = (required, "is required now");
        self.toggle(flags, on, (optional, "is optional now"), location);
    }

    /// Adds a finding if a member changed.
    pub fn member(
        &mut self,
        rule: Rule,
        key: &str,
        (old, new): (Option<&Value>, Option<&Value>),
        location: &Location,
    ) {
        if old != new {
            self.note(rule, location, wording::change(key, old, new));
        }
    }

    /// Adds a finding for each member that changed, under `rule` unless the member is for readers alone.
    pub fn members(&mut self, rule: Rule, old: &Value, new: &Value, location: &Location) {
        for (key, old, new) in differing(old, new) {
            let rule = match wording::rule(key) {
                Rule::WordingChanged => Rule::WordingChanged,
                _ => rule,
            };
            self.member(rule, key, (old, new), location);
        }
    }

    /// Adds a finding for each member that changed and that is not compared elsewhere.
    pub fn rest(&mut self, kind: ObjectKind, old: &Value, new: &Value, location: &Location) {
        for (key, old, new) in differing(old, new) {
            if !is_compared(kind, key) {
                self.member(wording::rule(key), key, (old, new), location);
            }
        }
    }

    /// Adds a finding for each named part that was removed or added; returns those that both have.
    pub fn kept<K: Ord, T>(
        &mut self,
        old: impl IntoIterator<Item = (K, T)>,
        new: impl IntoIterator<Item = (K, T)>,
        (removed, added): (Rule, Rule),
        location: impl Fn(&K) -> Location,
    ) -> Vec<(T, T, Location)> {
        let mut kept = Vec::new();
        for (name, delta) in by_key(old, new) {
            let location = location(&name);
            match delta {
                Delta::Removed(_) => self.note(removed, &location, "was removed"),
                Delta::Added(_) => self.note(added, &location, "was added"),
                Delta::Kept(old, new) => kept.push((old, new, location)),
            }
        }
        kept
    }

    /// The targets of two values that may be references. Notes what stands beside the references.
    pub fn resolved(
        &mut self,
        old: &'a Value,
        new: &'a Value,
        location: &Location,
    ) -> (&'a Value, &'a Value) {
        // OpenAPI 3.0.3, "Reference Object": what stands beside a reference is ignored.
        let beside = |value: &'a Value| {
            let all = reference(value).map(|_| members(value));
            all.into_iter().flatten().filter(|(key, _)| *key != "$ref")
        };
        for (key, delta) in by_key(beside(old), beside(new)) {
            let key = format!("{key} beside a $ref");
            self.member(Rule::WordingChanged, &key, delta.sides(), location);
        }
        (resolve(self.old, old), resolve(self.new, new))
    }

    /// The number of findings so far.
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Returns the findings of a comparison without adding them.
    pub fn trial(&mut self, compare: impl FnOnce(&mut Self)) -> Vec<Finding> {
        let kept = mem::take(&mut self.findings);
        compare(self);
        mem::replace(&mut self.findings, kept)
    }

    /// Adds the findings of a comparison in other words.
    pub fn restated(
        &mut self,
        compare: impl FnOnce(&mut Self),
        restate: impl Fn(Finding) -> (Rule, Location, String),
    ) {
        for finding in self.trial(compare) {
            let (rule, location, what) = restate(finding);
            self.note(rule, &location, what);
        }
    }

    /// Adds the findings of a comparison as changes without effect, for the reason that is given.
    pub fn without_effect(&mut self, reason: &str, compare: impl FnOnce(&mut Self)) {
        self.restated(compare, |finding| {
            let what = format!("{}, but {reason}", finding.what);
            (Rule::WordingChanged, finding.location, what)
        });
    }

    /// A location of something that callers send.
    pub fn sent(&self, words: impl Into<String>) -> Location {
        let direction = if self.is_callback {
            Direction::Received
        } else {
            Direction::Sent
        };
        Location::new(direction, words)
    }

    /// A location of something that callers receive.
    pub fn received(&self, words: impl Into<String>) -> Location {
        let direction = if self.is_callback {
            Direction::Sent
        } else {
            Direction::Received
        };
        Location::new(direction, words)
    }
}

impl From<Finding> for Change {
    fn from(finding: Finding) -> Self {
        let verdict = finding.rule.verdict(finding.location.direction);
        Self {
            level: verdict.level,
            rule: finding.rule,
            method: finding.method,
            path: finding.path,
            place: finding.location.to_string(),
            text: format!("{}; {}", finding.what, verdict.reason),
            accepted: None,
        }
    }
}

impl Finding {
    /// Returns `true` if the change has no effect on requests and responses.
    pub fn is_wording(&self) -> bool {
        self.rule == Rule::WordingChanged
    }
}
