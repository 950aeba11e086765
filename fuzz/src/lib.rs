//! The fuzz targets: each takes any bytes, and panics if a promise is broken.
//!
//! `cargo fuzz run NAME` runs one; CONTRIBUTING.md says how without a nightly toolchain. What is private elsewhere is compiled
//! from its file, so nothing has a door for this crate.

use std::{
    fmt::{Debug, Display},
    io::BufReader,
    str::FromStr,
    time::{Duration, SystemTime},
};

use serde::{Serialize, de::DeserializeOwned};
use shoppers::{bspk, gatsby};

#[allow(dead_code)]
#[path = "../../crates/shoppers-cli/src/exit.rs"]
mod exit;
#[allow(dead_code)]
#[path = "../../build/mod.rs"]
mod generation;
#[allow(dead_code)]
#[path = "../../crates/shoppers-cli/src/import"]
mod import {
    pub mod row;
    pub mod source {
        pub mod csv;
        pub mod error;
        pub mod lines;
    }
    pub mod journal {
        pub mod history;
        pub mod record;
    }
    pub mod rejects {
        /// As in the program, without the files.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize,
        )]
        pub struct Extent {
            pub bytes: u64,
            pub hash: u64,
        }
    }
}
#[path = "../../src/pages"]
mod pages {
    mod link;

    pub fn next<'a>(headers: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        link::next(headers)
    }
}
#[allow(dead_code)]
#[path = "../../src/error"]
mod error {
    mod problem;

    pub fn problems(body: &[u8]) -> Vec<problem::Problem> {
        problem::problems(body)
    }
}
#[path = "../../src/retry/retry_after.rs"]
mod retry_after_header;

/// A text that no message of ours has, and that inputs have where a person's data may be.
const PLANTED: &str = "Zq7";

/// A value that can be read is written as something that reads as the same, and `Debug` does not show it.
pub fn values(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    text_value::<bspk::Birthday>(text);
    text_value::<bspk::ContactChannel>(text);
    text_value::<bspk::EventName>(text);
    text_value::<bspk::Flag>(text);
    text_value::<bspk::Gender>(text);
    text_value::<bspk::IgnoreColumns>(text);
    text_value::<bspk::Languages>(text);
    text_value::<bspk::Preferences>(text);
    text_value::<bspk::Timestamp>(text);
    json_value::<bspk::Shopper>(text);
    json_value::<bspk::ClientRecord>(text);
    json_value::<bspk::WebhookShopper>(text);
    json_value::<gatsby::ShopperInput>(text);
}

fn text_value<T: FromStr + Display + Debug + PartialEq>(text: &str) {
    let Ok(value) = text.parse::<T>() else {
        return;
    };
    let again = value.to_string().parse::<T>();
    assert!(again.is_ok_and(|it| it == value), "{text:?} changes");
    assert!(
        !format!("{value:?}").contains(PLANTED),
        "Debug shows {text:?}"
    );
}

fn json_value<T: Serialize + DeserializeOwned>(text: &str) {
    let Ok(value) = serde_json::from_str::<T>(text) else {
        return;
    };
    let written = serde_json::to_string(&value).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(serde_json::to_string(&again).ok(), Some(written));
}

/// The address of the next page is a part of the headers.
pub fn link(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Some(address) = pages::next(text.lines()) {
        assert!(
            !address.contains('>') && text.contains(address),
            "{address:?}"
        );
    }
}

/// Any `Retry-After` is a wait or none.
pub fn retry_after(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_000_000);
    let wait = retry_after_header::retry_after(text, now);
    if let Ok(seconds) = text.trim().parse() {
        assert_eq!(wait, Some(Duration::from_secs(seconds)));
    }
}

/// The problems of an answer are bounded, and `Debug` shows no code but a known one.
pub fn problems(data: &[u8]) {
    let problems = error::problems(data);
    assert!(problems.len() <= 100);
    for problem in problems {
        let debug = format!("{problem:?}");
        assert!(
            problem.known_code().is_some() || debug == "Problem { .. }",
            "{debug}"
        );
    }
}

/// The rows of CSV and JSON Lines are the same however the file comes in pieces, and bounded. The first byte is the size of a
/// piece, the second chooses the delimiter.
pub fn rows(data: &[u8]) {
    const LONGEST: usize = 200;

    let [piece, delimiter, text @ ..] = data else {
        return;
    };
    let delimiter = b",;\t|"[usize::from(delimiter % 4)];
    let csv = |piece: usize| {
        let mut csv = import::source::csv::Csv::new(
            BufReader::with_capacity(piece, text),
            delimiter,
            LONGEST,
        );
        let mut rows = Vec::new();
        loop {
            match csv.next() {
                Ok(Some((line, cells))) => rows.push((line, cells.clone())),
                Ok(None) => return (rows, None),
                Err(err) => return (rows, Some(err.to_string())),
            }
        }
    };
    let lines = |piece: usize| {
        let mut lines =
            import::source::lines::Lines::new(BufReader::with_capacity(piece, text), LONGEST);
        let mut rows = Vec::new();
        loop {
            match lines.next() {
                Ok(Some((line, text))) => rows.push((line, text.to_vec())),
                Ok(None) => return (rows, None),
                Err(err) => return (rows, Some(err.to_string())),
            }
        }
    };
    let piece = usize::from(*piece).max(1);
    assert_eq!(csv(piece), csv(text.len().max(1)));
    assert_eq!(lines(piece), lines(text.len().max(1)));
    if let (rows, None) = csv(piece) {
        assert!(rows.is_sorted_by(|one, next| one.0 < next.0));
    }
    import::source::csv::has_first_row(text, delimiter);
}

/// A journal of any events, with any damage, is read or refused; undamaged it gives back what was recorded.
pub fn journal(data: &[u8]) {
    use import::{
        journal::{
            history::History,
            record::{Event, Header, Line},
        },
        rejects::Extent,
        row::{Position, RejectKind},
    };

    let header = Header::new(
        "bspk upsert_shopper",
        "https://api.bspk.com".into(),
        None,
        "m".into(),
    );
    let mut text = Line::Import(header).to_string().into_bytes();
    let mut damage = Vec::new();
    let mut done = std::collections::BTreeMap::new();
    let mut row = 0;
    for step in data.chunks_exact(4) {
        let (kind, number) = (step[0], u64::from(u16::from_le_bytes([step[1], step[2]])));
        // Rows come in about their order, now and then far ahead.
        row = match kind & 0x80 {
            0 => row + u64::from(step[1] & 3),
            _ => number,
        };
        let position = Position {
            row,
            line: row + 1,
            hash: u32::from(step[3]) + 1,
        };
        let extent = Extent {
            bytes: number,
            hash: u64::from(step[3]),
        };
        let event = match kind & 7 {
            0 => Event::Started,
            1 => Event::NotSent,
            2 => Event::Reject(RejectKind::Rejected, extent),
            3 => Event::Reject(RejectKind::Ambiguous, extent),
            4 => Event::Reject(RejectKind::Warned, extent),
            5 => Event::Stored,
            6 => {
                damage.push((number, step[3]));
                continue;
            }
            _ => {
                let attempt_timeout = Duration::from_millis(number);
                text.extend(Line::Run { attempt_timeout }.to_string().into_bytes());
                continue;
            }
        };
        if matches!(event, Event::Stored | Event::Reject(..)) {
            done.insert(row, position.hash);
        }
        text.extend(Line::Row(position, event).to_string().into_bytes());
    }
    for (at, byte) in &damage {
        let at = *at as usize % text.len();
        match byte % 3 {
            0 => text[at] = *byte,
            1 => text.truncate(at),
            _ => text.insert(at, *byte),
        }
        if text.is_empty() {
            break;
        }
    }
    let Ok(history) = History::read(&text[..], "journal") else {
        return;
    };
    assert!(history.bytes <= text.len() as u64);
    for (row, hash) in done.iter().filter(|_| damage.is_empty()) {
        assert_eq!(history.done(*row), Some(*hash));
    }
    let position = Position {
        row,
        line: row + 1,
        hash: 1,
    };
    history.may_be_started(position);
    // Any text at all.
    let _ = History::read(data, "journal");
}

/// A delivery is an event or is malformed, and neither shows what is in it.
pub fn webhooks(data: &[u8]) {
    let receiver = bspk::webhooks::Receiver::new(["a_secret"]).expect("it is visible ASCII");
    assert!(receiver.receive(Some(data), Vec::new()).is_err() || data == b"a_secret");
    let delivery = receiver.receive(Some(b"a_secret"), data.to_vec());
    let shown = match delivery.expect("the secret is right").event() {
        Ok(event) => {
            assert_eq!(event.name().as_str().parse().ok(), Some(event.name()));
            format!("{event:?}")
        }
        Err(err) => {
            assert!(err.is_malformed());
            format!("{err} {err:?}")
        }
    };
    assert!(!shown.contains(PLANTED), "{shown}");
}

/// A document is generated as Rust that parses, or refused with the place.
pub fn documents(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    // The build catches the generator's own panics, where libFuzzer's hook would end the process at each.
    static QUIET: std::sync::Once = std::sync::Once::new();
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let source = |file: &str, text: &str| generation::Source {
        file: file.into(),
        text: text.into(),
    };
    let vendor = generation::Vendor {
        name: "vendor",
        documents: &[source("vendor.yaml", text)],
        overlay: None,
        days: &source("read.txt", "vendor 2026-11-22\n"),
        formats: &[("name", "crate::Name")],
    };
    match generation::generate(&vendor) {
        Ok(generated) => assert!(syn::parse_file(&generated.rust).is_ok()),
        Err(refusals) => assert!(!refusals.to_string().is_empty()),
    }
}
