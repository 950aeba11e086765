//! The JSON Schemas of the types, with the feature `schemars`.
#![cfg(feature = "schemars")]

#[path = "schemas/pattern.rs"]
mod pattern;

use std::{collections::BTreeSet, fs};

use schemars::schema_for;
use serde_json::{Value, json};
use shoppers::{bspk, gatsby};
use syn::{Item, UseTree};

/// Public types of a vendor's module that are no data: clients, errors, questions, and names behind a variant.
const NO_DATA: [&str; 12] = [
    "By",
    "Client",
    "ConversionError",
    "Ensured",
    "EnsuredEndpoint",
    "Environment",
    "InvalidValue",
    "OtherContactChannel",
    "OtherEventName",
    "OtherGender",
    "Upserts",
    "WriteResponse",
];

macro_rules! schemas {
    ($($vendor:ident::$name:ident),+ $(,)?) => {
        /// Every type that is data, as the vendor's module calls it, with its schema.
        fn schemas() -> Vec<(&'static str, &'static str, schemars::Schema)> {
            vec![$((stringify!($vendor), stringify!($name), schema_for!($vendor::$name))),+]
        }
    };
}

schemas! {
    bspk::Birthday,
    bspk::ContactChannel,
    bspk::EventName,
    bspk::Flag,
    bspk::Gender,
    bspk::IgnoreColumns,
    bspk::Languages,
    bspk::Preferences,
    bspk::ProfileType,
    bspk::Shopper,
    bspk::Timestamp,
    bspk::Upserted,
    gatsby::Channel,
    gatsby::ChannelInput,
    gatsby::Date,
    gatsby::Instagram,
    gatsby::InstagramInput,
    gatsby::Integrations,
    gatsby::IntegrationsInput,
    gatsby::Shopper,
    gatsby::ShopperInput,
    gatsby::Tiktok,
    gatsby::TiktokInput,
    gatsby::Zinrelo,
    gatsby::ZinreloInput,
}

fn is_valid(schema: &schemars::Schema, value: &Value) -> bool {
    jsonschema::is_valid(schema.as_value(), value)
}

#[test]
fn a_schema_changes_when_somebody_means_it() {
    for (vendor, name, schema) in schemas() {
        insta::with_settings!({ sort_maps => true, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_json_snapshot!(format!("{vendor}.{name}"), schema);
        });
    }
}

/// The names that a module makes public by hand.
fn public(path: &str) -> BTreeSet<String> {
    fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
        match tree {
            UseTree::Path(path) => names(&path.tree, found),
            UseTree::Group(group) => group.items.iter().for_each(|it| names(it, found)),
            UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
            UseTree::Rename(rename) => drop(found.insert(rename.rename.to_string())),
            // What is generated follows the documents, and a new operation must not need a pin.
            UseTree::Glob(_) => {}
        }
    }

    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let mut found = BTreeSet::new();
    for item in &file.items {
        match item {
            Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                names(&item.tree, &mut found);
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_type_written_by_hand_has_its_schema_pinned_or_is_no_data() {
    for (vendor, path) in [("bspk", "src/bspk.rs"), ("gatsby", "src/gatsby.rs")] {
        let pinned: BTreeSet<String> = schemas()
            .into_iter()
            .filter(|it| it.0 == vendor)
            .map(|it| it.1.to_owned())
            .collect();
        let no_data = NO_DATA.map(str::to_owned).into();

        let public = public(path);

        assert!(!public.is_empty(), "{path}");
        let data: BTreeSet<String> = public.difference(&no_data).cloned().collect();
        assert!(data.is_subset(&pinned), "{path}: {data:?}");
    }
}

#[test]
fn every_snapshot_is_that_of_a_type() {
    let folder = format!("{}/tests/snapshots", env!("CARGO_MANIFEST_DIR"));
    let expected: BTreeSet<String> = schemas()
        .into_iter()
        .map(|(vendor, name, _)| format!("{vendor}.{name}.snap"))
        .collect();

    let found: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| it.ends_with(".snap"))
        .collect();

    assert_eq!(found, expected);
}

#[test]
fn every_schema_and_every_property_is_described() {
    for (vendor, name, schema) in schemas() {
        let schema = schema.as_value();
        assert!(schema["description"].is_string(), "{vendor}::{name}");
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (property, schema) in properties {
            assert!(
                schema["description"].is_string(),
                "{vendor}::{name}.{property}"
            );
        }
    }
}

#[test]
fn a_bspk_shopper_has_every_attribute_of_the_vendor() {
    let vendors: Value = serde_json::from_str(shoppers::spec::BSPK.json).unwrap();
    let vendors = &vendors["paths"]["/api/platform/v1/shoppers"]["post"]["requestBody"]["content"]
        ["application/json"]["schema"]["properties"]["shopper"]["properties"];

    let schema = schema_for!(bspk::Shopper);

    let names = |value: &Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(names(&schema.as_value()["properties"]), names(vendors));
    assert_eq!(names(vendors).len(), 35);
}

#[test]
fn a_schema_is_as_strict_as_the_type() {
    let schema = schema_for!(bspk::Shopper);
    let cases = [
        (json!({}), true),
        (json!({"birthday": "02-22"}), true),
        (json!({"birthday": "1982-02-22"}), true),
        (json!({"birthday": "22.02.1982"}), false),
        (json!({"email_contact": "true"}), true),
        (json!({"email_contact": "yes"}), false),
        (json!({"profile_type": "organization"}), true),
        (json!({"profile_type": "nobody"}), false),
        (json!({"gender": "X"}), true),
        (json!({"gender": ""}), false),
        (json!({"languages": "en;fr"}), true),
        (json!({"languages": "en;;fr"}), false),
        (json!({"email": 7}), false),
    ];

    for (value, expected) in cases {
        assert_eq!(is_valid(&schema, &value), expected, "{value}");
        assert_eq!(
            serde_json::from_value::<bspk::Shopper>(value.clone()).is_ok(),
            expected,
            "{value}"
        );
    }
}

#[test]
fn an_answers_schema_accepts_what_the_type_accepts() {
    let cases = [
        (
            schema_for!(bspk::Upserted),
            json!({"id": 7, "warnings": null, "new": [1]}),
        ),
        (
            schema_for!(gatsby::Shopper),
            json!({"_id": "a", "channel": {"instagram": {"isVerified": null}}}),
        ),
        (
            schema_for!(gatsby::ShopperInput),
            json!({"channel": {"tiktok": {"userName": "j"}}}),
        ),
    ];

    for (schema, value) in cases {
        assert!(is_valid(&schema, &value), "{value}");
    }
    assert!(!is_valid(&schema_for!(bspk::Upserted), &json!({})));
}

#[test]
fn the_shoppers_of_both_vendors_and_of_a_service_have_names_of_their_own() {
    #[derive(schemars::JsonSchema)]
    #[allow(dead_code)]
    struct Shopper {
        bspk: bspk::Shopper,
        gatsby: gatsby::Shopper,
    }

    let mut schemas = schemars::SchemaGenerator::default();
    schemas.subschema_for::<Shopper>();

    let definitions = schemas.take_definitions(true);

    assert!(definitions["Shopper"]["properties"]["bspk"].is_object());
    assert!(definitions["BspkShopper"]["properties"]["shopper_ref"].is_object());
    assert!(definitions["GatsbyShopper"]["properties"]["_id"].is_object());
}
