//! The commands of the operations in `OPERATIONS`, whichever there are.

#[allow(dead_code)]
#[path = "../../../../tests/support/document.rs"]
mod document;

use serde_json::Value;
use shoppers::{Operation, ParameterKind, ParameterLocation, bspk, gatsby};

use crate::support::{Run, run, run_with_stdin, sandbox, shoppers, shoppers_at, shoppers_in};
use shoppers_sandbox::Behaviour;

/// Commands by hand, whose arguments are their own.
const BY_HAND: [&str; 1] = ["search_shoppers"];

pub fn operations() -> impl Iterator<Item = &'static Operation> {
    let operations = bspk::OPERATIONS.iter().chain(gatsby::OPERATIONS);
    operations.filter(|it| !BY_HAND.contains(&it.name))
}

fn command(operation: &Operation) -> String {
    format!("{} {}", operation.vendor, operation.name.replace('_', "-"))
}

/// The words of a call with all that is required; `text` is each value that is a text.
pub fn words(operation: &Operation, text: &str) -> String {
    let mut words = command(operation);
    for parameter in operation.parameters.iter().filter(|it| it.is_required) {
        let value = match (parameter.values, parameter.kind) {
            ([first, ..], _) => first,
            (_, ParameterKind::Text | ParameterKind::List) => text,
            (_, ParameterKind::Boolean) => "true",
            _ => "7",
        };
        words += &match parameter.location {
            ParameterLocation::Path => format!(" {value}"),
            _ => format!(" --{} {value}", parameter.name.replace('_', "-")),
        };
    }
    if operation.body.is_some() {
        words += " --json -";
    }
    words
}

/// A body that fits an operation, without its envelope.
pub fn example(operation: &Operation) -> Value {
    let described = document::operations().into_iter();
    let mut described = described.filter(|it| it.operation == operation);
    described
        .next()
        .map(|it| it.arguments()["body"].clone())
        .unwrap_or_default()
}

#[test]
fn every_operation_is_listed_with_its_summary() {
    for (vendor, operations) in [("bspk", bspk::OPERATIONS), ("gatsby", gatsby::OPERATIONS)] {
        let help = run(&mut shoppers(), &format!("{vendor} --help"));

        let words = help.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        for operation in operations {
            let line = format!(" {} ", operation.name.replace('_', "-"));
            assert!(words.contains(&line), "{line}: {words}");
            let is_by_hand = BY_HAND.contains(&operation.name);
            let summary = operation.summary.trim_end_matches('.');
            assert!(is_by_hand || words.contains(summary), "{summary}: {words}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_operation_can_be_called_with_the_documents_examples() {
    let sandbox = sandbox(Behaviour::new()).await;

    for operation in operations() {
        let body = example(operation).to_string();
        let call = |words: &str| -> Run {
            let words = format!("{words} --output json");
            run_with_stdin(&mut shoppers_in(&sandbox), &words, body.as_bytes())
        };

        let result = call(&words(operation, "5a0d"));

        // Nothing has this id.
        let is_missing = result.error()["kind"] == "not_found";
        assert!(
            result.code == Some(0) || is_missing,
            "{}: {result:?}",
            operation.name
        );
    }
}

#[test]
fn an_argument_that_is_missing_or_unknown_is_named_with_the_remedy() {
    for operation in operations() {
        let command = command(operation);
        let unknown = run(
            &mut shoppers_at("http://127.0.0.1:1"),
            &format!("{command} --planted=planted"),
        );
        let missing = run(&mut shoppers_at("http://127.0.0.1:1"), &command);

        let needs_something =
            operation.body.is_some() || operation.parameters.iter().any(|it| it.is_required);
        assert_eq!(unknown.code, Some(2), "{command}: {unknown:?}");
        assert!(
            !unknown.stderr.contains("=planted"),
            "{command}: {unknown:?}"
        );
        if needs_something {
            assert_eq!(missing.code, Some(2), "{command}: {missing:?}");
            assert!(
                missing.stderr.contains("Usage: shoppers"),
                "{command}: {missing:?}"
            );
        }
    }
}
