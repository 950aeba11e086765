//! The decisions of the rate limiter, by the clock of the test.

use std::{iter, sync::LazyLock};

use super::allowance::MAX_LIMIT;
use super::*;

mod acquire;
mod properties;
mod simulation;
mod throttling;
mod waiters;

const WINDOW: Duration = Duration::from_secs(10);

const SETTINGS: Settings = Settings {
    announces_limit: true,
    window: WINDOW,
    fraction: 1.0,
    max_waiters: 100_000,
};

/// An answer without headers.
const OK: RateLimitHeaders = RateLimitHeaders {
    status: 200,
    limit: None,
    remaining: None,
    retry_after: None,
};

const THROTTLED: RateLimitHeaders = RateLimitHeaders { status: 429, ..OK };

/// A time in milliseconds from a moment that does not matter.
fn at(millis: u64) -> Instant {
    static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    *ORIGIN + Duration::from_millis(millis)
}

fn limit(limit: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        limit: Some(limit),
        ..OK
    }
}

fn remaining(limit: u64, remaining: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        limit: Some(limit),
        remaining: Some(remaining),
        ..OK
    }
}

fn retry_after(seconds: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        retry_after: Some(Duration::from_secs(seconds)),
        ..THROTTLED
    }
}

fn unannounced() -> Allowance {
    Allowance::new(Settings {
        announces_limit: false,
        ..SETTINGS
    })
}

/// An allowance without a slow start, which knows its limit by a call that was answered at 0.
fn known(calls: u64) -> Allowance {
    let mut allowance = Allowance::new(SETTINGS);
    allowance.in_flight_limit = None;
    call(&mut allowance, 0, &limit(calls));
    allowance
}

fn take(allowance: &mut Allowance, now: u64) -> Option<u64> {
    allowance.try_acquire(at(now)).ok()
}

fn take_all(allowance: &mut Allowance, now: u64) -> Vec<u64> {
    iter::from_fn(|| take(allowance, now)).take(1_000).collect()
}

/// Makes a call that takes no time.
fn call(allowance: &mut Allowance, now: u64, headers: &RateLimitHeaders) {
    let permit = take(allowance, now).expect("a permit");
    allowance.complete(permit, at(now), headers);
}

fn permits(allowance: &mut Allowance, now: u64) -> Option<usize> {
    allowance.advance(at(now));
    allowance.permits(at(now))
}

#[test]
fn a_call_counts_until_a_window_after_its_end_unless_it_was_not_sent() {
    type End = fn(&mut Allowance, u64);
    let ends: [(End, Result<u64, Option<Instant>>); 3] = [
        (
            |it, permit| it.complete(permit, at(500), &OK),
            Err(Some(at(10_500))),
        ),
        (
            |it, permit| it.abandon(permit, at(500)),
            Err(Some(at(10_500))),
        ),
        (|it, permit| it.cancel(permit, at(500)), Ok(4)),
    ];
    for (end, expected) in ends {
        let mut allowance = known(2);
        let [first, _] = [500, 500].map(|now| take(&mut allowance, now).unwrap_or(0));

        end(&mut allowance, first);
        let _ = take(&mut allowance, 10_000);

        assert_eq!(allowance.try_acquire(at(10_000)), expected);
    }
}

#[test]
fn clocks_read_in_another_order_end_no_call_early() {
    let mut allowance = known(3);
    let [first, second] = [1, 1].map(|now| take(&mut allowance, now).expect("a permit"));

    allowance.complete(first, at(2_000), &OK);
    allowance.complete(second, at(1_999), &limit(1));

    assert_eq!(allowance.try_acquire(at(11_999)), Err(Some(at(12_000))));
    assert_eq!(take_all(&mut allowance, 12_000).len(), 1);
}

#[test]
fn the_first_two_answers_show_if_other_clients_use_the_key() {
    // The calls that remain after our first and second call, and how many may then be in flight.
    let cases = [
        ([79, 78], 81, "no other client was counted"),
        ([78, 79], 81, "the answers came in another order"),
        (
            [79, 77],
            81,
            "our third call was counted before the second answer",
        ),
        ([79, 76], 11, "another client was counted"),
        ([40, 39], 11, "it was counted long before"),
        ([0, 0], 11, "it has used up everything"),
    ];
    for (calls, expected, why) in cases {
        let mut allowance = Allowance::new(SETTINGS);
        let mut in_flight = take_all(&mut allowance, 0);
        assert_eq!(
            (in_flight.len(), allowance.try_acquire(at(0))),
            (2, Err(None))
        );

        for (index, calls) in calls.into_iter().enumerate() {
            allowance.complete(in_flight[index], at(0), &remaining(80, calls));
            if allowance.in_flight < 2 {
                in_flight.extend(take(&mut allowance, 0));
            }
        }

        assert_eq!(allowance.in_flight_limit, Some(expected), "{why}");
    }
}

#[test]
fn answers_without_a_limit_raise_the_calls_in_flight_unless_the_server_failed() {
    for (status, expected) in [(200, 48), (404, 48), (500, 2), (503, 2)] {
        let mut allowance = Allowance::new(SETTINGS);

        let mut in_flight = 0;
        for round in 0..6 {
            let permits = take_all(&mut allowance, round);
            in_flight = permits.len();
            for permit in permits {
                allowance.complete(permit, at(round), &RateLimitHeaders { status, ..OK });
            }
        }

        assert_eq!(in_flight, expected, "{status}");
    }
}

#[test]
fn a_vendor_that_announces_no_limit_is_not_held_to_a_header() {
    let mut allowance = unannounced();

    call(&mut allowance, 0, &remaining(1, 0));

    assert_eq!(take_all(&mut allowance, 0).len(), 1_000);
    assert_eq!((allowance.limit, allowance.remaining), (None, None));
}

#[test]
fn a_window_is_between_a_millisecond_and_a_day() {
    let day = Duration::from_secs(86_400);
    let cases = [
        (Duration::ZERO, Duration::from_millis(1)),
        (WINDOW, WINDOW),
        (day, day),
        (2 * day, day),
    ];

    for (window, expected) in cases {
        let limiter = RateLimiter::new(Settings { window, ..SETTINGS });
        assert_eq!(limiter.snapshot().window, expected);
    }
}

#[test]
fn limits_and_remaining_calls_that_cannot_be_are_ignored() {
    let cases = [
        (None, None),
        (Some(0), None),
        (Some(MAX_LIMIT + 1), None),
        (Some(u64::MAX), Some(u64::MAX)),
        (None, Some(31)),
        (Some(0), Some(31)),
    ];
    for (limit, remaining) in cases {
        let mut allowance = known(30);

        let headers = RateLimitHeaders {
            limit,
            remaining,
            ..OK
        };
        call(&mut allowance, 1, &headers);

        assert_eq!(
            (allowance.limit, allowance.remaining),
            (Some(30), None),
            "{headers:?}"
        );
        assert_eq!(allowance.available(at(1)), Some(28), "{headers:?}");
    }
}

#[test]
fn a_rise_of_the_limit_takes_effect_a_window_later_as_low_as_announced_meanwhile() {
    for (meanwhile, before, after) in [(4, 2, 4), (3, 2, 3), (5, 2, 4), (2, 2, 2), (1, 1, 1)] {
        let mut allowance = known(2);
        let permit = take(&mut allowance, 500).expect("a permit");
        allowance.complete(permit, at(9_000), &limit(4));
        let permit = take(&mut allowance, 10_000).expect("the first call counts no longer");
        allowance.complete(permit, at(11_000), &limit(meanwhile));

        assert_eq!(permits(&mut allowance, 18_999), Some(before), "{meanwhile}");
        assert_eq!(permits(&mut allowance, 19_000), Some(after), "{meanwhile}");
    }

    // The limit that it had, announced again, is no rise, and ends one.
    for before in [&[(1, 30)][..], &[(2, 40), (3, 30)]] {
        let mut allowance = known(30);
        for &(now, announced) in before.iter().chain([&(5_000, 40)]) {
            call(&mut allowance, now, &limit(announced));
        }
        assert_eq!(permits(&mut allowance, 14_999), Some(30), "{before:?}");
        assert_eq!(permits(&mut allowance, 15_000), Some(40), "{before:?}");
    }

    // It is when waiters look again, as the calls in flight may take longer.
    let mut allowance = known(6);
    let in_flight = take_all(&mut allowance, 0);
    allowance.complete(in_flight[0], at(1), &limit(2));
    allowance.complete(in_flight[1], at(2), &limit(6));
    assert_eq!(allowance.try_acquire(at(3)), Err(Some(at(10_002))));
}

#[test]
fn a_fraction_is_rounded_down_to_whole_calls_but_at_least_to_one() {
    for (calls, fraction, expected) in [
        (30, 0.25, 7),
        (30, 1.0, 30),
        (3, 0.25, 1),
        (1, 0.5, 1),
        (60, 0.5, 30),
        (30, f64::NAN, 1),
    ] {
        let mut allowance = Allowance::new(Settings {
            fraction,
            ..SETTINGS
        });

        call(&mut allowance, 0, &limit(calls));

        assert_eq!(
            permits(&mut allowance, 0),
            Some(expected),
            "{calls} {fraction}"
        );
    }
}

#[test]
fn half_of_what_others_leave_may_be_in_flight_beside_what_counts_no_longer() {
    // The calls in flight, those that remain by an answer at 1, the time, and the permits then.
    let cases = [
        (0, 10, 1, 5, "half"),
        (0, 0, 1, 2, "two may always be"),
        (3, 10, 1, 3, "calls in flight may be counted or not"),
        (0, 6, 10_001, 5, "two calls count no longer"),
        (3, 26, 1, 25, "no other client was counted"),
    ];
    for (in_flight, calls, now, expected, why) in cases {
        let mut allowance = known(30);
        let permit = take(&mut allowance, 1).expect("a permit");
        for _ in 0..in_flight {
            take(&mut allowance, 1).expect("a permit");
        }

        allowance.complete(permit, at(1), &remaining(30, calls));

        assert_eq!(take_all(&mut allowance, now).len(), expected, "{why}");
    }
}

#[test]
fn a_call_that_was_not_sent_gives_back_its_part_of_what_others_leave() {
    let mut allowance = known(30);
    call(&mut allowance, 1, &remaining(30, 10));
    let taken = take_all(&mut allowance, 1);
    assert_eq!(taken.len(), 5);

    allowance.cancel(taken[0], at(2));

    assert_eq!(take_all(&mut allowance, 2).len(), 1);
}

#[test]
fn the_earliest_permit_is_that_of_a_call_that_counts_no_longer_or_a_window_later() {
    let mut allowance = known(2);
    let earliest = |allowance: &Allowance| [0, 1, 2, 3].map(|it| allowance.earliest(it, at(5)));

    let idle = earliest(&allowance);
    take(&mut allowance, 5).expect("a permit");
    let busy = earliest(&allowance);

    assert_eq!(idle, [5, 10_000, 10_005, 20_000].map(at));
    assert_eq!(busy, [10_000, 10_005, 20_000, 20_005].map(at));
}

#[test]
fn an_older_answer_does_not_overrule_a_newer_one() {
    let mut allowance = known(30);
    let [older, newer] = [1, 1].map(|now| take(&mut allowance, now).expect("a permit"));

    allowance.complete(newer, at(2), &remaining(30, 9));
    allowance.complete(older, at(3), &remaining(30, 29));

    assert_eq!(take_all(&mut allowance, 3).len(), 4, "half of 9 less 1");
}

#[test]
fn windows_out_of_all_proportion_do_no_harm() {
    for window in [Duration::ZERO, Duration::MAX] {
        let mut allowance = Allowance::new(Settings { window, ..SETTINGS });

        call(&mut allowance, 0, &limit(1));

        assert!(allowance.earliest(usize::MAX, at(0)) > at(0));
    }
}

#[test]
fn a_panic_elsewhere_does_not_lose_the_quota() {
    let limiter = RateLimiter::new(SETTINGS);
    let clone = limiter.clone();
    let panicked = std::thread::spawn(move || {
        call(&mut clone.lock().allowance, 0, &limit(30));
        let _state = clone.lock();
        std::panic::resume_unwind(Box::new(()));
    });

    assert!(panicked.join().is_err());
    assert_eq!(limiter.snapshot().limit, Some(30));
}
