//! Pauses after a 429, and the limit afterwards.

use super::super::throttling::{AimdLimit, CircuitBreaker};
use super::*;

#[test]
fn a_429_holds_calls_back_until_our_oldest_call_counts_no_longer_or_as_the_vendor_asks() {
    let cases = [
        (4_000, THROTTLED, 10_000),
        (9_999, THROTTLED, 9_999 + 1_250),
        (4_000, retry_after(0), 5_250),
        (4_000, retry_after(1), 5_250),
        (4_000, retry_after(3), 7_000),
        (4_000, retry_after(60), 64_000),
        (4_000, retry_after(120), 124_000),
        (4_000, retry_after(9_999), 124_000),
    ];
    for (now, headers, until) in cases {
        let mut allowance = known(30);

        call(&mut allowance, now, &headers);

        assert_eq!(
            allowance.try_acquire(at(now)),
            Err(Some(at(until))),
            "{headers:?}"
        );
        let open_for = Some(Duration::from_millis(until - now));
        assert_eq!(allowance.breaker.open_for(at(now)), open_for, "{headers:?}");
        assert_eq!(allowance.earliest(0, at(now)), at(until), "{headers:?}");
    }
}

#[test]
fn one_probe_closes_the_breaker_and_two_calls_follow() {
    let mut allowance = unannounced();
    for _ in 0..100 {
        call(&mut allowance, 0, &OK);
    }
    call(&mut allowance, 0, &THROTTLED);

    let probes = take_all(&mut allowance, 10_000);
    assert_eq!(probes.len(), 1);
    assert_eq!(allowance.breaker.open_for(at(10_000)), Some(Duration::ZERO));
    allowance.complete(probes[0], at(10_020), &OK);

    assert_eq!(allowance.breaker, CircuitBreaker::Closed);
    assert_eq!(
        take_all(&mut allowance, 10_020).len(),
        3,
        "two, and one for the answer"
    );
}

#[test]
fn each_refused_probe_doubles_the_pause_up_to_a_window() {
    let mut allowance = unannounced();
    call(&mut allowance, 0, &retry_after(0));

    let mut now = at(0);
    let pauses = [(); 6].map(|()| {
        let pause = allowance.breaker.open_for(now).unwrap_or_default();
        now += pause;
        let probe = allowance.try_acquire(now).expect("a probe");
        allowance.complete(probe, now, &retry_after(0));
        pause.as_millis()
    });

    assert_eq!(pauses, [1_250, 2_500, 5_000, 10_000, 10_000, 10_000]);
}

#[test]
fn a_refused_probe_lowers_no_limit() {
    let mut allowance = known(30);
    for _ in 0..3 {
        call(&mut allowance, 0, &OK);
    }
    call(&mut allowance, 0, &retry_after(9));
    assert_eq!(permits(&mut allowance, 0), Some(10));

    call(&mut allowance, 9_000, &THROTTLED);

    assert_eq!(permits(&mut allowance, 9_000), Some(10));
}

#[test]
fn a_probe_that_ends_without_an_outcome_is_followed_by_another_at_once() {
    for end in [Allowance::abandon, Allowance::cancel] {
        let mut allowance = known(30);
        call(&mut allowance, 0, &retry_after(10));
        let probe = take(&mut allowance, 10_000).expect("the probe");

        end(&mut allowance, probe, at(10_100));

        assert_eq!(take_all(&mut allowance, 10_100).len(), 1);
    }
}

#[test]
fn a_call_from_before_the_breaker_opened_is_no_probe() {
    let mut allowance = known(30);
    let [throttled, last] = [0, 0].map(|now| take(&mut allowance, now).expect("a permit"));
    allowance.complete(throttled, at(0), &retry_after(10));
    take(&mut allowance, 10_000).expect("the probe");

    allowance.abandon(last, at(10_100));

    assert_eq!(take_all(&mut allowance, 10_100).len(), 0);
}

#[test]
fn a_probe_that_does_not_end_is_followed_by_another_after_15_seconds() {
    // The first probe may end in any way, and the second decides.
    type End = fn(&mut Allowance, u64);
    let ends: [(&str, End); 4] = [
        ("never", |_, _| {}),
        ("accepted", |it, probe| it.complete(probe, at(25_010), &OK)),
        ("throttled", |it, probe| {
            it.complete(probe, at(25_010), &retry_after(0))
        }),
        ("abandoned", |it, probe| it.abandon(probe, at(25_010))),
    ];
    for (name, end) in ends {
        let mut allowance = known(30);
        call(&mut allowance, 0, &retry_after(10));
        let first = take(&mut allowance, 10_000).expect("the probe");
        assert_eq!(
            allowance.try_acquire(at(10_000)),
            Err(Some(at(25_000))),
            "{name}"
        );

        let second = take(&mut allowance, 25_000).expect("another probe");
        assert!(take(&mut allowance, 25_000).is_none(), "{name}");
        end(&mut allowance, first);
        allowance.complete(second, at(25_020), &OK);

        let is_open = allowance.breaker != CircuitBreaker::Closed;
        assert_eq!(is_open, name == "throttled", "{name}");
        assert!(take(&mut allowance, 27_600).is_some(), "{name}");
    }
}

#[test]
fn calls_in_flight_when_the_breaker_opens_are_part_of_the_event() {
    let mut allowance = known(100);
    let mut in_flight = take_all(&mut allowance, 1).into_iter();
    let mut end = |now, calls, headers: &RateLimitHeaders| {
        for permit in in_flight.by_ref().take(calls) {
            allowance.complete(permit, at(now), headers);
        }
        (
            allowance.permits(at(now)),
            allowance.breaker.blocked_until(at(now)),
        )
    };

    let until = Some(at(10_000));
    assert_eq!(
        end(2, 1, &THROTTLED),
        (Some(33), until),
        "a third, though one was accepted"
    );
    assert_eq!(end(3, 49, &OK), (Some(45), until), "0.9 of the 50 accepted");
    assert_eq!(end(3, 20, &THROTTLED), (Some(45), until));
    assert_eq!(end(3, 1, &retry_after(20)), (Some(45), Some(at(20_003))));
    let probe = take(&mut allowance, 20_003).expect("the probe");
    allowance.complete(in_flight.next().expect("a call"), at(20_003), &OK);
    allowance.abandon(in_flight.next().expect("a call"), at(20_003));
    let until = allowance.breaker.blocked_until(at(20_003));
    assert_eq!(until, Some(at(35_003)), "only the probe decides");
    allowance.complete(probe, at(20_003), &OK);
    for permit in in_flight {
        allowance.complete(permit, at(20_004), &THROTTLED);
    }

    assert_eq!(allowance.breaker, CircuitBreaker::Closed);
    assert_eq!(
        (permits(&mut allowance, 20_004), allowance.throttled),
        (Some(45), 48)
    );
}

#[test]
fn a_429_before_anything_was_accepted_lowers_nothing() {
    let mut allowance = Allowance::new(SETTINGS);

    call(
        &mut allowance,
        0,
        &RateLimitHeaders {
            status: 429,
            ..remaining(30, 0)
        },
    );

    assert_eq!(permits(&mut allowance, 0), Some(30));
}

#[test]
fn a_429_leaves_nine_tenths_of_what_was_accepted_and_at_least_a_third_of_what_was_allowed() {
    for (accepted, permits, full, expected) in [
        (50, Some(60), Some(60), 45),
        (1, Some(60), Some(60), 20),
        (1, Some(20), Some(60), 6),
        (1, Some(2), Some(60), 1),
        (1, Some(1), Some(1), 1),
        (100, None, None, 90),
        (1, None, None, 1),
    ] {
        let limit = AimdLimit::decreased(accepted, permits, full, at(0));

        assert_eq!(
            limit.at(at(0), WINDOW),
            expected,
            "{accepted} accepted of {permits:?}"
        );
    }
}

#[test]
fn the_next_increase_is_at_the_end_of_a_window() {
    let limit = AimdLimit::decreased(20, Some(60), Some(60), at(500));
    for (now, expected) in [
        (500, 10_500),
        (9_000, 10_500),
        (10_500, 20_500),
        (10_501, 20_500),
    ] {
        let next = limit.next_increase(at(now), WINDOW);

        assert_eq!(next, at(expected), "{now}");
        assert!(limit.at(next, WINDOW) > limit.at(at(now), WINDOW), "{now}");
    }
}

#[test]
fn each_window_without_a_429_gives_back_a_twentieth_unless_others_use_up_the_key() {
    let throttled = || {
        let mut allowance = known(60);
        for _ in 0..29 {
            call(&mut allowance, 0, &OK);
        }
        call(&mut allowance, 0, &THROTTLED);
        call(&mut allowance, 10_000, &OK);
        allowance
    };

    let mut alone = throttled();
    for (now, expected) in [
        (19_999, 27),
        (20_000, 30),
        (30_000, 33),
        (110_000, 57),
        (120_000, 60),
        (900_000, 60),
    ] {
        assert_eq!(permits(&mut alone, now), Some(expected), "{now}");
    }

    let mut busy = throttled();
    busy.in_flight_limit = None;
    assert_eq!(take_all(&mut busy, 20_000).len(), 30);
    assert_eq!(busy.try_acquire(at(20_000)), Err(Some(at(30_000))));

    for (calls, expected) in [(0, 27), (5, 27), (6, 33)] {
        let mut shared = throttled();
        for now in [15_000, 19_000, 25_000, 29_000, 35_000] {
            call(&mut shared, now, &remaining(60, calls));
        }
        assert_eq!(
            permits(&mut shared, 35_000),
            Some(expected),
            "{calls} remain"
        );
    }
}
