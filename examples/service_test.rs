//! A service that uses the crate, and its tests: copy them.
//!
//! `cargo test --features httpmock --example service_test` runs the tests; nothing leaves this machine, nothing waits.

use std::time::Duration;

use shoppers::{Error, ErrorKind, bspk, gatsby};

/// A customer of the brand, as the service knows them.
struct Customer {
    number: String,
    email: String,
}

/// The outcome for a customer at a vendor.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// The vendor has them, by this id.
    Known(String),
    /// The vendor does not take them as they are; the reasons are for the person who corrects the record.
    Refused(Vec<String>),
    /// It was not carried out, or may have been; the same again later does no harm. The wait, if it is known.
    Later(Option<Duration>),
}

/// Tells BSPK of a customer.
async fn register(bspk: &bspk::Client, customer: &Customer) -> Result<Outcome, Error> {
    let shopper = bspk::Shopper {
        shopper_ref: Some(customer.number.clone()),
        email: Some(customer.email.clone()),
        ..Default::default()
    };
    match bspk.upsert_shopper(&shopper).await {
        Ok(stored) => Ok(Outcome::Known(stored.id.to_string())),
        Err(err) => match err.kind() {
            ErrorKind::Rejected => {
                let codes = err.problems().iter().filter_map(|it| it.code());
                Ok(Outcome::Refused(codes.map(str::to_owned).collect()))
            }
            // With a `shopper_ref` it is harmless to do it twice.
            ErrorKind::Ambiguous | ErrorKind::Throttled | ErrorKind::Unavailable => {
                Ok(Outcome::Later(err.retry_after()))
            }
            _ => Err(err),
        },
    }
}

/// Forgets a customer at Gatsby, and says how many records that were.
async fn forget(gatsby: &gatsby::Client, customer: &Customer) -> Result<usize, Error> {
    let by = gatsby::By::Email(&customer.email);
    let found = gatsby.search_shoppers(by).await?;
    for shopper in &found {
        match gatsby.delete_shopper(&shopper.id).await {
            Err(err) if !err.is_not_found() => return Err(err),
            _ => {}
        }
    }
    Ok(found.len())
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let john = Customer {
        number: "CLI-789".into(),
        email: "john@example.com".into(),
    };
    println!("{:?}", register(&bspk::Client::from_env()?, &john).await?);
    println!("{}", forget(&gatsby::Client::from_env()?, &john).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use shoppers::mock;

    use super::*;

    type Test = Result<(), Box<dyn std::error::Error>>;

    fn john() -> Customer {
        Customer {
            number: "CLI-789".into(),
            email: "john@example.com".into(),
        }
    }

    #[tokio::test]
    async fn a_customer_is_known_by_the_id_of_bspk() -> Test {
        let bspk = mock::Bspk::start();
        bspk.upsert_shopper(|when, then| {
            when.body(&bspk::Shopper {
                shopper_ref: Some("CLI-789".into()),
                email: Some("john@example.com".into()),
                ..Default::default()
            });
            then.stored(17, "CLI-789");
        });

        let outcome = register(&bspk.client()?, &john()).await?;

        assert_eq!(outcome, Outcome::Known("17".into()));
        Ok(())
    }

    #[tokio::test]
    async fn a_customer_is_registered_although_bspk_was_away_for_a_moment() -> Test {
        let bspk = mock::Bspk::start();
        let away = bspk.upsert_shopper(|_, then| {
            then.unavailable().once();
        });
        bspk.upsert_shopper(|_, then| {
            then.stored(17, "CLI-789");
        });

        let outcome = register(&bspk.client()?, &john()).await?;

        assert_eq!(outcome, Outcome::Known("17".into()));
        away.assert();
        Ok(())
    }

    #[tokio::test]
    async fn a_customer_waits_when_bspk_stays_away() -> Test {
        let bspk = mock::Bspk::start();
        bspk.upsert_shopper(|_, then| {
            then.unavailable();
        });

        let outcome = register(&bspk.client()?, &john()).await?;

        assert_eq!(outcome, Outcome::Later(None));
        Ok(())
    }

    #[tokio::test]
    async fn a_customer_waits_as_long_as_bspk_asks() -> Test {
        let bspk = mock::Bspk::start();
        bspk.upsert_shopper(|_, then| {
            then.throttled(30, 0).retry_after(Duration::from_secs(30));
        });

        let outcome = register(&bspk.client()?, &john()).await?;

        assert_eq!(outcome, Outcome::Later(Some(Duration::from_secs(30))));
        Ok(())
    }

    #[tokio::test]
    async fn what_bspk_finds_wrong_is_for_people() -> Test {
        let bspk = mock::Bspk::start();
        bspk.upsert_shopper(|_, then| {
            then.rejected([("invalid_email", "john is no email")]);
        });

        let outcome = register(&bspk.client()?, &john()).await?;

        assert_eq!(outcome, Outcome::Refused(vec!["invalid_email".into()]));
        Ok(())
    }

    #[tokio::test]
    async fn every_record_of_a_customer_is_forgotten() -> Test {
        let gatsby = mock::Gatsby::start();
        let nothing = gatsby::ShopperInput::default();
        gatsby.search_shoppers(|when, then| {
            when.by(gatsby::By::Email("john@example.com"));
            then.stored([("a1", &nothing), ("a2", &nothing)]);
        });
        let first = gatsby.delete_shopper(|when, then| {
            when.id("a1");
            then.empty();
        });
        // Another caller was quicker.
        let second = gatsby.delete_shopper(|when, then| {
            when.id("a2");
            then.not_found();
        });

        let records = forget(&gatsby.client()?, &john()).await?;

        assert_eq!(records, 2);
        first.assert();
        second.assert();
        Ok(())
    }
}
