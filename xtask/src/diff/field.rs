//! The fields of an object.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    change::Place,
    compare::Comparison,
    rule::{Id, Side},
    schema::what,
    shape::{Kind, Others, Shape},
};

impl<'a> Comparison<'a> {
    /// Compares the fields that two objects name, then those that they do not.
    pub fn fields(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        let names: BTreeSet<&str> = [old, new]
            .into_iter()
            .flat_map(|shape| shape.fields.keys().chain(&shape.required))
            .copied()
            .collect();
        for name in names {
            let is_new_required = new.required.contains(name);
            let (was, is) = (field(old, name), field(new, name));
            let place = place.named(name);
            match (was, is) {
                (Some(was), Some(is)) => {
                    let required = (old.required.contains(name), is_new_required);
                    self.field(was, is, required, &place);
                }
                (None, Some(is)) => self.appears(&is, is_new_required, "is new", &place),
                (Some(was), None) => self.disappears(&was, new, &place),
                // A string has no fields, and may still be said to need some.
                (None, None) if old.required.contains(name) != is_new_required => {
                    self.note(
                        Id::Words,
                        &place,
                        "is required, or no longer, of what has no fields",
                    );
                }
                (None, None) => {}
            }
        }
        self.others(old, new, place);
    }

    /// A field that both have; whether a value travels with it is another question.
    fn field(
        &mut self,
        old: Vec<&'a Value>,
        new: Vec<&'a Value>,
        required: (bool, bool),
        place: &Place,
    ) {
        let was = travels(&Shape::of(self.old, &old), place.side);
        let is = travels(&Shape::of(self.new, &new), place.side);
        match (was, is) {
            (true, true) => {
                match required {
                    (false, true) => self.note(Id::FieldNowRequired, place, "is always there now"),
                    (true, false) => self.note(Id::FieldNowOptional, place, "may be absent now"),
                    _ => {}
                }
                self.parts(old, new, place);
            }
            (true, false) => match place.side {
                Side::Received => self.note(Id::FieldNowWriteOnly, place, "is write-only now"),
                _ => self.note(Id::FieldNowReadOnly, place, "is read-only now"),
            },
            (false, true) => {
                let now = match place.side {
                    Side::Received => "is no longer write-only",
                    _ => "is no longer read-only",
                };
                self.appears(&new, required.1, now, place);
            }
            (false, false) => {
                if required.0 != required.1 {
                    self.stays_away("whether it is required", place);
                }
                let changes = self.trial(|it| it.parts(old, new, place));
                for change in changes {
                    let place = Place::new(place.side, change.place);
                    self.stays_away(what(&change.text), &place);
                }
            }
        }
    }

    /// A change of what is read-only in a request, or write-only in an answer.
    fn stays_away(&mut self, what: &str, place: &Place) {
        let not = match place.side {
            Side::Received => "write-only and not received",
            _ => "read-only and not sent",
        };
        self.note(Id::Words, place, format!("{what}, but it is {not}"));
    }

    fn appears(&mut self, field: &[&'a Value], is_required: bool, what: &str, place: &Place) {
        if !travels(&Shape::of(self.new, field), place.side) {
            return self.stays_away(what, place);
        }
        match place.side {
            Side::Sent if is_required => {
                self.note(
                    Id::RequiredFieldAdded,
                    place,
                    format!("{what} and required"),
                );
            }
            _ => self.note(Id::FieldAdded, place, what),
        }
    }

    fn disappears(&mut self, field: &[&'a Value], new: &Shape<'a>, place: &Place) {
        let shape = Shape::of(self.old, field);
        if !travels(&shape, place.side) {
            return self.stays_away("is gone", place);
        }
        let gone = match shape.is_deprecated {
            true => "is gone, as was announced by its deprecation",
            false => "is gone",
        };
        match (place.side, &new.others) {
            (Side::Sent, Others::None) => self.note(Id::FieldRefused, place, gone),
            _ => self.note(Id::FieldRemoved, place, gone),
        }
    }

    /// The fields that are not named.
    fn others(&mut self, old: &Shape<'a>, new: &Shape<'a>, place: &Place) {
        let place = place.then("any other field");
        match (&old.others, &new.others) {
            (Others::Any, Others::Any) | (Others::None, Others::None) => {}
            (Others::None, _) => self.note(Id::OtherFieldsAllowed, &place, "are possible"),
            // What was described of an answer is gone; that there might be something is no loss.
            (Others::Like(_), Others::None) if place.side == Side::Received => {
                self.note(Id::FieldRemoved, &place, "are gone");
            }
            (_, Others::None) => {
                self.note(Id::OtherFieldsRefused, &place, "are no longer possible");
            }
            (Others::Any, Others::Like(new)) => self.parts(Vec::new(), new.clone(), &place),
            (Others::Like(old), Others::Any) => self.parts(old.clone(), Vec::new(), &place),
            (Others::Like(old), Others::Like(new)) => {
                self.parts(old.clone(), new.clone(), &place);
            }
        }
    }
}

/// What is asked of a field; nothing, if it is required and not described.
fn field<'a>(shape: &Shape<'a>, name: &str) -> Option<Vec<&'a Value>> {
    let is_object = matches!(shape.kind, Kind::Object | Kind::Anything);
    match shape.fields.get(name) {
        Some(parts) => Some(parts.clone()),
        None if is_object && shape.required.contains(name) => Some(Vec::new()),
        None => None,
    }
}

/// Whether a field is part of a request, or of an answer.
fn travels(shape: &Shape<'_>, side: Side) -> bool {
    match side {
        Side::Sent => !shape.is_read_only,
        Side::Received => !shape.is_write_only,
        Side::Around => true,
    }
}
