//! Deliveries of events to webhook endpoints: BSPK's limit of time, its retries, and its rules for statuses.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt,
    sync::Arc,
    time::Duration,
};

use axum::http::Uri;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::task::AbortHandle;

use super::{
    Bspk, Store,
    sender::{NOT_LOOPBACK, post},
};

/// The retries, and the period that they are spread over (BSPK's page "Retry policy").
const RETRIES: u32 = 19;
const RETRY_PERIOD: Duration = Duration::from_secs(96 * 3600);

/// The finished deliveries that are kept.
const FINISHED_KEPT: usize = 1000;

/// The others that are kept. Of more, the oldest that waits for a retry is given up.
const UNFINISHED_KEPT: usize = 10_000;

/// One event for one endpoint.
#[derive(Clone)]
pub(super) struct Delivery {
    id: u64,
    endpoint: u64,
    target_url: Box<str>,
    event: &'static str,
    body: Box<str>,
    attempts: Vec<Attempt>,
    state: State,
    task: Option<AbortHandle>,
}

#[derive(Clone)]
struct Attempt {
    /// On the sandbox's clock.
    at: Duration,
    /// The status, or the reason why there is none.
    answer: Result<u16, &'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// The next attempt is at this time on the sandbox's clock.
    Waiting(Duration),
    Sending,
    Delivered,
    /// Answered 422, which is never sent again.
    Refused,
    /// The last attempt has failed, or the endpoint was disabled meanwhile.
    GivenUp,
}

impl Delivery {
    /// The body as it is posted.
    pub(super) fn body(&self) -> &str {
        &self.body
    }

    pub(super) fn shown(&self) -> Value {
        let state = match self.state {
            State::Waiting(_) => "waiting",
            State::Sending => "sending",
            State::Delivered => "delivered",
            State::Refused => "refused",
            State::GivenUp => "given_up",
        };
        let next = match self.state {
            State::Waiting(until) => Some(milliseconds(until)),
            _ => None,
        };
        let attempts = self.attempts.iter().map(|it| {
            json!({
                "at_ms": milliseconds(it.at),
                "status": it.answer.ok(),
                "error": it.answer.err(),
            })
        });
        let body: Value = serde_json::from_str(&self.body).unwrap_or_default();
        json!({
            "id": self.id,
            "webhook_endpoint_id": self.endpoint,
            "target_url": self.target_url,
            "event_name": self.event,
            "object": body["object"],
            "state": state,
            "attempts": attempts.collect::<Vec<_>>(),
            "next_attempt_at_ms": next,
        })
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The deliveries that are not finished, and the latest of the others.
#[derive(Default)]
pub(super) struct Deliveries {
    made: u64,
    kept: BTreeMap<u64, Delivery>,
    finished: VecDeque<u64>,
}

impl Deliveries {
    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Delivery> {
        self.kept.values().rev()
    }

    fn add(&mut self, delivery: Delivery) {
        self.kept.insert(delivery.id, delivery);
        let is_waiting = |it: &&Delivery| matches!(it.state, State::Waiting(_));
        if self.kept.len() - self.finished.len() > UNFINISHED_KEPT
            && let Some(oldest) = self.kept.values().find(is_waiting)
        {
            if let Some(task) = &oldest.task {
                task.abort();
            }
            self.set(oldest.id, State::GivenUp);
        }
    }

    fn set(&mut self, id: u64, state: State) {
        if let Some(delivery) = self.kept.get_mut(&id) {
            delivery.state = state;
            if !matches!(state, State::Waiting(_) | State::Sending) {
                self.finished.push_back(id);
            }
        }
        if self.finished.len() > FINISHED_KEPT
            && let Some(oldest) = self.finished.pop_front()
        {
            self.kept.remove(&oldest);
        }
    }
}

impl fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries")
            .field("made", &self.made)
            .finish_non_exhaustive()
    }
}

impl Bspk {
    /// Begins a delivery, and returns its id.
    pub(super) fn deliver(
        self: &Arc<Self>,
        store: &mut Store,
        endpoint: u64,
        event: &'static str,
        body: &str,
    ) -> u64 {
        let now = self.sender.now();
        let deliveries = &mut store.deliveries;
        deliveries.made += 1;
        let id = deliveries.made;
        deliveries.add(Delivery {
            id,
            endpoint,
            target_url: Box::default(),
            event,
            body: body.into(),
            attempts: Vec::new(),
            state: State::Waiting(now),
            task: self.sender.spawn(Arc::clone(self).attempt(id, now)),
        });
        id
    }

    /// Delivers the same event to the same endpoint once more, even if that is disabled, and returns the id of the new delivery.
    pub(crate) fn deliver_again(self: &Arc<Self>, id: u64) -> Option<u64> {
        let mut store = self.store();
        let Delivery {
            endpoint,
            event,
            body,
            ..
        } = store.deliveries.kept.get(&id)?.clone();
        Some(self.deliver(&mut store, endpoint, event, &body))
    }

    /// Sets the clock forward. Deliveries that become due are made at their times, in order, and all of them are answered or
    /// have failed when this returns.
    pub(crate) async fn advance(&self, by: Duration) {
        let end = self.sender.now() + by;
        let mut changes = self.sender.changes();
        loop {
            changes.mark_unchanged();
            let next = {
                let now = self.sender.now();
                let store = self.store();
                let kept = store.deliveries.kept.values();
                let waiting = |it: &Delivery| match it.state {
                    State::Waiting(until) => Some(until),
                    _ => None,
                };
                let is_busy = |it: &Delivery| {
                    it.state == State::Sending || waiting(it).is_some_and(|it| it <= now)
                };
                if kept.clone().any(is_busy) {
                    None
                } else {
                    let due = kept.filter_map(waiting).min();
                    Some(due.filter(|it| *it <= end).unwrap_or(end))
                }
            };
            match next {
                // The sender lives as long as this future.
                None => drop(changes.changed().await),
                Some(time) => {
                    self.sender.advance_to(time);
                    if time == end {
                        return;
                    }
                }
            }
        }
    }

    /// Makes the attempts of a delivery.
    async fn attempt(self: Arc<Self>, id: u64, begun: Duration) {
        let mut due = begun;
        for retry in 0..=RETRIES {
            self.sender.sleep_until(due).await;
            let Some((target, secret, body)) = self.begin(id, retry) else {
                return;
            };
            let at = self.sender.now();
            let answer = self.sender.send(post(&target, &secret, body)).await;
            due += delay(retry + 1);
            let is_finished = self.end(id, retry, Attempt { at, answer }, due);
            self.sender.tell();
            if is_finished {
                return;
            }
        }
    }

    /// Returns what is to be sent, or `None` if nothing is: the delivery is gone, or a retry finds the endpoint disabled.
    fn begin(&self, id: u64, retry: u32) -> Option<(Uri, String, String)> {
        let mut store = self.store();
        let endpoint = store.deliveries.kept.get(&id)?.endpoint;
        let endpoint = store.endpoints.get(endpoint)?.members();
        if retry > 0 && endpoint.get("is_enabled") != Some(&json!(true)) {
            store.deliveries.set(id, State::GivenUp);
            self.sender.tell();
            return None;
        }
        store.deliveries.set(id, State::Sending);
        let word = |name| endpoint.get(name).and_then(Value::as_str);
        let target = word("target_url").unwrap_or_default();
        let delivery = store.deliveries.kept.get_mut(&id)?;
        delivery.target_url = target.into();
        let body = delivery.body.to_string();
        let secret = word("secret").unwrap_or_default();
        Some((target.parse().unwrap_or_default(), secret.to_owned(), body))
    }

    /// Notes the answer to an attempt, and returns `true` if it was the last.
    fn end(&self, id: u64, retry: u32, attempt: Attempt, due: Duration) -> bool {
        let mut store = self.store();
        let Some(delivery) = store.deliveries.kept.get_mut(&id) else {
            return true;
        };
        let endpoint = delivery.endpoint;
        let state = match attempt.answer {
            Ok(200..=299) => State::Delivered,
            Ok(422) => State::Refused,
            Err(NOT_LOOPBACK) => State::GivenUp,
            _ if retry < RETRIES => State::Waiting(due),
            _ => {
                // BSPK disables an endpoint that goes on failing.
                let disabled = Map::from_iter([("is_enabled".to_owned(), json!(false))]);
                let now = Timestamp::now();
                store.endpoints.upsert(Some(endpoint), disabled, now);
                State::GivenUp
            }
        };
        if let Some(delivery) = store.deliveries.kept.get_mut(&id) {
            delivery.attempts.push(attempt);
        }
        store.deliveries.set(id, state);
        !matches!(state, State::Waiting(_))
    }
}

/// The wait before a retry: they grow with the square of its number, and all of them are [`RETRY_PERIOD`]. BSPK documents their
/// number and their sum.
fn delay(retry: u32) -> Duration {
    let squares: u32 = (1..=RETRIES).map(|it| it * it).sum();
    RETRY_PERIOD * (retry * retry) / squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_retries_take_96_hours_and_come_ever_later() {
        let delays: Vec<Duration> = (1..=RETRIES).map(delay).collect();

        let sum: Duration = delays.iter().sum();
        assert!(RETRY_PERIOD - sum < Duration::from_micros(1));
        assert!(delays.is_sorted() && delays[0] > Duration::from_secs(60));
        assert_eq!(delay(0), Duration::ZERO);
    }

    fn delivery(id: u64, state: State) -> Delivery {
        Delivery {
            id,
            endpoint: 1,
            target_url: Box::default(),
            event: "shopper.created",
            body: Box::default(),
            attempts: Vec::new(),
            state,
            task: None,
        }
    }

    #[test]
    fn the_oldest_that_waits_is_given_up_when_there_are_too_many() {
        let mut deliveries = Deliveries::default();
        deliveries.add(delivery(0, State::Sending));
        for id in 1..20_000 {
            deliveries.add(delivery(id, State::Waiting(RETRY_PERIOD)));
        }

        assert_eq!(deliveries.kept.len(), UNFINISHED_KEPT + FINISHED_KEPT);
        assert!(deliveries.kept[&0].state == State::Sending);
        assert!(deliveries.kept[&19_999].state == State::Waiting(RETRY_PERIOD));
        let given_up = deliveries
            .kept
            .values()
            .filter(|it| it.state == State::GivenUp);
        assert_eq!(given_up.count(), FINISHED_KEPT);
    }

    #[test]
    fn the_latest_of_the_finished_deliveries_are_kept() {
        let mut deliveries = Deliveries::default();
        for id in 1..=1100 {
            deliveries.add(delivery(id, State::Sending));
        }

        for id in 2..=1100 {
            deliveries.set(id, State::Delivered);
        }

        let kept: Vec<u64> = deliveries.newest_first().map(|it| it.id).collect();
        assert_eq!(kept.len(), FINISHED_KEPT + 1);
        assert_eq!((kept[0], kept[FINISHED_KEPT]), (1100, 1));
    }
}
