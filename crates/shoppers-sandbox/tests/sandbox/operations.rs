//! All operations of the vendors' documents.

use serde_json::Value;
use shoppers_sandbox::Behaviour;

use crate::wire::{client, misbehaving, refusal};

#[tokio::test]
async fn every_operation_is_served_to_the_right_key_alone() {
    let sandbox = misbehaving(Behaviour::new()).await;
    let vendors = [
        (
            shoppers::spec::BSPK,
            format!("Bearer {}", sandbox.bspk_key()),
        ),
        (shoppers::spec::GATSBY, sandbox.gatsby_key().to_owned()),
    ];

    for (spec, key) in vendors {
        let document: Value = serde_json::from_str(spec.json).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys() {
                if matches!(method.as_str(), "parameters" | "summary" | "description") {
                    continue;
                }
                let path = path.replace(['{', '}'], "");
                let call = || {
                    let url = format!("{}{path}", sandbox.bspk_url());
                    client().request(method.to_uppercase().parse().unwrap(), url)
                };

                let stranger = if method == "head" {
                    // It has no body that could hold a code.
                    let status = call().send().await.unwrap().status().as_u16();
                    (status, vec!["unauthorized".to_owned()])
                } else {
                    refusal(call()).await
                };
                // Each document names one of these headers, and only that one is read.
                let known = call().header("authorization", &key).header("apikey", &key);
                let known = known.send().await.unwrap();

                assert_eq!(stranger, (401, vec!["unauthorized".to_owned()]), "{path}");
                assert!(
                    ![401, 421, 500].contains(&known.status().as_u16()),
                    "{path}"
                );
            }
        }
    }
}
