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
    destination::{self, Destination, Idempotency},
    engine::{Action, PendingRow, Rows},
    journal::History,
    repeats::Repeats,
    row::{Position, RejectKind, RowFault},
    source::{self, BlockHashes, ReadError, Source},
};
use crate::exit::Failure;

/// The number of rows that are read ahead.
const AHEAD: usize = 64;

/// The bytes of all rows that are read ahead, under way, or to be sent again. A row takes several times its own size of
/// memory.
const ROOM: usize = 6 * 1024 * 1024;

/// The rows to come, and the number of keys that several of them have, which is known at their end.
pub struct Feed<S> {
    pub rows: Rows<S>,
    pub repeated: Arc<AtomicU64>,
}

/// Starts to read the rows that are not done.
pub fn start<D: Destination>(
    source: Source,
    hashes: Option<BlockHashes>,
    history: History,
    name: String,
) -> Result<Feed<D::Shopper>, Failure> {
    let (sender, rows) = mpsc::channel(AHEAD);
    let repeated = Arc::new(AtomicU64::new(0));
    let (counted, runtime) = (Arc::clone(&repeated), Handle::current());
    let read = move || match feed::<D>(source, hashes, &history, &name, &sender, &runtime) {
        Ok(repeats) => counted.store(repeats.count(), Ordering::Relaxed),
        Err(failure) => {
            // The engine may have ended.
            let _ = sender.blocking_send(Err(failure));
        }
    };
    thread::Builder::new()
        .name("rows".to_owned())
        .spawn(read)
        .map_err(|err| Failure::stopped(format!("the reading thread did not start: {err}")))?;
    Ok(Feed { rows, repeated })
}

fn feed<D: Destination>(
    source: Source,
    hashes: Option<BlockHashes>,
    history: &History,
    name: &str,
    sender: &mpsc::Sender<Result<PendingRow<D::Shopper>, Failure>>,
    runtime: &Handle,
) -> Result<Repeats, Failure> {
    let room = Arc::new(Semaphore::new(ROOM));
    let mut repeats = Repeats::default();
    let failed = |err: ReadError| {
        let failure = Failure::stopped(format!("{name}: {err}"));
        match err {
            ReadError::Changed { .. } => failure.next(
                "nothing of the changed part was sent; restore the file and continue, or import the new one with another --journal",
            ),
            _ => failure,
        }
    };
    let (mut rows, layout, names) = source.rows(hashes).map_err(failed)?;
    while let Some((position, row)) = rows.next().map_err(failed)? {
        let done = history.done(position.row);
        let started = history.started.get(&position.row).map(|it| it.hash);
        if done.or(started).is_some_and(|hash| hash != position.hash) {
            return Err(Failure::usage(format!(
                "{name}: line {}: not the row that an earlier run found there; give the same rows to continue",
                position.line
            )));
        }
        if done.is_some() {
            continue;
        }
        // No row is longer than 1 MiB.
        let bytes = u32::try_from(row.len().min(ROOM)).unwrap_or(u32::MAX);
        let room = runtime.block_on(Arc::clone(&room).acquire_many_owned(bytes));
        let Ok(room) = room else {
            return Ok(repeats);
        };
        let shopper = source::content(&row, &layout, &names)
            .and_then(|value| destination::shopper::<D>(&names.attributes, &value));
        let action = action::<D>(position, shopper, history);
        let row = PendingRow::new(position, row, action, room);
        repeats.add(row.keys());
        if sender.blocking_send(Ok(row)).is_err() {
            return Ok(repeats);
        }
    }
    Ok(repeats)
}

/// Decides what to do with a row, by what an earlier run may have done with it.
fn action<D: Destination>(
    position: Position,
    shopper: Result<D::Shopper, RowFault>,
    history: &History,
) -> Action<D::Shopper> {
    let shopper = match shopper {
        Ok(shopper) => shopper,
        Err(fault) => return Action::Reject(RejectKind::Rejected, fault),
    };
    let idempotency = D::idempotency(&shopper);
    let may_be_started = || history.may_be_started(position);
    match idempotency {
        Idempotency::NotIdempotent if may_be_started() => {
            let reason = "under way when the import ended; look it up before you import it again";
            Action::Reject(RejectKind::Ambiguous, RowFault::new("ambiguous", reason))
        }
        Idempotency::FindsFirst if may_be_started() => Action::Resume {
            keys: D::keys(&shopper),
            shopper,
        },
        _ => Action::Send {
            keys: D::keys(&shopper),
            idempotency,
            shopper,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use clap::Parser;
    use shoppers::bspk;
    use tokio::time::timeout;

    use super::{
        super::{arguments::Arguments, names::Names},
        *,
    };
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

        let feed = start::<bspk::Client>(source, None, History::default(), String::new());
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
