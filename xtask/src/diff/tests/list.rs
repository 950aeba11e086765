//! `xtask/CHANGES.md` against the table, and the table against the rows of the tests.

use std::{collections::BTreeSet, env, fs, path::Path};

use super::{changes, operations, schemas};
use crate::diff::{
    change::Change,
    rule::{Level, RULES, Side},
};

/// What the list stands between in CHANGES.md.
const START: &str =
    "<!-- the list: made by `REGEN=1 cargo test -p xtask` from xtask/src/diff/rule.rs -->\n";
const END: &str = "<!-- the end of the list -->";

fn list() -> String {
    let mut list = "| id | what happened | in a request | in an answer | elsewhere |\n\
                    | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for rule in RULES {
        let cell = |side: Side| {
            let mut verdicts = rule.verdicts.iter();
            let verdict = verdicts.find(|(known, ..)| *known == side);
            verdict.map_or(String::new(), |(_, level, why)| {
                format!("**{}**: {why}", level.word())
            })
        };
        list += &format!(
            "| `{}` | {} | {} | {} | {} |\n",
            rule.word,
            rule.meaning,
            cell(Side::Sent),
            cell(Side::Received),
            cell(Side::Around),
        );
    }
    list
}

#[test]
fn the_list_in_changes_md_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGES.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let made = list();

    if env::var_os("REGEN").is_some() {
        return fs::write(&path, format!("{before}{START}{made}{END}{after}")).unwrap();
    }

    assert!(
        shown == made,
        "xtask/CHANGES.md is out of date: run `REGEN=1 cargo test -p xtask`"
    );
}

#[test]
fn an_id_is_a_stable_word_and_stands_once() {
    let mut words = BTreeSet::new();
    for rule in RULES {
        let is_kebab = rule
            .word
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase()));

        assert!(is_kebab, "{}", rule.word);
        assert!(words.insert(rule.word), "{} stands twice", rule.word);
        for (_, _, why) in rule.verdicts {
            // What `what` cuts a text in two at.
            assert!(!why.contains(';'), "{}: {why}", rule.word);
        }
    }
}

#[test]
fn every_verdict_of_the_table_is_reached_by_a_row() {
    let mut found: Vec<Change> = Vec::new();
    for (_, old, new, ..) in schemas::cases() {
        found.extend(changes(&old, &new));
    }
    for (_, old, new) in operations::cases() {
        found.extend(changes(&old, &new));
        found.extend(changes(&new, &old));
    }
    let found: BTreeSet<(&str, Level, &str)> = found
        .iter()
        .map(|change| (change.id, change.level, why(&change.text)))
        .collect();

    let unreached: Vec<_> = RULES
        .iter()
        .flat_map(|rule| rule.verdicts.iter().map(move |verdict| (rule, verdict)))
        // Shown in `properties`: it takes documents that are too large for a row.
        .filter(|(rule, _)| rule.word != "not-compared")
        .filter(|(rule, (_, level, why))| !found.contains(&(rule.word, *level, *why)))
        .map(|(rule, (side, ..))| format!("{} {side:?}", rule.word))
        .collect();

    assert!(unreached.is_empty(), "no row shows {unreached:?}");
}

fn why(text: &str) -> &str {
    text.rsplit_once("; ").map_or("", |(_, why)| why)
}
