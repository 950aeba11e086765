//! The scenes, and what they have to come to.

use super::*;

fn simulate(name: &str, scene: Scene) -> Figures {
    let figures = Simulation::new(scene, Fleet::apply).run();
    println!(
        "{name}: {} calls, {:.3} of the quota, {:.4} of the least time, 429 {}, largest window {}, fairness {:.3}, {:.2} round trips per call, waits {:?}",
        figures.calls,
        figures.used,
        figures.ratio,
        figures.refused,
        figures.largest_window,
        figures.fairness,
        figures.syncs_per_call,
        figures.waits.get(figures.waits.len() / 2),
    );
    figures
}

#[test]
fn busy_processes_use_all_of_the_quota_evenly_and_are_never_refused() {
    let durations = [(30, 10, 72), (60, 2, 20)];
    for (processes, callers) in [(1, 64), (2, 64), (4, 64), (10, 64), (40, 64), (2, 16)] {
        for (limit, window, until) in durations {
            for (seed, windows) in [(1, Windows::Fixed), (2, Windows::Sliding)] {
                let scene = Scene {
                    seed,
                    windows,
                    limit,
                    window: window * SECOND,
                    latency: (10 * MILLI, 30 * MILLI),
                    round_trip: (2 * MILLI, 3 * MILLI),
                    until: until * SECOND,
                    callers,
                    ..Scene::busy(processes)
                };
                let name = format!("{windows:?} {limit}/{window}, {processes} x {callers} busy");
                let figures = simulate(&name, scene);

                assert_eq!(figures.refused, 0);
                assert!(figures.largest_window <= limit);
                // A permit is busy for a window and an answer, and the store adds a round trip.
                let most = 1.0 + 0.04 / window as f64;
                assert!(figures.ratio < most, "{}", figures.ratio);
                let even = if processes > limit { 0.95 } else { 0.98 };
                assert!(figures.fairness > even, "{}", figures.fairness);
            }
        }
    }
}

#[test]
fn a_busy_process_has_what_idle_ones_leave_and_a_new_one_waits_no_longer_than_a_window() {
    let mut loads = vec![Load::Busy];
    loads.extend([Load::Rate(0.02); 9]);
    let uneven = simulate(
        "1 busy, 9 rare",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );
    let loads = vec![Load::Busy, Load::Once(60 * SECOND, 1)];
    let newcomer = simulate(
        "1 busy, a newcomer",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );

    assert!(uneven.used > 0.99 && newcomer.used > 0.99);
    assert_eq!((uneven.refused, newcomer.refused), (0, 0));
    assert!(
        uneven
            .waits
            .iter()
            .chain(&newcomer.waits)
            .all(|wait| *wait <= 11_000)
    );
}

#[test]
fn processes_that_do_not_need_all_of_the_quota_wait_for_one_round_trip() {
    let loads = vec![Load::Rate(0.02); 100];
    let figures = simulate(
        "100 rare",
        Scene {
            loads,
            ..Scene::busy(1)
        },
    );

    assert_eq!(figures.refused, 0);
    assert!(figures.waits[figures.waits.len() / 2] <= 4);
}

#[test]
fn accidents_cause_no_refusal() {
    // A process that is killed keeps its part, until the leases end: a quarter for 26 s of 120.
    let killed = 1.0 - 26.0 / 120.0 / 4.0;
    let hour = -3_600_000;
    type Case<'a> = (&'a str, &'a [(u64, Accident)], f64);
    let cases: [Case<'_>; 12] = [
        ("killed at 40.0 s", &[(40_000, Accident::Kill(0))], killed),
        ("killed at 50.9 s", &[(50_900, Accident::Kill(0))], killed),
        ("flushed", &[(43_210, Accident::Flush)], 0.99),
        ("flushed at 50 s", &[(50_100, Accident::Flush)], 0.99),
        ("one key lost", &[(45_000, Accident::LoseOne)], 0.99),
        (
            "the last second lost",
            &[(49_000, Accident::Snapshot), (50_000, Accident::Rewind)],
            0.99,
        ),
        (
            "the last second lost, later",
            &[(52_400, Accident::Snapshot), (53_400, Accident::Rewind)],
            0.99,
        ),
        ("back by an hour", &[(47_000, Accident::Jump(hour))], 0.99),
        (
            "back by half a second",
            &[(47_000, Accident::Jump(-500))],
            0.99,
        ),
        ("forward by 50 ms", &[(47_000, Accident::Jump(50))], 0.99),
        (
            "stopped for 5 s",
            &[(44_000, Accident::Stop(1, 5 * SECOND))],
            0.99,
        ),
        ("joined", &[(44_000, Accident::Join(Load::Busy))], 0.99),
    ];
    for (name, accidents, least) in cases {
        for windows in [Windows::Fixed, Windows::Sliding] {
            for seed in 0..2 {
                let accidents = accidents.iter().map(|(at, it)| (at * MILLI, *it)).collect();
                let scene = Scene {
                    seed,
                    windows,
                    accidents,
                    ..Scene::busy(4)
                };
                let figures = simulate(name, scene);

                assert_eq!(figures.refused, 0, "{name}, {windows:?}, {seed}");
                assert!(figures.used > least, "{name}, {windows:?}, {seed}");
            }
        }
    }
}

#[test]
fn permits_that_a_failover_forgot_are_free_again_soon() {
    for moment in [18_000, 18_400, 18_800, 19_200, 19_600] {
        let accidents = [
            (moment, Accident::Snapshot),
            (moment + 1_000, Accident::Down(true)),
            (moment + 3_000, Accident::Rewind),
            (moment + 3_000, Accident::Down(false)),
        ];
        let scene = Scene {
            limit: 60,
            window: 2 * SECOND,
            latency: (10 * MILLI, 30 * MILLI),
            until: 40 * SECOND,
            accidents: accidents.map(|(at, it)| (at * MILLI, it)).to_vec(),
            ..Scene::busy(4)
        };
        let figures = simulate("failed over", scene);

        assert_eq!(figures.refused, 0, "{moment}");
        // Of 40 seconds some 5 are spent on the loss.
        assert!(figures.used > 0.85, "{moment}");
    }
}

#[test]
fn a_store_that_is_slow_or_stands_still_causes_no_refusal() {
    let cases = [
        ("slow by 50 ms", Accident::Slow(50 * MILLI), 50, 0.98),
        ("slow by 200 ms", Accident::Slow(200 * MILLI), 200, 0.95),
        ("slow by 500 ms", Accident::Slow(500 * MILLI), 500, 0.90),
        ("frozen for 8 s", Accident::Freeze(8 * SECOND), 0, 0.92),
        ("frozen for 300 ms", Accident::Freeze(300 * MILLI), 0, 0.98),
    ];
    for (name, accident, slow, least) in cases {
        for (seed, processes, window) in [(0, 4, 2), (1, 4, 2), (2, 10, 2), (3, 4, 10), (4, 1, 2)] {
            let scene = Scene {
                seed,
                window: window * SECOND,
                latency: (20 * MILLI, 30 * MILLI),
                accidents: vec![(31 * SECOND + seed * 370 * MILLI, accident)],
                until: 80 * SECOND,
                ..Scene::busy(processes)
            };
            let figures = simulate(&format!("{name}, {processes} busy, {window} s"), scene);

            // A permit is busy for a window, an answer and a round trip, of which 2 s hold fewer than 10 s.
            let cycle = (window * SECOND + 30 * MILLI + slow * MILLI) as f64;
            let allowed = 0.99 * (window * SECOND) as f64 / cycle;
            assert!(figures.largest_window <= 30);
            assert_eq!(figures.refused, 0);
            assert!(figures.used > allowed.min(least), "{}", figures.used);
        }
    }
}

#[test]
fn a_process_that_is_cut_off_takes_no_more_than_its_share() {
    for seed in 0..4 {
        let scene = Scene {
            seed,
            accidents: vec![
                (45 * SECOND, Accident::CutOff(0, true)),
                (95 * SECOND, Accident::CutOff(0, false)),
            ],
            ..Scene::busy(4)
        };
        let figures = simulate("one cut off", scene);

        assert!(figures.largest_window <= 30 + 30 / 4);
        // It takes its share beside the others in two windows, and less after a refusal.
        assert!(figures.refused <= 2 * 30 / 4 && figures.used > 0.95);
    }
}

#[test]
fn without_the_store_a_safe_share_is_used_and_with_it_all_again() {
    // Before, in the window after, by shares, and with the store again. Of 30 / 100 calls for each three quarters are used, as
    // processes do not know each other's moments.
    let cases = [
        (1, 30, [0.99, 0.99, 0.92, 0.99]),
        (4, 30, [0.99, 0.44, 0.86, 0.99]),
        (10, 30, [0.99, 0.60, 0.92, 0.99]),
        (100, 36, [0.98, 0.50, 0.70, 0.98]),
    ];
    for (processes, largest, least) in cases {
        let scene = Scene {
            until: 240 * SECOND,
            accidents: vec![
                (60 * SECOND, Accident::Down(true)),
                (150 * SECOND, Accident::Down(false)),
            ],
            ..Scene::busy(processes)
        };
        let figures = simulate(&format!("{processes} busy, away for 90 s"), scene);

        let used = [(0, 60), (60, 85), (85, 150), (160, 240)];
        let used = used.map(|(from, until)| figures.used_between(from, until));
        println!("   {used:.3?}");
        assert!(figures.largest_window <= largest);
        assert!(used.iter().zip(&least).all(|(used, least)| used > least));
        assert!(processes == 100 || figures.refused == 0);
    }
}

#[test]
fn a_store_that_was_never_there_lets_one_call_go_at_a_time() {
    let scene = Scene {
        accidents: vec![
            (0, Accident::Down(true)),
            (60 * SECOND, Accident::Down(false)),
        ],
        ..Scene::busy(2)
    };
    let figures = simulate("away from the start", scene);

    let used = [(0, 60), (80, 120)].map(|(from, until)| figures.used_between(from, until));
    println!("   {used:.3?}");
    assert!(used[0] > 0.99 && used[1] > 0.92);
}

#[test]
fn foreign_users_of_the_key_are_left_their_part() {
    for rate in [0.5, 1.5, 3.0] {
        let mut loads = vec![Load::Busy; 4];
        loads.push(Load::Foreign(rate));
        let figures = simulate(
            &format!("4 busy, {rate} foreign calls per second"),
            Scene {
                loads,
                ..Scene::busy(4)
            },
        );

        // As little as the fleet knows of them it leaves half of what remains.
        assert!(figures.used > 0.8);
        assert!((figures.refused as f64) < 0.03 * figures.calls as f64);
    }
}

#[test]
fn no_set_up_holds_more_than_the_limit_in_a_window() {
    let (mut calls, mut refused) = (0, 0);
    for seed in 1_000..1_060 {
        fastrand::seed(seed);
        let pick = |from: &[usize]| from[fastrand::usize(..from.len())];
        let until = 40 * SECOND;
        let processes = pick(&[1, 2, 3, 5, 8, 13]);
        let loads = (0..processes).map(|_| match fastrand::u8(..3) {
            0 => Load::Rate([0.05, 0.5, 3.0][fastrand::usize(..3)]),
            _ => Load::Busy,
        });
        let limit = pick(&[2, 3, 7, 30, 60]);
        let mut accidents = Vec::new();
        for _ in 0..pick(&[0, 0, 1, 2]) {
            accidents.push((
                fastrand::u64(..until),
                Accident::Kill(fastrand::usize(..13)),
            ));
            accidents.push((fastrand::u64(..until), Accident::Join(Load::Busy)));
        }
        let scene = Scene {
            seed,
            windows: [Windows::Fixed, Windows::Sliding][pick(&[0, 1])],
            limit,
            window: [2 * SECOND, 10 * SECOND][pick(&[0, 1])],
            latency: [(5, 20), (80, 200), (50, 3_000)].map(|(from, to)| (from * MILLI, to * MILLI))
                [pick(&[0, 1, 2])],
            round_trip: [(300, 1_000), (1_000, 40_000)][pick(&[0, 1])],
            until,
            loads: loads.collect(),
            callers: pick(&[16, 64]),
            accidents,
        };
        let described = format!("{scene:?}");
        let figures = Simulation::new(scene, Fleet::apply).run();

        calls += figures.calls;
        refused += figures.refused;
        assert!(
            figures.largest_window <= limit,
            "{} in {described}",
            figures.largest_window
        );
        assert_eq!(figures.refused, 0, "{described}");
    }
    println!("60 set-ups, {calls} calls, {refused} refused");
}
