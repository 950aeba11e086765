//! Whatever callers and vendors do, no window holds more calls than the limit, and no caller waits in vain.

use proptest::collection::vec;
use proptest::prelude::*;

use super::allowance::MAX_LIMIT;
use super::*;

const WINDOW: u64 = 1_000;

/// One call's course. Times are milliseconds.
#[derive(Clone, Debug)]
struct Call {
    /// It comes so long after the one before it.
    after: u64,
    /// It is under way so long.
    takes: u64,
    /// The vendor counts it after this part of that time, in thousandths.
    counted: u64,
    ends: End,
}

#[derive(Clone, Debug)]
enum End {
    Answered {
        limit: Option<u64>,
        remaining: Option<u64>,
        refused: bool,
        retry_after: Option<u64>,
    },
    Abandoned,
    Returned,
}

/// A call that was given its turn.
struct Sent {
    slots: Option<u64>,
    counted: u64,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let answered = (
        prop_oneof![4 => (1..9_u64).prop_map(Some), 1 => Just(None), 1 => Just(Some(0)), 1 => Just(Some(u64::MAX))],
        proptest::option::of(0..12_u64),
        prop::bool::weighted(0.1),
        proptest::option::weighted(0.2, 0..5_u64),
    )
        .prop_map(|(limit, remaining, refused, retry_after)| End::Answered { limit, remaining, refused, retry_after });
    let ends = prop_oneof![8 => answered, 1 => Just(End::Abandoned), 1 => Just(End::Returned)];
    let call = (
        prop_oneof![Just(0), 0..50_u64, 0..1_500_u64],
        1..700_u64,
        0..=1_000_u64,
        ends,
    )
        .prop_map(|(after, takes, counted, ends)| Call {
            after,
            takes,
            counted,
            ends,
        });
    vec(call, 1..120)
}

/// The lowest limit that was in force within the window before `now`: a second opinion on falls and rises.
fn allowed(announced: &[(u64, u64)], now: u64) -> Option<u64> {
    let current = announced.iter().rev().find(|(at, _)| at + WINDOW <= now);
    let recent = announced.iter().filter(|(at, _)| now < at + WINDOW);
    current
        .into_iter()
        .chain(recent)
        .map(|(_, limit)| *limit)
        .min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_window_of_any_placement_holds_more_than_the_limit(calls in calls(), share in prop_oneof![Just(1.0), 0.1..1.0]) {
        let origin = Instant::now();
        let instant = |millis: u64| origin + Duration::from_millis(millis);
        let mut state = Allowance::new(Settings {
            announces_limit: true,
            window: Duration::from_millis(WINDOW),
            fraction: share,
            max_waiters: 1_000,
        });
        let mut announced: Vec<(u64, u64)> = Vec::new();
        let mut sent: Vec<Sent> = Vec::new();
        let mut under_way: Vec<(u64, u64, End)> = Vec::new();
        let mut coming = calls.into_iter();
        let mut first = coming.next();
        let mut came = 0;
        let mut again: Option<u64> = None;
        let mut now = 0;

        loop {
            let arrives = first.as_ref().map(|call| (came + call.after).max(now));
            let ends = under_way.iter().map(|(at, ..)| *at).min();
            let looks = match (arrives, again) {
                (Some(arrives), Some(again)) => Some(arrives.max(again)),
                (Some(arrives), None) => Some(arrives),
                (None, _) => None,
            };
            let waits_for_others = first.is_some() && again == Some(u64::MAX);
            prop_assert!(!waits_for_others || ends.is_some(), "the first waits, and nothing will wake it");
            now = match (looks, ends) {
                (Some(looks), Some(ends)) => looks.min(ends),
                (Some(looks), None) => looks,
                (None, Some(ends)) => ends,
                (None, None) => break,
            };
            prop_assert!(now < 10_000_000, "it should have been over by now");

            if let Some(index) = under_way.iter().position(|(at, ..)| *at == now) {
                let (_, ticket, end) = under_way.swap_remove(index);
                match end {
                    End::Answered { limit, remaining, refused, retry_after } => {
                        let answer = RateLimitHeaders {
                            status: if refused { 429 } else { 200 },
                            limit,
                            remaining,
                            retry_after: retry_after.map(Duration::from_secs),
                        };
                        state.complete(ticket, instant(now), &answer);
                        announced.extend(limit.filter(|limit| (1..=MAX_LIMIT).contains(limit)).map(|limit| (now, limit)));
                    }
                    End::Abandoned => {
                        state.abandon(ticket, instant(now));
                    }
                    End::Returned => {
                        state.cancel(ticket, instant(now));
                    }
                }
                again = None;
                continue;
            }
            let Some(call) = first.take() else { continue };
            match state.try_acquire(instant(now)) {
                Ok(ticket) => {
                    if !matches!(call.ends, End::Returned) {
                        let slots = allowed(&announced, now).map(|limit| ((limit as f64 * share) as u64).max(1));
                        sent.push(Sent { slots, counted: now + call.takes * call.counted / 1_000 });
                    }
                    under_way.push((now + call.takes, ticket, call.ends));
                    came = now;
                    first = coming.next();
                    again = None;
                }
                Err(next) => {
                    let next = next.map_or(u64::MAX, |next| next.duration_since(origin).as_millis() as u64);
                    prop_assert!(now < next, "a wait must end later than it begins");
                    again = Some(next);
                    first = Some(Call { after: 0, ..call });
                }
            }
        }

        for from in sent.iter().map(|call| call.counted) {
            let within = || sent.iter().filter(|call| (from..from + WINDOW).contains(&call.counted));
            // The last of them to be sent knew of all the others.
            if let Some(slots) = within().next_back().and_then(|last| last.slots) {
                prop_assert!(within().count() as u64 <= slots, "{} calls from {from} on, not {slots}", within().count());
            }
        }
    }

    #[test]
    fn nobody_is_told_of_a_longer_wait_than_there_is(limit in 1..20_u64, busy in 0..40_usize, ahead in 0..60_usize) {
        let origin = Instant::now();
        let window = Duration::from_millis(WINDOW);
        let mut state = Allowance::new(Settings { announces_limit: true, window, fraction: 1.0, max_waiters: 1_000 });
        state.in_flight_limit = None;
        let mut turns: Vec<u64> = (0..=busy).map_while(|_| state.try_acquire(origin).ok()).collect();
        for (index, ticket) in turns.drain(..).enumerate() {
            let limit = Some(limit);
            state.complete(ticket, origin + Duration::from_millis(7 * index as u64), &RateLimitHeaders { status: 200, limit, ..RateLimitHeaders::default() });
        }
        let mut now = origin + Duration::from_millis(7 * busy as u64);
        let promised = state.earliest(ahead, now);

        let mut served = 0;
        while served <= ahead {
            match state.try_acquire(now) {
                // Answered in no time, so nothing can be faster.
                Ok(ticket) => {
                    state.complete(ticket, now, &RateLimitHeaders { status: 200, limit: Some(limit), ..RateLimitHeaders::default() });
                    served += 1;
                }
                Err(Some(next)) => now = next,
                Err(None) => prop_assert!(false, "nothing is under way"),
            }
        }

        prop_assert_eq!(promised, now);
    }
}
