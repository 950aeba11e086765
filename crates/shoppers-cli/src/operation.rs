//! A command for each operation of a vendor, made from the library's list and the vendor's document.

use std::time::Duration;

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser, ValueParser},
};
use serde_json::{Map, Value, json};
use shoppers::{
    ApiKey, Effect, Error, Idempotency, Operation, Parameter, ParameterKind, ParameterLocation,
    Problem,
};

use crate::{
    attributes::InputError,
    call::Call,
    connection::{Connect as _, Deadline, Vendor},
    document,
    exit::{Exit, Failure},
    input::Input,
    output::{self, Format},
};

/// The options that every command has.
const GLOBAL: [&str; 3] = ["help", "output", "verbose"];

/// The commands of a vendor: one for each operation, and those that are written by hand, some of them for an operation.
pub enum Commands<V: Vendor, H> {
    Operation(Box<OperationCall<V>>),
    ByHand(H),
}

impl<V: Vendor, H: Subcommand> Subcommand for Commands<V, H> {
    fn augment_subcommands(command: Command) -> Command {
        let operations = V::OPERATIONS.iter();
        let operations = operations.filter(|it| !H::has_subcommand(&command_name(it)));
        H::augment_subcommands(command.subcommands(operations.map(command_of::<V>)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        H::has_subcommand(name) || find::<V>(name).is_some()
    }
}

impl<V: Vendor, H: Subcommand> FromArgMatches for Commands<V, H> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        match matches.subcommand() {
            Some((name, arguments)) if !H::has_subcommand(name) => {
                let Some(operation) = find::<V>(name) else {
                    return H::from_arg_matches(matches).map(Self::ByHand);
                };
                let call = OperationCall::of(operation, arguments)?;
                Ok(Self::Operation(Box::new(call)))
            }
            _ => H::from_arg_matches(matches).map(Self::ByHand),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A call of an operation, as the command line has it.
pub struct OperationCall<V: Vendor> {
    operation: &'static Operation,
    arguments: Map<String, Value>,
    input: Option<Input>,
    connection: V::Connection,
    deadline: Deadline,
}

impl<V: Vendor> OperationCall<V> {
    fn of(operation: &'static Operation, matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut arguments = Map::new();
        for parameter in operation.parameters {
            let given = matches.get_many::<Value>(&id(parameter));
            let mut given = given.into_iter().flatten().cloned();
            let value = if parameter.kind == ParameterKind::List {
                let items: Vec<Value> = given.collect();
                (!items.is_empty()).then_some(items.into())
            } else {
                given.next()
            };
            arguments.extend(value.map(|it| (parameter.name.to_owned(), it)));
        }
        let input = operation.body.map(|_| Input::from_arg_matches(matches));
        Ok(Self {
            operation,
            arguments,
            input: input.transpose()?,
            connection: V::Connection::from_arg_matches(matches)?,
            deadline: Deadline::from_arg_matches(matches)?,
        })
    }

    /// Makes the call, and prints its answer.
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let (operation, mut arguments) = (self.operation, self.arguments);
        if let Some(input) = &self.input {
            let attributes = document::attributes(V::SPEC, operation);
            let body = input.body(&attributes)?;
            arguments.insert("body".to_owned(), body.value.clone());
            let mut errors = attributes.check(&body.value);
            for err in refused_values::<V>(operation, arguments.clone()).await? {
                if !errors.iter().any(|known| known.attribute == err.attribute) {
                    errors.push(err);
                }
            }
            if !errors.is_empty() {
                return Err(body.failure(&errors));
            }
        }
        let client = self.deadline.build(self.connection.builder()?)?;
        let call = Call {
            key_variable: V::KEY_VARIABLE,
            if_ambiguous: if_ambiguous::<V>(operation, arguments.get("body")),
        };
        let sent = client.call_by_name(operation.name, arguments.into());
        let answer = call.make(output, sent).await?;
        if output == Format::Text && answer == json!([]) {
            output::note("the list is empty");
            return Ok(Exit::Done);
        }
        call.print(&output::formatted(&answer, output))
    }
}

/// Returns the attributes that the library does not accept. A call without any time is checked and not sent; each
/// attribute that it refuses is taken out, and the rest is checked again.
async fn refused_values<V: Vendor>(
    operation: &Operation,
    mut arguments: Map<String, Value>,
) -> Result<Vec<InputError>, Failure> {
    let never_sent = |err: Error| Failure::usage(err.to_string());
    let key = ApiKey::new("none").map_err(never_sent)?;
    let client = V::builder(key).build().map_err(never_sent)?;
    let client = client.within(Duration::ZERO);
    let mut errors = Vec::new();
    loop {
        let call = client.call_by_name(operation.name, arguments.clone().into());
        let Err(err) = call.await else {
            return Ok(errors);
        };
        // What is said of another argument, or of the body as a whole, the call itself reports.
        let Some((field, title)) = err.problems().iter().find_map(of_body) else {
            return Ok(errors);
        };
        let is_removed = take_out(arguments.entry("body").or_insert(Value::Null), field);
        errors.push(match field {
            "" => InputError::new(title),
            field => InputError::of(field, title),
        });
        if !is_removed {
            return Ok(errors);
        }
    }
}

/// The field of the body that a problem is about, or nothing if it is the body, and what was expected.
fn of_body(problem: &Problem) -> Option<(&str, String)> {
    let field = problem.field()?.strip_prefix("body")?;
    Some((field.trim_start_matches('.'), problem.title()?.to_owned()))
}

/// Takes a field out of a body, or the list that holds it. Returns `false` if there is none.
fn take_out(mut body: &mut Value, field: &str) -> bool {
    let mut names = field.split('.').peekable();
    while let Some(name) = names.next() {
        let Some(fields) = body.as_object_mut() else {
            return false;
        };
        let is_within = names.peek().is_some() && fields.get(name).is_some_and(Value::is_object);
        if !is_within {
            return fields.remove(name).is_some();
        }
        body = &mut fields[name];
    }
    false
}

fn if_ambiguous<V: Vendor>(operation: &Operation, body: Option<&Value>) -> Option<String> {
    if operation.effect == Effect::Read {
        return None;
    }
    let vendor = V::NAME;
    Some(match operation.idempotency {
        Idempotency::Always => "send it again, which is safe".to_owned(),
        Idempotency::With(field) if body.is_some_and(|it| !it[field].is_null()) => {
            format!("send it again; with a {field} that is safe")
        }
        Idempotency::With(field) => format!(
            "look at {vendor} if it was carried out before you send it again; without a {field} that may do it twice"
        ),
        Idempotency::Never => format!(
            "wait some minutes, and look at {vendor} if it was carried out before you send it again; that may do it twice"
        ),
    })
}

fn find<V: Vendor>(command: &str) -> Option<&'static Operation> {
    V::OPERATIONS.iter().find(|it| command_name(it) == command)
}

fn command_name(operation: &Operation) -> String {
    operation.name.replace('_', "-")
}

fn command_of<V: Vendor>(operation: &'static Operation) -> Command {
    Command::new(command_name(operation))
        .about(about(operation))
        // The rest takes the document, and is of no use to other commands.
        .defer(with_arguments::<V>)
}

fn about(operation: &Operation) -> String {
    let words = [operation.summary, operation.description];
    let words = words.into_iter().find(|it| !it.is_empty());
    let sentence = words.unwrap_or_default().split_inclusive(". ").next();
    match sentence
        .unwrap_or_default()
        .trim_end()
        .trim_end_matches('.')
    {
        "" => format!("{} {}", operation.method, operation.path),
        sentence => sentence.to_owned(),
    }
}

fn with_arguments<V: Vendor>(mut command: Command) -> Command {
    let Some(operation) = find::<V>(command.get_name()) else {
        return command;
    };
    let by_hand = |command| Deadline::augment_args(V::Connection::augment_args(command));
    let taken = Input::augment_args(by_hand(Command::new("")));
    for parameter in operation.parameters {
        command = command.arg(argument::<V>(operation, parameter, &taken));
    }
    let mut after = format!(
        "Sends {} {} ({}).",
        operation.method, operation.path, operation.document
    );
    if operation.body.is_some() {
        command = Input::augment_args(command.next_help_heading("Body"));
        let attributes = document::attributes(V::SPEC, operation).described();
        after = format!("Attributes:\n{attributes}\n\n{after}");
        // --set takes every value after it, so what is in the path comes first.
        let mut usage = format!("shoppers {} {}", operation.vendor, command_name(operation));
        let parameters = operation.parameters.iter();
        for parameter in parameters.filter(|it| it.location == ParameterLocation::Path) {
            usage += &format!(" <{}>", value_name(parameter));
        }
        usage += " <--json <FILE>|--set <NAME=VALUE>...> [OPTIONS]";
        command = command.override_usage(usage);
    }
    // What is flattened into a command describes it, too, and its words are others.
    let command = by_hand(command).about(about(operation)).long_about(None);
    let command = if operation.description.is_empty() {
        command
    } else {
        command.long_about(format!("{}\n\n{}", about(operation), operation.description))
    };
    command.after_long_help(after)
}

/// The argument of a parameter. Its option has the parameter's name, unless that is `taken` by another.
fn argument<V: Vendor>(operation: &Operation, parameter: &Parameter, taken: &Command) -> Arg {
    let help = parameter.description.trim_end_matches('.').to_owned();
    let argument = Arg::new(id(parameter))
        .required(parameter.is_required)
        .value_name(value_name(parameter))
        .conflicts_with_all(parameter.excludes.iter().map(|it| id_of(it)))
        .allow_negative_numbers(true)
        .value_parser(value_parser::<V>(operation, parameter));
    if parameter.location == ParameterLocation::Path {
        return argument.help(help);
    }
    let letters = parameter.name.chars();
    let flag: String = letters
        .map(|it| if it.is_alphanumeric() { it } else { '-' })
        .collect();
    let mut flag = flag.trim_matches('-').to_owned();
    let mut others = taken.get_arguments().filter_map(Arg::get_long);
    if others.any(|it| it == flag) || GLOBAL.contains(&&*flag) {
        flag = format!("parameter-{flag}");
    }
    let argument = argument.long(flag).help_heading("Parameters");
    if parameter.kind == ParameterKind::List {
        let help = format!("{help}; one value each, may be repeated");
        return argument
            .action(ArgAction::Append)
            .help(help.trim_start_matches("; ").to_owned());
    }
    argument.help(help)
}

/// Reads the values of a parameter as JSON has them.
fn value_parser<V: Vendor>(operation: &Operation, parameter: &Parameter) -> ValueParser {
    if !parameter.values.is_empty() {
        let words = PossibleValuesParser::new(parameter.values);
        return words.map(Value::from).into();
    }
    let kind = match parameter.kind {
        ParameterKind::List => {
            let schema = document::parameter(V::SPEC, operation, parameter.name);
            match schema["items"]["type"].as_str() {
                Some("integer") => ParameterKind::Integer,
                Some("number") => ParameterKind::Number,
                _ => ParameterKind::Text,
            }
        }
        kind => kind,
    };
    ValueParser::from(move |text: &str| {
        let read = match kind {
            ParameterKind::Integer => text.parse().map(|it: i64| it.into()).ok(),
            ParameterKind::Number => text.parse().map(|it: f64| it.into()).ok(),
            ParameterKind::Boolean => text.parse().map(|it: bool| it.into()).ok(),
            _ => Some(Value::from(text)),
        };
        read.ok_or_else(|| format!("expected {kind}"))
    })
}

/// Apart from the ids of arguments by hand.
fn id(parameter: &Parameter) -> String {
    id_of(parameter.name)
}

fn id_of(name: &str) -> String {
    format!("parameter {name}")
}

fn value_name(parameter: &Parameter) -> String {
    match (parameter.location, parameter.kind) {
        (ParameterLocation::Path, _) => parameter.name.to_uppercase(),
        (_, ParameterKind::Integer | ParameterKind::Number) => "NUMBER".to_owned(),
        _ => "VALUE".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_field_is_taken_out_of_the_body() {
        let body = json!({"birthday": "x", "channel": {"instagram": {"phone": "1"}}, "list": [{"key": 1}]});
        let cases = [
            ("birthday", "/birthday"),
            ("channel.instagram.phone", "/channel/instagram/phone"),
            ("list.key", "/list"),
        ];

        for (field, pointer) in cases {
            let mut left = body.clone();

            assert!(take_out(&mut left, field), "{field}");
            assert!(body.pointer(pointer).is_some() && left.pointer(pointer).is_none());
        }
        for field in ["", "name", "birthday.day.hour"] {
            let mut left = body.clone();
            let is_removed = take_out(&mut left, field);

            assert_eq!(is_removed, left != body, "{field}");
        }
    }
}
