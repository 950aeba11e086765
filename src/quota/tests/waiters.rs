//! The order of waiters, and those that are not polled.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use std::task::Wake;

use super::*;

#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Two waiters or more, and what wakes them.
fn waiters<const N: usize>(now: u64) -> (Waiters, [(Position, Arc<Bell>); N]) {
    let mut waiters = Waiters::default();
    let all = [(); N].map(|()| (waiters.next_position(), Arc::default()));
    for (position, _) in &all {
        waiters.push(*position, at(now));
    }
    (waiters, all)
}

/// Has a waiter ask; returns `true` if it is the first, and the milliseconds until it asks again.
fn ask(waiters: &mut Waiters, (position, bell): &(Position, Arc<Bell>), now: u64) -> (bool, u64) {
    let (wakers, again) = waiters.check_ahead(*position, at(now));
    wakers.into_iter().for_each(Waker::wake);
    waiters.settle(*position, again, &Waker::from(bell.clone()));
    (
        waiters.is_first(*position),
        (again - at(now)).as_millis() as u64,
    )
}

fn rung((_, bell): &(Position, Arc<Bell>)) -> usize {
    bell.0.load(Ordering::Relaxed)
}

#[test]
fn a_waiter_is_skipped_only_if_it_was_woken_and_has_not_asked() {
    // The last time at which the first asked, the time at which it is woken, the time at which the second asks, and if the
    // second is first then.
    let cases = [
        (0, 0, 50, false, "the first may still come"),
        (0, 0, 51, true, "it has not come"),
        (0, 200, 201, false, "it was woken late"),
        (0, 200, 251, true, "and has not come"),
        (190, 200, 251, true, "though it asked before that"),
    ];
    for (asked, woken, asks, expected, why) in cases {
        let (mut waiters, [first, second]) = waiters(0);
        ask(&mut waiters, &first, asked);
        ask(&mut waiters, &second, asked);

        waiters.wake_first(at(woken));

        assert_eq!(ask(&mut waiters, &second, asks).0, expected, "{why}");
    }
}

#[test]
fn a_waiter_is_late_50_milliseconds_after_it_was_to_ask() {
    // When the first was last polled, if it was, when the second asks, and in how many milliseconds again: sooner if it has
    // woken the first.
    let cases = [
        (None, 50, 100),
        (None, 51, 51),
        (Some(0), 150, 100),
        (Some(0), 151, 51),
    ];
    for (polled, asks, expected) in cases {
        let (mut waiters, [first, second]) = waiters(0);
        if let Some(polled) = polled {
            ask(&mut waiters, &first, polled);
        }

        assert_eq!(
            ask(&mut waiters, &second, asks),
            (false, expected),
            "{polled:?}, {asks}"
        );
    }
}

#[test]
fn a_late_waiter_is_woken_before_it_is_skipped() {
    let (mut waiters, [first, second]) = waiters(0);
    ask(&mut waiters, &first, 9_950);
    ask(&mut waiters, &second, 9_950);

    // The process stood still for a second, so both are late.
    assert_eq!(ask(&mut waiters, &second, 11_000), (false, 51));

    assert_eq!(rung(&first), 1);
    assert!(ask(&mut waiters, &first, 11_001).0);
}

#[test]
fn a_skipped_waiter_keeps_its_position_and_the_new_first_is_woken() {
    let (mut waiters, all) = waiters::<4>(0);
    for waiter in &all {
        ask(&mut waiters, waiter, 0);
    }
    let [first, second, third, fourth] = &all;
    // The first two do not ask again. The fourth wakes them, skips them, and wakes the third.
    ask(&mut waiters, third, 140);
    assert!(!ask(&mut waiters, fourth, 151).0);
    assert!(!ask(&mut waiters, fourth, 202).0);
    assert_eq!((rung(first), rung(third)), (2, 1));

    assert!(ask(&mut waiters, third, 203).0);
    assert!(ask(&mut waiters, second, 204).0);
    assert!(!ask(&mut waiters, third, 205).0);
    assert!(ask(&mut waiters, first, 206).0);
}

#[test]
fn waiters_ask_less_often_the_more_there_are() {
    for (count, expected) in [(1, 100), (1_000, 100), (50_000, 5_000)] {
        let (mut waiters, [first]) = waiters(0);
        for _ in 1..count {
            let position = waiters.next_position();
            waiters.push(position, at(0));
        }

        assert_eq!(ask(&mut waiters, &first, 0), (true, expected), "{count}");
    }
}
