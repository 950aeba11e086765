//! Random requests, which hold a store against the model.

use super::Fleet;
use super::simulation::{Accident, Load, SECOND, Scene, Simulation};
use crate::quota::store::{Observation, Outcome, Report, SyncReply, SyncRequest};

/// Makes up requests that no process would send, some of them with what replies said. The clock goes back now and then.
pub(crate) fn random(seed: u64, mut store: impl FnMut(&SyncRequest, i64) -> SyncReply) {
    fastrand::seed(seed);
    let mut clock = 1_700_000_000_000_000;
    let mut replies = vec![SyncReply::default(); 5];
    let chance = |of: u32| fastrand::u32(..of) == 0;
    let maybe = |of: u32, range: std::ops::Range<i64>| chance(of).then(|| fastrand::i64(range));
    let limit = fastrand::i64(1..12);
    let announced = !chance(4);
    for _ in 0..200 {
        clock += fastrand::i64(0..[5_000, 300_000, 3_000_000][fastrand::usize(..3)]);
        if chance(60) {
            clock -= [400_000, 5_000_000][fastrand::usize(..2)];
        }
        let index = fastrand::usize(..replies.len());
        let last = &replies[index];
        let mut reports = Vec::new();
        for _ in 0..fastrand::usize(..5) {
            reports.push(Report {
                number: fastrand::i64(1..30),
                age: fastrand::i64(-500_000..3_000_000),
                event: (last.event - fastrand::i64(0..2)).max(0),
                outcome: [
                    Outcome::Accepted,
                    Outcome::Accepted,
                    Outcome::Unknown,
                    Outcome::Unused,
                    Outcome::InFlight,
                    if chance(4) {
                        Outcome::Refused
                    } else {
                        Outcome::Accepted
                    },
                ][fastrand::usize(..6)],
            });
        }
        let request = SyncRequest {
            replica: index as u64 + 1,
            want: fastrand::i64(0..8),
            first: fastrand::i64(1..30),
            held: fastrand::i64(0..2),
            window: 2_000_000,
            lease: 6_000_000,
            horizon: fastrand::i64(300_000..1_200_000),
            epoch: if chance(20) {
                fastrand::u64(0..3)
            } else {
                last.epoch
            },
            version: last.version + maybe(40, 0..100).unwrap_or(0),
            nonce: fastrand::u64(1..),
            returning: chance(20),
            announced,
            limit: last.limit,
            observation: chance(2).then(|| Observation {
                limit: if chance(8) {
                    maybe(2, -1..20)
                } else {
                    announced.then_some(limit)
                },
                remaining: if chance(3) {
                    maybe(2, -1..20)
                } else {
                    Some((limit - last.in_flight - last.recent).max(0))
                },
                age: fastrand::i64(0..1_500_000),
            }),
            retry_after: maybe(10, 0..9_000_000),
            reports,
        };
        replies[index] = store(&request, clock);
    }
}

/// Requests as processes send them, with accidents. Returns the number of accepted calls.
pub(crate) fn simulated(
    seed: u64,
    store: impl FnMut(&mut Fleet, &SyncRequest, i64) -> SyncReply,
) -> usize {
    let scene = Scene {
        seed,
        until: 40 * SECOND,
        window: 2 * SECOND,
        loads: vec![
            Load::Busy,
            Load::Busy,
            Load::Rate(2.0),
            Load::Rate(0.5),
            Load::Foreign(seed as f64 + 0.1),
        ],
        accidents: vec![
            (8 * SECOND, Accident::Kill(0)),
            (12 * SECOND, Accident::Join(Load::Busy)),
            (15 * SECOND, Accident::Down(true)),
            (25 * SECOND, Accident::Down(false)),
        ],
        ..Scene::busy(0)
    };
    Simulation::new(scene, store).run().calls
}
