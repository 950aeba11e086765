//! Reads rows ahead of the engine, on a thread of its own, as a file or stdin may be slow.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use tokio::{
    runtime::Handle,
    sync::{Semaphore, mpsc},
};

use super::{
    aside::Kind,
    destination::{self, Destination, Replay},
    engine::{Row, Rows, Work},
    journal::History,
    layout::Layout,
    names::Names,
    repeats::Repeats,
    source::{self, Checkpoints, Fault, Position, Raw, Source},
};
use crate::exit::Failure;

/// Rows that are read ahead.
const AHEAD: usize = 64;

/// The bytes of all rows that are read ahead, under way, or to be sent again. A row takes several times its own bytes of
/// memory.
const ROOM: usize = 6 * 1024 * 1024;

/// Rows to come, and how many keys are those of several of them, which is known at their end.
pub struct Feed<S> {
    pub rows: Rows<S>,
    pub repeated: Arc<AtomicU64>,
}

/// Begins to read the rows that are not done yet.
pub fn begin<D: Destination>(
    source: Source,
    surveyed: Option<Checkpoints>,
    history: History,
    name: String,
) -> Result<Feed<D::Shopper>, Failure> {
    let (rows, received) = mpsc::channel(AHEAD);
    let repeated = Arc::new(AtomicU64::new(0));
    let (counted, runtime) = (Arc::clone(&repeated), Handle::current());
    let read = move || {
        match feed::<D>(source, surveyed, &history, &name, &rows, &runtime) {
            Ok(repeats) => counted.store(repeats.count(), Ordering::Relaxed),
            Err(failure) => {
                // The engine may have ended.
                let _ = rows.blocking_send(Err(failure));
            }
        }
    };
    thread::Builder::new()
        .name("rows".to_owned())
        .spawn(read)
        .map_err(|err| Failure::stopped(format!("the file could not be read: {err}")))?;
    Ok(Feed {
        rows: received,
        repeated,
    })
}

fn feed<D: Destination>(
    source: Source,
    surveyed: Option<Checkpoints>,
    history: &History,
    name: &str,
    sender: &mpsc::Sender<Result<Row<D::Shopper>, Failure>>,
    runtime: &Handle,
) -> Result<Repeats, Failure> {
    let room = Arc::new(Semaphore::new(ROOM));
    let mut repeats = Repeats::default();
    let broken = |err: source::Broken| {
        let failure = Failure::stopped(format!("{name}: {err}"));
        match err {
            source::Broken::Changed { .. } => failure.next(
                "nothing of what changed was sent; bring the file back as it was and go on, or import the new one with another --journal",
            ),
            _ => failure,
        }
    };
    let (mut rows, layout, names) = source.rows(surveyed).map_err(broken)?;
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
        // No row is larger than 1 MiB.
        let bytes = u32::try_from(raw.len().min(ROOM)).unwrap_or(u32::MAX);
        let room = runtime.block_on(Arc::clone(&room).acquire_many_owned(bytes));
        let Ok(room) = room else {
            return Ok(repeats);
        };
        let work = work::<D>(position, &raw, &layout, &names, history);
        let row = Row::new(position, raw, work, room);
        repeats.add(row.keys());
        if sender.blocking_send(Ok(row)).is_err() {
            return Ok(repeats);
        }
    }
    Ok(repeats)
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
                let reason = "the import was ended while it was under way; look it up before it is imported again";
                return Work::Aside(Kind::InDoubt, Fault::new("in_doubt", reason));
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
        Err(fault) => Work::Aside(Kind::Rejected, fault),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use clap::Parser;
    use shoppers::bspk;
    use tokio::time::timeout;

    use super::{super::arguments::Arguments, *};
    use crate::attributes::Attributes;

    #[derive(Parser)]
    struct Import {
        #[command(flatten)]
        arguments: Arguments,
    }

    #[tokio::test]
    async fn rows_in_memory_are_bounded_by_their_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.csv");
        let row = format!("A,{}\n", "x".repeat(800_000));
        fs::write(&path, format!("shopper_ref,city\n{}", row.repeat(20))).unwrap();
        let Import { arguments } = Import::parse_from(["x".into(), path.into_os_string()]);
        let names = Names::new(Attributes::of::<bspk::Shopper>(), &arguments).unwrap();
        let source = Source::open(&arguments, names).unwrap();

        let feed = begin::<bspk::Client>(source, None, History::default(), String::new());
        let Feed { mut rows, repeated } = feed.unwrap();
        let mut held = Vec::new();
        while let Ok(Some(row)) = timeout(Duration::from_millis(100), rows.recv()).await {
            held.push(row);
        }

        assert!(held.len() * 800_000 <= ROOM, "{}", held.len());
        let mut read = held.len();
        drop(held);
        while rows.recv().await.is_some() {
            read += 1;
        }
        assert_eq!((read, repeated.load(Ordering::Relaxed)), (20, 1));
    }
}
