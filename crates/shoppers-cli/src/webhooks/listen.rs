//! A receiver on this machine, to see what BSPK delivers.

use std::{env, fs, path::PathBuf, sync::Arc};

use axum::{
    Router,
    extract::{FromRef, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use clap::Args;
use serde_json::{json, value::RawValue};
use shoppers::bspk::{
    EventName,
    webhooks::{Delivery, ReceiveError, Receiver},
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
};

use crate::{
    exit::{Exit, Failure},
    extract::{self, Sink, WriteFault},
    interrupt,
    output::{self, Format, Output, note},
};

const SECRETS: &str = "BSPK_WEBHOOK_SECRETS";

/// Receives webhooks on this machine: verifies the secret of each delivery, and prints its body as a line of JSON.
///
/// BSPK reaches it through a tunnel alone, whose address is that of the endpoint. The secrets come from BSPK_WEBHOOK_SECRETS, two
/// of them with a comma in between, or from a file. BSPK is answered as its retries want it: 200 once the body is written, 401
/// without the right secret, 422 for what is no event. It runs until Ctrl-C or SIGTERM.
#[derive(Args)]
#[command(after_help = "Example:
  BSPK_WEBHOOK_SECRETS=secret shoppers bspk webhooks listen --port 8080 --output deliveries.jsonl")]
pub struct Listen {
    /// The port of 127.0.0.1; 0 is any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// A file with the secrets, each in a line of its own, in place of BSPK_WEBHOOK_SECRETS.
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,

    /// A new file for the bodies, in place of stdout.
    #[arg(long, value_name = "FILE", value_parser = extract::file())]
    output: Option<Output>,
}

/// The state of the receiver.
#[derive(Clone)]
struct Service {
    receiver: Receiver,
    sink: Arc<Mutex<Sink>>,
    /// Takes the reason why nothing more can be written.
    ended: mpsc::Sender<WriteFault>,
}

impl FromRef<Service> for Receiver {
    fn from_ref(service: &Service) -> Self {
        service.receiver.clone()
    }
}

impl Listen {
    pub async fn run(self, output: Format) -> Result<Exit, Failure> {
        let receiver = self.receiver()?;
        let sink = match self.output.as_ref().and_then(Output::file) {
            Some(path) => Sink::file(path, None)?,
            None => Sink::Stdout,
        };
        let mut interrupted = interrupt::watch()?;
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await;
        let listener = listener.map_err(|err| {
            Failure::stopped(format!("port {} cannot be used: {err}", self.port))
                .next("choose another --port, or leave it out for any free one")
        })?;
        let address = listener
            .local_addr()
            .map_err(|err| Failure::stopped(err.to_string()))?;
        note(&match output {
            Format::Text => format!("listening at http://{address}, any path, until Ctrl-C"),
            Format::Json => json!({"url": format!("http://{address}")}).to_string(),
        });
        let (ended, mut end) = mpsc::channel(1);
        let service = Service {
            receiver,
            sink: Arc::new(Mutex::new(sink)),
            ended,
        };
        let app = Router::new().fallback(accept).with_state(service);
        tokio::select! {
            served = axum::serve(listener, app) => {
                served.map_err(|err| Failure::stopped(err.to_string()))?;
            }
            _ = interrupted.wait_for(|it| *it) => {}
            Some(fault) = end.recv() => match fault {
                WriteFault::Closed => {}
                WriteFault::Failed(failure) => return Err(failure),
            }
        }
        Ok(Exit::Done)
    }

    fn receiver(&self) -> Result<Receiver, Failure> {
        let (place, text) = match &self.secret_file {
            Some(path) => {
                let text = fs::read_to_string(path)
                    // Without the path, as it is the secret if the user confused them.
                    .map_err(|err| Failure::unreadable("the file of --secret-file", &err))?;
                ("--secret-file", text)
            }
            None => {
                match env::var(SECRETS) {
                    Ok(text) => (SECRETS, text),
                    Err(_) => {
                        return Err(Failure::usage(format!("no secret: {SECRETS} is not set"))
                        .next("set it, or name a file that contains the secrets with --secret-file"));
                    }
                }
            }
        };
        let secrets = text.split([',', '\n', '\r']).filter(|it| !it.is_empty());
        let secrets: Vec<&str> = secrets.collect();
        secrets.iter().for_each(|it| output::mask(it));
        Receiver::new(secrets).map_err(|err| Failure::usage(format!("{place}: {err}")))
    }
}

/// Writes a body before it is answered. What is no event and yet JSON is written as well, as it is there to be looked at.
async fn accept(
    State(service): State<Service>,
    delivery: Result<Delivery, ReceiveError>,
) -> Response {
    let delivery = match delivery {
        Ok(delivery) => delivery,
        Err(err) => return refused(err),
    };
    let bytes = delivery.body().len();
    if let Ok(json) = serde_json::from_slice::<Box<RawValue>>(delivery.body()) {
        let line = format!("{}\n", extract::line(&json));
        // One after the other, and before the answer: a body that is not written is sent again.
        let mut sink = service.sink.lock().await;
        if let Err(fault) = sink.write(line.as_bytes()) {
            // The first reason is enough.
            let _ = service.ended.try_send(fault);
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    }
    match delivery.event() {
        Ok(event) => {
            let name = event.name();
            let name = match &name {
                // It may be any text.
                EventName::Other(_) => "another event",
                known => known.as_str(),
            };
            note(&format!("200: {name}, {bytes} bytes"));
            StatusCode::OK.into_response()
        }
        Err(err) => refused(err),
    }
}

fn refused(err: ReceiveError) -> Response {
    note(&format!("{}: {err}", err.status()));
    err.into_response()
}
