//! Overlays that do not fit.

use super::*;

/// The refusal of an overlay.
#[track_caller]
fn overlay_refusal(overlay: &str) -> String {
    generated(DOCUMENT, Some(overlay)).err().unwrap()
}

#[test]
fn an_overlay_that_does_not_fit_is_refused_with_its_line() {
    const SCHEMA: &str = "#/paths/~1things/post/requestBody/content/application~1json/schema";
    let in_schema = |it: &str| {
        format!(
            "{{paths: {{/things: {{post: {{requestBody: {{content: {{application/json: {{schema: {it}}}}}}}}}}}}}}}"
        )
    };
    let missing = "the overlay describes it, but the vendor does not have it";
    let cases = [
        (
            "{paths: {/thing: {post: {operationId: a}}}}",
            "#/paths/~1thing",
            missing,
        ),
        (
            "{paths: {/things: {get: {operationId: a}}}}",
            "#/paths/~1things/get",
            missing,
        ),
        (
            "{paths: {/things: {post: {responses: {'201': {description: a}}}}}}",
            "#/paths/~1things/post/responses/201",
            missing,
        ),
        (
            "{servers: [{url: 'https://evil.example'}]}",
            "#/servers",
            missing,
        ),
        (
            &in_schema("{properties: {nam: {format: name}}}"),
            &format!("{SCHEMA}/properties/nam"),
            missing,
        ),
        (
            &in_schema("{required: [name]}"),
            &format!("{SCHEMA}/required"),
            missing,
        ),
        (
            &in_schema("{properties: {name: {format: nmae}}}"),
            &format!("{SCHEMA}/properties/name/format"),
            "no value type stands for \"nmae\"; write one of name",
        ),
        (
            "{paths: {/things: a text}}",
            "#/paths/~1things",
            "the vendor has an object here and the overlay a string",
        ),
    ];

    for (update, place, what) in cases {
        let message = update_refusal(update);

        assert!(
            message.starts_with(&format!("overlay.yaml:4: {place}: {what}")),
            "{message}"
        );
    }
}

#[test]
fn an_overlay_whose_actions_could_match_nothing_is_refused() {
    let cases = [
        ("overlay: 2.0.0", "write `overlay: 1.1.0`"),
        ("actions: []", "write `overlay: 1.1.0`"),
        ("overlay: 1.1.0\nactions: []", "expected one action"),
        (
            "overlay: 1.1.0\nactions: [{target: '$.paths', update: {}}]",
            "expected one action",
        ),
        (
            "overlay: 1.1.0\nactions: [{target: $, remove: true}]",
            "expected one action",
        ),
        (
            "overlay: 1.1.0\nactions: [{target: $, update: {}}, {target: $, update: {}}]",
            "expected one action",
        ),
        ("overlay: [", "line 1"),
    ];

    for (overlay, expected) in cases {
        let message = overlay_refusal(overlay);

        assert!(message.starts_with("overlay.yaml: "), "{message}");
        assert!(message.contains(expected), "{message}");
    }
}
