//! Builds what several tests need. It asserts nothing.
#![allow(dead_code)]

pub mod document;
pub mod everything;
pub mod seen;

use httpmock::{HttpMockRequest, MockServer};
use std::time::Duration;

use shoppers::{
    ApiKey, Builder, Retries,
    bspk::{
        self, ContactChannel, Flag, Gender, IgnoreColumns, Languages, Preferences, ProfileType,
        Shopper,
    },
    gatsby,
};
use shoppers_sandbox::Sandbox;

pub const BSPK_KEY: &str = "bspk_key_4711";
pub const GATSBY_KEY: &str = "pk_gatsby_4711";

/// A client that tells at once whatever happens.
pub fn bspk_at(url: &str) -> bspk::Client {
    bspk_builder(BSPK_KEY, url)
        .retries(Retries::off())
        .build()
        .unwrap()
}

/// A client that tells at once whatever happens.
pub fn gatsby_at(url: &str) -> gatsby::Client {
    gatsby_builder(GATSBY_KEY, url)
        .retries(Retries::off())
        .build()
        .unwrap()
}

pub fn bspk_builder(key: &str, url: &str) -> Builder<bspk::Client> {
    bspk::Client::builder(ApiKey::new(key).unwrap()).base_url(url)
}

pub fn gatsby_builder(key: &str, url: &str) -> Builder<gatsby::Client> {
    gatsby::Client::builder(ApiKey::new(key).unwrap()).base_url(url)
}

/// A client that tries again without waiting to speak of.
pub fn bspk_in(sandbox: &Sandbox) -> bspk::Client {
    let builder = bspk_builder(sandbox.bspk_key(), sandbox.bspk_url());
    quick(builder).build().unwrap()
}

/// A client that tries again without waiting to speak of.
pub fn gatsby_in(sandbox: &Sandbox) -> gatsby::Client {
    let builder = gatsby_builder(sandbox.gatsby_key(), sandbox.gatsby_url());
    quick(builder).build().unwrap()
}

fn quick<C: shoppers::Buildable>(builder: Builder<C>) -> Builder<C> {
    let millisecond = Duration::from_millis(1);
    builder
        .retries(Retries::new().first_wait(millisecond))
        .quota_window(millisecond)
}

/// A server that answers everything with one answer.
pub async fn answering(status: u16, body: &str) -> MockServer {
    let server = MockServer::start_async().await;
    server
        .mock_async(|when, then| {
            when.any_request();
            then.status(status).body(body);
        })
        .await;
    server
}

/// Returns `true` if a request has these headers and no others.
pub fn has_headers(request: &HttpMockRequest, expected: &[&str]) -> bool {
    let mut names: Vec<String> = request
        .headers_vec()
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    names.sort_unstable();
    names == expected
}

/// An address that nothing listens at.
pub fn unreachable() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Every attribute with the vendor's own example (specs/bspk).
pub fn every_attribute() -> Shopper {
    Shopper {
        shopper_ref: Some("CLI-789".into()),
        first_name: Some("John".into()),
        last_name: Some("Meyer".into()),
        alternate_first_name: Some("Johnny".into()),
        alternate_last_name: Some("Meyers".into()),
        gender: Some(Gender::Male),
        email: Some("shopper1@email.com".into()),
        mobile_phone: Some("+5511987669944".into()),
        other_phone: Some("+551154772457".into()),
        address: Some("Av. Paulista, 1000".into()),
        address_2: Some("10th floor".into()),
        address_3: Some("Suite 100".into()),
        address_4: Some("Building 1".into()),
        city: Some("New York".into()),
        state: Some("NY".into()),
        zip_code: Some("10001".into()),
        country_code: Some("US".into()),
        segment: Some("VIP".into()),
        preferred_contact_channel: Some(ContactChannel::Whatsapp),
        nationality: Some("US".into()),
        passport_number: Some("AA0199929992".into()),
        languages: Some(Languages::new(["en", "fr"]).unwrap()),
        email_contact: Some(true.into()),
        phone_call_contact: Some(false.into()),
        chat_contact: Some(false.into()),
        do_not_contact: Some(Flag::from(false)),
        interested_in_new_products: Some(Flag::from(true)),
        birthday: Some("1982-02-22".parse().unwrap()),
        creation_date: Some("01/05/2022".into()),
        store_ref: Some("22".into()),
        sales_associate_ref: Some("1101".into()),
        preferences: Some(Preferences::flat(["Young Professional", "Lawyer"]).unwrap()),
        ignore_columns: Some(IgnoreColumns::new(["first_name", "last_name"]).unwrap()),
        barcode: Some("1234567890123".into()),
        profile_type: Some(ProfileType::Person),
    }
}

pub fn by_email(email: &str) -> gatsby::ShopperInput {
    gatsby::ShopperInput {
        channel: Some(gatsby::ChannelInput {
            instagram: Some(gatsby::InstagramInput {
                email: Some(email.into()),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    }
}
