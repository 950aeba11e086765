//! Reads rows ahead of the engine, on a thread of its own, as a file or stdin may be slow.

use std::thread;

use tokio::sync::mpsc;

use super::{
    destination::{self, Destination, Replay},
    engine::{Row, Rows, Work},
    journal::History,
    layout::Layout,
    names::Names,
    source::{self, Position, Raw, Source},
};
use crate::exit::Failure;

/// Rows that are read ahead.
const AHEAD: usize = 64;

/// Begins to read the rows that are not done yet.
pub fn begin<D: Destination>(
    source: Source,
    bytes: Option<u64>,
    history: History,
    name: String,
) -> Result<Rows<D::Shopper>, Failure> {
    let (rows, received) = mpsc::channel(AHEAD);
    let read = move || {
        let outcome = feed::<D>(source, bytes, &history, &name, &rows);
        if let Err(failure) = outcome {
            // The engine may have ended.
            let _ = rows.blocking_send(Err(failure));
        }
    };
    thread::Builder::new()
        .name("rows".to_owned())
        .spawn(read)
        .map_err(|err| Failure::stopped(format!("the file could not be read: {err}")))?;
    Ok(received)
}

fn feed<D: Destination>(
    source: Source,
    bytes: Option<u64>,
    history: &History,
    name: &str,
    sender: &mpsc::Sender<Result<Row<D::Shopper>, Failure>>,
) -> Result<(), Failure> {
    let broken = |err: source::Broken| Failure::stopped(format!("{name}: {err}"));
    let (mut rows, layout, names) = source.rows(bytes).map_err(broken)?;
    while let Some((position, raw)) = rows.next().map_err(broken)? {
        let done = history.done(position.row);
        let begun = history.begun.get(&position.row).map(|begun| begun.hash);
        if done.or(begun).is_some_and(|hash| hash != position.hash) {
            return Err(Failure::usage(format!(
                "{name}: line {}: not the row that an earlier run had there; give the same rows to go on",
                position.line
            )));
        }
        if done.is_some() {
            continue;
        }
        let work = work::<D>(position, &raw, &layout, &names, history);
        if sender
            .blocking_send(Ok(Row::new(position, raw, work)))
            .is_err()
        {
            return Ok(());
        }
    }
    Ok(())
}

fn work<D: Destination>(
    position: Position,
    raw: &Raw,
    layout: &Layout,
    names: &Names,
    history: &History,
) -> Work<D::Shopper> {
    let shopper = source::content(raw, layout, names)
        .and_then(|value| destination::shopper::<D>(&names.attributes, &value));
    match shopper {
        Ok(shopper) => {
            let replay = D::replay(&shopper);
            if replay == Replay::Harmful && history.may_be_begun(position) {
                return Work::InDoubt;
            }
            let keys = D::keys(&shopper);
            if replay == Replay::LooksFirst && history.may_be_begun(position) {
                return Work::Resume { shopper, keys };
            }
            Work::Send {
                keys,
                replay,
                shopper,
            }
        }
        Err(fault) => Work::Reject(fault),
    }
}
