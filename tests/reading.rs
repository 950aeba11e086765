//! The types of both vendors: what is read, what is refused and how, and what `Debug` shows.
#![cfg(feature = "client")]

mod support;

mod bspk {
    use serde_json::{Value, json};
    use shoppers::bspk::{Gender, Metafield, ProfileType, Shopper, Upserted};

    #[test]
    fn a_shopper_that_is_written_by_hand_is_read_with_the_same_checks() {
        let cases = [
            (
                r#"{"email_contact":true}"#,
                Ok(json!({"email_contact": "true"})),
            ),
            (r#"{"birthday":"02-29"}"#, Ok(json!({"birthday": "02-29"}))),
            (r#"{"gender":"X"}"#, Ok(json!({"gender": "X"}))),
            (r#"{"birthday":"02-31"}"#, Err("invalid birthday")),
            (
                r#"{"profile_type":"planted"}"#,
                Err("expected person or organization"),
            ),
            (r#"{"email_contact":"planted"}"#, Err("invalid flag")),
        ];

        for (body, expected) in cases {
            let read: Result<Shopper, _> = serde_json::from_str(body);

            match expected {
                Ok(value) => assert_eq!(serde_json::to_value(read.unwrap()).unwrap(), value),
                Err(message) => {
                    let err = read.unwrap_err().to_string();
                    assert!(err.contains(message), "{err}");
                    assert!(!err.contains("planted"), "{err}");
                }
            }
        }
    }

    #[test]
    fn an_error_of_reading_a_shopper_names_the_attribute_and_what_was_expected() {
        let cases = [
            (
                r#"{"mobile_phone":15550100999}"#,
                "mobile_phone: expected a string",
            ),
            (r#"{"email":["planted"]}"#, "email: expected a string"),
            (r#"{"city":{"planted":true}}"#, "city: expected a string"),
            (
                r#"{"birthday":15550100999}"#,
                "birthday: invalid birthday: expected YYYY-MM-DD or MM-DD with a day that exists",
            ),
            (
                r#"{"profile_type":15550100999}"#,
                "profile_type: expected person or organization",
            ),
            (
                r#"{"email":"a","email":"planted"}"#,
                "a name that is there twice at line 1 column 20",
            ),
            (r#""planted""#, "expected an object"),
            ("15550100999", "expected an object"),
            (r#"["planted"]"#, "expected an object"),
        ];

        for (body, expected) in cases {
            let err = serde_json::from_str::<Shopper>(body).unwrap_err();

            assert_eq!(err.to_string(), expected, "{body}");
        }
        let err = serde_json::from_str::<ProfileType>("15550100999").unwrap_err();
        assert!(
            err.to_string()
                .starts_with("expected person or organization"),
            "{err}"
        );
    }

    #[test]
    fn an_odd_member_of_an_answer_is_kept_under_its_name() {
        let answers = [
            json!({"id": 7, "created_at": 15_550_100_999_u64, "external_id": "CLI-789"}),
            json!({"id": 7, "created_at": {"planted": []}, "external_id": "CLI-789"}),
        ];

        for answer in answers {
            for stored in [
                serde_json::from_str::<Upserted>(&answer.to_string()).unwrap(),
                serde_json::from_value(answer.clone()).unwrap(),
            ] {
                assert_eq!(stored.id, 7);
                assert_eq!(stored.external_id.as_deref(), Some("CLI-789"));
                assert_eq!(stored.created_at, None);
                assert_eq!(stored.extra["created_at"], answer["created_at"]);
                assert_eq!(serde_json::to_value(&stored).unwrap(), answer);
            }
        }
        let stored: Upserted =
            serde_json::from_value(json!({"id": 7, "warnings": "planted"})).unwrap();
        assert!(stored.warnings().is_empty());
        assert_eq!(stored.extra["warnings"], "planted");
    }

    #[test]
    fn an_answer_without_its_id_is_none() {
        for answer in [
            json!({}),
            json!({"id": "15550100999"}),
            json!({"id": null}),
            json!("planted"),
        ] {
            let err = serde_json::from_value::<Upserted>(answer.clone()).unwrap_err();

            let message = err.to_string();
            assert!(message.contains("expected"), "{message}");
            assert!(
                !message.contains("15550100999") && !message.contains("planted"),
                "{message}"
            );
        }
    }

    #[test]
    fn a_profile_type_says_what_is_allowed() {
        assert_eq!(
            "organization".parse::<ProfileType>().ok(),
            Some(ProfileType::Organization)
        );
        assert_eq!(ProfileType::Person.to_string(), "person");
        assert_eq!(
            "nobody".parse::<ProfileType>().unwrap_err().to_string(),
            "expected person or organization"
        );
    }

    #[test]
    fn debug_shows_which_fields_are_set_and_not_what_they_hold() {
        let shopper = Shopper {
            shopper_ref: Some("planted".into()),
            gender: Some(Gender::Female),
            profile_type: Some(ProfileType::Person),
            ..Default::default()
        };
        let stored: Upserted =
            serde_json::from_value(json!({"id": 7, "warnings": ["planted"], "planted": "planted"}))
                .unwrap();

        assert_eq!(
            format!("{shopper:?}"),
            "Shopper { gender: .., profile_type: .., shopper_ref: .., .. }"
        );
        assert_eq!(
            format!("{stored:?}"),
            "Upserted { id: .., warnings: .., extra: .., .. }"
        );
        assert_eq!(
            serde_json::to_value(stored).unwrap()["planted"],
            Value::from("planted")
        );
    }

    #[test]
    fn debug_shows_no_number_and_no_flag() {
        let metafield: Metafield =
            serde_json::from_value(json!({"id": 15_550_100_999_u64, "is_list": true})).unwrap();
        let odd: Metafield = serde_json::from_value(json!({"id": 7, "is_list": 1.5})).unwrap();

        assert_eq!(
            format!("{metafield:?}"),
            "Metafield { id: .., is_list: .., .. }"
        );
        assert_eq!(format!("{odd:?}"), "Metafield { id: .., extra: .., .. }");
    }
}

mod gatsby {
    use serde_json::json;
    use shoppers::gatsby::{By, InstagramInput, Shopper, ShopperInput};

    use crate::support::everything::{ID, everything_answered, everything_on_the_wire};

    #[test]
    fn a_shopper_that_was_read_turns_into_the_body_of_an_update() {
        let mut answered = everything_answered();
        answered["channel"]["instagram"]["new"] = "kept in the answer, not sent back".into();
        let shopper: Shopper = serde_json::from_value(answered).unwrap();

        let update = ShopperInput::from(shopper);

        assert_eq!(
            serde_json::to_value(update).unwrap(),
            everything_on_the_wire()
        );
    }

    #[test]
    fn an_odd_part_of_an_answer_is_kept_under_its_name_and_the_rest_is_read() {
        let mut answered = everything_answered();
        answered["channel"]["instagram"]["isVerified"] = "planted".into();
        answered["channel"]["instagram"]["phone"] = 15_550_100_999_u64.into();
        answered["channel"]["tiktok"] = json!(["planted"]);
        answered["integrations"] = "planted".into();
        answered["keywords"] = json!(["watch", 7]);

        let shopper: Shopper = serde_json::from_str(&answered.to_string()).unwrap();

        assert_eq!(shopper.id, ID);
        assert_eq!(shopper.integrations, None);
        assert_eq!(shopper.extra["integrations"], "planted");
        assert_eq!(shopper.extra["keywords"], json!(["watch", 7]));
        let channel = shopper.channel.as_ref().unwrap();
        assert_eq!(channel.tiktok, None);
        assert_eq!(channel.extra["tiktok"], json!(["planted"]));
        let instagram = channel.instagram.as_ref().unwrap();
        assert_eq!(instagram.email.as_deref(), Some("john@example.com"));
        assert_eq!(instagram.is_verified, None);
        assert_eq!(instagram.extra["isVerified"], "planted");
        assert_eq!(instagram.extra["phone"], 15_550_100_999_u64);
        assert_eq!(serde_json::to_value(&shopper).unwrap(), answered);
    }

    #[test]
    fn an_error_of_reading_a_body_names_the_member_and_what_was_expected() {
        let cases = [
            (
                r#"{"channel":{"instagram":{"phone":15550100999}}}"#,
                "channel: instagram: phone: expected a string",
            ),
            (
                r#"{"channel":{"tiktok":"planted"}}"#,
                "channel: tiktok: expected an object",
            ),
            (
                r#"{"integrations":15550100999}"#,
                "integrations: expected an object",
            ),
            (
                r#"{"channel":{"tiktok":{"email":"a","email":"planted"}}}"#,
                "a name that is there twice at line 1 column 41",
            ),
            ("[15550100999]", "expected an object"),
        ];

        for (body, expected) in cases {
            let err = serde_json::from_str::<ShopperInput>(body).unwrap_err();

            assert_eq!(err.to_string(), expected, "{body}");
        }
        let err = serde_json::from_str::<InstagramInput>("15550100999").unwrap_err();
        assert!(err.to_string().starts_with("expected an object"), "{err}");
    }

    #[test]
    fn debug_shows_which_fields_are_set_and_not_what_they_hold() {
        let shopper: Shopper = serde_json::from_value(everything_answered()).unwrap();

        assert_eq!(
            format!("{shopper:?}"),
            "Shopper { \
         channel: Channel { \
         instagram: Instagram { email: .., first_name: .., full_name: .., is_verified: .., last_name: .., phone: .., \
         user_name: .., .. }, \
         tiktok: Tiktok { email: .., first_name: .., full_name: .., last_name: .., user_name: .., .. }, .. }, \
         id: .., \
         integrations: Integrations { \
         zinrelo: Zinrelo { environment: .., member_id: .., partner_id: .., user_id: .., .. }, .. }, \
         keywords: .., .. }"
        );
        assert_eq!(format!("{:?}", By::Email("planted")), "Email(..)");
    }
}
