//! Everything that Gatsby's page has of a shopper.

use serde_json::{Value, json};
use shoppers::gatsby::{
    ChannelInput, InstagramInput, IntegrationsInput, ShopperInput, TiktokInput, ZinreloInput,
};

pub const ID: &str = "64b7f2c9e1a4d5f6a7b8c9d0";

/// Everything that Gatsby's page has in the body of a POST.
pub fn everything() -> ShopperInput {
    ShopperInput {
        channel: Some(ChannelInput {
            instagram: Some(InstagramInput {
                email: Some("john@example.com".into()),
                phone: Some("+15551234567".into()),
                full_name: Some("John Meyer".into()),
                first_name: Some("John".into()),
                last_name: Some("Meyer".into()),
                user_name: Some("john.meyer".into()),
            }),
            tiktok: Some(TiktokInput {
                email: Some("john@example.com".into()),
                full_name: Some("John Meyer".into()),
                first_name: Some("John".into()),
                last_name: Some("Meyer".into()),
                user_name: Some("johnmeyer".into()),
            }),
        }),
        integrations: Some(IntegrationsInput {
            zinrelo: Some(ZinreloInput {
                partner_id: Some("p1".into()),
                member_id: Some("m1".into()),
                user_id: Some("u1".into()),
                environment: Some("test".into()),
            }),
        }),
    }
}

pub fn everything_on_the_wire() -> Value {
    json!({
        "channel": {
            "instagram": {
                "email": "john@example.com",
                "phone": "+15551234567",
                "fullName": "John Meyer",
                "firstName": "John",
                "lastName": "Meyer",
                "userName": "john.meyer",
            },
            "tiktok": {
                "email": "john@example.com",
                "fullName": "John Meyer",
                "firstName": "John",
                "lastName": "Meyer",
                "userName": "johnmeyer",
            },
        },
        "integrations": {
            "zinrelo": {"partner_id": "p1", "member_id": "m1", "user_id": "u1", "environment": "test"},
        },
    })
}

/// The same as Gatsby answers it.
pub fn everything_answered() -> Value {
    let mut shopper = everything_on_the_wire();
    shopper["_id"] = ID.into();
    shopper["channel"]["instagram"]["isVerified"] = true.into();
    shopper["keywords"] = json!(["watch", "ring"]);
    shopper
}
