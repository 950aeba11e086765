//! The arguments of a call by name, as JSON.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    Error, Operation, Parameter, ParameterKind, Problem,
    fields::{Fields, Mismatch},
};

/// The name of the argument that is no parameter.
const BODY: &str = "body";

/// The arguments of one call that are still to be read. Errors name an argument and hold no value.
pub(crate) struct Arguments {
    operation: &'static Operation,
    given: Fields<'static>,
    /// As it was given.
    body: Value,
}

// Which of these are called is said by the documents.
#[allow(dead_code)]
impl Arguments {
    /// Takes an object whose members are all arguments of the operation.
    pub(crate) fn of(operation: &'static Operation, arguments: Value) -> Result<Self, Error> {
        let given = match arguments {
            Value::Object(given) => given,
            Value::Null => Map::new(),
            _ => {
                let fault = "the arguments are not an object; write one with a member for each";
                return Err(Error::refused(operation, fault));
            }
        };
        let parameters = operation.parameters.iter().map(|it| it.name);
        let names: Vec<&str> = parameters.chain(operation.body.map(|_| BODY)).collect();
        // An unknown name may be anything, so it is not repeated.
        if given.keys().any(|it| !names.contains(&it.as_str())) {
            let names: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
            let fault = match names.join(", ") {
                none if none.is_empty() => "it takes no arguments; leave them out".to_owned(),
                names => format!("an argument is unknown; it takes {names}"),
            };
            return Err(Error::refused(operation, fault));
        }
        Ok(Self {
            operation,
            body: given.get(BODY).cloned().unwrap_or_default(),
            given: Fields::of(given),
        })
    }

    /// Takes a parameter that cannot be left out.
    pub(crate) fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Error> {
        self.optional(name)?
            .ok_or_else(|| self.fault(name, "is missing"))
    }

    /// Takes a parameter that may be missing or `null`.
    pub(crate) fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Error> {
        let read = self.given.optional(name);
        read.map_err(|mismatch| self.mismatch(name, &mismatch))
    }

    /// Takes a parameter that excludes those which were `chosen` from before it.
    pub(crate) fn alternative<T: DeserializeOwned, E>(
        &mut self,
        name: &str,
        variant: fn(T) -> E,
        chosen: &mut Option<E>,
    ) -> Result<(), Error> {
        let Some(value) = self.optional(name)? else {
            return Ok(());
        };
        match chosen.replace(variant(value)) {
            None => Ok(()),
            Some(_) => {
                let what =
                    "cannot be given with another that it excludes; leave one of the two out";
                Err(self.refused(name, what.to_owned()))
            }
        }
    }

    /// Takes the body. It may hold nothing that would not be sent.
    pub(crate) fn body<T: DeserializeOwned + Serialize>(&mut self) -> Result<T, Error> {
        let read: Option<T> = self.given.optional(BODY).map_err(|mismatch| {
            let (place, expected) = mismatch.place();
            let problem = Problem::of_field(place, expected.to_owned());
            Error::refused_field(self.operation, mismatch.to_string(), problem)
        })?;
        let Some(body) = read else {
            let fault = "`body` is missing; give the JSON that the document describes";
            return Err(Error::refused(self.operation, fault));
        };
        let sent = serde_json::to_value(&body).unwrap_or_default();
        match left_out(&self.body, &sent) {
            None => Ok(body),
            Some(place) => Err(Error::refused(
                self.operation,
                format!(
                    "`{BODY}{place}` has a member that the document does not; correct its name or remove it"
                ),
            )),
        }
    }

    fn mismatch(&self, name: &str, mismatch: &Mismatch) -> Error {
        let mut parameters = self.operation.parameters.iter();
        let is_open = |it: &Parameter| {
            matches!(it.kind, ParameterKind::Text | ParameterKind::List) && it.values.is_empty()
        };
        if parameters.any(|it| it.name == name && is_open(it)) {
            let (_, expected) = mismatch.place();
            return self.refused(name, format!("does not fit; {expected}"));
        }
        self.fault(name, "does not fit")
    }

    fn fault(&self, name: &str, what: &str) -> Error {
        let known = self.operation.parameters.iter().find(|it| it.name == name);
        let remedy = match known {
            Some(it) if !it.values.is_empty() => format!("give one of {}", it.values.join(", ")),
            Some(it) => format!("give {}", it.kind),
            None => "give what the document describes".to_owned(),
        };
        self.refused(name, format!("{what}; {remedy}"))
    }

    fn refused(&self, name: &str, what: String) -> Error {
        let message = format!("`{name}` {what}");
        Error::refused_field(
            self.operation,
            message,
            Problem::of_field(name.to_owned(), what),
        )
    }
}

/// The error of a name that no operation has.
pub(crate) fn unknown_operation() -> Error {
    Error::invalid("no operation has this name; `OPERATIONS` lists them")
}

/// The place of an object that was given a member which is not sent.
fn left_out(given: &Value, sent: &Value) -> Option<String> {
    match (given, sent) {
        (Value::Object(given), Value::Object(sent)) => {
            given.iter().find_map(|(name, given)| match sent.get(name) {
                Some(sent) => left_out(given, sent).map(|below| format!(".{name}{below}")),
                None if is_empty(given) => None,
                None => Some(String::new()),
            })
        }
        (Value::Array(given), Value::Array(sent)) => {
            let mut pairs = given.iter().zip(sent);
            pairs.find_map(|(given, sent)| left_out(given, sent))
        }
        _ => None,
    }
}

/// Returns `true` for what says the same as a member that is missing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{ParameterLocation, RequestBody, gatsby::generated::GET_SHOPPER};

    const fn parameter(name: &'static str, kind: ParameterKind) -> Parameter {
        Parameter {
            name,
            location: ParameterLocation::Query,
            is_required: true,
            kind,
            values: &[],
            excludes: &[],
            description: "",
        }
    }

    const OPERATION: Operation = Operation {
        parameters: &[
            parameter("page", ParameterKind::Integer),
            Parameter {
                values: &["up", "down"],
                ..parameter("order", ParameterKind::Text)
            },
            parameter("ids", ParameterKind::List),
            parameter("day", ParameterKind::Text),
        ],
        body: Some(RequestBody { envelope: None }),
        ..GET_SHOPPER
    };

    #[test]
    fn an_argument_that_does_not_fit_is_named_and_not_repeated() {
        type Read = fn(&mut Arguments) -> Result<(), Error>;
        let page: Read = |it| it.required::<i64>("page").map(drop);
        let order: Read = |it| it.required::<bool>("order").map(drop);
        let ids: Read = |it| it.optional::<crate::CommaList>("ids").map(drop);
        let day: Read = |it| it.optional::<crate::gatsby::Date>("day").map(drop);
        let either: Read = |it| {
            let mut chosen = None;
            it.alternative::<i64, _>("page", drop, &mut chosen)?;
            it.alternative::<String, _>("order", drop, &mut chosen)
        };
        let body: Read = |it| it.body::<crate::bspk::Shopper>().map(drop);
        let cases = [
            (page, json!({}), "`page` is missing; give an integer"),
            (
                page,
                json!({"page": "planted"}),
                "`page` does not fit; give an integer",
            ),
            (
                order,
                json!({"order": "planted"}),
                "`order` does not fit; give one of up, down",
            ),
            (
                ids,
                json!({"ids": "planted"}),
                "`ids` does not fit; give a list of texts or numbers",
            ),
            (
                ids,
                json!({"ids": ["plan,ted"]}),
                "`ids` does not fit; an item of a list holds a comma",
            ),
            (
                day,
                json!({"day": "2026-01-31-planted"}),
                "`day` does not fit; invalid date: expected MM-DD-YYYY",
            ),
            (
                either,
                json!({"page": 1, "order": "up"}),
                "`order` cannot be given with another that it excludes",
            ),
            (
                page,
                json!({"planted": 1}),
                "an argument is unknown; it takes `page`, `order`, `ids`, `day`, `body`",
            ),
            (page, json!(["planted"]), "the arguments are not an object"),
            (body, json!({}), "`body` is missing"),
            (body, json!({"body": "planted"}), "body: expected an object"),
            (
                body,
                json!({"body": {"email": ["planted"]}}),
                "body: email: expected a string",
            ),
            (
                body,
                json!({"body": {"planted": 1}}),
                "`body` has a member that the document does not",
            ),
        ];

        for (read, arguments, expected) in cases {
            let read = Arguments::of(&OPERATION, arguments).and_then(|mut it| read(&mut it));

            let err = read.unwrap_err();
            let message = err.to_string();
            assert!(err.is_invalid() && message.contains(expected), "{message}");
            assert!(!message.contains("plan"), "{message}");
        }
    }

    #[test]
    fn an_argument_that_is_refused_is_a_problem_with_its_field() {
        let read = |arguments: Value| {
            let mut arguments = Arguments::of(&OPERATION, arguments)?;
            arguments.required::<i64>("page")?;
            arguments.body::<crate::gatsby::ShopperInput>().map(drop)
        };
        let below = json!({"instagram": {"phone": 7}});
        let cases = [
            (
                json!({"page": "planted"}),
                "page",
                "does not fit; give an integer",
            ),
            (json!({"page": 1, "body": 2}), "body", "expected an object"),
            (
                json!({"page": 1, "body": {"channel": below}}),
                "body.channel.instagram.phone",
                "expected a string",
            ),
            (
                json!({"page": 1, "body": {"channel": 1}}),
                "body.channel",
                "expected an object",
            ),
        ];

        for (arguments, field, title) in cases {
            let err = read(arguments).unwrap_err();

            let [problem] = err.problems() else {
                panic!("{err}");
            };
            assert_eq!(problem.field(), Some(field), "{err}");
            assert!(
                problem.title().unwrap().starts_with(title),
                "{:?}",
                problem.title()
            );
        }
    }

    #[test]
    fn a_member_that_is_not_sent_is_found_below_others() {
        let sent = json!({"a": {"b": [{"c": 1}, {"c": 2}]}});
        let cases = [
            (json!({"a": {"b": [{"c": 1}]}}), None),
            (json!({"a": null, "x": null, "y": []}), None),
            (
                json!({"a": {"b": [{"c": 1}, {"c": 2, "d": 3}]}}),
                Some(".a.b"),
            ),
            (json!({"x": 1}), Some("")),
        ];

        for (given, expected) in cases {
            assert_eq!(left_out(&given, &sent).as_deref(), expected, "{given}");
        }
    }
}
