//! The page, as a browser asks for it.

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Fault, Quota, Sandbox};

use crate::wire::{client, create, gatsby, header, raw_upsert, read, refusal, upsert};

/// A sandbox with a page, and its token.
struct Page {
    sandbox: Sandbox,
    token: String,
}

impl Page {
    async fn start() -> Self {
        Self::behaving(Behaviour::new()).await
    }

    async fn behaving(behaviour: Behaviour) -> Self {
        let sandbox = Sandbox::builder()
            .ui()
            .bspk(behaviour)
            .start()
            .await
            .unwrap();
        let url = sandbox.ui_url().unwrap();
        let (_, token) = url.split_once("/?token=").unwrap();
        Self {
            token: token.to_owned(),
            sandbox,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}?token={}", self.sandbox.bspk_url(), self.token)
    }

    async fn get(&self, path: &str) -> Response {
        client().get(self.url(path)).send().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Response {
        client()
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap()
    }

    /// Returns the first event of a new connection.
    async fn event(&self) -> Value {
        let mut response = self.get("/ui/events").await;
        let mut text = Vec::new();
        while !text.ends_with(b"\n\n") {
            text.extend_from_slice(&response.chunk().await.unwrap().unwrap());
        }
        serde_json::from_slice(text.strip_prefix(b"data: ").unwrap()).unwrap()
    }

    /// Returns the calls in the list, once none is pending.
    async fn calls(&self) -> Vec<Value> {
        loop {
            let mut calls = self.event().await["calls"]["changed"].take();
            let calls = std::mem::take(calls.as_array_mut().unwrap());
            if calls.iter().all(|call| !call["milliseconds"].is_null()) {
                return calls;
            }
        }
    }

    async fn search(&self, vendor: &str, text: &str) -> Value {
        let query = json!({"vendor": vendor, "name": "shoppers", "text": text});
        self.post("/ui/search", query).await.json().await.unwrap()
    }
}

const PATHS: [&str; 5] = ["/", "/ui/about", "/ui/events", "/ui/calls/0", "/ui/nothing"];

#[tokio::test]
async fn nothing_but_two_files_without_data_is_served_without_the_token() {
    let page = Page::start().await;
    read(create(&page.sandbox, "a@b.c")).await;
    let url = page.sandbox.bspk_url();
    let longer = format!("?token={}0", page.token);

    for query in ["", "?token=", "?token=0123456789abcdef", &longer] {
        for path in PATHS {
            let response = client()
                .get(format!("{url}{path}{query}"))
                .send()
                .await
                .unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path}{query}");
        }
        let reset = client()
            .post(format!("{url}/ui/reset{query}"))
            .body("{}")
            .send();
        assert_eq!(reset.await.unwrap().status(), StatusCode::FORBIDDEN);
    }

    assert_eq!(page.sandbox.gatsby_tally().shoppers, 1);
    for path in ["/ui/page.css", "/ui/page.js"] {
        let response = client().get(format!("{url}{path}")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_token_is_random_and_on_the_loopback_address() {
    let (one, other) = (Page::start().await, Page::start().await);

    assert_ne!(one.token, other.token);
    assert_eq!(one.token.len(), 32);
    assert!(
        one.sandbox
            .ui_url()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert!(!format!("{:?}", one.sandbox).contains(&one.token));
}

#[tokio::test]
async fn nothing_is_loaded_from_elsewhere_or_kept() {
    let page = Page::start().await;
    let refused = client().get(page.sandbox.bspk_url()).send().await.unwrap();
    let mut responses = vec![refused];
    for path in PATHS.iter().chain(&["/ui/page.css", "/ui/page.js"]) {
        responses.push(page.get(path).await);
    }

    for response in responses {
        let policy = header(&response, "content-security-policy").unwrap();
        assert!(policy.starts_with(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        ));
        assert!(!policy.contains("unsafe") && !policy.contains("http"));
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(header(&response, name), Some(value), "{}", response.url());
        }
    }
}

#[tokio::test]
async fn a_sandbox_has_no_page_unless_it_is_asked_for() {
    let sandbox = Sandbox::start().await.unwrap();

    assert_eq!(sandbox.ui_url(), None);
    assert_eq!(refusal(client().get(sandbox.bspk_url())).await.0, 421);
    assert_eq!(
        refusal(client().get(format!("{}/ui/page.js", sandbox.bspk_url())))
            .await
            .0,
        421
    );
}

#[tokio::test]
async fn calls_are_listed_with_request_and_response() {
    let page =
        Page::behaving(Behaviour::new().script([(1, Fault::ClosedAfter), (3, Fault::HalfBody)]))
            .await;

    raw_upsert(&page.sandbox, json!({"shopper_ref": "A"})).await;
    read(upsert(&page.sandbox, json!({"shopper_ref": "A"}))).await;
    raw_upsert(&page.sandbox, json!({"shopper_ref": "B"})).await;
    read(gatsby(&page.sandbox, "GET", "?email=a@b.c")).await;
    refusal(client().get(format!("{}/nowhere", page.sandbox.bspk_url()))).await;

    let listed: Vec<_> = page
        .calls()
        .await
        .iter()
        .map(|call| {
            json!([
                call["vendor"],
                call["operation"],
                call["status"],
                call["cut_off"],
                call["fault"],
                call["attempt"]
            ])
        })
        .collect();
    assert_eq!(
        listed,
        [
            json!([
                "bspk",
                "POST /api/platform/v1/shoppers",
                null,
                true,
                "closed_after",
                1
            ]),
            json!([
                "bspk",
                "POST /api/platform/v1/shoppers",
                200,
                false,
                null,
                2
            ]),
            json!([
                "bspk",
                "POST /api/platform/v1/shoppers",
                200,
                true,
                "half_body",
                1
            ]),
            json!(["gatsby", "GET /public/shopper", 404, false, null, null]),
            json!([null, null, 421, false, null, null]),
        ]
    );
    let call: Value = page.get("/ui/calls/1").await.json().await.unwrap();
    assert_eq!(call["target"], "/api/platform/v1/shoppers");
    assert_eq!(
        call["request"]["body"],
        r#"{"shopper":{"shopper_ref":"A"}}"#
    );
    assert!(
        call["request"]["headers"]
            .as_str()
            .unwrap()
            .contains("content-type: application/json\n")
    );
    assert!(
        call["response"]["body"]
            .as_str()
            .unwrap()
            .contains(r#""external_id":"A""#)
    );
    let search: Value = page.get("/ui/calls/3").await.json().await.unwrap();
    assert_eq!(search["target"], "/public/shopper?email=a@b.c");
    assert_eq!(
        page.get("/ui/calls/5").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_operation_has_the_name_that_the_client_gives_it() {
    let page = Page::start().await;

    let about: Value = page.get("/ui/about").await.json().await.unwrap();

    let operations = &about["operations"];
    assert_eq!(
        operations["POST /api/platform/v1/shoppers"],
        "upsert_shopper"
    );
    assert_eq!(operations["GET /public/shopper/{id}"], "get_shopper");
}

#[tokio::test]
async fn the_page_itself_is_no_call() {
    let page = Page::start().await;

    page.get("/").await;
    page.get("/ui/about").await;

    assert!(page.sandbox.requests().is_empty());
    assert!(page.calls().await.is_empty());
    assert_eq!(
        (
            page.sandbox.bspk_tally().calls,
            page.sandbox.gatsby_tally().calls
        ),
        (0, 0)
    );
}

/// The status of an upsert.
async fn status(page: &Page) -> u16 {
    let response = upsert(&page.sandbox, json!({})).send().await.unwrap();
    response.status().as_u16()
}

#[tokio::test]
async fn an_injected_fault_meets_the_next_call_alone() {
    let page = Page::behaving(Behaviour::new().script([(1, Fault::BadGateway)])).await;
    let injected = page
        .post("/ui/fault", json!({"vendor": "bspk", "fault": "html:418"}))
        .await;
    assert_eq!(injected.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        page.event().await["vendors"]["bspk"]["next_faults"],
        json!(["html"])
    );

    assert_eq!((status(&page).await, status(&page).await), (418, 200));
    assert_eq!(
        page.event().await["vendors"]["bspk"]["next_faults"],
        json!([])
    );
    for (body, reason) in [
        (json!({"vendor": "bspk", "fault": "html"}), "needs a status"),
        (
            json!({"vendor": "bspk", "fault": "x"}),
            "no fault has the name",
        ),
        (
            json!({"vendor": "x", "fault": "half_body"}),
            "no such vendor",
        ),
        (json!(null), "no fault has the name"),
    ] {
        let refused = page.post("/ui/fault", body).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().await.unwrap().contains(reason));
    }
}

#[tokio::test]
async fn quota_and_latency_change_and_the_rest_of_the_behaviour_stays() {
    let page = Page::behaving(Behaviour::new().script([(3, Fault::BadGateway)])).await;
    let settings = |limit: Value, window_ms: f64| json!({"vendor": "bspk", "limit": limit, "window_ms": window_ms, "kind": "sliding", "latency_ms": 1, "jitter_ms": 0.5});

    assert_eq!(status(&page).await, 200);
    let changed = page.post("/ui/behaviour", settings(json!(1), 3.6e6)).await;
    assert_eq!(changed.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        (
            status(&page).await,
            status(&page).await,
            status(&page).await
        ),
        (200, 502, 429)
    );

    let state = &page.event().await["vendors"]["bspk"];
    assert_eq!(
        state["quota"],
        json!({"limit": 1, "window_ms": 3_600_000, "kind": "sliding", "remaining": 0})
    );
    assert_eq!(
        (&state["latency_ms"], &state["jitter_ms"]),
        (&json!(1.0), &json!(0.5))
    );
    assert_eq!(
        (&state["calls"], &state["accepted"], &state["throttled"]),
        (&json!(4), &json!(2), &json!(1))
    );
    for (limit, window_ms) in [
        (json!(-1), 1e3),
        (json!(1.5), 1e3),
        (json!(1), 0.0),
        (json!(1), -1.0),
        (json!("x"), 1e3),
    ] {
        let refused = page.post("/ui/behaviour", settings(limit, window_ms)).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    page.post("/ui/behaviour", settings(Value::Null, 0.0)).await;
    assert_eq!((status(&page).await, status(&page).await), (200, 200));
}

#[tokio::test]
async fn a_reset_empties_all_and_keeps_the_quota() {
    let page = Page::behaving(
        Behaviour::new().quota(Quota::sliding(2, std::time::Duration::from_secs(3600))),
    )
    .await;
    for _ in 0..3 {
        upsert(&page.sandbox, json!({"shopper_ref": "A"}))
            .send()
            .await
            .unwrap();
    }
    read(create(&page.sandbox, "a@b.c")).await;
    page.post(
        "/ui/fault",
        json!({"vendor": "gatsby", "fault": "bad_gateway"}),
    )
    .await;
    let before = page.event().await["calls"]["cleared"].clone();

    page.post("/ui/reset", json!({})).await;

    let event = page.event().await;
    assert_ne!(event["calls"]["cleared"], before);
    assert_eq!(event["calls"]["changed"], json!([]));
    assert!(
        event["collections"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["count"] == 0)
    );
    let bspk = &event["vendors"]["bspk"];
    assert_eq!(
        (
            &bspk["calls"],
            &bspk["seconds"],
            &bspk["quota"]["remaining"]
        ),
        (&json!(0), &json!([]), &json!(2))
    );
    assert!(page.sandbox.bspk_shoppers().is_empty() && page.sandbox.gatsby_shoppers().is_empty());
    assert_eq!(read(create(&page.sandbox, "a@b.c")).await.0, 200);
}

#[tokio::test]
async fn shoppers_are_searched_by_any_text() {
    let page = Page::start().await;
    for name in ["Ada", "Bob"] {
        read(upsert(
            &page.sandbox,
            json!({"shopper_ref": name, "first_name": name}),
        ))
        .await;
        read(create(&page.sandbox, &format!("{name}@example.com"))).await;
    }

    let all = page.search("bspk", " ").await;
    assert_eq!((&all["total"], &all["matched"]), (&json!(2), &json!(2)));
    assert_eq!(all["records"][0]["first_name"], "Bob");
    let found = page.search("gatsby", "ADA@").await;
    assert_eq!((&found["total"], &found["matched"]), (&json!(2), &json!(1)));
    assert_eq!(
        found["records"][0]["channel"]["instagram"]["email"],
        "Ada@example.com"
    );
    let unknown = page
        .post("/ui/search", json!({"vendor": "bspk", "name": "x"}))
        .await;
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_page_that_does_not_read_delays_no_call_and_gets_the_latest_calls() {
    let page = Page::start().await;
    let mut unread = page.get("/ui/events").await;

    let call = || gatsby(&page.sandbox, "GET", "/1").build().unwrap();
    let client = client();
    for _ in 0..1500 {
        client.execute(call()).await.unwrap();
    }

    let event = page.event().await;
    assert_eq!(event["calls"]["oldest"], 500);
    assert_eq!(event["calls"]["changed"].as_array().unwrap().len(), 1000);
    assert!(unread.chunk().await.unwrap().is_some());
    page.sandbox.stop().await;
}
