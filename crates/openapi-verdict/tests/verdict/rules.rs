//! `RULES.md` against the rules, and the rules against the rows of the tables.

use std::{collections::BTreeSet, env, fs, path::Path};

use openapi_verdict::{Direction, Rule};

use super::{changes, operations, schemas};

/// The marks around the table in RULES.md.
const BEGIN: &str =
    "<!-- begin of the table: written by `REGEN=1 cargo test -p openapi-verdict` -->\n";
const END: &str = "<!-- end of the table -->";

fn table() -> String {
    let mut table = "| id | change | in a request | in a response | elsewhere |\n\
                     | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for rule in Rule::ALL {
        let cell = |direction| {
            let mut verdicts = rule.verdicts().iter();
            let verdict = verdicts.find(|it| it.direction == direction);
            verdict.map_or(String::new(), |it| {
                format!("**{}**: {}", it.level.name(), it.reason)
            })
        };
        table += &format!(
            "| `{}` | {} | {} | {} | {} |\n",
            rule.id(),
            rule.meaning(),
            cell(Direction::Sent),
            cell(Direction::Received),
            cell(Direction::Neither),
        );
    }
    table
}

#[test]
fn rules_md_lists_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let table = table();

    if env::var_os("REGEN").is_some() {
        return fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    }

    assert!(
        shown == table,
        "RULES.md is out of date: run `REGEN=1 cargo test -p openapi-verdict`"
    );
}

#[test]
fn an_id_is_in_kebab_case_and_unique() {
    let mut ids = BTreeSet::new();
    for rule in Rule::ALL {
        let is_word =
            |part: &str| !part.is_empty() && part.chars().all(|it| it.is_ascii_lowercase());

        assert!(rule.id().split('-').all(is_word), "{}", rule.id());
        assert!(ids.insert(rule.id()), "{} is not unique", rule.id());
        for verdict in rule.verdicts() {
            // `every_verdict_is_reached_by_a_row` splits texts there.
            assert!(!verdict.reason.contains(';'), "{}", rule.id());
        }
    }
}

#[test]
fn every_verdict_is_reached_by_a_row() {
    let mut found = Vec::new();
    for (_, old, new, ..) in schemas::cases() {
        found.extend(changes(&old, &new));
    }
    for (_, old, new) in operations::cases() {
        found.extend(changes(&old, &new));
        found.extend(changes(&new, &old));
    }
    let found: BTreeSet<_> = found
        .iter()
        .map(|change| {
            let reason = change.text.rsplit_once("; ").map(|(_, reason)| reason);
            (change.rule, change.level, reason)
        })
        .collect();

    let unreached: Vec<_> = Rule::ALL
        .iter()
        // `properties` reaches it, with documents that are too large for a row.
        .filter(|rule| **rule != Rule::NotCompared)
        .flat_map(|rule| rule.verdicts().iter().map(move |verdict| (*rule, verdict)))
        .filter(|(rule, it)| !found.contains(&(*rule, it.level, Some(it.reason))))
        .map(|(rule, it)| format!("{} {:?}", rule.id(), it.direction))
        .collect();

    assert!(unreached.is_empty(), "no row reaches {unreached:?}");
}
