//! Calls by HTTP alone.

use std::sync::LazyLock;

use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};
use shoppers_sandbox::{Behaviour, Sandbox};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub const UPSERT: &str = "/api/platform/v1/shoppers";

pub fn client() -> Client {
    // One for all, as it reads the system's certificates; connections are not kept, as they end with a test's runtime.
    static CLIENT: LazyLock<Client> = LazyLock::new(|| {
        let client = Client::builder().redirect(Policy::none());
        client.pool_max_idle_per_host(0).build().unwrap()
    });
    CLIENT.clone()
}

pub async fn sandbox() -> Sandbox {
    Sandbox::start().await.unwrap()
}

/// Starts a sandbox in which both vendors have this behaviour.
pub async fn misbehaving(behaviour: Behaviour) -> Sandbox {
    Sandbox::builder()
        .bspk(behaviour.clone())
        .gatsby(behaviour)
        .start()
        .await
        .unwrap()
}

/// Returns an upsert, ready to be sent.
pub fn upsert(sandbox: &Sandbox, shopper: Value) -> RequestBuilder {
    client()
        .post(format!("{}{UPSERT}", sandbox.bspk_url()))
        .bearer_auth(sandbox.bspk_key())
        .json(&json!({ "shopper": shopper }))
}

/// Returns a call to BSPK, ready to be sent; `path` follows `/api/platform/v1/`.
pub fn bspk(sandbox: &Sandbox, method: &str, path: &str) -> RequestBuilder {
    let url = format!("{}/api/platform/v1/{path}", sandbox.bspk_url());
    client()
        .request(method.parse().unwrap(), url)
        .bearer_auth(sandbox.bspk_key())
}

/// Returns a call to Gatsby, ready to be sent; `path` follows `/public/shopper`.
pub fn gatsby(sandbox: &Sandbox, method: &str, path: &str) -> RequestBuilder {
    let url = format!("{}/public/shopper{path}", sandbox.gatsby_url());
    client()
        .request(method.parse().unwrap(), url)
        .header("authorization", sandbox.gatsby_key())
}

/// Returns a create with this email, ready to be sent.
pub fn create(sandbox: &Sandbox, email: &str) -> RequestBuilder {
    gatsby(sandbox, "POST", "").json(&json!({"channel": {"instagram": {"email": email}}}))
}

/// Sends a call, and returns the status and the body; `null` for an empty body.
pub async fn read(call: RequestBuilder) -> (u16, Value) {
    let response = call.send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap()
    };
    (status, body)
}

/// Sends a call, and returns the status and the codes of the errors list.
pub async fn refusal(call: RequestBuilder) -> (u16, Vec<String>) {
    let (status, body) = read(call).await;
    let codes = body["errors"].as_array().unwrap().iter();
    (
        status,
        codes
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect(),
    )
}

pub fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

pub async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.bspk_url().trim_start_matches("http://"))
        .await
        .unwrap()
}

/// Returns an upsert as it is written to a connection.
pub fn written(sandbox: &Sandbox, shopper: Value) -> String {
    let body = json!({ "shopper": shopper }).to_string();
    format!(
        "POST {UPSERT} HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        sandbox.bspk_key(),
        body.len(),
    )
}

/// Sends an upsert on its own connection, and returns all that arrives until the connection ends, in any way.
pub async fn raw_upsert(sandbox: &Sandbox, shopper: Value) -> String {
    let mut stream = connect(sandbox).await;
    let request = written(sandbox, shopper).replacen("host:", "connection: close\r\nhost:", 1);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        response.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(response).unwrap()
}
