//! Every operation of every document: it is listed, it sends what is described, and its answer arrives. A new one is tested
//! here without a line of its own.
#![cfg(feature = "client")]

mod support;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use httpmock::{HttpMockRequest, MockServer};
use serde_json::{Value, json};
use shoppers::{Idempotency, Operation, Retries, bspk, gatsby, spec};

use support::{
    BSPK_KEY, GATSBY_KEY, bspk_builder,
    document::{Client, Request, anything, operations},
    gatsby_builder,
};

const VENDORS: [(&str, &[Operation], spec::Spec); 2] = [
    ("bspk", bspk::OPERATIONS, spec::BSPK),
    ("gatsby", gatsby::OPERATIONS, spec::GATSBY),
];

/// The headers that a request may have beside the key and those of the document's own.
const HEADERS: [&str; 5] = [
    "accept",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

/// A client of a server, with some retries.
fn client(operation: &Operation, server: &MockServer, retries: Retries) -> Client {
    let window = Duration::from_millis(1);
    let url = server.base_url();
    match operation.vendor {
        "bspk" => {
            let builder = bspk_builder(BSPK_KEY, &url).retries(retries);
            Client::Bspk(builder.quota_window(window).build().unwrap())
        }
        _ => {
            let builder = gatsby_builder(GATSBY_KEY, &url).retries(retries);
            Client::Gatsby(builder.quota_window(window).build().unwrap())
        }
    }
}

/// A server with one answer, and what it is sent.
async fn server(status: u16, body: &Value) -> (MockServer, Arc<Mutex<Vec<HttpMockRequest>>>) {
    let server = MockServer::start_async().await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = seen.clone();
    let answer = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    server
        .mock_async(move |when, then| {
            when.is_true(move |request| {
                seeing.lock().unwrap().push(request.clone());
                true
            });
            then.status(status)
                .header("content-type", "application/json")
                .body(answer);
        })
        .await;
    (server, seen)
}

/// A request without the headers that every one has.
fn read(request: &HttpMockRequest, key_header: &str) -> Request {
    let uri = request.uri();
    let mut query = request.query_params();
    query.sort();
    let headers = request.headers_vec().iter();
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.clone()));
    let known = |name: &str| name == key_header || HEADERS.contains(&name);
    let mut headers: Vec<_> = headers.filter(|(name, _)| !known(name)).collect();
    headers.sort();
    Request {
        method: request.method_str().to_owned(),
        path: uri.path().to_owned(),
        query,
        headers,
        body: serde_json::from_slice(request.body_ref()).ok(),
    }
}

#[test]
fn every_operation_of_a_document_is_listed_once() {
    for (vendor, operations, spec) in VENDORS {
        let document: Value = serde_json::from_str(spec.json).unwrap();
        let mut described = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            let methods = item.as_object().unwrap().keys();
            let methods = methods.filter(|it| *it != "parameters");
            described.extend(methods.map(|it| (it.to_uppercase(), path.clone())));
        }
        described.sort();

        let mut listed: Vec<_> = operations
            .iter()
            .map(|it| (it.method.to_owned(), it.path.to_owned()))
            .collect();
        listed.sort();

        assert_eq!(listed, described, "{vendor}");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_its_vendor_and_its_file() {
    for (vendor, operations, spec) in VENDORS {
        let names: BTreeSet<_> = operations.iter().map(|it| it.name).collect();

        assert_eq!(names.len(), operations.len(), "{vendor}");
        for operation in operations {
            assert_eq!(operation.vendor, vendor);
            let file = operation.document.strip_prefix(spec.folder);
            assert!(
                file.is_some(),
                "{} is from {}",
                operation.name,
                operation.document
            );
            let root = env!("CARGO_MANIFEST_DIR");
            assert!(std::fs::exists(format!("{root}/{}", operation.document)).unwrap());
        }
    }
}

#[tokio::test]
async fn every_operation_sends_what_its_document_describes_and_returns_what_it_is_answered() {
    for described in operations() {
        let operation = described.operation;
        let (status, expected) = described.answer();
        let (server, seen) = server(status, &expected).await;
        let client = client(operation, &server, Retries::off());

        let answer = client.call(operation.name, described.arguments()).await;

        let answer = answer.unwrap_or_else(|err| panic!("{}: {err}", operation.name));
        let expected = if operation.method == "HEAD" {
            Value::Null
        } else {
            expected
        };
        assert_eq!(answer, expected, "{}", operation.name);
        let seen = seen.lock().unwrap();
        let [request] = &seen[..] else {
            panic!("{}: {} requests", operation.name, seen.len());
        };
        let key_header = described.key_header();
        assert_eq!(
            read(request, &key_header),
            described.request(),
            "{}",
            operation.name
        );
        let header = |name: &str| {
            let value = request.headers().get(name).cloned();
            value.map(|it| it.to_str().unwrap().to_owned())
        };
        let json = Some("application/json".to_owned());
        let agent = concat!("shoppers/", env!("CARGO_PKG_VERSION")).to_owned();
        assert_eq!(header("accept"), json, "{}", operation.name);
        assert_eq!(header("user-agent"), Some(agent), "{}", operation.name);
        let content_type = json.filter(|_| operation.body.is_some());
        assert_eq!(header("content-type"), content_type, "{}", operation.name);
        let key = match operation.vendor {
            "bspk" => format!("Bearer {BSPK_KEY}"),
            _ => GATSBY_KEY.to_owned(),
        };
        assert_eq!(header(&key_header), Some(key), "{}", operation.name);
    }
}

#[tokio::test]
async fn every_operation_tells_a_refusal_by_its_name() {
    let body = json!({"errors": [{"title": "No", "code": "not_found"}]});
    for described in operations() {
        let operation = described.operation;
        let (server, _) = server(422, &body).await;
        let client = client(operation, &server, Retries::off());

        let err = client.call(operation.name, described.arguments()).await;

        let err = err.unwrap_err();
        assert!(err.is_rejected(), "{err}");
        let Operation { vendor, name, .. } = operation;
        assert!(
            err.to_string().starts_with(&format!("{vendor} {name}: ")),
            "{err}"
        );
    }
}

#[tokio::test]
async fn an_operation_is_sent_again_only_if_it_is_idempotent() {
    let retries = Retries::new().first_wait(Duration::ZERO);
    for described in operations() {
        let operation = described.operation;
        let (server, seen) = server(503, &Value::Null).await;
        let client = client(operation, &server, retries);

        let err = client.call(operation.name, described.arguments()).await;

        let expected = match operation.idempotency {
            Idempotency::Never => 1,
            Idempotency::Always | Idempotency::With(_) => 3,
        };
        assert_eq!(err.unwrap_err().attempts(), expected, "{}", operation.name);
        assert_eq!(
            seen.lock().unwrap().len(),
            expected as usize,
            "{}",
            operation.name
        );
    }
}

#[tokio::test]
async fn arguments_that_do_not_fit_are_refused_before_anything_is_sent() {
    for described in operations() {
        let operation = described.operation;
        let (server, seen) = server(200, &Value::Null).await;
        let client = client(operation, &server, Retries::off());
        let mut wrong = vec![json!(["planted"])];
        let arguments = described.arguments();
        let given = arguments.as_object().unwrap().iter();
        for (name, _) in given.filter(|(_, it)| **it != anything()) {
            let mut odd = arguments.clone();
            odd[name] = json!([{"planted": {"planted": []}}]);
            wrong.push(odd);
        }
        let mut unknown = arguments.clone();
        unknown["planted"] = json!("planted");
        wrong.push(unknown);
        for parameter in operation.parameters.iter().filter(|it| it.is_required) {
            let mut missing = arguments.clone();
            missing.as_object_mut().unwrap().remove(parameter.name);
            wrong.push(missing);
        }

        for arguments in wrong {
            let err = client.call(operation.name, arguments.clone()).await;

            let err = err.expect_err(&arguments.to_string());
            assert!(err.is_invalid(), "{err}");
            assert!(!err.to_string().contains("planted"), "{err}");
        }
        let err = client.call("planted", arguments).await.unwrap_err();
        assert!(
            err.is_invalid() && !err.to_string().contains("planted"),
            "{err}"
        );
        assert!(seen.lock().unwrap().is_empty(), "{}", operation.name);
    }
}
