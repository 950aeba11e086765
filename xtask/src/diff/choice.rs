//! `oneOf`, `anyOf` and the forms behind a discriminator.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{
    change::{Place, quoted},
    check::mapped,
    compare::{Comparison, is_words},
    document::{Document, component, items_of, members_of, text},
    rule::Id,
    shape::{Kind, Shape},
    words,
};

/// How many alternatives two choices may have to be matched by what they are, and not by name and order alone.
const MOST_MATCHED: usize = 40;

/// One form that a value may have.
#[derive(Clone, Debug)]
struct Form<'a> {
    /// The name of its component, or its title.
    name: Option<String>,
    kind: Kind,
    parts: Vec<&'a Value>,
}

impl<'a> Comparison<'a> {
    /// One schema that became a choice of several, or the other way round: it is looked for among them.
    pub fn one_became_many(
        &mut self,
        (old_parts, old): (&[&'a Value], &Shape<'a>),
        (new_parts, new): (&[&'a Value], &Shape<'a>),
        place: &Place,
    ) -> bool {
        let (was, is) = (choice(old), choice(new));
        let (old_forms, new_forms) = match (was, is) {
            (None, Some(many)) if no_choice(old) && !old.is_bare() && new.is_bare() => {
                (vec![self.alone(old_parts, old)], forms(self.new, many))
            }
            (Some(many), None) if no_choice(new) && !new.is_bare() && old.is_bare() => {
                (forms(self.old, many), vec![self.alone(new_parts, new)])
            }
            _ => return false,
        };
        self.forms(old_forms, new_forms, place);
        self.discriminators(old, new, place);
        true
    }

    /// Compares the choices of two schemas.
    pub fn choices(
        &mut self,
        (old_parts, old): (&[&'a Value], &Shape<'a>),
        (new_parts, new): (&[&'a Value], &Shape<'a>),
        place: &Place,
    ) {
        let is_told_apart = self.discriminators(old, new, place);
        match (choice(old), choice(new)) {
            (Some(was), Some(is)) => {
                if old.one_of.len() != new.one_of.len() {
                    let what = match new.one_of.is_empty() {
                        true => "was oneOf, is anyOf",
                        false => "was anyOf, is oneOf",
                    };
                    self.note(Id::ChoiceChanged, place, what);
                }
                match (is_told_apart, old.discriminator, new.discriminator) {
                    (true, Some(old), Some(new)) => {
                        let (was, old_rest) = told_apart(self.old, old, was);
                        let (is, new_rest) = told_apart(self.new, new, is);
                        self.named_forms(was, is, place);
                        self.forms(old_rest, new_rest, place);
                    }
                    _ => self.forms(forms(self.old, was), forms(self.new, is), place),
                }
            }
            (None, Some(_)) if no_choice(old) => {
                self.note(Id::ChoiceAdded, place, "has to fit one of several forms");
            }
            (Some(_), None) if no_choice(new) => {
                self.note(
                    Id::ChoiceRemoved,
                    place,
                    "need not fit one of several forms",
                );
            }
            (None, None) if no_choice(old) && no_choice(new) => {
                if let (Some(was), Some(is)) = (old.discriminator, new.discriminator)
                    && is_told_apart
                {
                    self.children((old_parts, was), (new_parts, is), place);
                }
            }
            _ => self.several(old, new, place),
        }
    }

    /// Several choices at once, which `allOf` or `oneOf` beside `anyOf` make: by order, where there are as many.
    fn several(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        for (was, is) in [(&old.one_of, &new.one_of), (&old.any_of, &new.any_of)] {
            if was.len() != is.len() {
                let what = format!("has to fit {} choices, had to fit {}", is.len(), was.len());
                self.note(Id::ChoiceChanged, place, what);
            }
            for (was, is) in was.iter().zip(is) {
                self.forms(forms(self.old, was), forms(self.new, is), place);
            }
        }
    }

    /// Notices what became of the field that tells forms apart; whether it is the same one.
    fn discriminators(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) -> bool {
        let place = place.then("discriminator");
        match (old.discriminator, new.discriminator) {
            (None, None) => false,
            (None, Some(_)) => {
                self.note(Id::DiscriminatorAdded, &place, "is new");
                false
            }
            (Some(_), None) => {
                self.note(Id::DiscriminatorRemoved, &place, "is gone");
                false
            }
            (Some(was), Some(is)) => {
                self.rest(was, is, &["propertyName", "mapping"], &place);
                let (was, is) = (text(was, "propertyName"), text(is, "propertyName"));
                if was != is {
                    let what = words::difference(was.unwrap_or(""), is.unwrap_or(""));
                    self.note(Id::DiscriminatorChanged, &place, what);
                }
                was == is
            }
        }
    }

    /// The forms of a base schema that lists none: who is mapped, and who has it in `allOf`.
    fn children(
        &mut self,
        (old_parts, was): (&[&'a Value], &'a Value),
        (new_parts, is): (&[&'a Value], &'a Value),
        place: &Place,
    ) {
        let mark = std::ptr::from_ref(was);
        if self.forms.contains(&mark) {
            // The same question is being answered further out; here the answer would be half of one.
            self.met = 0;
            return;
        }
        let is_child = |document: &Document, forms: &Named<'a>, parts: &[&Value]| {
            let parts: HashSet<_> = parts.iter().map(|it| pointer(document, it)).collect();
            let mut children = forms.values().flatten();
            children.any(|child| parts.contains(&pointer(document, child)))
        };
        let (old, new) = (derived(self.old, was), derived(self.new, is));
        if is_child(self.old, &old, old_parts) || is_child(self.new, &new, new_parts) {
            return;
        }
        self.forms.push(mark);
        self.named_forms(old, new, place);
        self.forms.pop();
    }

    /// Forms that a discriminator tells apart.
    fn named_forms(&mut self, old: Named<'a>, new: Named<'a>, place: &Place) {
        for (name, was) in &old {
            let place = place.then(format_args!("as {}", quoted(name)));
            match new.get(name) {
                Some(is) => self.parts(was.clone(), is.clone(), &place),
                None => self.note(
                    Id::AlternativeRemoved,
                    &place,
                    format!("may no longer be told to be {name:?}"),
                ),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let place = place.then(format_args!("as {}", quoted(name)));
            let what = format!("may be told to be {name:?}");
            self.note(Id::AlternativeAdded, &place, what);
        }
    }

    /// Forms that nothing tells apart: matched by what they are, then by name, then by type in their order.
    fn forms(&mut self, mut old: Vec<Form<'a>>, mut new: Vec<Form<'a>>, place: &Place) {
        let mut pairs = Vec::new();
        if old.len().max(new.len()) <= MOST_MATCHED {
            self.pair_off(&mut old, &mut new, &mut pairs, |it, was, is| {
                it.difference(was, is, place).is_empty()
            });
            self.pair_off(&mut old, &mut new, &mut pairs, |it, was, is| {
                is_words(&it.difference(was, is, place))
            });
        }
        self.pair_off(&mut old, &mut new, &mut pairs, |_, was, is| {
            was.name.is_some() && was.name == is.name
        });
        self.pair_off(&mut old, &mut new, &mut pairs, |_, was, is| {
            was.kind == is.kind && (was.name.is_none() || is.name.is_none())
        });
        self.pair_off(&mut old, &mut new, &mut pairs, |_, was, is| {
            was.kind.holds(is.kind) || is.kind.holds(was.kind)
        });
        for (was, is) in pairs {
            let place = place.then(format_args!("as {}", was.label()));
            self.parts(was.parts, is.parts, &place);
        }
        for was in old {
            let place = place.then(format_args!("as {}", was.label()));
            self.note(
                Id::AlternativeRemoved,
                &place,
                "is no longer one of the forms",
            );
        }
        for is in new {
            let place = place.then(format_args!("as {}", is.label()));
            self.note(Id::AlternativeAdded, &place, "is one of the forms");
        }
    }

    /// Takes out the pairs that belong together, in their order.
    fn pair_off(
        &mut self,
        old: &mut Vec<Form<'a>>,
        new: &mut Vec<Form<'a>>,
        pairs: &mut Vec<(Form<'a>, Form<'a>)>,
        mut belong: impl FnMut(&mut Self, &Form<'a>, &Form<'a>) -> bool,
    ) {
        let mut left = Vec::new();
        for was in old.drain(..) {
            match new.iter().position(|is| belong(self, &was, is)) {
                Some(index) => pairs.push((was, new.remove(index))),
                None => left.push(was),
            }
        }
        *old = left;
    }

    fn difference(
        &mut self,
        was: &Form<'a>,
        is: &Form<'a>,
        place: &Place,
    ) -> Vec<super::change::Change> {
        let (was, is) = (was.parts.clone(), is.parts.clone());
        self.trial(|it| it.parts(was, is, place))
    }

    fn alone(&self, parts: &[&'a Value], shape: &Shape<'a>) -> Form<'a> {
        Form {
            name: parts
                .first()
                .and_then(|part| component(part))
                .map(str::to_owned),
            kind: shape.kind,
            parts: parts.to_vec(),
        }
    }
}

/// Forms by the value that says which one it is.
type Named<'a> = BTreeMap<String, Vec<&'a Value>>;

impl Form<'_> {
    fn label(&self) -> String {
        self.name
            .as_deref()
            .map_or_else(|| self.kind.word().to_owned(), quoted)
    }
}

/// The choice of a schema that has exactly one.
fn choice<'a>(shape: &Shape<'a>) -> Option<&'a [Value]> {
    match (shape.one_of.as_slice(), shape.any_of.as_slice()) {
        ([choice], []) | ([], [choice]) => Some(choice),
        _ => None,
    }
}

fn no_choice(shape: &Shape<'_>) -> bool {
    shape.one_of.is_empty() && shape.any_of.is_empty()
}

fn forms<'a>(document: &'a Document, choice: &'a [Value]) -> Vec<Form<'a>> {
    choice.iter().map(|value| form(document, value)).collect()
}

fn form<'a>(document: &'a Document, value: &'a Value) -> Form<'a> {
    let name = component(value).or_else(|| text(value, "title"));
    Form {
        name: name.map(str::to_owned),
        kind: Shape::of(document, &[value]).kind,
        parts: vec![value],
    }
}

/// The forms of a choice by the value that says which one it is, and those that no value can say.
fn told_apart<'a>(
    document: &'a Document,
    discriminator: &'a Value,
    choice: &'a [Value],
) -> (Named<'a>, Vec<Form<'a>>) {
    let mut named = mapping(document, discriminator);
    let mapped: HashSet<_> = named
        .values()
        .flatten()
        .map(|schema| pointer(document, schema))
        .collect();
    let mut rest = Vec::new();
    for value in choice {
        match component(value) {
            Some(_) if mapped.contains(&pointer(document, value)) => {}
            Some(name) => {
                named.insert(name.to_owned(), vec![value]);
            }
            None => rest.push(form(document, value)),
        }
    }
    (named, rest)
}

/// The schemas that a base schema with a discriminator stands for.
fn derived<'a>(document: &'a Document, discriminator: &'a Value) -> Named<'a> {
    let mut named = mapping(document, discriminator);
    let mapped: HashSet<_> = named
        .values()
        .flatten()
        .map(|schema| pointer(document, schema))
        .collect();
    for (name, schema) in document.components("schemas") {
        let mut bases = items_of(schema, "allOf").map(|base| document.resolve(base));
        let is_derived = bases.any(|base| {
            let own = base.get("discriminator");
            own.is_some_and(|own| std::ptr::eq(own, discriminator))
        });
        if is_derived && !mapped.contains(&pointer(document, schema)) {
            named.insert(name.to_owned(), vec![schema]);
        }
    }
    named
}

fn mapping<'a>(document: &'a Document, discriminator: &'a Value) -> Named<'a> {
    members_of(discriminator, "mapping")
        .filter_map(|(name, to)| {
            let schema = document.find(&mapped(to.as_str()?))?;
            Some((name.to_owned(), vec![schema]))
        })
        .collect()
}

fn pointer(document: &Document, schema: &Value) -> *const Value {
    std::ptr::from_ref(document.resolve(schema))
}
