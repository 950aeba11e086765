//! The version that a change of the Rust asks for.

use serde::Serialize;

use super::names::{Change, Fate, Kind};

/// The next version, in two readings.
#[derive(Debug, PartialEq, Serialize)]
pub struct Bump {
    pub was: String,
    /// By the letter of semver: a new field or variant breaks callers that list all of them.
    pub letter: String,
    /// As our documents ask: literals end in `..Default::default()`, so a new field breaks no caller.
    pub documented: String,
    pub why: String,
    /// As documented.
    #[serde(skip)]
    pub is_breaking: bool,
}

/// The sizes of a change, from little to much.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Weight {
    Inside,
    Addition,
    Breaking,
}

/// The version that the changes ask for.
pub fn bump(version: &str, changes: &[Change]) -> Bump {
    let heaviest = |weigh: fn(&Change) -> Weight| {
        let public = changes.iter().filter(|it| it.public);
        public.map(weigh).fold(
            Weight::Inside,
            |one, other| if other > one { other } else { one },
        )
    };
    let (letter, documented) = (heaviest(by_letter), heaviest(as_documented));
    let why = match (letter, documented) {
        (Weight::Breaking, Weight::Breaking) => "a public name is gone or is not what it was",
        (Weight::Breaking, _) => {
            "a public struct has a new field, which breaks callers that list all of them; our documents ask for \
             `..Default::default()`, so the second is what we promise"
        }
        (Weight::Addition, _) => "public names were added, none removed",
        (Weight::Inside, _) => "no public name changed",
    };
    Bump {
        was: version.to_owned(),
        letter: next(version, letter),
        documented: next(version, documented),
        why: why.to_owned(),
        is_breaking: documented == Weight::Breaking,
    }
}

fn by_letter(change: &Change) -> Weight {
    match (change.fate, change.kind) {
        (Fate::Added, Kind::Field) => Weight::Breaking,
        _ => as_documented(change),
    }
}

fn as_documented(change: &Change) -> Weight {
    match (change.fate, change.kind) {
        // A new field that is not optional is a decision of every caller that sends one.
        (Fate::Added, Kind::Field)
            if !change
                .is
                .as_deref()
                .is_some_and(|it| it.starts_with("Option<")) =>
        {
            Weight::Breaking
        }
        // `match` has to be complete.
        (Fate::Added, Kind::Variant) => Weight::Breaking,
        (Fate::Added, _) => Weight::Addition,
        (Fate::Removed | Fate::Changed, _) => Weight::Breaking,
    }
}

/// Before 1.0 the middle number says what the first says from then on (Cargo book, "SemVer Compatibility").
fn next(version: &str, weight: Weight) -> String {
    let mut numbers = version
        .split('.')
        .map(|it| it.parse::<u64>().unwrap_or_default());
    let [major, minor, patch] =
        [numbers.next(), numbers.next(), numbers.next()].map(Option::unwrap_or_default);
    match (major, weight) {
        (0, Weight::Breaking) => format!("0.{}.0", minor + 1),
        (0, _) => format!("0.{minor}.{}", patch + 1),
        (_, Weight::Breaking) => format!("{}.0.0", major + 1),
        (_, Weight::Addition) => format!("{major}.{}.0", minor + 1),
        (_, Weight::Inside) => format!("{major}.{minor}.{}", patch + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(fate: Fate, kind: Kind, is: &str, public: bool) -> Change {
        Change {
            fate,
            kind,
            name: "v::A::a".to_owned(),
            was: None,
            is: Some(is.to_owned()),
            public,
        }
    }

    #[test]
    fn the_version_follows_the_heaviest_change() {
        let cases = [
            (
                Fate::Added,
                Kind::Field,
                "Option<u8>",
                true,
                ["0.2.0", "0.1.4"],
                ["2.0.0", "1.2.0"],
            ),
            (
                Fate::Added,
                Kind::Field,
                "u8",
                true,
                ["0.2.0", "0.2.0"],
                ["2.0.0", "2.0.0"],
            ),
            (
                Fate::Added,
                Kind::Variant,
                "",
                true,
                ["0.2.0", "0.2.0"],
                ["2.0.0", "2.0.0"],
            ),
            (
                Fate::Added,
                Kind::Type,
                "struct",
                true,
                ["0.1.4", "0.1.4"],
                ["1.2.0", "1.2.0"],
            ),
            (
                Fate::Removed,
                Kind::Field,
                "",
                true,
                ["0.2.0", "0.2.0"],
                ["2.0.0", "2.0.0"],
            ),
            (
                Fate::Changed,
                Kind::Method,
                "",
                false,
                ["0.1.4", "0.1.4"],
                ["1.1.4", "1.1.4"],
            ),
        ];

        for (fate, kind, is, public, before, after) in cases {
            let changes = [change(fate, kind, is, public)];
            for (version, expected) in [("0.1.3", before), ("1.1.3", after)] {
                let bump = bump(version, &changes);

                assert_eq!(
                    [bump.letter.as_str(), bump.documented.as_str()],
                    expected,
                    "{fate:?} {kind:?} {version}"
                );
            }
        }
    }
}
