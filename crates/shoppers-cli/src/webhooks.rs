//! The commands `webhooks`: the endpoints that BSPK delivers events to.

use clap::{Args, Subcommand};
use reqwest::Url;
use serde_json::json;
use shoppers::{
    Error,
    bspk::{Client, EventName, WebhookEndpoint, WebhookEndpointInput},
};

use crate::{
    call::Call,
    connection::{self, Connect as _, Deadline, Vendor as _, is_loopback},
    exit::{Exit, Failure},
    output::{self, Format, note},
};

mod listen;

/// Lists, creates and rotates webhook endpoints, and receives what BSPK delivers.
#[derive(Subcommand)]
pub enum Webhooks {
    List(List),
    Create(Create),
    Rotate(Rotate),
    Listen(listen::Listen),
}

/// Lists the webhook endpoints: id, state, events and address.
///
/// BSPK disables an endpoint by itself once deliveries have failed for days.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    options: Options,
}

/// Creates a webhook endpoint, and prints its secret, which nothing shows again.
///
/// An address that an enabled endpoint has already is refused, as BSPK would deliver twice.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers bspk webhooks create https://example.com/bspk --event shopper.created --event shopper.updated")]
pub struct Create {
    /// The address that BSPK is to post events to: https, and reachable from the internet.
    #[arg(value_name = "URL", value_parser = target)]
    target_url: String,

    /// The name of an event to deliver, such as shopper.updated; may be repeated.
    #[arg(long, value_name = "NAME", required = true, value_parser = event)]
    event: Vec<EventName>,

    #[command(flatten)]
    options: Options,
}

/// Gives a receiver a new secret: first a second endpoint with the same address and events, later the end of the first.
///
/// No operation changes a secret. `rotate ID` creates a second endpoint, still disabled, prints its secret, and says what to do
/// next. Once the receiver accepts both secrets, `rotate ID --finish NEW_ID` enables the second endpoint and then disables
/// the first. Events in between come twice or later, and none is lost.
#[derive(Args)]
#[command(after_help = "Example:
  shoppers bspk webhooks rotate 17                # prints id and secret of a second endpoint, such as 18
  shoppers bspk webhooks rotate 17 --finish 18    # once the receiver accepts both")]
pub struct Rotate {
    /// The id of the endpoint whose secret is to be replaced.
    id: i64,

    /// The id of the second endpoint, whose secret the receiver accepts by now.
    #[arg(long, value_name = "NEW_ID")]
    finish: Option<i64>,

    #[command(flatten)]
    options: Options,
}

#[derive(Args)]
#[group(skip)]
struct Options {
    #[command(flatten)]
    connection: connection::Bspk,
    #[command(flatten)]
    deadline: Deadline,
}

/// Reads the address of an endpoint.
fn target(text: &str) -> Result<String, &'static str> {
    let reaches = |it: Url| it.scheme() == "https" || (it.scheme() == "http" && is_loopback(&it));
    let is_target = text.parse().is_ok_and(reaches);
    let text = is_target.then(|| text.to_owned());
    text.ok_or("expected an address such as https://example.com/bspk")
}

/// Reads the name of an event that BSPK has: another would be accepted, and never be delivered.
fn event(text: &str) -> Result<EventName, &'static str> {
    match text.parse() {
        Ok(EventName::Other(_)) | Err(_) => Err(
            "expected an event such as shopper.updated; `shoppers bspk create-webhook-endpoint` takes any name",
        ),
        Ok(known) => Ok(known),
    }
}

impl Webhooks {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        match self {
            Self::List(list) => list.run(output).await,
            Self::Create(create) => create.run(output).await,
            Self::Rotate(rotate) => rotate.run(output).await,
            Self::Listen(listen) => listen.run(output).await,
        }
    }
}

impl List {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let endpoints = self.options.endpoints(output).await?;
        if endpoints.is_empty() && output == Format::Text {
            note("there is no webhook endpoint");
            return Ok(Exit::Done);
        }
        output::print(&match output {
            Format::Json => output::json(&endpoints)?.to_string(),
            Format::Text => table(&endpoints),
        })?;
        Ok(Exit::Done)
    }
}

impl Create {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let endpoints = self.options.endpoints(output).await?;
        let is_taken = |it: &&WebhookEndpoint| {
            it.target_url.as_ref() == Some(&self.target_url) && it.is_enabled != Some(false)
        };
        if let Some(taken) = endpoints.iter().find(is_taken) {
            let id = taken.id;
            let message =
                format!("endpoint {id} has this address already, and BSPK would deliver twice");
            return Err(Failure::new(Exit::Incomplete, "conflict", message)
                .next(format!("replace its secret with `shoppers bspk webhooks rotate {id}`, or change its events with `shoppers bspk update-webhook-endpoint {id}`")));
        }
        let input = WebhookEndpointInput {
            target_url: self.target_url,
            is_enabled: true,
            events: self.event,
        };
        let created = self.options.create(&input, &endpoints).await?;
        show(&created, output)?;
        note("keep the secret: nothing shows it again");
        Ok(Exit::Done)
    }
}

impl Rotate {
    async fn run(self, output: Format) -> Result<Exit, Failure> {
        let endpoints = self.options.endpoints(output).await?;
        let first = find(&endpoints, self.id)?;
        let Some(second) = self.finish else {
            let input = input(first, false)?;
            let created = self.options.create(&input, &endpoints).await?;
            show(&created, output)?;
            let (old, new) = (self.id, created.id);
            note(&format!(
                "keep the secret: nothing shows it again; endpoint {new} is still disabled\n\
                 1. let the receiver accept both secrets, this one and that of endpoint {old}\n\
                 2. shoppers bspk webhooks rotate {old} --finish {new}\n\
                 3. after 96 hours, in which BSPK may send failed deliveries again, remove the old secret from the receiver"
            ));
            return Ok(Exit::Done);
        };
        let second = find(&endpoints, second)?;
        if first.id == second.id || first.target_url != second.target_url {
            return Err(Failure::usage(
                "the two are not endpoints of one address; --finish is the id that `rotate` printed",
            )
            .next("see `shoppers bspk webhooks list`"));
        }
        // Before the other is disabled, so that each event has an endpoint.
        self.options.switch(second, true, output).await?;
        self.options.switch(first, false, output).await?;
        let answer = json!({"enabled": second.id, "disabled": first.id});
        output::print(&output::formatted(&answer, output))?;
        note(
            "after 96 hours, in which BSPK may send failed deliveries again, remove the old secret from the receiver",
        );
        Ok(Exit::Done)
    }
}

impl Options {
    fn client(&self) -> Result<Client, Failure> {
        self.deadline.build(self.connection.builder()?)
    }

    async fn endpoints(&self, output: Format) -> Result<Vec<WebhookEndpoint>, Failure> {
        let client = self.client()?;
        call(None)
            .make(output, client.list_webhook_endpoints())
            .await
    }

    /// Enables or disables an endpoint, which is harmless if it is so already.
    async fn switch(
        &self,
        endpoint: &WebhookEndpoint,
        is_enabled: bool,
        output: Format,
    ) -> Result<(), Failure> {
        let (client, input) = (self.client()?, input(endpoint, is_enabled)?);
        let sent = client.update_webhook_endpoint(endpoint.id, &input);
        call(Some("run the same command again, which is safe"))
            .make(output, sent)
            .await?;
        Ok(())
    }

    /// Creates an endpoint, beside those that there are. If its secret is lost, the failure says which one to disable.
    ///
    /// An interruption is not listened to: the answer alone has the secret.
    async fn create(
        &self,
        input: &WebhookEndpointInput,
        before: &[WebhookEndpoint],
    ) -> Result<WebhookEndpoint, Failure> {
        let client = self.client()?;
        let err = match client.create_webhook_endpoint(input).await {
            Ok(created) if created.secret.is_some() => return Ok(created),
            Ok(created) => return Err(lost(&created, "BSPK has sent no secret with it")),
            Err(err) => err,
        };
        let may_be_there = err.is_ambiguous() || err.is_unreadable();
        if !may_be_there {
            return call(None).make(Format::Json, async { Err(err) }).await;
        }
        let after = client.list_webhook_endpoints().await.unwrap_or_default();
        let is_new = |it: &&WebhookEndpoint| {
            it.target_url.as_ref() == Some(&input.target_url)
                && before.iter().all(|old| old.id != it.id)
        };
        Err(match after.iter().find(is_new) {
            Some(created) => lost(created, &err.to_string()),
            None => unknown(&err),
        })
    }
}

/// The failure of a create whose answer did not come, although the endpoint is there.
fn lost(endpoint: &WebhookEndpoint, why: &str) -> Failure {
    let id = endpoint.id;
    let message = format!("endpoint {id} was created, and its secret is lost: {why}");
    let disable = disable_command(endpoint);
    Failure::new(Exit::Incomplete, "ambiguous", message)
        .next(format!("disable it, and then try again: {disable}"))
}

/// The failure of a create of which nothing is known.
fn unknown(err: &Error) -> Failure {
    let message = format!("{err}; an endpoint may have been created whose secret is lost");
    Failure::new(Exit::Incomplete, "ambiguous", message).next(
        "look for a new endpoint of this address with `shoppers bspk webhooks list`, disable it, and then try again",
    )
}

/// The command that disables an endpoint, for a POSIX shell.
pub fn disable_command(endpoint: &WebhookEndpoint) -> String {
    update_command(endpoint, false)
}

/// The command that enables or disables an endpoint; BSPK requires all three members.
pub fn update_command(endpoint: &WebhookEndpoint, is_enabled: bool) -> String {
    let mut words = ["shoppers", "bspk", "update-webhook-endpoint"]
        .map(str::to_owned)
        .to_vec();
    words.extend([endpoint.id.to_string(), "--set".to_owned()]);
    words.push(format!("is_enabled={is_enabled}"));
    let url = endpoint.target_url.iter();
    words.extend(url.map(|it| format!("target_url={it}")));
    let events = endpoint.events.iter().flatten();
    words.extend(events.map(|it| format!("events={it}")));
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default()
}

/// Prints id and secret. The secret is lost if that fails, also if the reader has closed the pipe.
fn show(created: &WebhookEndpoint, output: Format) -> Result<(), Failure> {
    use std::io::{Write as _, stdout};

    let shown = json!({"id": created.id, "secret": created.secret});
    let text = output::formatted(&shown, output);
    let mut stdout = stdout().lock();
    let printed = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    printed.map_err(|err| {
        lost(
            created,
            &format!("it could not be written to stdout: {err}"),
        )
    })
}

fn table(endpoints: &[WebhookEndpoint]) -> String {
    let line = |endpoint: &WebhookEndpoint| {
        let state = match endpoint.is_enabled {
            Some(true) => "enabled",
            Some(false) => "disabled",
            None => "unknown",
        };
        let events = endpoint.events.iter().flatten();
        let events: Vec<&str> = events.map(EventName::as_str).collect();
        let url = endpoint.target_url.as_deref().unwrap_or_default();
        output::harmless(&format!(
            "{}  {state:8}  {}  {url}",
            endpoint.id,
            events.join(",")
        ))
    };
    endpoints.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn find(endpoints: &[WebhookEndpoint], id: i64) -> Result<&WebhookEndpoint, Failure> {
    endpoints.iter().find(|it| it.id == id).ok_or_else(|| {
        Failure::new(
            Exit::Incomplete,
            "not_found",
            format!("there is no endpoint {id}"),
        )
        .next("see `shoppers bspk webhooks list`")
    })
}

/// The body that leaves an endpoint as it is, but enabled or not.
fn input(endpoint: &WebhookEndpoint, is_enabled: bool) -> Result<WebhookEndpointInput, Failure> {
    let target_url = endpoint.target_url.clone().ok_or_else(|| {
        Failure::new(
            Exit::Incomplete,
            "unreadable",
            format!("BSPK shows no address of endpoint {}", endpoint.id),
        )
        .next("change it with `shoppers bspk update-webhook-endpoint`")
    })?;
    Ok(WebhookEndpointInput {
        target_url,
        is_enabled,
        events: endpoint.events.clone().unwrap_or_default(),
    })
}

fn call(if_ambiguous: Option<&str>) -> Call {
    Call {
        if_ambiguous: if_ambiguous.map(str::to_owned),
        key_variable: Client::KEY_VARIABLE,
    }
}
