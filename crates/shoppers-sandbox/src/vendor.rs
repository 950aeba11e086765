//! What both vendors do with a call before and after it is theirs: the key, the quota, the faults,
//! the time it takes.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Method, Request, header::AUTHORIZATION, request::Parts},
    response::IntoResponse,
};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use tokio::time::sleep;

use crate::{
    answer::{self, Answer, Refusal},
    gate::{Announced, Gate},
    server::Closed,
};

/// The quota's headers, which BSPK has and Gatsby has not (specs/bspk.yaml, "Throttling").
pub(crate) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// A vendor as far as the two are the same.
#[derive(Debug)]
pub(crate) struct Vendor {
    /// What `Authorization` has to say.
    pub(crate) authorization: String,
    pub(crate) announces: Announces,
    pub(crate) gate: Gate,
    pub(crate) router: TowerToHyperService<Router>,
}

/// The age that a write has to have before a search shows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SearchLag(pub(crate) Duration);

/// Whether a quota shows in headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Announces {
    Quota,
    Nothing,
}

impl Vendor {
    /// The whole of a call; without an answer the connection is closed.
    pub(crate) async fn call(&self, mut head: Parts, body: Bytes) -> Result<Answer, Closed> {
        let luck = self.gate.arrive();
        head.extensions.insert(SearchLag(luck.search_lag));
        let way = luck.latency / 2;
        if !way.is_zero() {
            sleep(way).await;
        }
        let outcome = match luck.fault {
            None => Ok(self.work(head, body).await),
            Some(fault) => match fault.instead() {
                Some(instead) => instead,
                None => {
                    let delay = fault.delay();
                    if !delay.is_zero() {
                        sleep(delay).await;
                    }
                    fault.spoil(self.work(head, body).await).await
                }
            },
        };
        if !way.is_zero() {
            sleep(way).await;
        }
        outcome
    }

    async fn work(&self, head: Parts, body: Bytes) -> Answer {
        let said = head.headers.get(AUTHORIZATION);
        if said.is_none_or(|said| *said != self.authorization) {
            let refusal = Refusal::unauthorized().into_response();
            return self.announce(refusal, self.gate.announced());
        }
        let admission = self.gate.admit();
        if !admission.is_accepted {
            return self.announce(Refusal::throttled().into_response(), admission.announced);
        }
        // The router would answer a HEAD as a GET; no vendor documents one.
        let answer = if head.method == Method::HEAD {
            answer::not_served().await.into_response()
        } else {
            let request = Request::from_parts(head, Body::from(body));
            match self.router.call(request).await {
                Ok(answer) => answer,
                Err(never) => never_happens(never),
            }
        };
        self.announce(answer, admission.announced)
    }

    fn announce(&self, mut answer: Answer, announced: Option<Announced>) -> Answer {
        if let (Announces::Quota, Some(Announced { limit, remaining })) =
            (self.announces, announced)
        {
            answer.headers_mut().insert(LIMIT, HeaderValue::from(limit));
            answer
                .headers_mut()
                .insert(REMAINING, HeaderValue::from(remaining));
        }
        answer
    }
}

fn never_happens(never: Infallible) -> Answer {
    match never {}
}
