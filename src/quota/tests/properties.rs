//! Whatever callers and vendors do, no window holds more calls than the limit, and no caller waits in vain.

use std::collections::BTreeMap;

use proptest::{collection::vec, option, prelude::*};

use super::*;

const WINDOW: u64 = 1_000;

/// One call's course, in milliseconds.
#[derive(Clone, Debug)]
struct Call {
    /// The time between the permit of the call before it and its arrival.
    after: u64,
    takes: u64,
    /// The vendor counts it after this part of that time, in thousandths.
    counted: u64,
    end: End,
}

#[derive(Clone, Debug)]
enum End {
    Completed(RateLimitHeaders),
    Abandoned,
    Cancelled,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let limit = prop_oneof![4 => (1..9_u64).prop_map(Some), 1 => Just(None), 1 => Just(Some(0)), 1 => Just(Some(u64::MAX))];
    let status = prop_oneof![9 => Just(200), 1 => Just(429)];
    let retry_after = option::weighted(0.2, (0..5_u64).prop_map(Duration::from_secs));
    let completed = (status, limit, option::of(0..12_u64), retry_after).prop_map(
        |(status, limit, remaining, retry_after)| {
            End::Completed(RateLimitHeaders {
                status,
                limit,
                remaining,
                retry_after,
            })
        },
    );
    let end = prop_oneof![8 => completed, 1 => Just(End::Abandoned), 1 => Just(End::Cancelled)];
    let after = prop_oneof![Just(0), 0..50_u64, 0..1_500_u64];
    let call = (after, 1..700_u64, 0..=1_000_u64, end);
    vec(
        call.prop_map(|(after, takes, counted, end)| Call {
            after,
            takes,
            counted,
            end,
        }),
        1..120,
    )
}

/// The lowest limit in force within the window before `now`: a second opinion on falls and rises.
fn lowest(announced: &[(u64, u64)], now: u64) -> Option<u64> {
    let current = announced.iter().rev().find(|(at, _)| at + WINDOW <= now);
    let recent = announced.iter().filter(|(at, _)| now < at + WINDOW);
    current
        .into_iter()
        .chain(recent)
        .map(|(_, limit)| *limit)
        .min()
}

fn allowance(fraction: f64) -> Allowance {
    let window = Duration::from_millis(WINDOW);
    Allowance::new(Settings {
        window,
        fraction,
        ..SETTINGS
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_window_of_any_placement_holds_more_than_the_limit(calls in calls(), fraction in prop_oneof![Just(1.0), 0.1..1.0]) {
        let mut allowance = allowance(fraction);
        let mut announced = Vec::new();
        let mut in_flight = BTreeMap::new();
        // When each call is counted, and the permits per window when it was sent.
        let mut sent: Vec<(u64, Option<u64>)> = Vec::new();
        let mut now = 0;

        for Call { after, takes, counted, end } in calls {
            let arrives = now + after;
            let mut look = arrives;
            let permit = loop {
                let ends = in_flight.first_key_value().map_or(u64::MAX, |((ends, _), _)| *ends);
                now = look.min(ends);
                prop_assert!(now < 10_000_000, "the first waits, and nothing will wake it");
                let ended = if now == ends { in_flight.pop_first() } else { None };
                if let Some(((_, permit), end)) = ended {
                    match end {
                        End::Completed(headers) => {
                            allowance.complete(permit, at(now), &headers);
                            announced.extend(headers.limit.filter(|it| (1..=MAX_LIMIT).contains(it)).map(|it| (now, it)));
                        }
                        End::Abandoned => allowance.abandon(permit, at(now)),
                        End::Cancelled => allowance.cancel(permit, at(now)),
                    }
                }
                if now < arrives {
                    continue;
                }
                match allowance.try_acquire(at(now)) {
                    Ok(permit) => break permit,
                    Err(next) => {
                        look = next.map_or(u64::MAX, |next| (next - at(0)).as_millis() as u64);
                        prop_assert!(now < look, "a wait must end later than it begins");
                    }
                }
            };
            if !matches!(end, End::Cancelled) {
                let permits = lowest(&announced, now).map(|limit| ((limit as f64 * fraction) as u64).max(1));
                sent.push((now + takes * counted / 1_000, permits));
            }
            in_flight.insert((now + takes, permit), end);
        }

        for (from, _) in &sent {
            let within = || sent.iter().filter(|(counted, _)| (*from..from + WINDOW).contains(counted));
            // The last of them to be sent knew of all the others.
            if let Some((_, Some(permits))) = within().next_back() {
                prop_assert!(within().count() as u64 <= *permits, "{} calls from {from} on, not {permits}", within().count());
            }
        }
    }

    #[test]
    fn no_caller_is_promised_a_longer_wait_than_there_is(calls in 1..20_u64, busy in 0..40_usize, ahead in 0..60_usize) {
        let mut allowance = allowance(1.0);
        allowance.in_flight_limit = None;
        let permits: Vec<u64> = (0..=busy).map_while(|_| take(&mut allowance, 0)).collect();
        for (index, permit) in permits.into_iter().enumerate() {
            allowance.complete(permit, at(7 * index as u64), &limit(calls));
        }
        let mut now = at(7 * busy as u64);
        let promised = allowance.earliest(ahead, now);

        let mut served = 0;
        while served <= ahead {
            match allowance.try_acquire(now) {
                // Answered in no time, so nothing can be faster.
                Ok(permit) => {
                    allowance.complete(permit, now, &limit(calls));
                    served += 1;
                }
                Err(Some(next)) => now = next,
                Err(None) => prop_assert!(false, "nothing is in flight"),
            }
        }

        prop_assert_eq!(promised, now);
    }
}
