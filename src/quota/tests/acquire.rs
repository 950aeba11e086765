//! Waiting for permits, in tokio's time.

use std::pin::Pin;

use futures_util::poll;
use tokio::{
    task::{JoinHandle, yield_now},
    time::{advance, sleep, timeout},
};

use super::*;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A limiter that knows its limit by a call that was answered just now, and is past its slow start.
async fn limiter(calls: u64) -> RateLimiter {
    let limiter = RateLimiter::new(SETTINGS);
    limiter.lock().allowance.in_flight_limit = None;
    send(&limiter).await.complete(&limit(calls));
    limiter
}

async fn acquire(limiter: &RateLimiter) -> Permit<'_> {
    let now = Instant::now();
    let permit = limiter.acquire(None, now, now + 100 * WINDOW).await;
    permit.unwrap_or_else(|err| panic!("no permit: {err:?}"))
}

async fn send(limiter: &RateLimiter) -> Permit<'_> {
    let mut permit = acquire(limiter).await;
    permit.mark_sent();
    permit
}

/// Starts a caller that waits, and whose call takes no time. It returns its wait.
async fn waiter(limiter: &RateLimiter) -> JoinHandle<Duration> {
    let (from, before) = (Instant::now(), limiter.snapshot().waiting);
    let task = tokio::spawn({
        let limiter = limiter.clone();
        async move {
            send(&limiter).await.complete(&OK);
            from.elapsed()
        }
    });
    while limiter.snapshot().waiting == before {
        yield_now().await;
    }
    task
}

/// Has a caller wait that is not polled again unless the test does.
async fn stalled<'a>(limiter: &'a RateLimiter) -> Pin<Box<impl Future<Output = Permit<'a>>>> {
    let mut permit = Box::pin(acquire(limiter));
    assert!(poll!(&mut permit).is_pending());
    permit
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_get_permits_in_order_and_without_a_pause() {
    let limiter = limiter(1_000).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let from = Instant::now();

    let callers: Vec<_> = (0..10_000)
        .map(|index| {
            let (limiter, order) = (limiter.clone(), order.clone());
            tokio::spawn(async move {
                let mut permit = acquire(&limiter).await;
                order.lock().expect("no panic").push(index);
                permit.complete(&OK);
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("no panic");
    }

    assert!(order.lock().expect("no panic").is_sorted());
    let took = from.elapsed();
    assert!(
        (10 * WINDOW..10 * WINDOW + millis(20)).contains(&took),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_cannot_come_before_the_deadline_is_refused_at_once() {
    for (ahead, windows) in [(0, 1), (1, 1), (2, 2), (5, 3)] {
        let limiter = limiter(2).await;
        send(&limiter).await.complete(&OK);
        let mut waiters = Vec::new();
        for _ in 0..ahead {
            waiters.push(stalled(&limiter).await);
        }
        let (now, wait) = (Instant::now(), windows * WINDOW);

        let early = limiter.acquire(None, now, now + wait - millis(1)).await;
        let mut in_time = Box::pin(limiter.acquire(None, now, now + wait));

        assert_eq!(
            early.err(),
            Some(AcquireError::DeadlineExceeded),
            "{ahead} ahead"
        );
        assert!(poll!(&mut in_time).is_pending(), "{ahead} ahead");
        assert_eq!(now.elapsed(), Duration::ZERO);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_when_its_deadline_is_known_to_be_missed() {
    let limiter = limiter(2).await;
    let mut in_flight = send(&limiter).await;
    let now = Instant::now();
    let mut permit = Box::pin(limiter.acquire(None, now, now + 2 * WINDOW));
    assert!(poll!(&mut permit).is_pending());

    in_flight.complete(&retry_after(60));

    assert_eq!(permit.await.err(), Some(AcquireError::DeadlineExceeded));
    assert_eq!(now.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_nothing_foretells_ends_at_the_deadline() {
    let limiter = limiter(2).await;
    let _not_answered = send(&limiter).await;
    let _first = waiter(&limiter).await;
    let now = Instant::now();

    let outcome = limiter.acquire(None, now, now + WINDOW + millis(5)).await;

    assert_eq!(outcome.err(), Some(AcquireError::DeadlineExceeded));
    assert!(now.elapsed() <= WINDOW + millis(6), "{:?}", now.elapsed());
    assert_eq!(limiter.snapshot().waiting, 0);
    let (first, now) = (RateLimiter::new(SETTINGS), Instant::now());
    let _not_answered = [send(&first).await, send(&first).await];
    let outcome = first.acquire(None, now, now).await;
    assert_eq!(outcome.err(), Some(AcquireError::DeadlineExceeded));
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_refuses_new_callers_but_not_a_call_that_is_sent_again() {
    let limiter = limiter(1).await;
    limiter.lock().allowance.settings.max_waiters = 1;
    advance(WINDOW).await;
    let mut permit = send(&limiter).await;
    let position = permit.position();
    permit.complete(&retry_after(1));
    let later = waiter(&limiter).await;
    let now = Instant::now();

    let refused = limiter.acquire(None, now, now + 9 * WINDOW).await;
    let again = limiter.acquire(Some(position), now, now + 9 * WINDOW).await;

    assert_eq!(refused.err(), Some(AcquireError::QueueFull));
    assert!(!later.is_finished());
    if let Ok(mut permit) = again {
        permit.complete(&OK);
    }
    later.await.expect("no panic");
    let totals = limiter.snapshot();
    assert_eq!((totals.throttled, totals.retries, totals.waits), (1, 1, 2));
    assert!(
        (3 * WINDOW..3 * WINDOW + millis(5)).contains(&totals.waited),
        "{totals:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn no_caller_overtakes_the_queue() {
    let limiter = limiter(1).await;
    let first = stalled(&limiter).await;
    advance(WINDOW).await;

    let mut second = Box::pin(acquire(&limiter));

    assert!(poll!(&mut second).is_pending());
    drop(first.await);
    drop(second.await);
}

#[tokio::test(start_paused = true)]
async fn callers_that_are_not_polled_hold_up_no_others_and_are_first_when_they_are() {
    let limiter = limiter(2).await;
    send(&limiter).await.complete(&OK);
    let mut unpolled = Vec::new();
    for _ in 0..64 {
        unpolled.push(stalled(&limiter).await);
    }
    let [first, second, third] = [
        waiter(&limiter).await,
        waiter(&limiter).await,
        waiter(&limiter).await,
    ];

    for caller in [first, second] {
        let waited = caller.await.expect("no panic");
        assert!(waited < WINDOW + millis(350), "{waited:?}");
    }
    let mut polled = unpolled.swap_remove(40).await;

    assert!(!third.is_finished());
    assert_eq!(limiter.snapshot().waiting, 64);
    polled.complete(&OK);
    third.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn any_end_of_a_call_wakes_the_first_waiter() {
    type End = fn(Permit<'_>);
    let ends: [(&str, End); 4] = [
        ("completed", |mut permit| permit.complete(&limit(30))),
        ("abandoned", |mut permit| permit.mark_sent()),
        ("cancelled", |permit| drop(permit)),
        ("not sent after all", |mut permit| {
            permit.mark_sent();
            permit.mark_unsent();
        }),
    ];
    for (name, end) in ends {
        let limiter = RateLimiter::new(SETTINGS);
        let [permit, _in_flight] = [acquire(&limiter).await, send(&limiter).await];
        let first = waiter(&limiter).await;

        end(permit);

        assert_eq!(first.await.expect("no panic"), Duration::ZERO, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_not_sent_after_all_counts_no_longer() {
    let limiter = limiter(3).await;
    let from = Instant::now();

    let mut permit = send(&limiter).await;
    permit.mark_unsent();
    drop(permit);
    for _ in 0..2 {
        drop(send(&limiter).await);
    }

    assert_eq!(from.elapsed(), Duration::ZERO);
    drop(send(&limiter).await);
    assert!(from.elapsed() >= WINDOW);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_sent_again_keeps_its_position_and_is_counted() {
    let limiter = limiter(3).await;
    let [first, second] = [acquire(&limiter).await, acquire(&limiter).await];
    assert!(first.position() < second.position());
    let position = first.position();
    drop((first, second));

    for retries in 1..=2 {
        let now = Instant::now();
        let permit = limiter.acquire(Some(position), now, now + WINDOW).await;

        assert_eq!(permit.unwrap().position(), position);
        assert_eq!(limiter.snapshot().retries, retries);
    }
    drop(acquire(&limiter).await);
    assert_eq!(limiter.snapshot().retries, 2);
}

#[tokio::test(start_paused = true)]
async fn permits_that_come_together_are_granted_together() {
    let limiter = limiter(3).await;
    let from = Instant::now();
    for _ in 0..2 {
        send(&limiter).await.complete(&OK);
    }
    let mut waiters = Vec::new();
    for _ in 0..3 {
        let limiter = limiter.clone();
        waiters.push(tokio::spawn(async move {
            let _permit = acquire(&limiter).await;
            let granted = from.elapsed();
            sleep(WINDOW).await;
            granted
        }));
        // So that they do not all happen to ask at the right time.
        sleep(millis(33)).await;
    }

    for waiter in waiters {
        let granted = waiter.await.expect("no panic");
        assert!(granted <= WINDOW + millis(2), "{granted:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_was_woken_and_dropped_wakes_the_next() {
    let limiter = limiter(2).await;
    let permit = acquire(&limiter).await;
    let [first, second] = [waiter(&limiter).await, waiter(&limiter).await];

    drop(permit);
    first.abort();

    assert_eq!(second.await.expect("no panic"), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_call_dropped_after_it_was_sent_counts_for_a_window() {
    let limiter = limiter(1).await;
    advance(WINDOW).await;
    let permit = send(&limiter).await;
    let next = waiter(&limiter).await;
    advance(millis(70)).await;

    drop(permit);

    let waited = next.await.expect("no panic") - millis(70);
    assert!((WINDOW..WINDOW + millis(2)).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_permit_may_be_dropped_outside_of_a_runtime() {
    let limiter = limiter(2).await;
    let permit = send(&limiter).await;

    std::thread::scope(|scope| scope.spawn(move || drop(permit)).join()).expect("no panic");

    assert_eq!(limiter.snapshot().in_flight, 0);
}

#[tokio::test(start_paused = true)]
async fn callers_dropped_at_any_moment_leave_nothing_behind() {
    let limiter = limiter(5).await;
    let callers: Vec<_> = (0..200_u64)
        .map(|index| {
            let limiter = limiter.clone();
            tokio::spawn(timeout(millis(index * 400), async move {
                let mut permit = acquire(&limiter).await;
                yield_now().await;
                permit.mark_sent();
                sleep(millis(30)).await;
                permit.complete(&limit(5));
            }))
        })
        .collect();

    for caller in callers {
        let _either_way = caller.await.expect("no panic");
    }
    sleep(2 * WINDOW).await;

    let Snapshot {
        in_flight,
        waiting,
        available,
        ..
    } = limiter.snapshot();
    assert_eq!((in_flight, waiting, available), (0, 0, Some(5)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_threads_lose_no_wake_up() {
    let limiter = RateLimiter::new(Settings {
        window: millis(1),
        ..SETTINGS
    });

    let callers: Vec<_> = (0..2_000_u64)
        .map(|index| {
            let limiter = limiter.clone();
            tokio::spawn(async move {
                let mut permit = acquire(&limiter).await;
                if index % 7 == 0 {
                    return;
                }
                permit.mark_sent();
                yield_now().await;
                if index % 5 != 0 {
                    permit.complete(&limit(100));
                }
            })
        })
        .collect();
    for (index, caller) in callers.into_iter().enumerate() {
        if index % 11 == 0 {
            caller.abort();
        }
        let _either_way = caller.await;
    }

    let Snapshot {
        in_flight, waiting, ..
    } = limiter.snapshot();
    assert_eq!((in_flight, waiting), (0, 0));
}
