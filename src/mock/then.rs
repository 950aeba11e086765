//! The answers that every operation can have.

use serde_json::{Value, json};

/// Gives the answers of an operation those that the vendors' documents do not describe.
macro_rules! answers {
    ($($then:path),+) => {$(
        impl $then {
            /// A key that is not accepted: 401.
            ///
            /// Neither vendor documents the body of this or of any failure but a 422, so there is none.
            pub fn unauthorized(self) -> Self {
                self.and(|then| then.status(401))
            }

            /// Nothing is there: 404.
            pub fn not_found(self) -> Self {
                self.and(|then| then.status(404))
            }

            /// Values that are not accepted, each with its code and its title: 422 and BSPK's list of errors.
            pub fn rejected<'a>(self, problems: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
                let errors = crate::mock::then::errors(problems);
                self.json(422, &errors)
            }

            /// Too many calls: 429, with what BSPK says of its quota.
            ///
            /// A client waits and sends again, until its deadline. For a call that goes through in the end, add
            /// [`once`](Self::once) or [`times`](Self::times), and a mock for what comes after it. For a call that fails as
            /// throttled, and does so at once, add a [`retry_after`](Self::retry_after) that is longer than the deadline.
            pub fn throttled(self, limit: u32, remaining: u32) -> Self {
                self.quota(limit, remaining).and(|then| then.status(429))
            }

            /// Beside the answer, how long the vendor wants to be left alone: `Retry-After`, in seconds, rounded up.
            ///
            /// A client heeds it after a 429, and after a 500, 502, 503 or 504 that it sends again.
            pub fn retry_after(self, wait: ::std::time::Duration) -> Self {
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                self.and(|then| then.header("Retry-After", seconds.to_string()))
            }

            /// The vendor is broken: 500.
            pub fn server_error(self) -> Self {
                self.and(|then| then.status(500))
            }

            /// The vendor is away for a moment: 503.
            pub fn unavailable(self) -> Self {
                self.and(|then| then.status(503))
            }

            /// A page of HTML with some status, as something between us and the vendor would answer.
            pub fn html(self, status: u16) -> Self {
                self.and(|then| {
                    then.status(status)
                        .header("content-type", "text/html")
                        .body(crate::mock::then::PAGE)
                })
            }

            /// Beside the answer, what BSPK says of its quota: so many calls per 10 seconds, and so many of them left.
            pub fn quota(self, limit: u32, remaining: u32) -> Self {
                self.and(|then| {
                    then.header("X-RateLimit-Limit", limit.to_string())
                        .header("X-RateLimit-Remaining", remaining.to_string())
                })
            }

            /// Answers one call. The next is answered by the mock that was added next and is for it.
            pub fn once(self) -> Self {
                self.times(1)
            }

            /// Answers so many calls.
            ///
            /// # Panics
            ///
            /// If it is none.
            pub fn times(self, calls: usize) -> Self {
                self.and(|then| then.up_to_n_times(calls))
            }

            /// Some JSON with some status.
            pub fn json(self, status: u16, body: &impl serde::Serialize) -> Self {
                self.and(|then| {
                    then.status(status)
                        .header("content-type", "application/json")
                        .json_body_obj(body)
                })
            }

            pub(crate) fn and(self, change: impl FnOnce(::httpmock::Then) -> ::httpmock::Then) -> Self {
                Self::new(change(self.into_inner()))
            }
        }
    )+};
}

pub(crate) use answers;

pub(crate) const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Try again later.</body></html>";

/// BSPK's list of errors (specs/bspk, "Validation").
pub(crate) fn errors<'a>(problems: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let errors: Vec<Value> = problems
        .into_iter()
        .map(|(code, title)| json!({"title": title, "code": code}))
        .collect();
    json!({"errors": errors})
}
