//! Writes and reads a shopper at both vendors, a line for each call.
//!
//! `cargo run --example quickstart` runs against a fake server for both vendors. With `--live` it calls the
//! vendors with the keys in the environment (`BSPK_API_KEY`, `GATSBY_API_KEY`), and only reads unless `--write` is given.

use std::{env, error::Error, process::ExitCode, time::Instant};

use shoppers::{ApiKey, bspk, gatsby};
use shoppers_sandbox::Sandbox;

/// An address that belongs to no person (RFC 2606).
const EMAIL: &str = "quickstart@example.com";
const PHONE: &str = "+15550100123";
const USERNAME: &str = "shoppers.quickstart";

type Outcome = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = match arguments[..] {
        [] => in_sandbox().await,
        ["--live"] => live(false).await,
        ["--live", "--write"] | ["--write", "--live"] => live(true).await,
        _ => {
            eprintln!("usage: quickstart [--live [--write]]");
            return ExitCode::from(2);
        }
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("{err}");
            ExitCode::FAILURE
        }
    }
}

async fn in_sandbox() -> Outcome {
    let sandbox = Sandbox::start().await?;
    println!(
        "a fake server for both vendors is at {}",
        sandbox.bspk_url()
    );
    let bspk = bspk::Client::builder(ApiKey::new(sandbox.bspk_key())?)
        .base_url(sandbox.bspk_url())
        .build()?;
    // In a service: `.environment(gatsby::Environment::Development)`, which is dev.gatsby.tech.
    let gatsby = gatsby::Client::builder(ApiKey::new(sandbox.gatsby_key())?)
        .base_url(sandbox.gatsby_url())
        .build()?;

    write_to_bspk(&bspk).await?;
    write_to_gatsby(&gatsby).await
}

async fn live(write: bool) -> Outcome {
    let bspk = bspk::Client::from_env()?;
    let gatsby = match env::var_os("GATSBY_ENVIRONMENT") {
        Some(_) => gatsby::Client::from_env()?,
        None => gatsby::Client::builder(env::var("GATSBY_API_KEY")?.parse()?)
            .environment(gatsby::Environment::Development)
            .build()?,
    };

    if write {
        write_to_bspk(&bspk).await?;
        write_to_gatsby(&gatsby).await
    } else {
        println!(
            "bspk    upsert_shopper   left out, as BSPK has nothing that only reads; give --write as well"
        );
        read_from_gatsby(&gatsby).await?;
        Ok(())
    }
}

async fn write_to_bspk(bspk: &bspk::Client) -> Outcome {
    let mut shopper = bspk::Shopper {
        shopper_ref: Some("CLI-789".into()),
        first_name: Some("John".into()),
        last_name: Some("Meyer".into()),
        gender: Some(bspk::Gender::Male),
        email: Some("shopper1@email.com".into()),
        mobile_phone: Some("+5511987669944".into()),
        preferred_contact_channel: Some(bspk::ContactChannel::Whatsapp),
        languages: Some(bspk::Languages::new(["en", "fr"])?),
        email_contact: Some(true.into()), // travels as "true"
        birthday: Some("1982-02-22".parse()?),
        preferences: Some(bspk::Preferences::flat(["Young Professional", "Lawyer"])?),
        profile_type: Some(bspk::ProfileType::Person),
        ..Default::default()
    };

    let started = Instant::now();
    let stored = bspk.upsert_shopper(&shopper).await?;
    line(
        "bspk",
        "upsert_shopper",
        &format!("stored as {}", stored.id),
        started,
    );

    shopper.segment = Some("VIP".into());
    let started = Instant::now();
    let again = bspk.upsert_shopper(&shopper).await?;
    let said = format!("the same shopper_ref, updated {}", again.id);
    line("bspk", "upsert_shopper", &said, started);

    shopper.preferred_contact_channel = Some("pigeon".parse()?);
    let started = Instant::now();
    match bspk.upsert_shopper(&shopper).await {
        Err(err) if err.is_rejected() => {
            line(
                "bspk",
                "upsert_shopper",
                &format!("refused: {err}"),
                started,
            );
            for problem in err.problems() {
                println!(
                    "        problem: {}",
                    problem.title().unwrap_or("without words")
                );
            }
            Ok(())
        }
        Err(err) => Err(err.into()),
        Ok(_) => Err("a channel that does not exist was accepted".into()),
    }
}

async fn write_to_gatsby(gatsby: &gatsby::Client) -> Outcome {
    let shopper = gatsby::ShopperInput {
        channel: Some(gatsby::ChannelInput {
            instagram: Some(gatsby::InstagramInput {
                email: Some(EMAIL.into()),
                phone: Some(PHONE.into()),
                user_name: Some(USERNAME.into()),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    };

    let started = Instant::now();
    let created = gatsby.create_shopper(&shopper).await?;
    let said = created.id().unwrap_or("created, the answer has no id");
    line("gatsby", "create_shopper", said, started);

    let found = read_from_gatsby(gatsby).await?;
    let [shopper] = &found[..] else {
        return Err(format!("expected one shopper with {EMAIL}, found {}", found.len()).into());
    };
    let id = shopper.id.clone();

    // What was read turns into the body of an update.
    let mut update = gatsby::ShopperInput::from(shopper.clone());
    if let Some(instagram) = update.channel.as_mut().and_then(|it| it.instagram.as_mut()) {
        instagram.full_name = Some("Quick Start".into());
    }
    let started = Instant::now();
    gatsby.update_shopper(&id, &update).await?;
    line(
        "gatsby",
        "update_shopper",
        "gave the shopper a name",
        started,
    );

    let started = Instant::now();
    let shopper = gatsby.get_shopper(&id).await?;
    let name = shopper
        .channel
        .and_then(|it| it.instagram)
        .and_then(|it| it.full_name);
    line(
        "gatsby",
        "get_shopper",
        name.as_deref().unwrap_or("no name"),
        started,
    );

    let started = Instant::now();
    gatsby.delete_shopper(&id).await?;
    line("gatsby", "delete_shopper", "gone", started);

    let started = Instant::now();
    match gatsby.get_shopper(&id).await {
        Err(err) if err.is_not_found() => {
            line("gatsby", "get_shopper", &format!("missing: {err}"), started);
            Ok(())
        }
        Err(err) => Err(err.into()),
        Ok(_) => Err("a shopper that was deleted is still there".into()),
    }
}

/// Searches by each of the three keys.
async fn read_from_gatsby(
    gatsby: &gatsby::Client,
) -> Result<Vec<gatsby::Shopper>, shoppers::Error> {
    let mut found = Vec::new();
    for by in [
        gatsby::By::Username(USERNAME),
        gatsby::By::Phone(PHONE),
        gatsby::By::Email(EMAIL),
    ] {
        let started = Instant::now();
        found = gatsby.search_shoppers(by).await?;
        let said = format!("{by:?} found {}", found.len());
        line("gatsby", "search_shoppers", &said, started);
    }
    Ok(found)
}

fn line(vendor: &str, operation: &str, said: &str, started: Instant) {
    let took = started.elapsed().as_secs_f64() * 1000.0;
    println!("{vendor:<7} {operation:<16} {took:>7.1} ms  {said}");
}
