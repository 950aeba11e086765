//! The half of the check in Rust: our client sends every attribute to the Prism at `PRISM_URL`.

#[path = "../support/mod.rs"]
mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let url =
        std::env::var("PRISM_URL").expect("run tests/conformance/prism, which sets PRISM_URL");
    let shopper = support::every_attribute();
    let sent = serde_json::to_value(&shopper).expect("a shopper is JSON");
    assert_eq!(sent.as_object().map(|it| it.len()), Some(35));

    let stored = support::bspk_at(&url).upsert_shopper(&shopper).await;

    match stored {
        Ok(stored) => println!("prism: a shopper with all 35 attributes was accepted, {stored:?}"),
        Err(err) => {
            // Prism's words are about the document, and the shopper is the vendor's example.
            let body = err.body().map(String::from_utf8_lossy).unwrap_or_default();
            panic!("{err}: {body}");
        }
    }
}
