//! From a vendor's page to the compiled types of the crate.

mod support;

use support::{Copy, Said, pages};

/// Uses what the changes bring: it compiles only if the crate's types have followed.
const USE: &str = r#"
use shoppers::bspk::{ProfileType, Shopper, Upserted};

/// The field that is now required is no `Option`; the answer has one more.
#[allow(dead_code)]
fn follows(sent: &Shopper, stored: &Upserted) -> (String, Option<String>, Option<ProfileType>) {
    (sent.barcode.clone(), stored.loyalty_tier.clone(), sent.profile_type)
}
"#;

#[test]
fn a_change_of_the_vendors_reaches_the_compiled_types() {
    let copy = Copy::new();
    let document = copy
        .read("specs/bspk/upsert_shopper.yaml")
        .replace(
            "                  created_at:\n                    type: string\n",
            "                  created_at:\n                    type: string\n                  loyalty_tier:\n                    \
             type: string\n",
        )
        .replace(
            "                shopper:\n                  type: object\n",
            "                shopper:\n                  type: object\n                  required:\n                    - barcode\n",
        );
    copy.write(
        "pages/shoppers.md",
        &format!("```yaml post /api/platform/v1/shoppers\n{document}```\n"),
    );
    copy.write(
        "pages/ping.md",
        &pages::platform(
            "get",
            "/api/platform/v1/ping",
            &pages::operation("ping", "", "", ""),
        ),
    );

    // The crate's own code makes shoppers without a barcode nowhere but in its examples; src compiles, or this says why not.
    let said = Said::of(copy.xtask(&["regen", "pages"]).output().unwrap());

    let said = said.succeeded();
    let rust = copy.read("specs/bspk.rs");
    assert!(rust.contains("pub loyalty_tier: ::std::option::Option<::std::string::String>"));
    assert!(rust.contains("pub barcode: ::std::string::String"));
    assert!(rust.contains("pub async fn ping<'a>("));
    for expected in [
        "breaking    field-now-required",
        "compatible  field-added",
        "compatible  operation-added",
        "added `bspk::Upserted::loyalty_tier`: `Option<String>`",
        "changed `bspk::Shopper::barcode`: `Option<String>` is now `String`",
        "added `bspk::Client::ping`",
        "version 0.1.0 -> 0.2.0: a public name is gone or is not what it was",
    ] {
        assert!(
            said.out.contains(expected),
            "{expected} is not in {}",
            said.out
        );
    }
    copy.write("src/follows.rs", USE);
    copy.replace("src/lib.rs", "pub mod spec;", "mod follows;\npub mod spec;");
    copy.replace("src/follows.rs", "shoppers::bspk", "crate::bspk");
    let checked = std::process::Command::new(env!("CARGO"))
        .args([
            "check",
            "--quiet",
            "--locked",
            "--package",
            "shoppers",
            "--all-features",
            // As regen does it: the crate must not be built of this.
            "--config",
            "profile.dev.package.shoppers.opt-level=1",
        ])
        .current_dir(copy.root())
        .env(
            "CARGO_TARGET_DIR",
            std::path::Path::new(env!("CARGO_BIN_EXE_xtask"))
                .parent()
                .unwrap()
                .parent()
                .unwrap(),
        )
        .status()
        .unwrap();
    assert!(checked.success());
}
