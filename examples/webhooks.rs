//! A service that receives BSPK's webhooks: it verifies, queues and answers, and works from the queue.
//!
//! `BSPK_API_KEY=key cargo run --features axum --example webhooks register https://mycompany.com/bspk` creates the endpoint, unless
//! there is one, and prints its secret, which BSPK shows this once. `BSPK_WEBHOOK_SECRETS=secret cargo run --features axum --example webhooks` listens at 127.0.0.1:8080, or where `LISTEN` says.
//! During a rotation the variable holds both secrets, with a comma between them. `cargo test --features axum --example webhooks`
//! runs the tests.

use std::{env, error::Error};

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    routing::post,
};
use shoppers::bspk::{
    self, EnsuredEndpoint, EventName,
    webhooks::{Event, Receiver},
};
use tokio::{net::TcpListener, sync::mpsc};

/// Events that wait for the worker. In production this is a queue that survives a restart, and holds the bodies.
const QUEUE: usize = 1024;

/// The events that [`handle`] handles; the endpoint is registered with the same list.
const HANDLED: [EventName; 3] = [
    EventName::ShopperCreated,
    EventName::ShopperUpdated,
    EventName::ShopperDeleted,
];

/// The state of the service.
#[derive(Clone)]
pub struct Service {
    pub receiver: Receiver,
    pub queue: mpsc::Sender<Event>,
}

impl FromRef<Service> for Receiver {
    fn from_ref(service: &Service) -> Self {
        service.receiver.clone()
    }
}

impl FromRef<Service> for mpsc::Sender<Event> {
    fn from_ref(service: &Service) -> Self {
        service.queue.clone()
    }
}

pub fn app(service: Service) -> Router {
    Router::new()
        .route("/bspk", post(accept))
        .with_state(service)
}

/// Answers within BSPK's 5 seconds, as it does no work. The extractor has answered all that is not an event.
async fn accept(State(queue): State<mpsc::Sender<Event>>, event: Event) -> StatusCode {
    match queue.try_send(event) {
        Ok(()) => StatusCode::OK,
        // Full, or the worker has gone: BSPK sends it again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Works until the service has gone.
async fn work(mut queue: mpsc::Receiver<Event>) {
    while let Some(event) = queue.recv().await {
        if !handle(&event) {
            println!("{} is not handled here", event.name());
        }
    }
}

/// Handles an event, and returns `true` if it is one of [`HANDLED`].
fn handle(event: &Event) -> bool {
    match event {
        Event::ShopperCreated(shopper) | Event::ShopperUpdated(shopper) => {
            // A shopper's data is no matter for a log; BSPK's own id is.
            println!("shopper {:?} is new or changed", shopper.id);
        }
        Event::ShopperDeleted(shopper) => println!("shopper {:?} is gone", shopper.id),
        _ => return false,
    }
    true
}

/// Registers the service at BSPK.
async fn register(url: &str) -> Result<(), shoppers::Error> {
    let bspk = bspk::Client::from_env()?;
    match bspk.ensure_webhook_endpoint(url, &HANDLED).await? {
        EnsuredEndpoint::Created(endpoint) => {
            let secret = endpoint.secret.unwrap_or_default();
            println!("store this secret, it is not shown again: {secret}");
        }
        _ => println!("there is an endpoint already, with the secret that was shown then"),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [command, url] = &arguments[..]
        && command == "register"
    {
        return Ok(register(url).await?);
    }
    let secrets = env::var("BSPK_WEBHOOK_SECRETS")?;
    let receiver = Receiver::new(secrets.split(','))?;
    let (queue, events) = mpsc::channel(QUEUE);
    tokio::spawn(work(events));

    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("listening at http://{}/bspk", listener.local_addr()?);
    axum::serve(listener, app(Service { receiver, queue })).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shoppers::bspk::webhooks::TestDelivery;

    use super::*;

    /// Starts the service with room for some events, and returns its address and its queue.
    async fn start(room: usize) -> (String, mpsc::Receiver<Event>) {
        let (queue, events) = mpsc::channel(room);
        let receiver = Receiver::new(["new", "old"]).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/bspk", listener.local_addr().unwrap());
        let app = app(Service { receiver, queue });
        tokio::spawn(async move { axum::serve(listener, app).await });
        (address, events)
    }

    async fn deliver(address: &str, delivery: TestDelivery) -> u16 {
        let mut request = reqwest::Client::new().post(address);
        for (name, value) in delivery.headers() {
            request = request.header(name, value);
        }
        let response = request.body(delivery.body).send().await.unwrap();
        response.status().as_u16()
    }

    #[tokio::test]
    async fn an_event_is_answered_and_queued() {
        let (address, mut events) = start(2).await;

        for secret in ["new", "old"] {
            let delivery = TestDelivery::new(secret, EventName::ShopperCreated, json!({"id": 17}));
            assert_eq!(deliver(&address, delivery).await, 200);
        }

        for _ in 0..2 {
            let Some(Event::ShopperCreated(shopper)) = events.recv().await else {
                panic!("another event");
            };
            assert_eq!(shopper.id, Some(17));
        }
    }

    #[test]
    fn what_is_registered_is_handled() {
        for name in [
            "shopper.created",
            "shopper.updated",
            "shopper.deleted",
            "cart.created",
            "client.created",
        ] {
            let name: EventName = name.parse().unwrap();
            let delivery = TestDelivery::new("new", name.clone(), json!({"id": 17}));

            let event = Event::from_slice(&delivery.body).unwrap();

            assert_eq!(handle(&event), HANDLED.contains(&name), "{name}");
        }
    }

    #[tokio::test]
    async fn a_full_queue_lets_bspk_send_it_again() {
        let (address, _events) = start(1).await;
        let delivery = TestDelivery::new("new", EventName::CartCreated, json!({}));

        assert_eq!(deliver(&address, delivery.clone()).await, 200);
        assert_eq!(deliver(&address, delivery).await, 503);
    }

    #[tokio::test]
    async fn what_is_not_from_bspk_is_not_queued() {
        let (address, mut events) = start(1).await;
        let delivery = TestDelivery::new("wrong", EventName::CartCreated, json!({}));

        assert_eq!(deliver(&address, delivery).await, 401);

        assert!(events.try_recv().is_err());
    }
}
