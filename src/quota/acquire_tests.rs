use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::{JoinHandle, yield_now};
use tokio::time::{advance, sleep};

use super::*;

const WINDOW: Duration = Duration::from_secs(10);

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn accepted(limit: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        status: 200,
        limit: Some(limit),
        ..RateLimitHeaders::default()
    }
}

/// A quota that knows its limit, of which one slot is busy for a window.
async fn taught(limit: u64) -> RateLimiter {
    let quota = RateLimiter::new(Settings {
        announces_limit: true,
        window: WINDOW,
        fraction: 1.0,
        max_waiters: 100_000,
    })
    .without_cold_start();
    one(&quota).await.complete(&accepted(limit));
    quota
}

async fn one(quota: &RateLimiter) -> Permit<'_> {
    let mut slot = quota
        .acquire(None, Instant::now(), Instant::now() + 100 * WINDOW)
        .await
        .expect("a turn");
    slot.mark_sent();
    slot
}

/// A caller who waits in the queue, and whose call takes no time. It tells how long it waited.
async fn waiting(quota: &RateLimiter) -> JoinHandle<Duration> {
    let quota = quota.clone();
    let from = Instant::now();
    let before = quota.snapshot().waiting;
    let handle = tokio::spawn({
        let quota = quota.clone();
        async move {
            let mut slot = quota
                .acquire(None, Instant::now(), from + 100 * WINDOW)
                .await
                .expect("a turn");
            slot.complete(&RateLimitHeaders {
                status: 200,
                ..RateLimitHeaders::default()
            });
            from.elapsed()
        }
    });
    while quota.snapshot().waiting == before {
        yield_now().await;
    }
    handle
}

#[tokio::test(start_paused = true)]
async fn a_free_slot_is_had_at_once() {
    let quota = taught(2).await;
    let from = Instant::now();

    let _slot = one(&quota).await;

    assert_eq!(from.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_busy_slot_is_waited_for_and_not_longer() {
    let quota = taught(1).await;

    let waited = waiting(&quota).await.await.expect("no panic");

    assert!(
        (WINDOW..=WINDOW + millis(1)).contains(&waited),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_have_their_turn_in_order() {
    let quota = taught(1_000).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let from = Instant::now();

    let callers: Vec<_> = (0..10_000)
        .map(|index| {
            let (quota, order) = (quota.clone(), Arc::clone(&order));
            tokio::spawn(async move {
                let mut slot = quota
                    .acquire(None, Instant::now(), from + 100 * WINDOW)
                    .await
                    .expect("a turn");
                order.lock().expect("no panic").push(index);
                slot.complete(&accepted(1_000));
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("no panic");
    }

    assert!(order.lock().expect("no panic").is_sorted());
    assert!(
        (10 * WINDOW..10 * WINDOW + millis(20)).contains(&from.elapsed()),
        "{:?}",
        from.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_caller_in_the_queue_costs_little() {
    let quota = taught(1).await;

    let future = quota.acquire(None, Instant::now(), Instant::now());

    assert!(size_of_val(&future) < 512, "{}", size_of_val(&future));
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_refuses_at_once() {
    let settings = Settings {
        announces_limit: true,
        window: WINDOW,
        fraction: 1.0,
        max_waiters: 0,
    };
    let quota = RateLimiter::new(settings);
    let _busy = [one(&quota).await, one(&quota).await];

    let outcome = quota
        .acquire(None, Instant::now(), Instant::now() + WINDOW)
        .await;

    assert_eq!(outcome.err(), Some(AcquireError::QueueFull));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_cannot_fit_takes_no_time() {
    let quota = taught(1).await;
    let from = Instant::now();

    let outcome = quota
        .acquire(None, Instant::now(), from + WINDOW - millis(1))
        .await;

    assert_eq!(outcome.err(), Some(AcquireError::DeadlineExceeded));
    assert_eq!(from.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_ought_to_have_fitted_ends_at_the_deadline() {
    let quota = taught(2).await;
    let _never_answered = one(&quota).await;
    let _first = waiting(&quota).await;
    let from = Instant::now();

    let outcome = quota
        .acquire(None, Instant::now(), from + WINDOW + millis(5))
        .await;

    assert_eq!(outcome.err(), Some(AcquireError::DeadlineExceeded));
    assert!(from.elapsed() <= WINDOW + millis(6), "{:?}", from.elapsed());
    assert_eq!(quota.snapshot().waiting, 0);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_nobody_can_foretell_ends_at_the_deadline() {
    let unannounced = RateLimitHeaders {
        status: 200,
        ..RateLimitHeaders::default()
    };
    let settings = Settings {
        announces_limit: false,
        window: WINDOW,
        fraction: 1.0,
        max_waiters: 100_000,
    };
    let quota = RateLimiter::new(settings);
    for status in [200, 200, 200, 429] {
        one(&quota).await.complete(&RateLimitHeaders {
            status,
            ..RateLimitHeaders::default()
        });
    }
    for _ in 0..2 {
        one(&quota).await.complete(&unannounced);
    }
    let from = Instant::now();

    let outcome = quota.acquire(None, Instant::now(), from + WINDOW / 2).await;

    assert_eq!(outcome.err(), Some(AcquireError::DeadlineExceeded));
    assert!(
        from.elapsed() <= WINDOW / 2 + millis(1),
        "{:?}",
        from.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn callers_that_are_not_polled_hold_up_nobody_else() {
    let quota = taught(2).await;
    one(&quota).await.complete(&accepted(2));
    let deadline = Instant::now() + 100 * WINDOW;
    let mut stalled: Vec<_> = (0..64)
        .map(|_| Box::pin(quota.acquire(None, Instant::now(), deadline)))
        .collect();
    for turn in &mut stalled {
        assert!(futures_util::poll!(turn).is_pending());
    }
    let others = [waiting(&quota).await, waiting(&quota).await];

    let [first, second] = others;
    let waited = [
        first.await.expect("no panic"),
        second.await.expect("no panic"),
    ];

    println!("behind 64 callers that are not polled, others waited {waited:?}");
    assert!(
        waited.iter().all(|waited| *waited < WINDOW + millis(350)),
        "{waited:?}"
    );
    assert_eq!(quota.snapshot().waiting, 64);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_is_polled_again_is_before_those_that_came_later() {
    let quota = taught(1).await;
    let deadline = Instant::now() + 100 * WINDOW;
    let mut stalled = Box::pin(quota.acquire(None, Instant::now(), deadline));
    assert!(futures_util::poll!(&mut stalled).is_pending());
    let (first, second) = (waiting(&quota).await, waiting(&quota).await);
    first.await.expect("no panic");

    let mut slot = stalled.await.expect("a turn");

    assert!(!second.is_finished());
    slot.complete(&accepted(1));
    second.await.expect("no panic");
}

#[tokio::test(start_paused = true)]
async fn dropped_in_the_queue_a_caller_makes_room_for_the_next() {
    let quota = taught(1).await;
    let callers = [
        waiting(&quota).await,
        waiting(&quota).await,
        waiting(&quota).await,
    ];

    callers[1].abort();
    let [first, second, third] = callers;

    assert!(first.await.expect("no panic") < WINDOW + millis(2));
    assert!(second.await.expect_err("aborted").is_cancelled());
    assert!(third.await.expect("no panic") < 2 * WINDOW + millis(4));
}

#[tokio::test(start_paused = true)]
async fn dropped_with_the_timer_at_the_head_a_caller_hands_it_on() {
    let quota = taught(1).await;
    let (first, second) = (waiting(&quota).await, waiting(&quota).await);
    advance(millis(5_000)).await;

    first.abort();

    assert!(second.await.expect("no panic") < WINDOW + millis(2));
}

#[tokio::test(start_paused = true)]
async fn dropped_after_it_was_woken_a_caller_wakes_the_next() {
    let quota = taught(2).await;
    let mut busy = one(&quota).await;
    let (first, second) = (waiting(&quota).await, waiting(&quota).await);

    busy.mark_unsent();
    drop(busy);
    first.abort();

    assert_eq!(second.await.expect("no panic"), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn dropped_before_it_is_sent_a_call_gives_its_slot_back_at_once() {
    let quota = taught(2).await;
    let slot = quota
        .acquire(None, Instant::now(), Instant::now() + WINDOW)
        .await
        .expect("a turn");
    let next = waiting(&quota).await;

    drop(slot);

    assert_eq!(next.await.expect("no panic"), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn dropped_after_it_was_sent_a_call_keeps_its_slot_for_a_window() {
    let quota = taught(2).await;
    advance(millis(9_000)).await;
    let slot = one(&quota).await;
    advance(millis(2_000)).await;
    let _first_is_free_again = one(&quota).await;
    let next = waiting(&quota).await;

    drop(slot);

    let waited = next.await.expect("no panic");
    assert!((WINDOW..WINDOW + millis(2)).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn dropped_without_a_runtime_a_slot_does_no_harm() {
    let quota = taught(2).await;
    let slot = one(&quota).await;

    std::thread::scope(|scope| scope.spawn(move || drop(slot)).join()).expect("no panic");

    assert_eq!(quota.snapshot().in_flight, 0);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_lets_the_next_find_out() {
    let quota = taught(10).await;
    let refused = RateLimitHeaders {
        status: 429,
        retry_after: Some(WINDOW),
        ..RateLimitHeaders::default()
    };
    one(&quota).await.complete(&refused);
    let probe = one(&quota).await;
    let next = waiting(&quota).await;
    sleep(millis(100)).await;

    drop(probe);

    assert_eq!(next.await.expect("no panic"), millis(100));
}

#[tokio::test(start_paused = true)]
async fn dropped_at_any_moment_callers_leave_nothing_behind() {
    let quota = taught(5).await;
    let callers: Vec<_> = (0..200_u64)
        .map(|index| {
            let quota = quota.clone();
            tokio::spawn(tokio::time::timeout(millis(index * 400), async move {
                let mut slot = quota
                    .acquire(None, Instant::now(), Instant::now() + 100 * WINDOW)
                    .await?;
                yield_now().await;
                slot.mark_sent();
                sleep(millis(30)).await;
                slot.complete(&accepted(5));
                Ok::<_, AcquireError>(())
            }))
        })
        .collect();

    for caller in callers {
        let _either_way = caller.await.expect("no panic");
    }
    sleep(2 * WINDOW).await;

    let snapshot = quota.snapshot();
    assert_eq!(
        (snapshot.in_flight, snapshot.waiting, snapshot.available),
        (0, 0, Some(5))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_threads_lose_no_wake_up() {
    let settings = Settings {
        announces_limit: true,
        window: millis(1),
        fraction: 1.0,
        max_waiters: 100_000,
    };
    let quota = RateLimiter::new(settings);

    let callers: Vec<_> = (0..2_000_u64)
        .map(|index| {
            let quota = quota.clone();
            tokio::spawn(async move {
                let mut slot = quota
                    .acquire(None, Instant::now(), Instant::now() + 100 * WINDOW)
                    .await
                    .expect("a turn");
                if index % 7 == 0 {
                    return;
                }
                slot.mark_sent();
                yield_now().await;
                if index % 5 != 0 {
                    slot.complete(&accepted(100));
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

    assert_eq!(
        (quota.snapshot().in_flight, quota.snapshot().waiting),
        (0, 0)
    );
}
