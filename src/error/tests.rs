use super::{problem::problems, *};

const WRITE: Operation = Operation {
    vendor: "bspk",
    name: "upsert_shopper",
    writes: true,
};
const READ: Operation = Operation {
    vendor: "gatsby",
    name: "get_shopper",
    writes: false,
};

fn failed(status: u16, body: &'static str) -> Error {
    Error::failed(
        &WRITE,
        StatusCode::from_u16(status).unwrap(),
        None,
        Bytes::from_static(body.as_bytes()),
    )
}

#[test]
fn every_status_answers_one_question() {
    let questions = [
        Error::is_not_found,
        Error::is_unauthorized,
        Error::is_throttled,
        Error::is_rejected,
        Error::is_ambiguous,
        Error::is_unavailable,
    ];
    let cases = [
        (302, [false, false, false, false, false, false]),
        (400, [false, false, false, true, false, false]),
        (401, [false, true, false, false, false, false]),
        (403, [false, true, false, false, false, false]),
        (404, [true, false, false, false, false, false]),
        (409, [false, false, false, false, false, false]),
        (422, [false, false, false, true, false, false]),
        (429, [false, false, true, false, false, false]),
        (500, [false, false, false, false, true, true]),
        (503, [false, false, false, false, true, true]),
    ];

    for (status, expected) in cases {
        let err = failed(status, "");

        assert_eq!(
            questions.map(|question| question(&err)),
            expected,
            "{status}"
        );
        assert_eq!(err.status(), Some(status));
        assert!(!err.is_invalid());
        assert!(!err.is_timeout());
        assert!(!err.is_unreadable());
    }
}

#[test]
fn a_read_is_never_ambiguous() {
    let err = Error::failed(&READ, StatusCode::BAD_GATEWAY, None, Bytes::new());

    assert!(!err.is_ambiguous());
    assert!(err.is_unavailable());
    assert!(!err.writes());
}

#[test]
fn a_write_that_was_answered_with_a_success_has_happened() {
    let err = Error::unreadable(
        &WRITE,
        StatusCode::CREATED,
        Unreadable::NotAsDescribed,
        Bytes::from_static(b"<html>"),
    );

    assert!(err.is_unreadable());
    assert!(!err.is_ambiguous());
    assert_eq!(err.status(), Some(201));
    assert_eq!(err.body(), Some(b"<html>".as_slice()));
}

#[test]
fn problems_are_read_as_far_as_they_can_be() {
    type Read<'a> = (Option<&'a str>, Option<&'a str>);
    let cases: [(&str, &[Read<'_>]); 11] = [
        (
            r#"{"errors":[{"title":"No","code":"not_found"}]}"#,
            &[(Some("not_found"), Some("No"))],
        ),
        // As it stands in the vendor's document.
        (
            "{'errors':[{'title': 'No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]','code':'not_found'}]}",
            &[(
                Some("not_found"),
                Some("No clients found with IDs: [NON_EXISTING_ID, OTHER_NON_EXISTING_ID]"),
            )],
        ),
        (
            r#"{"errors":[{"code":"a"},{"title":"b"}]}"#,
            &[(Some("a"), None), (None, Some("b"))],
        ),
        (r#"{"errors":["gone"]}"#, &[(None, Some("gone"))]),
        (r#"{"errors":[{}, null, 7]}"#, &[]),
        (r#"{"errors":{"code":"a"}}"#, &[]),
        (r#"["errors"]"#, &[]),
        ("<html>502</html>", &[]),
        ("{'errors':[", &[]),
        ("", &[]),
        ("\u{feff}", &[]),
    ];

    for (body, expected) in cases {
        let problems = problems(body.as_bytes());

        let seen: Vec<_> = problems.iter().map(|it| (it.code(), it.title())).collect();
        assert_eq!(seen, expected, "{body}");
    }
    assert!(problems(b"\xff\xfe").is_empty());
}

#[test]
fn a_message_names_the_operation_and_keeps_the_person_out() {
    let cases = [
        (
            r#"{"errors":[{"code":"not_found"}]}"#,
            "bspk upsert_shopper: answered 422, not_found",
        ),
        (
            r#"{"errors":[{"code":"a"},{"code":"b"},{"code":"c"},{"code":"d"}]}"#,
            "bspk upsert_shopper: answered 422, a, b, c",
        ),
        (
            r#"{"errors":[{"code":"john@example.com","title":"John"}]}"#,
            "bspk upsert_shopper: answered 422",
        ),
        (
            r#"{"errors":[{"code":"5511987669944"}]}"#,
            "bspk upsert_shopper: answered 422",
        ),
        ("John Meyer", "bspk upsert_shopper: answered 422"),
    ];

    for (body, expected) in cases {
        let err = failed(422, body);

        assert_eq!(err.to_string(), expected);
        assert_eq!(format!("{err:?}"), format!("Error({expected})"));
    }
}

#[test]
fn an_error_is_one_word_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
