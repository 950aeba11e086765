use std::collections::{BTreeMap, VecDeque};
use std::task::Waker;
use std::time::{Duration, Instant};

use super::cap::Cap;
use super::gate::{Gate, Passage, Refusal};
use super::limit::{Limit, MOST};
use super::{Announced, Answer, Place, Settings, Ticket};

/// Calls that may be under way when it is unknown how many are left, or none are, which only an answer can tell. Two,
/// so that one slow answer does not stop everything.
const ALWAYS: usize = 2;

/// The part of a limit that may be under way as soon as the limit is known, where others use the key, too.
const AT_FIRST: usize = 8;

/// Answers that tell whether others use the key. Two calls are under way until then, so one more than that is sent before
/// the second answer is read: of two users who start at the same moment, the later one finds four calls counted.
const TELLING: u32 = 2;

/// A caller that was called and has not come after this is passed over. A runtime takes less to poll a task that was woken.
const GRACE: Duration = Duration::from_millis(50);

/// Each caller in the queue asks again so often, which shows that it is polled.
const LIVENESS_INTERVAL: Duration = Duration::from_millis(100);

/// The most that the callers in the queue may ask in a second, all together: with more than a thousand of them each asks
/// less often.
const LIVENESS_CHECKS_PER_SECOND: u32 = 10_000;

/// All that is known about a quota: what is busy, what was announced, who waits.
pub(super) struct State {
    pub(super) settings: Settings,
    pub(super) limit: Limit,
    pub(super) cap: Option<Cap>,
    pub(super) gate: Gate,
    /// Our own limit when the gate was shut.
    pub(super) before: Option<usize>,
    /// Calls accepted in the window before the gate was shut.
    pub(super) accepted: usize,
    /// Calls with a turn and no answer.
    pub(super) flying: usize,
    /// The most that may be; `None`: as many as come.
    pub(super) flight: Option<usize>,
    /// Answers so far, up to [`TELLING`].
    pub(super) answers: u32,
    /// The vendor has counted no more calls than we have made, going by those answers.
    pub(super) alone: bool,
    /// Answered calls whose slots are still busy, in the order in which they become free.
    pub(super) cooling: VecDeque<Cooling>,
    /// Turns given so far.
    pub(super) turns: u64,
    /// The latest turn whose answer said what is left.
    pub(super) told: u64,
    /// Our part of the calls that are left.
    pub(super) room: Option<usize>,
    /// The callers who wait.
    pub(super) waiters: BTreeMap<Place, Waiter>,
    /// Those of them that were passed over, until they are polled again.
    pub(super) passed: BTreeMap<Place, Waiter>,
    pub(super) places: u64,
    pub(super) throttled: u64,
    pub(super) retries: u64,
    pub(super) waits: u64,
    pub(super) waited: Duration,
}

/// A caller in the queue.
pub(super) struct Waiter {
    waker: Waker,
    since: Instant,
    /// Its call was sent before.
    retry: bool,
    /// If it is polled at all, it is by then.
    due: Instant,
    /// It was woken, and has not been polled since.
    called: bool,
}

impl Waiter {
    /// A caller that came `now`, and has not been polled in the queue.
    pub(super) fn new(now: Instant, retry: bool) -> Self {
        Self {
            waker: Waker::noop().clone(),
            since: now,
            retry,
            due: now + GRACE,
            called: false,
        }
    }
}

/// A slot whose call was answered.
pub(super) struct Cooling {
    pub(super) until: Instant,
    pub(super) accepted: bool,
}

impl State {
    pub(super) fn new(settings: Settings) -> Self {
        let window = settings
            .window
            .clamp(Duration::from_millis(1), Duration::from_secs(24 * 60 * 60));
        Self {
            settings: Settings { window, ..settings },
            limit: Limit::default(),
            cap: None,
            gate: Gate::default(),
            before: None,
            accepted: 0,
            flying: 0,
            flight: match settings.announced {
                Announced::Expected => Some(ALWAYS),
                Announced::Never => None,
            },
            answers: 0,
            alone: true,
            cooling: VecDeque::new(),
            turns: 0,
            told: 0,
            room: None,
            waiters: BTreeMap::new(),
            passed: BTreeMap::new(),
            places: 0,
            throttled: 0,
            retries: 0,
            waits: 0,
            waited: Duration::ZERO,
        }
    }

    /// A new place, behind all others.
    pub(super) fn arrive(&mut self) -> Place {
        self.places += 1;
        Place(self.places)
    }

    /// Callers in the queue.
    pub(super) fn waiting(&self) -> usize {
        self.waiters.len() + self.passed.len()
    }

    pub(super) fn is_first(&self, place: Place) -> bool {
        let first = self.waiters.first_key_value();
        first.is_some_and(|(first, _)| *first == place)
    }

    /// Gives a caller that is polled again its place back, if it was passed over.
    pub(super) fn come_back(&mut self, place: Place) {
        if let Some(waiter) = self.passed.remove(&place) {
            self.waiters.insert(place, waiter);
        }
    }

    /// Looks for callers before `place` who ought to have asked again by now: passes over those who were called and have not
    /// come, and calls the others. Returns how to wake the latter.
    pub(super) fn pass_over(&mut self, place: Place, now: Instant) -> Vec<Waker> {
        let mut called = Vec::new();
        let mut silent = Vec::new();
        let ahead = self.waiters.range_mut(..place);
        for (place, waiter) in ahead.take_while(|(_, waiter)| waiter.due < now) {
            if waiter.called {
                silent.push(*place);
            } else {
                called.push(waiter.waker.clone());
                (waiter.called, waiter.due) = (true, now + GRACE);
            }
        }
        // Who is first without them may not know that it is.
        let unknowing = !silent.is_empty() && called.is_empty();
        for place in silent {
            if let Some(waiter) = self.waiters.remove(&place) {
                self.passed.insert(place, waiter);
            }
        }
        if unknowing && !self.is_first(place) {
            called.extend(self.call_first(now));
        }
        called
    }

    /// The time at which a caller asks again, whatever else happens; soon, if it has called others.
    pub(super) fn ask_again(&self, now: Instant, soon: bool) -> Instant {
        if soon {
            // Later than those are due.
            return now + GRACE + Duration::from_millis(1);
        }
        let waiting = u32::try_from(self.waiters.len()).unwrap_or(u32::MAX);
        let fair = Duration::from_secs(1) / LIVENESS_CHECKS_PER_SECOND * waiting;
        now + fair.max(LIVENESS_INTERVAL)
    }

    /// Notes that a caller was polled and will ask again by then. Returns the waker that it had before.
    pub(super) fn settle(&mut self, place: Place, again: Instant, waker: &Waker) -> Option<Waker> {
        let waiter = self.waiters.get_mut(&place)?;
        (waiter.called, waiter.due) = (false, again + GRACE);
        (!waiter.waker.will_wake(waker))
            .then(|| std::mem::replace(&mut waiter.waker, waker.clone()))
    }

    /// Calls who is first, and returns how to wake it.
    pub(super) fn call_first(&mut self, now: Instant) -> Option<Waker> {
        let mut first = self.waiters.first_entry()?;
        let waiter = first.get_mut();
        if !waiter.called {
            (waiter.called, waiter.due) = (true, now + GRACE);
        }
        Some(waiter.waker.clone())
    }

    /// Takes a caller out of the queue that has its turn.
    pub(super) fn take_turn(&mut self, place: Place, now: Instant) -> Option<Waiter> {
        let waiter = self.waiters.remove(&place)?;
        self.waits += 1;
        self.waited += now.saturating_duration_since(waiter.since);
        self.retries += u64::from(waiter.retry);
        Some(waiter)
    }

    /// Gives a turn, or says when to ask again. Without a time, a call is under way whose end will change things.
    pub(super) fn admit(&mut self, now: Instant) -> Result<Ticket, Option<Instant>> {
        self.pass(now);
        match self.gate.state {
            Passage::Shut(until) if now < until => return Err(Some(until)),
            Passage::Probing => return Err(None),
            Passage::Open | Passage::Shut(_) => {}
        }
        if self.available(now) == Some(0) {
            return Err(self.next(now));
        }
        let probe = self.gate.state != Passage::Open;
        if probe {
            self.gate.state = Passage::Probing;
        }
        self.turns += 1;
        self.flying += 1;
        self.room = self.room.map(|room| room.saturating_sub(1));
        Ok(Ticket {
            number: self.turns,
            event: self.gate.event,
            probe,
        })
    }

    pub(super) fn answered(&mut self, ticket: &Ticket, now: Instant, answer: &Answer) {
        let refused = answer.status == 429;
        self.throttled += u64::from(refused);
        let answer = &self.credible(answer);
        let window = self.settings.window;
        let unknown = self.limit.known.is_none();

        self.pass(now);
        self.cool(now, !refused);
        let left = self.limit.learn(now, window, answer);
        if let Some(left) = left
            && self.told < ticket.number
        {
            self.told = ticket.number;
            // The vendor may have counted the calls under way or not, so all of them are taken off; and of the rest half,
            // as other clients read the same. Where there are none, the slots are enough.
            let others = self.others(left);
            self.room = others.then(|| (left as usize).saturating_sub(self.flying) / 2);
            if others
                && self.gate.state == Passage::Open
                && let Some(cap) = &mut self.cap
            {
                cap.leave(left, now, window);
            }
        }
        self.start(left, unknown);

        if refused {
            let oldest = self.cooling.front().map(|slot| slot.until);
            if self
                .gate
                .refuse(ticket, now, window, oldest, answer.retry_after)
                == Refusal::First
            {
                self.before = self.slots(now);
                self.accepted = self.cooling.iter().filter(|slot| slot.accepted).count();
                self.fall(now);
            }
            return;
        }
        if ticket.event < self.gate.event && self.gate.state != Passage::Open {
            // Sent before the gate was shut and accepted anyway.
            self.accepted += 1;
            self.fall(now);
        }
        if ticket.probe {
            self.gate.state = Passage::Open;
            self.flight = Some(ALWAYS);
            if let Some(cap) = &mut self.cap {
                cap.restart(now);
            }
        }
        if answer.status < 500 && self.answers == TELLING {
            self.flight = self.flight.map(|flight| flight.saturating_add(1));
        }
    }

    /// The parts of an answer that count. A vendor that announces nothing has not announced what a header says: its window is not
    /// known, and a 429 teaches what there is to know.
    fn credible(&self, answer: &Answer) -> Answer {
        match self.settings.announced {
            Announced::Expected => *answer,
            Announced::Never => Answer {
                limit: None,
                remaining: None,
                ..*answer
            },
        }
    }

    /// Decides, when the first answers are in, how many calls may be under way: all of our part if there is no other client,
    /// some of it otherwise.
    fn start(&mut self, left: Option<u64>, unknown: bool) {
        let telling = self.answers < TELLING;
        if telling {
            let limit = self.limit.known;
            let ours = left
                .zip(limit)
                .is_some_and(|(left, limit)| left + self.turns >= limit);
            self.alone &= ours;
            self.answers += 1;
        }
        if self.answers == TELLING
            && (telling || unknown)
            && let Some(share) = self.share()
        {
            let first = if self.alone { share } else { share / AT_FIRST };
            self.flight = self.flight.map(|flight| flight.max(first));
        }
    }

    /// Returns `true` if the vendor has counted more calls than are ours, if so many are left.
    fn others(&self, left: u64) -> bool {
        let limit = self.limit.known.unwrap_or(left);
        limit.saturating_sub(left) > self.busy() as u64
    }

    /// Lets time pass: slots become free, and a rise of the limit counts.
    pub(super) fn pass(&mut self, now: Instant) {
        while self.cooling.front().is_some_and(|slot| slot.until <= now) {
            self.cooling.pop_front();
            self.room = self.room.map(|room| room + 1);
        }
        self.limit.pass(now);
    }

    /// Ends a call, whose slot stays busy for a window. Never out of order, though callers may have read their clocks so.
    pub(super) fn cool(&mut self, now: Instant, accepted: bool) {
        let until = now + self.settings.window;
        let until = self
            .cooling
            .back()
            .map_or(until, |last| last.until.max(until));

        self.flying -= 1;
        if self.cooling.len() as u64 == MOST {
            self.cooling.pop_front();
        }
        self.cooling.push_back(Cooling { until, accepted });
    }

    /// Lowers what we allow ourselves. A refusal before anything was accepted does not say how much is ours.
    pub(super) fn fall(&mut self, now: Instant) {
        if self.accepted > 0 {
            self.cap = Some(Cap::after(self.accepted, self.before, self.share(), now));
        }
    }

    pub(super) fn busy(&self) -> usize {
        self.flying + self.cooling.len()
    }

    /// Our part of the limit.
    pub(super) fn share(&self) -> Option<usize> {
        self.limit.known.map(|limit| self.part(limit))
    }

    pub(super) fn part(&self, limit: u64) -> usize {
        ((limit as f64 * self.settings.share) as usize).max(1)
    }

    /// Calls per window that we allow ourselves.
    pub(super) fn slots(&self, now: Instant) -> Option<usize> {
        let cap = self.cap.map(|cap| cap.at(now, self.settings.window));
        self.share().into_iter().chain(cap).min()
    }

    /// Calls that could go out if the gate is open; `None`: as many as come.
    pub(super) fn available(&self, now: Instant) -> Option<usize> {
        let slots = self
            .slots(now)
            .map(|slots| slots.saturating_sub(self.busy()));
        let flight = self.flight.map(|flight| flight.saturating_sub(self.flying));
        let room = self
            .room
            .map(|room| room.max(ALWAYS.saturating_sub(self.flying)));
        slots.into_iter().chain(flight).chain(room).min()
    }

    /// The time of the next free slot, if time alone can free one.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        let over = self.busy().checked_sub(self.slots(now)?)?;
        let cools = self.cooling.get(over).map(|slot| slot.until);
        let rises = self.limit.rise.map(|(at, _)| at);
        let grows = self.cap.map(|cap| cap.grows(now, self.settings.window));
        cools.into_iter().chain(rises).chain(grows).min()
    }

    /// The earliest time at which a caller with `ahead` others before it can have its turn.
    ///
    /// The first slots to become free are those of answered calls, then, a window from now at best, those of all others,
    /// and so on with every window.
    pub(super) fn earliest(&self, ahead: usize, now: Instant) -> Instant {
        let opens = match self.gate.state {
            Passage::Shut(until) => until.max(now),
            Passage::Open | Passage::Probing => now,
        };
        let Some(slots) = self.limit.highest().map(|limit| self.part(limit)) else {
            return opens;
        };
        let window = self.settings.window;
        let first = match (self.busy() + ahead % slots).checked_sub(slots) {
            Some(over) => self
                .cooling
                .get(over)
                .map_or(now + window, |slot| slot.until),
            None => now,
        };
        let rounds = u32::try_from(ahead / slots).unwrap_or(u32::MAX);
        opens.max(
            first
                .checked_add(window.saturating_mul(rounds))
                .unwrap_or(first),
        )
    }
}
