use std::{
    future::{pending, ready},
    io,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
};

use tokio::time::sleep;

use super::super::{
    memory_store::MemoryStore,
    store::{SyncReply, SyncRequest},
};
use super::*;

const WINDOW: Duration = Duration::from_secs(2);

type Round<'a> = Pin<Box<dyn Future<Output = Result<SyncReply, StoreError>> + Send + 'a>>;

/// A store that can be away, or lose all that it keeps.
#[derive(Clone, Debug)]
struct Fickle {
    store: Arc<Mutex<MemoryStore>>,
    is_away: Arc<AtomicBool>,
    hangs: bool,
}

impl Fickle {
    fn new() -> Self {
        Self {
            store: Arc::default(),
            is_away: Arc::default(),
            hangs: false,
        }
    }

    fn leave(&self, is_away: bool) {
        self.is_away.store(is_away, Ordering::Relaxed);
    }

    fn lose_all(&self) {
        *self.store.lock().unwrap() = MemoryStore::new();
    }
}

impl QuotaStore for Fickle {
    fn sync<'a>(&'a self, key: &'a StoreKey, request: &'a SyncRequest) -> Round<'a> {
        if !self.is_away.load(Ordering::Relaxed) {
            let reply = self.store.lock().unwrap().apply(key, request);
            return Box::pin(ready(Ok(reply)));
        }
        if self.hangs {
            return Box::pin(pending());
        }
        Box::pin(ready(Err(StoreError::new(
            "unavailable",
            "the store is away",
        ))))
    }
}

/// The calls that a vendor counts: those of a sliding window.
#[derive(Clone, Default)]
struct Calls(Arc<Mutex<Vec<Instant>>>);

impl Calls {
    fn largest_window(&self) -> usize {
        let calls = self.0.lock().unwrap();
        let within = |from: Instant| {
            let window = calls
                .iter()
                .filter(|at| from <= **at && **at < from + WINDOW);
            window.count()
        };
        calls.iter().map(|from| within(*from)).max().unwrap_or(0)
    }

    fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

fn limiter(store: impl QuotaStore) -> RateLimiter {
    let settings = Settings {
        announces_limit: true,
        window: WINDOW,
        fraction: 1.0,
        max_waiters: 100_000,
    };
    let key = StoreKey::new("bspk", "https://api.bspk.com", "key");
    RateLimiter::shared(settings, Arc::new(store), key)
}

/// Makes calls of 50 ms, some at once, of which the vendor allows 10 per window.
async fn work(limiter: &RateLimiter, calls: &Calls, count: usize) {
    let call = || async {
        let deadline = Instant::now() + 100 * WINDOW;
        let permit = limiter.acquire(None, Instant::now(), deadline).await;
        let mut permit = permit.expect("a permit");
        permit.mark_sent();
        sleep(Duration::from_millis(25)).await;
        let remaining = {
            let mut calls = calls.0.lock().unwrap();
            calls.push(Instant::now());
            let now = Instant::now();
            10_u64.saturating_sub(calls.iter().filter(|at| now < **at + WINDOW).count() as u64)
        };
        sleep(Duration::from_millis(25)).await;
        permit.complete(&RateLimitHeaders {
            status: 200,
            limit: Some(10),
            remaining: Some(remaining),
            retry_after: None,
        });
    };
    futures_util::future::join_all((0..count).map(|_| call())).await;
}

#[tokio::test(start_paused = true)]
async fn limiters_of_one_key_keep_one_quota() {
    let store = MemoryStore::new();
    let limiters = [
        limiter(store.clone()),
        limiter(store.clone()),
        limiter(store),
    ];
    let calls = Calls::default();
    let began = Instant::now();

    let work = limiters.iter().map(|limiter| work(limiter, &calls, 20));
    futures_util::future::join_all(work).await;

    assert!(calls.largest_window() <= 10, "{}", calls.largest_window());
    assert!(began.elapsed() < WINDOW * 6, "{:?}", began.elapsed());
    let status = limiters[0].snapshot().store.unwrap();
    assert_eq!(
        (status.replicas, status.away_for, status.failures),
        (3, None, 0)
    );
}

#[tokio::test(start_paused = true)]
async fn a_store_that_goes_away_fails_no_call_and_its_return_is_noticed() {
    for hangs in [false, true] {
        let store = Fickle {
            hangs,
            ..Fickle::new()
        };
        let (limiter, calls) = (limiter(store.clone()), Calls::default());
        work(&limiter, &calls, 20).await;

        store.leave(true);
        work(&limiter, &calls, 40).await;
        let away = limiter.snapshot().store.unwrap();
        store.leave(false);
        work(&limiter, &calls, 20).await;
        let back = limiter.snapshot().store.unwrap();

        assert!(calls.largest_window() <= 10, "{}", calls.largest_window());
        assert_eq!(calls.len(), 80);
        assert!(away.away_for.is_some() && away.failures > 0);
        assert!(back.away_for.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_of_the_store_is_logged_once() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let store = Fickle::new();
    let (limiter, calls) = (limiter(store.clone()), Calls::default());

    work(&limiter, &calls, 20).await;
    let quiet = log.take();
    store.leave(true);
    work(&limiter, &calls, 40).await;
    let away = log.take();
    store.leave(false);
    work(&limiter, &calls, 40).await;
    let back = log.take();
    store.lose_all();
    work(&limiter, &calls, 40).await;
    let lost = log.take();

    assert!(quiet.is_empty(), "{quiet:?}");
    for (lines, level, words) in [
        (away, "WARN", "calls go on"),
        (back, "INFO", "the quota store is back"),
        (lost, "WARN", "the quota store has lost its state"),
    ] {
        let [line] = &lines[..] else {
            panic!("{lines:?}")
        };
        assert!(line.contains(level) && line.contains(words), "{line}");
    }
}

/// The lines of a log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn take(&self) -> Vec<String> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap());
        let text = String::from_utf8(bytes).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_was_never_there_fails_no_call() {
    let store = Fickle::new();
    store.leave(true);
    let (limiter, calls) = (limiter(store), Calls::default());

    work(&limiter, &calls, 20).await;

    assert!(calls.largest_window() <= 10);
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_is_cancelled_is_free_at_once() {
    let (limiter, calls) = (limiter(MemoryStore::new()), Calls::default());
    work(&limiter, &calls, 5).await;

    for _ in 0..50 {
        let deadline = Instant::now() + Duration::from_secs(1);
        let permit = limiter.acquire(None, Instant::now(), deadline).await;
        drop(permit.expect("a permit"));
    }
}

#[test]
fn a_runtime_that_ends_leaves_the_limiter_usable() {
    let limiter = limiter(MemoryStore::new());
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();

        runtime.block_on(async {
            let deadline = Instant::now() + Duration::from_secs(5);
            let permit = limiter.acquire(None, Instant::now(), deadline).await;
            permit
                .expect("a permit")
                .complete(&RateLimitHeaders::default());
        });
    }
}
