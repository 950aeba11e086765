use super::*;
use crate::retry;

const WRITE: Operation = crate::bspk::generated::UPSERT_SHOPPER;
const READ: Operation = crate::gatsby::generated::GET_SHOPPER;

fn failed(status: u16, body: &'static str) -> Error {
    answered(&WRITE, status, body)
}

fn answered(operation: &'static Operation, status: u16, body: &'static str) -> Error {
    let status = StatusCode::from_u16(status).unwrap();
    retry::error(operation, Cause::answered(status, None, body.into()))
}

type Question = fn(&Error) -> bool;

/// Each kind, the question that is about it, and its word.
const KINDS: [(ErrorKind, Question, &str); 11] = [
    (ErrorKind::Ambiguous, Error::is_ambiguous, "ambiguous"),
    (ErrorKind::Invalid, Error::is_invalid, "invalid"),
    (ErrorKind::Rejected, Error::is_rejected, "rejected"),
    (ErrorKind::NotFound, Error::is_not_found, "not_found"),
    (ErrorKind::Conflict, Error::is_conflict, "conflict"),
    (ErrorKind::Duplicate, Error::is_duplicate, "duplicate"),
    (
        ErrorKind::Unauthorized,
        Error::is_unauthorized,
        "unauthorized",
    ),
    (ErrorKind::Throttled, Error::is_throttled, "throttled"),
    (ErrorKind::Unavailable, Error::is_unavailable, "unavailable"),
    (ErrorKind::Unreadable, Error::is_unreadable, "unreadable"),
    (ErrorKind::Unexpected, Error::is_unexpected, "unexpected"),
];

/// The kinds whose question an error answers with yes.
fn asked(err: &Error) -> Vec<ErrorKind> {
    let yes = KINDS.iter().filter(|(_, is_it, _)| is_it(err));
    yes.map(|(kind, ..)| *kind).collect()
}

fn http_error() -> reqwest::Error {
    reqwest::Client::new().get("nowhere").build().unwrap_err()
}

fn late(operation: &'static Operation) -> Error {
    retry::error(operation, Cause::Unanswered(Interruption::TooLate))
}

fn no_permit(wait: Duration) -> Error {
    retry::error(&READ, Cause::NoPermit(wait))
}

/// Every way in which a call of `operation` can fail without an answer, or with a success that is none, and its kind for
/// a read.
fn failures(operation: &'static Operation) -> Vec<(Error, ErrorKind)> {
    use ErrorKind::{Duplicate, Invalid, Throttled, Unavailable, Unexpected};
    let unreadable = |why| Cause::Unreadable {
        status: StatusCode::OK,
        why,
        body: Bytes::new(),
    };
    let wait = Duration::from_secs(9);
    let broken = || Interruption::Broken(http_error());
    let late = || Interruption::TooLate;
    let failures = [
        (Cause::Invalid("blank".into(), Vec::new()), Invalid),
        (Cause::QueueFull(wait), Throttled),
        (Cause::NoPermit(wait), Throttled),
        (Cause::NotSent(broken()), Unavailable),
        (Cause::Unanswered(late()), Unavailable),
        (Cause::Unanswered(broken()), Unavailable),
        (unreadable(Unreadable::TooLong), ErrorKind::Unreadable),
        (
            unreadable(Unreadable::NotAsDescribed),
            ErrorKind::Unreadable,
        ),
        (
            unreadable(Unreadable::Interrupted(late())),
            ErrorKind::Unreadable,
        ),
        (Cause::Redirected, Unexpected),
        (Cause::Duplicates(vec!["a1".into(), "a2".into()]), Duplicate),
    ];
    let failures = failures.into_iter();
    failures
        .map(|(cause, kind)| (retry::error(operation, cause), kind))
        .collect()
}

#[test]
fn every_status_is_of_one_kind() {
    use ErrorKind::*;
    // Of a read, and of a write.
    let cases = [
        (101, Unexpected, Ambiguous),
        (302, Unexpected, Unexpected),
        (400, Rejected, Rejected),
        (401, Unauthorized, Unauthorized),
        (403, Unauthorized, Unauthorized),
        (404, NotFound, NotFound),
        (405, Unexpected, Unexpected),
        (409, Conflict, Conflict),
        (413, Rejected, Rejected),
        (418, Unexpected, Unexpected),
        (422, Rejected, Rejected),
        (429, Throttled, Throttled),
        (500, Unavailable, Ambiguous),
        (503, Unavailable, Ambiguous),
        (599, Unavailable, Ambiguous),
        (600, Unexpected, Ambiguous),
        (999, Unexpected, Ambiguous),
    ];

    for (status, of_read, of_write) in cases {
        for (operation, expected) in [(&READ, of_read), (&WRITE, of_write)] {
            let err = answered(operation, status, "");

            assert_eq!(err.kind(), expected, "{status}");
            assert!(asked(&err).contains(&expected), "{status}");
            assert_eq!(err.status(), Some(status));
            assert!(!err.is_timeout());
        }
    }
}

#[test]
fn an_error_of_a_read_answers_exactly_the_question_of_its_kind() {
    for (err, expected) in failures(&READ) {
        assert_eq!(err.kind(), expected, "{err}");
        assert_eq!(asked(&err), [expected], "{err}");
    }
}

#[test]
fn an_error_of_a_write_is_ambiguous_if_it_may_have_been_carried_out() {
    for (err, of_read) in failures(&WRITE) {
        let expected = match of_read {
            ErrorKind::Unexpected => ErrorKind::Ambiguous,
            ErrorKind::Unavailable if !err.is_not_sent() => ErrorKind::Ambiguous,
            other => other,
        };

        assert_eq!(err.kind(), expected, "{err}");
        assert!(asked(&err).contains(&expected), "{err}");
    }
}

#[test]
fn an_earlier_attempt_that_may_have_been_carried_out_decides_the_kind() {
    let ambiguous = late(&WRITE);

    let err = failed(404, "").following(&ambiguous);

    assert_eq!(err.kind(), ErrorKind::Ambiguous);
    assert_eq!(asked(&err), [ErrorKind::Ambiguous, ErrorKind::NotFound]);
}

#[test]
fn the_words_of_kinds_stay_as_they_are() {
    for (kind, _, word) in KINDS {
        assert_eq!(kind.as_str(), word);
        assert_eq!(kind.to_string(), word);
    }
}

#[test]
fn an_error_is_labelled_by_its_status_or_its_kind() {
    let cases = [
        (failed(503, ""), "503"),
        (late(&WRITE), "ambiguous"),
        (late(&READ), "unavailable"),
        (no_permit(Duration::ZERO), "throttled"),
    ];

    for (err, expected) in cases {
        assert_eq!(err.label(), expected);
    }
}

#[test]
fn an_unknown_wait_is_no_wait() {
    let wait = Duration::from_millis(9_998);

    assert_eq!(no_permit(Duration::ZERO).retry_after(), None);
    assert_eq!(no_permit(wait).retry_after(), Some(wait));
    for wait in [None, Some(wait)] {
        let cause = Cause::answered(StatusCode::TOO_MANY_REQUESTS, wait, Bytes::new());
        assert_eq!(retry::error(&READ, cause).retry_after(), wait);
    }
}

#[test]
fn a_read_is_never_ambiguous() {
    let err = answered(&READ, 502, "");

    assert!(!err.is_ambiguous());
    assert!(err.is_unavailable());
    assert!(!err.writes());
}

#[test]
fn a_write_that_was_answered_with_a_success_has_happened() {
    let cause = Cause::Unreadable {
        status: StatusCode::CREATED,
        why: Unreadable::NotAsDescribed,
        body: Bytes::from_static(b"<html>"),
    };
    let err = retry::error(&WRITE, cause);

    assert!(err.is_unreadable());
    assert!(!err.is_ambiguous());
    assert_eq!(err.status(), Some(201));
    assert_eq!(err.body(), Some(b"<html>".as_slice()));
}

#[test]
fn a_message_names_the_operation_and_keeps_the_person_out() {
    let cases = [
        (
            r#"{"errors":[{"code":"not_found"}]}"#,
            "bspk upsert_shopper: 422 Unprocessable Entity: not_found",
        ),
        (
            r#"{"errors":[{"code":"john_meyer"},{"code":"not_found"},{"code":"not_found_"}]}"#,
            "bspk upsert_shopper: 422 Unprocessable Entity: not_found",
        ),
        (
            r#"{"errors":[{"code":"meyer","title":"John"}]}"#,
            "bspk upsert_shopper: 422 Unprocessable Entity",
        ),
        (
            r#"{"errors":[{"code":"john@example.com","title":"John"}]}"#,
            "bspk upsert_shopper: 422 Unprocessable Entity",
        ),
        (
            r#"{"errors":[{"code":"5511987669944"}]}"#,
            "bspk upsert_shopper: 422 Unprocessable Entity",
        ),
        (
            "John Meyer",
            "bspk upsert_shopper: 422 Unprocessable Entity",
        ),
    ];

    for (body, expected) in cases {
        let err = failed(422, body);

        assert_eq!(err.to_string(), expected);
        assert_eq!(format!("{err:?}"), format!("Error({expected})"));
    }
}

#[test]
fn every_failure_says_what_happened_and_has_its_source() {
    let (late, broken) = (
        || Interruption::TooLate,
        || Interruption::Broken(http_error()),
    );
    let wait = Duration::from_secs(9);
    let redirect = Cause::answered(StatusCode::FOUND, None, Bytes::new());
    let cases = [
        (
            Cause::QueueFull(wait),
            "not sent, too many callers wait for the quota",
        ),
        (
            Cause::NoPermit(wait),
            "not sent, the quota has no room before the deadline (timeout)",
        ),
        (
            Cause::NotSent(late()),
            "not sent, the connection took too long (timeout)",
        ),
        (Cause::NotSent(broken()), "not sent, no connection (source)"),
        (
            Cause::Unanswered(late()),
            "sent, no answer in time (timeout)",
        ),
        (
            Cause::Unanswered(broken()),
            "sent, the connection broke before an answer (source)",
        ),
        (
            Cause::Unanswered(Interruption::RuntimeGone),
            "the tokio runtime was shut down before an answer",
        ),
        (
            redirect,
            "302 Found: a redirect, which is not followed; is the base URL right?",
        ),
        (
            Cause::Duplicates(vec!["a1".into(), "a2".into()]),
            "2 shoppers match; merge them first",
        ),
        (
            Cause::SecretLost(Vec::new()),
            "the answer with the endpoint's secret is lost; list the webhook endpoints, disable a new one for this address, then call again",
        ),
        (
            Cause::SecretLost(vec![7, 9]),
            "the answer with the endpoint's secret is lost; disable webhook endpoint 7; disable webhook endpoint 9, then call again",
        ),
    ];

    for (cause, expected) in cases {
        let err = retry::error(&WRITE, cause);

        let timeout = if err.is_timeout() { " (timeout)" } else { "" };
        let source = error::Error::source(&err).map_or("", |_| " (source)");
        assert_eq!(
            format!("{err}{timeout}{source}"),
            format!("bspk upsert_shopper: {expected}")
        );
        assert_eq!(err.operation(), Some("upsert_shopper"));
        match &err.0.cause {
            Cause::Duplicates(_) => assert_eq!(err.duplicates(), ["a1", "a2"]),
            Cause::SecretLost(ids) => assert_eq!(err.lost_endpoints(), &ids[..]),
            _ => assert!(err.duplicates().is_empty() && err.lost_endpoints().is_empty()),
        }
    }
}

#[test]
fn a_success_that_cannot_be_read_says_why() {
    let cases = [
        (
            Unreadable::Interrupted(Interruption::Broken(http_error())),
            "the body broke off",
        ),
        (
            Unreadable::Interrupted(Interruption::TooLate),
            "the body did not end in time",
        ),
        (
            Unreadable::Interrupted(Interruption::RuntimeGone),
            "the tokio runtime was shut down before the body ended",
        ),
        (Unreadable::TooLong, "the body is longer than is read"),
        (
            Unreadable::NotAsDescribed,
            "the body does not match the API description",
        ),
        (
            Unreadable::KeyNotShown,
            "the shopper does not show the key that was searched by; look it up by hand",
        ),
        (
            Unreadable::NextElsewhere,
            "its Link header names a next page at another host or path, which is not asked for",
        ),
        (
            Unreadable::NextAgain,
            "its Link header names a next page that was there before; report it to the vendor",
        ),
        (
            Unreadable::NoTotal,
            "the number of records is missing (X-Total-Count)",
        ),
    ];

    for (why, expected) in cases {
        let cause = Cause::Unreadable {
            status: StatusCode::OK,
            why,
            body: Bytes::new(),
        };

        let err = retry::error(&READ, cause);

        assert_eq!(
            err.to_string(),
            format!("gatsby get_shopper: 200 OK: {expected}")
        );
    }
}

#[tokio::test]
async fn a_timeout_of_the_http_client_is_a_timeout() {
    // It accepts connections, and answers none.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let request = reqwest::Client::new().get(address);
    let late = request.timeout(Duration::ZERO).send().await.unwrap_err();

    for (interruption, expected) in [(late, true), (http_error(), false)] {
        let cause = Cause::Unanswered(Interruption::Broken(interruption));
        assert_eq!(retry::error(&READ, cause).is_timeout(), expected);
    }
}

#[test]
fn a_field_that_is_refused_is_named() {
    let problem = Problem::of_field("body.email".to_owned(), "no address".to_owned());
    let err = Error::refused_field(&WRITE, "the body cannot be sent".to_owned(), problem);

    let [problem] = err.problems() else {
        panic!("{err}");
    };
    assert_eq!(problem.field(), Some("body.email"));
    assert_eq!(problem.title(), Some("no address"));
}

#[test]
fn an_error_counts_its_attempts_and_says_what_an_earlier_one_may_have_done() {
    let gone = || failed(404, "").after(1, false);
    let cases = [
        (gone(), 1, "404 Not Found"),
        (gone().after(2, false), 2, "404 Not Found (attempt 2)"),
        (
            gone().following(&late(&WRITE).after(2, false)),
            3,
            "404 Not Found (attempt 3); an earlier attempt may have been carried out",
        ),
        (late(&WRITE).after(1, true), 1, "sent, no answer in time"),
    ];

    for (err, attempts, expected) in cases {
        assert_eq!(err.attempts(), attempts);
        assert_eq!(err.to_string(), format!("bspk upsert_shopper: {expected}"));
    }
}

#[test]
fn an_error_is_one_word_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
