//! The behaviour of a vendor.

use std::{collections::BTreeMap, io, time::Duration};

use crate::{
    fault::{Fault, invalid},
    quota::Quota,
};

const DAY: Duration = Duration::from_secs(86_400);

/// The behaviour of one vendor of the sandbox. A new one has no quota, no latency and no faults.
///
/// # Example: a vendor with a quota, latency and faults
///
/// ```
/// use std::time::Duration;
///
/// use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let unavailable = Fault::ServiceUnavailable { retry_after: None };
/// let behaviour = Behaviour::new()
///     .quota(Quota::fixed(60, Duration::from_secs(2)))
///     .latency(Duration::from_millis(20), Duration::from_millis(10))
///     .faults(7, [(unavailable, 0.05), (Fault::ClosedAfter, 0.01)])
///     .script([(3, Fault::HalfBody)]);
///
/// let sandbox = Sandbox::builder().bspk(behaviour).start().await?;
/// # assert_eq!(sandbox.bspk_tally().calls, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behaviour {
    pub(crate) quota: Option<Quota>,
    pub(crate) latency: Duration,
    pub(crate) jitter: Duration,
    pub(crate) seed: u64,
    pub(crate) faults: Vec<(Fault, f64)>,
    pub(crate) script: BTreeMap<u64, Fault>,
    pub(crate) search_lag: Duration,
}

impl Behaviour {
    /// Answers every call at once, without a quota and without faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers 429 beyond this quota. BSPK announces it in `X-RateLimit-Limit` and `X-RateLimit-Remaining`; Gatsby does not.
    /// Default: no quota.
    ///
    /// Calls with the right key count, even if they are then refused for another reason.
    pub fn quota(self, quota: Quota) -> Self {
        Self {
            quota: Some(quota),
            ..self
        }
    }

    /// Delays each call by `latency`, plus or minus at most `jitter`: one half before the call is carried out, one half
    /// after. Default: no delay. The n-th call always has the same delay.
    pub fn latency(self, latency: Duration, jitter: Duration) -> Self {
        Self {
            latency,
            jitter,
            ..self
        }
    }

    /// Injects each fault with its probability, at most one per call. Default: none.
    ///
    /// The n-th call meets the same fault whenever the `seed` is the same. A second use replaces the first.
    pub fn faults(self, seed: u64, faults: impl IntoIterator<Item = (Fault, f64)>) -> Self {
        Self {
            seed,
            faults: faults.into_iter().collect(),
            ..self
        }
    }

    /// Injects a fault into the call with a given number, the first being 1, in place of a random fault. Default: none. A
    /// second use adds to the first.
    pub fn script(mut self, script: impl IntoIterator<Item = (u64, Fault)>) -> Self {
        self.script.extend(script);
        self
    }

    /// Hides a shopper's search keys from Gatsby's search until `lag` after they were written. Default: no lag. A get by id
    /// has no lag.
    pub fn search_lag(self, lag: Duration) -> Self {
        Self {
            search_lag: lag,
            ..self
        }
    }

    /// Refuses settings that are out of range.
    pub(crate) fn check(&self) -> io::Result<()> {
        if self.quota.is_some_and(|quota| quota.window().is_zero()) {
            return Err(invalid(
                "quota: the window is zero; use a longer one".into(),
            ));
        }
        if self.latency.max(self.jitter) > DAY {
            return Err(invalid(
                "latency: longer than a day; use at most 24h".into(),
            ));
        }
        let chances = self.faults.iter().map(|(_, chance)| *chance);
        // The sum of ten tenths is slightly above 1.
        if !chances.clone().all(|chance| (0.0..=1.0).contains(&chance))
            || chances.sum::<f64>() > 1.0 + 1e-9
        {
            return Err(invalid(
                "faults: use probabilities from 0 to 1 with a sum of at most 1".into(),
            ));
        }
        if self.script.contains_key(&0) {
            return Err(invalid(
                "script: there is no call 0; the first call is number 1".into(),
            ));
        }
        let random = self.faults.iter().map(|(fault, _)| fault);
        random
            .chain(self.script.values())
            .try_for_each(Fault::check)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_out_of_range_are_refused() {
        let second = Duration::from_secs(1);
        let new = Behaviour::new;
        let html = |status| Fault::Html { status };
        let unavailable = |word: &str| Fault::ServiceUnavailable {
            retry_after: Some(word.into()),
        };
        for (behaviour, good) in [
            (new(), true),
            (new().quota(Quota::fixed(0, second)), true),
            (new().quota(Quota::sliding(1, Duration::ZERO)), false),
            (new().latency(second, Duration::MAX), false),
            (new().faults(1, vec![(Fault::HalfBody, 0.1); 10]), true),
            (new().faults(1, vec![(Fault::HalfBody, 0.1); 11]), false),
            (new().faults(1, [(Fault::HalfBody, -0.1)]), false),
            (new().faults(1, [(Fault::HalfBody, f64::NAN)]), false),
            (new().script([(0, Fault::HalfBody)]), false),
            (new().script([(1, html(422))]), true),
            (new().script([(1, html(200))]), false),
            (
                new().script([(
                    1,
                    Fault::Redirect {
                        status: 404,
                        location: "/".into(),
                    },
                )]),
                false,
            ),
            (new().faults(1, [(unavailable("soon"), 1.0)]), true),
            (new().faults(1, [(unavailable("so\non"), 0.0)]), false),
        ] {
            assert_eq!(behaviour.check().is_ok(), good, "{behaviour:?}");
        }
    }
}
