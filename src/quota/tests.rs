use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Wake;

use super::allowance::MAX_LIMIT;
use super::throttling::AimdLimit;
use super::*;

const WINDOW: Duration = Duration::from_secs(10);

/// Times are milliseconds from a moment that never matters.
fn at(millis: u64) -> Instant {
    static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    *ORIGIN + Duration::from_millis(millis)
}

const FAR: u64 = 3_600_000;

fn settings() -> Settings {
    Settings {
        announces_limit: true,
        window: WINDOW,
        fraction: 1.0,
        max_waiters: 100,
    }
}

fn quota() -> RateLimiter {
    RateLimiter::new(settings())
}

fn never_announced() -> RateLimiter {
    RateLimiter::new(Settings {
        announces_limit: false,
        ..settings()
    })
}

impl RateLimiter {
    fn complete(&self, permit: u64, now: Instant, headers: &RateLimitHeaders) {
        self.end(permit, now, End::Complete(headers));
    }

    fn abandon(&self, permit: u64, now: Instant) {
        self.end(permit, now, End::Abandon);
    }

    fn cancel(&self, permit: u64, now: Instant) {
        self.end(permit, now, End::Cancel);
    }

    fn leave(&self, position: Position, _: Instant) {
        drop(Waiting {
            limiter: self,
            position,
        });
    }

    /// A quota that lets out as many calls at once as there are slots, from the first call on.
    pub(crate) fn without_cold_start(self) -> Self {
        self.lock().allowance.in_flight_limit = None;
        self
    }
}

/// A quota that has learnt `limit` from an answer at time 0, and may have as much under way. One slot is busy.
fn taught(limit: u64) -> RateLimiter {
    let quota = quota().without_cold_start();
    let ticket = take(&quota, 0).expect("nothing is held back yet");
    quota.complete(ticket, at(0), &accepted(Some(limit)));
    quota
}

fn accepted(limit: Option<u64>) -> RateLimitHeaders {
    RateLimitHeaders {
        status: 200,
        limit,
        ..RateLimitHeaders::default()
    }
}

fn left(limit: u64, remaining: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        remaining: Some(remaining),
        ..accepted(Some(limit))
    }
}

fn refused() -> RateLimitHeaders {
    RateLimitHeaders {
        status: 429,
        ..RateLimitHeaders::default()
    }
}

fn asked(seconds: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        retry_after: Some(Duration::from_secs(seconds)),
        ..refused()
    }
}

/// A turn if one is to be had at once.
fn take(quota: &RateLimiter, now: u64) -> Option<u64> {
    quota.lock().allowance.try_acquire(at(now)).ok()
}

fn take_all(quota: &RateLimiter, now: u64) -> Vec<u64> {
    std::iter::from_fn(|| take(quota, now))
        .take(1_000)
        .collect()
}

/// The time of the next turn.
fn next(quota: &RateLimiter, now: u64) -> Option<Instant> {
    quota
        .lock()
        .allowance
        .try_acquire(at(now))
        .expect_err("there should be no turn")
}

fn wait_in_line(quota: &RateLimiter, now: u64, deadline: u64) -> Position {
    match quota.enter(None, at(now), at(deadline)) {
        Ok((place, None)) => place,
        other => panic!("no place in the queue but {other:?}"),
    }
}

fn advance(quota: &RateLimiter, place: Position, now: u64, bell: &Arc<Bell>) -> Option<u64> {
    match quota.poll_acquire(place, at(now), at(FAR), &Waker::from(Arc::clone(bell))) {
        Ok(Ok(ticket)) => Some(ticket),
        Ok(Err(_)) => None,
        Err(err) => panic!("{err:?}"),
    }
}

#[derive(Default)]
struct Bell(AtomicUsize);

impl Bell {
    fn rung(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

// Slots.

#[test]
fn a_slot_is_busy_until_a_window_after_the_answer() {
    let quota = taught(1);

    assert_eq!(next(&quota, 9_999), Some(at(10_000)));
    assert!(take(&quota, 10_000).is_some());
    assert_eq!(
        next(&quota, 60_000),
        None,
        "without an answer, time alone frees nothing"
    );
}

#[test]
fn no_more_than_the_limit_is_busy_at_once() {
    let quota = taught(30);

    assert_eq!(take_all(&quota, 1).len(), 29);
    assert_eq!(quota.snapshot_at(at(1)).available, Some(0));
    assert_eq!(next(&quota, 1), Some(at(10_000)));
}

#[test]
fn a_call_without_an_answer_keeps_its_slot_for_a_window() {
    let quota = taught(2);
    let ticket = take(&quota, 500).expect("the second slot");

    quota.abandon(ticket, at(1_000));

    assert_eq!(
        take_all(&quota, 10_999).len(),
        1,
        "only the slot that was busy from the start"
    );
    assert!(take(&quota, 11_000).is_some());
}

#[test]
fn a_call_that_was_never_sent_gives_its_slot_back_at_once() {
    let quota = taught(2);
    let ticket = take(&quota, 500).expect("the second slot");

    quota.cancel(ticket, at(500));

    assert!(take(&quota, 500).is_some());
}

#[test]
fn clocks_that_were_read_in_another_order_free_no_slot_early() {
    let quota = taught(3);
    let (first, second) = (
        take(&quota, 1).expect("a slot"),
        take(&quota, 1).expect("a slot"),
    );

    quota.complete(first, at(2_000), &accepted(None));
    quota.complete(second, at(1_999), &accepted(Some(1)));

    assert_eq!(next(&quota, 11_999), Some(at(12_000)));
    assert_eq!(take_all(&quota, 12_000).len(), 1);
}

// The start.

#[test]
fn two_calls_go_out_until_the_vendor_has_told() {
    let quota = quota();

    let tickets = take_all(&quota, 0);

    assert_eq!(tickets.len(), 2);
    assert_eq!(next(&quota, 0), None);
    assert_eq!(
        quota.snapshot_at(at(0)).wait,
        Duration::ZERO,
        "it is not known yet"
    );
}

#[test]
fn two_answers_tell_whether_others_use_the_key() {
    // What is left after our first and second call, and how many may then be under way.
    let cases = [
        ([79, 78], 81, "no other client was counted"),
        (
            [78, 79],
            81,
            "nor here, where the answers came in another order",
        ),
        (
            [79, 77],
            81,
            "our third call may have been counted before the second was answered",
        ),
        ([79, 76], 11, "another client was"),
        ([40, 39], 11, "and here long before us"),
        ([0, 0], 11, "or has used up everything"),
    ];

    for (remaining, expected, what) in cases {
        let quota = quota();
        let mut tickets = take_all(&quota, 0);
        for (ticket, left_over) in tickets.drain(..).zip(remaining) {
            assert!(quota.snapshot_at(at(0)).in_flight <= 2);
            quota.complete(ticket, at(0), &left(80, left_over));
            if quota.snapshot_at(at(0)).in_flight == 1 {
                take(&quota, 0).expect("two may be under way");
            }
        }

        let flight = quota.lock().allowance.in_flight_limit.expect("a flight");

        assert_eq!(flight, expected, "{what}");
    }
}

#[test]
fn answers_that_announce_nothing_let_ever_more_calls_out() {
    let quota = quota();

    let mut under_way = 0;
    for round in 0..6 {
        let tickets = take_all(&quota, round);
        under_way = tickets.len();
        for ticket in tickets {
            quota.complete(ticket, at(round), &accepted(None));
        }
    }

    assert_eq!(under_way, 48);
    assert_eq!(quota.snapshot_at(at(6)).permits, None);
}

#[test]
fn failures_of_a_server_let_no_more_calls_out() {
    let quota = quota();

    for status in [500, 502, 503, 504] {
        for ticket in take_all(&quota, 0) {
            quota.complete(
                ticket,
                at(0),
                &RateLimitHeaders {
                    status,
                    ..RateLimitHeaders::default()
                },
            );
        }
    }

    assert_eq!(take_all(&quota, 0).len(), 2);
}

#[test]
fn a_vendor_that_never_announces_is_not_held_back() {
    let quota = never_announced();

    assert_eq!(take_all(&quota, 0).len(), 1_000);
    assert_eq!(quota.snapshot_at(at(0)).available, None);
}

#[test]
fn a_vendor_that_never_announces_is_not_held_to_what_a_header_says() {
    let quota = never_announced();
    let ticket = take(&quota, 0).expect("nothing is held back");

    quota.complete(ticket, at(0), &left(1, 0));

    assert_eq!(take_all(&quota, 0).len(), 1_000);
    let snapshot = quota.snapshot_at(at(0));
    assert_eq!((snapshot.limit, snapshot.remaining), (None, None));
}

// What is announced.

#[test]
fn nonsense_is_as_good_as_nothing() {
    for (limit, remaining) in [
        (None, None),
        (Some(0), None),
        (Some(MAX_LIMIT + 1), None),
        (Some(u64::MAX), Some(u64::MAX)),
        (None, Some(31)),
        (Some(0), Some(31)),
    ] {
        let quota = taught(30);
        let ticket = take(&quota, 1).expect("a slot");

        quota.complete(
            ticket,
            at(1),
            &RateLimitHeaders {
                limit,
                remaining,
                ..accepted(None)
            },
        );

        let snapshot = quota.snapshot_at(at(1));
        assert_eq!(
            (snapshot.limit, snapshot.remaining),
            (Some(30), None),
            "{limit:?} {remaining:?}"
        );
        assert_eq!(snapshot.available, Some(28), "{limit:?} {remaining:?}");
    }
}

#[test]
fn the_highest_limit_that_is_believed_costs_nothing_up_front() {
    let quota = taught(MAX_LIMIT);

    assert_eq!(quota.snapshot_at(at(1)).limit, Some(MAX_LIMIT));
    assert!(quota.lock().allowance.recent.capacity() < 64);
}

#[test]
fn a_fall_of_the_limit_counts_at_once() {
    let quota = taught(30);
    let mut tickets = take_all(&quota, 0);
    tickets.truncate(9);

    quota.complete(tickets.swap_remove(0), at(1), &accepted(Some(5)));

    let snapshot = quota.snapshot_at(at(1));
    assert_eq!((snapshot.limit, snapshot.available), (Some(5), Some(0)));
}

#[test]
fn a_rise_of_the_limit_counts_a_window_after_it_was_announced() {
    let quota = taught(2);
    let ticket = take(&quota, 1_000).expect("a slot");

    quota.complete(ticket, at(1_000), &accepted(Some(5)));

    assert_eq!(quota.snapshot_at(at(10_999)).limit, Some(2));
    assert_eq!(quota.snapshot_at(at(11_000)).limit, Some(5));
}

#[test]
fn a_rise_counts_as_low_as_it_was_announced_meanwhile() {
    for (announced, counts) in [(3, 3), (5, 4), (2, 2), (1, 1)] {
        let quota = taught(2);
        let state = &mut quota.lock().allowance;
        state.announce(4, at(1_000));

        state.announce(announced, at(5_000));
        state.advance(at(11_000));

        assert_eq!(state.limit, Some(counts), "{announced}");
    }
}

#[test]
fn who_waits_is_told_when_a_rise_counts() {
    let quota = taught(2);
    let ticket = take(&quota, 9_000).expect("a slot");
    quota.complete(ticket, at(9_000), &accepted(Some(3)));
    let _busy = take(&quota, 10_000).expect("the first slot is free again");

    assert_eq!(next(&quota, 18_000), Some(at(19_000)));
    assert_eq!(
        take_all(&quota, 19_000).len(),
        2,
        "the second slot, and the third that is new"
    );
}

#[test]
fn a_share_is_rounded_down_to_whole_calls_but_at_least_to_one() {
    for (limit, share, slots) in [
        (30, 0.25, 7),
        (30, 1.0, 30),
        (3, 0.25, 1),
        (1, 0.5, 1),
        (60, 0.5, 30),
        (30, f64::NAN, 1),
    ] {
        let quota = RateLimiter::new(Settings {
            fraction: share,
            ..settings()
        });
        let ticket = take(&quota, 0).expect("cold start");

        quota.complete(ticket, at(0), &accepted(Some(limit)));

        assert_eq!(
            quota.snapshot_at(at(0)).permits,
            Some(slots),
            "{limit} {share}"
        );
    }
}

// What remains.

#[test]
fn of_what_others_leave_half_may_be_under_way() {
    let quota = taught(30);
    let ticket = take(&quota, 1).expect("a slot");

    quota.complete(ticket, at(1), &left(30, 10));

    assert_eq!(take_all(&quota, 1).len(), 5);
    assert_eq!(next(&quota, 1), None, "an answer will tell");
}

#[test]
fn where_nobody_else_is_the_slots_are_enough() {
    let quota = taught(30);
    let mut tickets = take_all(&quota, 1);
    assert_eq!(tickets.len(), 29);

    // It has counted all that we have sent, with those under way.
    quota.complete(tickets.swap_remove(0), at(1), &left(30, 0));

    assert_eq!(quota.lock().allowance.remaining_allowance, None);
}

#[test]
fn who_was_refused_does_not_grow_while_others_use_up_the_key() {
    let grown = |remaining| {
        let quota = taught(100);
        let tickets = take_all(&quota, 1);
        for (index, ticket) in tickets.into_iter().enumerate() {
            let answer = if index < 50 {
                accepted(Some(100))
            } else {
                refused()
            };
            quota.complete(ticket, at(2), &answer);
        }
        // One call opens the gate, and then two in each of three windows tell what is left.
        for half in 0..7 {
            let now = 10_100 + half * 5_000;
            let ticket = take(&quota, now).expect("a slot");
            quota.complete(ticket, at(now), &left(100, remaining));
        }
        quota.snapshot_at(at(40_200)).permits
    };

    assert_eq!(grown(0), Some(45));
    assert_eq!(grown(50), Some(60));
}

#[test]
fn when_none_are_left_two_find_out() {
    let quota = taught(30);
    let ticket = take(&quota, 1).expect("a slot");

    quota.complete(ticket, at(1), &left(30, 0));

    assert_eq!(take_all(&quota, 1).len(), 2);
}

#[test]
fn calls_under_way_count_as_not_counted_yet() {
    let quota = taught(30);
    let first = take(&quota, 1).expect("a slot");
    let _under_way = [take(&quota, 1), take(&quota, 1), take(&quota, 1)];

    quota.complete(first, at(2), &left(30, 10));

    assert_eq!(take_all(&quota, 2).len(), 3, "half of 10 less 3");
}

#[test]
fn an_older_answer_does_not_overrule_a_newer_one() {
    let quota = taught(30);
    let (older, newer) = (
        take(&quota, 1).expect("a slot"),
        take(&quota, 1).expect("a slot"),
    );

    quota.complete(newer, at(2), &left(30, 9));
    quota.complete(older, at(3), &left(30, 29));

    assert_eq!(take_all(&quota, 3).len(), 4, "half of 9 less 1");
}

#[test]
fn a_slot_of_ours_that_is_free_again_is_one_more_left() {
    let quota = taught(30);
    let ticket = take(&quota, 1).expect("a slot");
    quota.complete(ticket, at(1), &left(30, 6));

    assert_eq!(
        take_all(&quota, 10_001).len(),
        5,
        "half of 6, and two that are free again"
    );
}

#[test]
fn a_vendor_that_always_says_none_are_left_is_still_used_to_its_limit() {
    let quota = taught(30);

    for _ in 1..30 {
        let ticket = take(&quota, 1).expect("two may always be under way");
        quota.complete(ticket, at(1), &left(30, 0));
    }

    assert_eq!(next(&quota, 1), Some(at(10_000)));
}

// Refusals.

#[test]
fn a_refusal_holds_all_back_until_our_oldest_slot_is_free() {
    let quota = taught(30);
    let ticket = take(&quota, 4_000).expect("a slot");

    quota.complete(ticket, at(4_000), &refused());

    assert_eq!(next(&quota, 4_000), Some(at(10_000)));
    assert_eq!(
        quota.snapshot_at(at(4_000)).open_for,
        Some(Duration::from_secs(6))
    );
}

#[test]
fn a_refusal_holds_all_back_as_long_as_the_vendor_asks() {
    for (seconds, opens) in [
        (3, 7_000),
        (60, 64_000),
        (120, 124_000),
        (9_999, 124_000),
        (0, 5_250),
        (1, 5_250),
    ] {
        let quota = taught(30);
        let ticket = take(&quota, 4_000).expect("a slot");

        quota.complete(ticket, at(4_000), &asked(seconds));

        assert_eq!(next(&quota, 4_000), Some(at(opens)), "{seconds}");
    }
}

#[test]
fn there_is_a_pause_even_if_our_oldest_slot_is_free_in_no_time() {
    let quota = taught(30);
    let ticket = take(&quota, 9_999).expect("a slot");

    quota.complete(ticket, at(9_999), &refused());

    assert_eq!(next(&quota, 9_999), Some(at(9_999 + 1_250)));
}

#[test]
fn one_call_finds_out_and_opens_the_gate() {
    let quota = taught(30);
    let ticket = take(&quota, 0).expect("a slot");
    quota.complete(ticket, at(0), &asked(10));

    let mut probes = take_all(&quota, 10_000);
    assert_eq!(probes.len(), 1);
    assert_eq!(next(&quota, 10_000), Some(at(25_000)));
    assert_eq!(quota.snapshot_at(at(10_000)).open_for, Some(Duration::ZERO));

    quota.complete(probes.remove(0), at(10_020), &accepted(Some(30)));
    assert_eq!(quota.snapshot_at(at(10_020)).open_for, None);
    assert!(take(&quota, 20_020).is_some());
}

#[test]
fn a_probe_that_is_refused_shuts_the_gate_for_longer_each_time() {
    let quota = never_announced();
    let ticket = take(&quota, 0).expect("nothing is held back");
    quota.complete(ticket, at(0), &asked(0));

    let mut now = at(0);
    let mut pauses = Vec::new();
    for _ in 0..6 {
        let CircuitBreaker::Open { until, .. } = quota.lock().allowance.breaker else {
            panic!("the gate is shut")
        };
        pauses.push((until - now).as_millis());
        now = until;
        let probe = quota.lock().allowance.try_acquire(now).expect("the probe");
        quota.complete(probe, now, &asked(0));
    }

    assert_eq!(pauses, [1_250, 2_500, 5_000, 10_000, 10_000, 10_000]);
}

#[test]
fn a_probe_that_comes_to_nothing_is_followed_by_another() {
    for sent in [false, true] {
        let quota = taught(30);
        let ticket = take(&quota, 0).expect("a slot");
        quota.complete(ticket, at(0), &asked(10));
        let probe = take(&quota, 10_000).expect("the probe");

        if sent {
            quota.abandon(probe, at(10_100));
        } else {
            quota.cancel(probe, at(10_100));
        }

        assert_eq!(take_all(&quota, 10_100).len(), 1, "sent: {sent}");
    }
}

#[test]
fn a_probe_without_an_outcome_is_followed_by_another_after_15_seconds() {
    // The first probe may have any outcome, and the second decides.
    type End = fn(&RateLimiter, u64);
    let ends: [(&str, End); 4] = [
        ("never", |_, _| {}),
        ("accepted", |quota, probe| {
            quota.complete(probe, at(25_010), &accepted(None));
        }),
        ("refused", |quota, probe| {
            quota.complete(probe, at(25_010), &asked(0));
        }),
        ("abandoned", |quota, probe| {
            quota.abandon(probe, at(25_010));
        }),
    ];
    for (name, end) in ends {
        let quota = taught(30);
        let ticket = take(&quota, 0).expect("a slot");
        quota.complete(ticket, at(0), &asked(10));
        let first = take(&quota, 10_000).expect("the probe");
        assert!(take(&quota, 24_999).is_none(), "{name}");

        let second = take(&quota, 25_000).expect("another probe");
        assert!(take(&quota, 25_000).is_none(), "{name}");
        end(&quota, first);
        quota.complete(second, at(25_020), &accepted(None));

        let is_refused = name == "refused";
        assert_eq!(take(&quota, 25_020).is_none(), is_refused, "{name}");
        assert!(take(&quota, 27_600).is_some(), "{name}");
    }
}

#[test]
fn many_refusals_of_calls_under_way_are_one_event() {
    let quota = taught(100);
    let mut tickets = take_all(&quota, 1);
    for ticket in tickets.drain(..49) {
        quota.complete(ticket, at(2), &accepted(None));
    }

    for ticket in tickets {
        quota.complete(ticket, at(3), &refused());
    }

    assert_eq!(
        quota.snapshot_at(at(3)).permits,
        Some(45),
        "0.9 of the 50 accepted"
    );
    assert_eq!(
        quota.snapshot_at(at(3)).open_for,
        Some(Duration::from_millis(9_997))
    );
}

#[test]
fn calls_under_way_that_are_accepted_after_all_count_too() {
    let quota = taught(100);
    let mut tickets = take_all(&quota, 1);
    quota.complete(tickets.remove(0), at(2), &refused());
    assert_eq!(
        quota.snapshot_at(at(2)).permits,
        Some(33),
        "one was accepted, but one refusal takes no more"
    );

    for ticket in tickets.drain(..39) {
        quota.complete(ticket, at(3), &accepted(None));
    }

    assert_eq!(
        quota.snapshot_at(at(3)).permits,
        Some(36),
        "0.9 of the 40 accepted"
    );
}

#[test]
fn one_refusal_takes_two_thirds_at_most() {
    for (accepted, before, whole, slots) in [
        (50, Some(60), Some(60), 45),
        (1, Some(60), Some(60), 20),
        (1, Some(20), Some(60), 6),
        (1, Some(2), Some(60), 1),
        (1, Some(1), Some(1), 1),
        (100, None, None, 90),
        (1, None, None, 1),
    ] {
        let cap = AimdLimit::decreased(accepted, before, whole, at(0));

        assert_eq!(
            cap.at(at(0), WINDOW),
            slots,
            "{accepted} accepted of {before:?}"
        );
    }
}

#[test]
fn a_refused_probe_is_not_another_event() {
    let quota = taught(30);
    for _ in 0..19 {
        let ticket = take(&quota, 0).expect("a slot");
        quota.complete(ticket, at(0), &accepted(None));
    }
    let ticket = take(&quota, 1).expect("a slot");
    quota.complete(ticket, at(1), &refused());
    let slots = quota.snapshot_at(at(1)).permits;

    let probe = take(&quota, 10_000)
        .or_else(|| take(&quota, 10_001))
        .expect("the probe");
    quota.complete(probe, at(10_020), &refused());

    assert_eq!(slots, Some(18));
    assert!(quota.snapshot_at(at(10_020)).permits >= slots);
}

#[test]
fn each_window_without_a_refusal_gives_back_a_twentieth_of_the_limit() {
    let quota = taught(60);
    for _ in 0..29 {
        let ticket = take(&quota, 0).expect("a slot");
        quota.complete(ticket, at(0), &accepted(None));
    }
    let ticket = take(&quota, 0).expect("a slot");
    quota.complete(ticket, at(0), &refused());
    let probe = take(&quota, 10_000).expect("the probe");
    quota.complete(probe, at(10_000), &accepted(None));

    for (now, slots) in [
        (10_000, 27),
        (19_999, 27),
        (20_000, 30),
        (30_000, 33),
        (110_000, 57),
        (120_000, 60),
        (FAR, 60),
    ] {
        assert_eq!(quota.snapshot_at(at(now)).permits, Some(slots), "{now}");
    }
}

#[test]
fn a_refusal_before_anything_was_accepted_lowers_nothing() {
    let quota = quota();
    let ticket = take(&quota, 0).expect("cold start");

    quota.complete(
        ticket,
        at(0),
        &RateLimitHeaders {
            status: 429,
            ..left(30, 0)
        },
    );

    let snapshot = quota.snapshot_at(at(0));
    assert_eq!((snapshot.permits, snapshot.available), (Some(30), Some(0)));
    assert_eq!(snapshot.open_for, Some(WINDOW));
}

#[test]
fn a_vendor_that_announces_nothing_is_held_to_what_it_accepted() {
    let quota = never_announced();
    let mut tickets = take_all(&quota, 0);
    for ticket in tickets.drain(..100) {
        quota.complete(ticket, at(10), &accepted(None));
    }

    quota.complete(tickets.remove(0), at(11), &refused());

    let snapshot = quota.snapshot_at(at(11));
    assert_eq!((snapshot.limit, snapshot.permits), (None, Some(90)));
    assert_eq!(snapshot.open_for, Some(Duration::from_millis(9_999)));
}

#[test]
fn after_a_refusal_calls_start_out_two_at_a_time() {
    let quota = never_announced();
    let mut tickets = take_all(&quota, 0);
    for ticket in tickets.drain(..100) {
        quota.complete(ticket, at(0), &accepted(None));
    }
    for ticket in tickets {
        quota.complete(ticket, at(0), &refused());
    }

    let probe = take(&quota, 10_000).expect("the probe");
    quota.complete(probe, at(10_020), &accepted(None));

    assert_eq!(
        take_all(&quota, 10_020).len(),
        3,
        "two, and one for the probe's answer"
    );
}

// The queue.

#[test]
fn callers_have_their_turn_in_the_order_of_their_coming() {
    let quota = taught(2);
    let bell = Arc::new(Bell::default());
    let _busy = take(&quota, 0);
    let (first, second) = (wait_in_line(&quota, 1, FAR), wait_in_line(&quota, 2, FAR));

    assert!(
        advance(&quota, second, 10_000, &bell).is_none(),
        "a slot is free, but it is not the second's"
    );
    assert!(advance(&quota, first, 10_000, &bell).is_some());
    assert!(advance(&quota, second, 10_000, &bell).is_none());
}

#[test]
fn nobody_overtakes_the_queue() {
    let quota = taught(1);
    let _first = wait_in_line(&quota, 1, FAR);

    assert!(matches!(
        quota.enter(None, at(10_000), at(FAR)),
        Ok((_, None))
    ));
}

#[test]
fn a_full_queue_refuses_at_once() {
    let quota = RateLimiter::new(Settings {
        max_waiters: 2,
        ..settings()
    });
    let _busy = take_all(&quota, 0);
    let places = [wait_in_line(&quota, 0, FAR), wait_in_line(&quota, 0, FAR)];

    assert_eq!(
        quota.enter(None, at(0), at(FAR)).expect_err("full"),
        AcquireError::QueueFull
    );
    quota.leave(places[0], at(0));
    assert!(quota.enter(None, at(0), at(FAR)).is_ok());
}

#[test]
fn a_wait_that_cannot_fit_fails_at_once() {
    for (ahead, wait) in [(0, 10_000), (1, 10_000), (2, 20_000), (5, 30_000)] {
        let quota = taught(2);
        let ticket = take(&quota, 0).expect("a slot");
        quota.complete(ticket, at(0), &accepted(None));
        for _ in 0..ahead {
            wait_in_line(&quota, 0, FAR);
        }

        assert_eq!(
            quota.snapshot_at(at(0)).wait,
            Duration::from_millis(wait),
            "{ahead} ahead"
        );
        assert_eq!(
            quota
                .enter(None, at(0), at(wait - 1))
                .expect_err("too late"),
            AcquireError::DeadlineExceeded,
            "{ahead} ahead"
        );
        assert!(quota.enter(None, at(0), at(wait)).is_ok(), "{ahead} ahead");
    }
}

#[test]
fn a_wait_for_the_gate_that_cannot_fit_fails_at_once() {
    let quota = taught(30);
    let ticket = take(&quota, 0).expect("a slot");
    quota.complete(ticket, at(0), &asked(60));

    assert_eq!(
        quota.enter(None, at(0), at(59_999)).expect_err("too late"),
        AcquireError::DeadlineExceeded
    );
}

#[test]
fn who_is_first_gives_up_as_soon_as_the_deadline_cannot_be_met() {
    let quota = taught(2);
    let ticket = take(&quota, 0).expect("a slot");
    let place = wait_in_line(&quota, 0, 15_000);

    quota.complete(ticket, at(1), &asked(60));

    let outcome = quota.poll_acquire(place, at(1), at(15_000), Waker::noop());
    assert_eq!(
        outcome.expect_err("too late"),
        AcquireError::DeadlineExceeded
    );
}

#[test]
fn the_deadline_ends_any_wait() {
    let quota = taught(1);
    let places = [wait_in_line(&quota, 0, FAR), wait_in_line(&quota, 0, FAR)];

    for place in places {
        let outcome = quota.poll_acquire(place, at(20_000), at(20_000), Waker::noop());
        assert_eq!(
            outcome.expect_err("it is over"),
            AcquireError::DeadlineExceeded
        );
    }
}

#[test]
fn only_who_is_first_is_woken() {
    let quota = quota();
    let bells = [Arc::new(Bell::default()), Arc::new(Bell::default())];
    let mut tickets = take_all(&quota, 0);
    let places = [wait_in_line(&quota, 0, FAR), wait_in_line(&quota, 0, FAR)];
    for (place, bell) in places.into_iter().zip(&bells) {
        assert!(advance(&quota, place, 0, bell).is_none());
    }

    quota.complete(tickets.remove(0), at(1), &accepted(None));
    assert_eq!((bells[0].rung(), bells[1].rung()), (1, 0));

    assert!(advance(&quota, places[0], 1, &bells[0]).is_some());
    assert_eq!(
        (bells[0].rung(), bells[1].rung()),
        (1, 1),
        "who has its turn calls the next"
    );
}

#[test]
fn whatever_frees_a_slot_wakes_who_is_first() {
    type Free = fn(&RateLimiter, u64);
    let ways: [(&str, Free); 3] = [
        ("answered", |quota, ticket| {
            quota.complete(ticket, at(1), &accepted(None))
        }),
        ("abandoned", |quota, ticket| quota.abandon(ticket, at(1))),
        ("returned", |quota, ticket| quota.cancel(ticket, at(1))),
    ];
    for (name, free) in ways {
        let quota = quota();
        let bell = Arc::new(Bell::default());
        let mut tickets = take_all(&quota, 0);
        let place = wait_in_line(&quota, 0, FAR);
        assert!(advance(&quota, place, 0, &bell).is_none());

        free(&quota, tickets.remove(0));

        assert_eq!(bell.rung(), 1, "{name}");
        assert!(advance(&quota, place, 1, &bell).is_some(), "{name}");
    }
}

#[test]
fn who_leaves_the_head_of_the_queue_wakes_the_next() {
    let quota = quota();
    let bell = Arc::new(Bell::default());
    let _busy = take_all(&quota, 0);
    let (first, second) = (wait_in_line(&quota, 0, FAR), wait_in_line(&quota, 0, FAR));
    assert!(advance(&quota, second, 0, &bell).is_none());

    quota.leave(first, at(0));

    assert_eq!((bell.rung(), quota.snapshot_at(at(0)).waiting), (1, 1));
}

#[test]
fn a_waiter_is_passed_over_only_if_it_was_called_and_did_not_come() {
    // When the first was polled last, whether a slot becomes free just then, when the second asks, and whether the second
    // has its turn then.
    let cases = [
        (0, 0, 49, false, "the first was called, and may still come"),
        (0, 0, 51, true, "it has not come"),
        (0, 200, 201, false, "it was called late"),
        (0, 200, 251, true, "and has not come"),
        (190, 200, 251, true, "though it was polled before that"),
    ];

    for (polled, called, asks, expected, what) in cases {
        let quota = taught(1);
        let bell = Arc::new(Bell::default());
        let taken = take(&quota, 10_000).expect("the slot");
        let [first, second] = [
            wait_in_line(&quota, 10_000, FAR),
            wait_in_line(&quota, 10_000, FAR),
        ];
        for place in [first, second] {
            assert!(advance(&quota, place, 10_000 + polled, &bell).is_none());
        }

        quota.cancel(taken, at(10_000 + called));

        let ticket = advance(&quota, second, 10_000 + asks, &bell);
        assert_eq!(ticket.is_some(), expected, "{what}");
    }
}

#[test]
fn a_waiter_that_ought_to_have_asked_is_called_before_it_is_passed_over() {
    let quota = taught(1);
    let bells = [Arc::new(Bell::default()), Arc::new(Bell::default())];
    let [first, second] = [wait_in_line(&quota, 0, FAR), wait_in_line(&quota, 0, FAR)];
    for (place, bell) in [first, second].into_iter().zip(&bells) {
        assert!(advance(&quota, place, 9_950, bell).is_none());
    }

    // The whole process stood still for a second, so both are late.
    assert!(advance(&quota, second, 11_000, &bells[1]).is_none());

    assert_eq!(bells[0].rung(), 1);
    assert!(advance(&quota, first, 11_001, &bells[0]).is_some());
}

#[test]
fn a_waiter_that_was_passed_over_keeps_its_place() {
    let quota = taught(1);
    let bell = Arc::new(Bell::default());
    let places = [(); 4].map(|()| wait_in_line(&quota, 0, FAR));
    for place in places {
        assert!(advance(&quota, place, 0, &bell).is_none());
    }
    // The first two are not polled again. The third calls them, and goes before them when they do not come.
    assert!(advance(&quota, places[2], 10_000, &bell).is_none());
    let ticket = advance(&quota, places[2], 10_051, &bell).expect("a turn");
    assert_eq!(quota.snapshot_at(at(10_051)).waiting, 3);

    quota.cancel(ticket, at(10_051));

    assert!(advance(&quota, places[1], 10_052, &bell).is_some());
    assert!(advance(&quota, places[0], 10_053, &bell).is_none());
    assert!(advance(&quota, places[3], 20_053, &bell).is_none());
    assert_eq!(quota.snapshot_at(at(20_053)).waiting, 2);
}

#[test]
fn waiters_ask_again_ever_less_often_the_more_there_are() {
    let asks_after = |waiting| {
        let quota = quota();
        let _busy = take_all(&quota, 0);
        quota.lock().waiters.capacity = waiting;
        let places: Vec<_> = (0..waiting).map(|_| wait_in_line(&quota, 0, FAR)).collect();
        match quota.poll_acquire(places[0], at(0), at(FAR), Waker::noop()) {
            Ok(Err(again)) => again - at(0),
            other => panic!("no wait but {other:?}"),
        }
    };

    assert_eq!(asks_after(1), Duration::from_millis(100));
    assert_eq!(asks_after(1_000), Duration::from_millis(100));
    assert_eq!(asks_after(50_000), Duration::from_secs(5));
}

#[test]
fn a_call_that_comes_back_waits_where_it_was() {
    let quota = taught(1);
    quota.lock().waiters.capacity = 2;
    let bell = Arc::new(Bell::default());
    let Ok((place, Some(ticket))) = quota.enter(None, at(10_000), at(FAR)) else {
        panic!("no turn")
    };
    let later = [
        wait_in_line(&quota, 10_001, FAR),
        wait_in_line(&quota, 10_001, FAR),
    ];
    quota.complete(ticket, at(10_002), &asked(1));

    let again = quota.enter(Some(place), at(10_002), at(FAR));

    assert!(matches!(again, Ok((same, None)) if same == place));
    assert!(advance(&quota, later[0], 20_002, &bell).is_none());
    assert!(advance(&quota, place, 20_003, &bell).is_some());
}

#[test]
fn totals_count_refusals_retries_and_waits() {
    let quota = taught(1);
    let bell = Arc::new(Bell::default());
    let place = wait_in_line(&quota, 4_000, FAR);
    let ticket = advance(&quota, place, 10_000, &bell).expect("a turn");
    quota.complete(ticket, at(10_000), &refused());
    assert!(matches!(
        quota.enter(Some(place), at(10_000), at(FAR)),
        Ok((_, None))
    ));
    advance(&quota, place, 20_000, &bell).expect("a turn");

    let snapshot = quota.snapshot_at(at(20_000));

    assert_eq!((snapshot.throttled, snapshot.retries), (1, 1));
    assert_eq!(
        (snapshot.waits, snapshot.waited),
        (2, Duration::from_secs(16))
    );
}

// The rest.

#[test]
fn a_panic_elsewhere_does_not_lose_the_quota() {
    let quota = taught(30);
    let held = quota.clone();
    let panicked = std::thread::spawn(move || {
        let _state = held.lock();
        std::panic::resume_unwind(Box::new(()));
    });

    assert!(panicked.join().is_err());
    assert_eq!(quota.snapshot_at(at(1)).limit, Some(30));
}

#[test]
fn clones_share_what_is_known() {
    let quota = taught(30);

    let _ticket = take(&quota.clone(), 1);

    assert_eq!(quota.snapshot_at(at(1)).in_flight, 1);
}

#[test]
fn windows_out_of_all_proportion_do_no_harm() {
    for window in [Duration::ZERO, Duration::MAX] {
        let quota = RateLimiter::new(Settings {
            window,
            ..settings()
        });
        let ticket = take(&quota, 0).expect("cold start");
        quota.complete(ticket, at(0), &accepted(Some(1)));

        assert!(quota.snapshot_at(at(0)).wait > Duration::ZERO);
    }
}
