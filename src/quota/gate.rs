use std::time::{Duration, Instant};

use super::Ticket;

/// However long the vendor asks us to stay away, one call finds out after this.
const LONGEST: Duration = Duration::from_secs(120);

/// The first pause is this part of a window at least; it doubles with each refused probe until it is a window.
const PARTS: u32 = 8;

/// Holds all callers back after a 429, until one call has found out that it is over.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// The state: calls may pass or not.
    pub(super) state: Passage,
    /// The number of the event: calls that were under way when the gate was shut carry an older one.
    pub(super) event: u64,
    refused: u32,
}

/// The states of a [`Gate`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Passage {
    /// They may.
    #[default]
    Open,
    /// None may until then; after that one may, the probe.
    Shut(Instant),
    /// The probe is under way.
    Probing,
}

/// The meaning of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The first of an event.
    First,
    /// The probe's, so the event is not over.
    Again,
    /// That of a call which was under way when the gate was shut.
    Late,
}

impl Gate {
    /// Shuts the gate after a 429 until our oldest slot is free, or as long as the vendor asks.
    ///
    /// There is a least pause, as neither may be in the past or so near that we would knock without end.
    pub(super) fn refuse(
        &mut self,
        ticket: &Ticket,
        now: Instant,
        window: Duration,
        oldest: Option<Instant>,
        asked: Option<Duration>,
    ) -> Refusal {
        let asked = asked.map(|pause| now + pause.min(LONGEST));
        let refusal = match (ticket.event < self.event, ticket.probe) {
            (true, _) => Refusal::Late,
            (_, true) => Refusal::Again,
            (_, false) => Refusal::First,
        };
        match refusal {
            Refusal::Late => {
                if let Passage::Shut(until) = self.state {
                    self.state = Passage::Shut(asked.map_or(until, |asked| until.max(asked)));
                }
                return refusal;
            }
            Refusal::Again => self.refused = (self.refused + 1).min(PARTS.ilog2()),
            Refusal::First => (self.event, self.refused) = (self.event + 1, 0),
        }
        let least = now + window / PARTS * (1 << self.refused);
        self.state = Passage::Shut(least.max(asked.or(oldest).unwrap_or(least)));
        refusal
    }

    /// Lets the next caller find out, as the probe has come to nothing.
    pub(super) fn reprobe(&mut self, ticket: &Ticket, now: Instant) {
        if ticket.probe {
            self.state = Passage::Shut(now);
        }
    }
}
