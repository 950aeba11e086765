//! The facts about an operation that OpenAPI cannot say: its `x-shoppers`.

use serde_json::Value;

use super::{EXTENSION, Effect, Idempotency, Location, Pages, Parameter};
use crate::generation::{Refusal, document::members, names::type_name, place::Place};

/// The content of `x-shoppers`.
pub struct Facts {
    pub effect: Option<Effect>,
    pub idempotency: Option<Idempotency>,
    pub pages: Option<Pages>,
    pub public: bool,
    pub answer: Option<String>,
    /// Lists of parameters that exclude each other, by the names of their enums.
    one_of: Value,
}

impl Facts {
    pub fn read(operation: &Value, place: &Place) -> Result<Self, Refusal> {
        let mut facts = Self {
            effect: None,
            idempotency: None,
            pages: None,
            public: true,
            answer: None,
            one_of: Value::Null,
        };
        let said = &operation[EXTENSION];
        if !said.is_null() && !said.is_object() {
            return Err(Refusal::at(
                place,
                format_args!("expected an object; write {KEYS} below it"),
            ));
        }
        for (key, value) in members(said) {
            let text = value.as_str();
            match (key.as_str(), text, value) {
                ("effect", Some("read"), _) => facts.effect = Some(Effect::Read),
                ("effect", Some("write"), _) => facts.effect = Some(Effect::Write),
                ("idempotent", Some("always"), _) => facts.idempotency = Some(Idempotency::Always),
                ("idempotent", Some("never"), _) => facts.idempotency = Some(Idempotency::Never),
                ("idempotent", Some(text), _) if text.starts_with("with ") => {
                    let field = text.trim_start_matches("with ").to_owned();
                    facts.idempotency = Some(Idempotency::With(field));
                }
                ("pages", Some("link"), _) => facts.pages = Some(Pages::Link),
                ("public", _, Value::Bool(public)) => facts.public = *public,
                ("answer", Some(answer), _) if is_type(answer) => {
                    facts.answer = Some(answer.to_owned());
                }
                ("one_of", _, Value::Object(groups)) if groups.keys().all(|it| is_type(it)) => {
                    facts.one_of = value.clone();
                }
                _ => return Err(unknown(&place.key(key), key, value)),
            }
        }
        Ok(facts)
    }

    /// Notes at parameters that they exclude each other.
    pub fn mark(&self, parameters: &mut [Parameter], place: &Place) -> Result<(), Refusal> {
        let place = place.key("one_of");
        for (typ, names) in members(&self.one_of) {
            for (index, name) in names.as_array().into_iter().flatten().enumerate() {
                let found = parameters.iter_mut().find(|it| {
                    let is_optional = !it.is_required && it.location != Location::Path;
                    *name == it.name && is_optional && it.alternative.is_none()
                });
                let Some(parameter) = found else {
                    return Err(Refusal::at(
                        &place.key(typ).key(index),
                        format_args!(
                            "{name} is no parameter that can be left out, or stands here twice; name each such parameter once"
                        ),
                    ));
                };
                parameter.alternative = Some(typ.clone());
            }
        }
        Ok(())
    }
}

const KEYS: &str = "`effect`, `idempotent`, `pages`, `public`, `answer` or `one_of`";

fn is_type(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase()) && type_name(name) == name
}

fn unknown(place: &Place, key: &str, value: &Value) -> Refusal {
    let known = match key {
        "effect" => "`read` or `write`",
        "idempotent" => "`always`, `never` or `with FIELD`",
        "pages" => "`link`",
        "public" => "`true` or `false`",
        "answer" => "the name of a type by hand in the vendor's module, such as `WriteResponse`",
        "one_of" => {
            "the name of a type and parameters that exclude each other, such as `RecordsOf: [client_ids, store_ids]`"
        }
        _ => return Refusal::at(place, format_args!("{key:?} is not known; write {KEYS}")),
    };
    Refusal::at(place, format_args!("is {value}; write {known}"))
}
