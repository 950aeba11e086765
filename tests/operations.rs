//! The lists of operations say what the vendors' documents say.
#![cfg(feature = "client")]

use std::collections::BTreeSet;

use serde_json::Value;
use shoppers::{Operation, bspk, gatsby, spec};

const VENDORS: [(&str, &[Operation], spec::Spec); 2] = [
    ("bspk", bspk::OPERATIONS, spec::BSPK),
    ("gatsby", gatsby::OPERATIONS, spec::GATSBY),
];

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
fn every_operation_has_a_name_of_its_own_and_its_vendors() {
    for (vendor, operations, _) in VENDORS {
        let names: BTreeSet<_> = operations.iter().map(|it| it.name).collect();

        assert_eq!(names.len(), operations.len(), "{vendor}");
        assert!(operations.iter().all(|it| it.vendor == vendor), "{vendor}");
    }
}
