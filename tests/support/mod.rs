//! Builds what several tests need. It asserts nothing.
#![allow(dead_code)]

use httpmock::{HttpMockRequest, MockServer};
use shoppers::{
    ApiKey,
    bspk::{
        self, ContactChannel, Flag, Gender, IgnoreColumns, Languages, Preferences, ProfileType,
        Shopper,
    },
    gatsby,
};

pub const BSPK_KEY: &str = "bspk_key_4711";
pub const GATSBY_KEY: &str = "pk_gatsby_4711";

pub fn bspk_at(url: &str) -> bspk::Client {
    let key = ApiKey::new(BSPK_KEY).unwrap();
    bspk::Client::builder(key).base_url(url).build().unwrap()
}

pub fn gatsby_at(url: &str) -> gatsby::Client {
    let key = ApiKey::new(GATSBY_KEY).unwrap();
    gatsby::Client::builder(key).base_url(url).build().unwrap()
}

#[cfg(feature = "sandbox")]
pub fn bspk_in(sandbox: &shoppers::sandbox::Sandbox) -> bspk::Client {
    let key = ApiKey::new(sandbox.bspk_key()).unwrap();
    let builder = bspk::Client::builder(key).base_url(sandbox.bspk_url());
    builder.build().unwrap()
}

#[cfg(feature = "sandbox")]
pub fn gatsby_in(sandbox: &shoppers::sandbox::Sandbox) -> gatsby::Client {
    let key = ApiKey::new(sandbox.gatsby_key()).unwrap();
    let builder = gatsby::Client::builder(key).base_url(sandbox.gatsby_url());
    builder.build().unwrap()
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

/// Whether a request has these headers and no others.
pub fn has_headers(request: &HttpMockRequest, expected: &[&str]) -> bool {
    let mut names: Vec<String> = request
        .headers_vec()
        .iter()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    names.sort_unstable();
    names == expected
}

/// An address at which nobody listens.
pub fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Every attribute with the vendor's own example (specs/bspk.yaml).
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
