//! Chromium, by WebDriver.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use fantoccini::{Client, ClientBuilder, error::NewSessionError};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// The WebDriver server, which ends with the browsers that it has started when it is dropped.
pub struct Driver {
    child: Child,
    pub url: String,
}

impl Driver {
    /// Returns `None` if none is installed.
    pub fn start() -> Option<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let lines = BufReader::new(child.stdout.take()?).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        })?;
        Some(Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        })
    }

    pub async fn browser(&self) -> Result<Client, NewSessionError> {
        let options = json!({"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--js-flags=--expose-gc", "--enable-precise-memory-info", "--window-size=1280,900"]});
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.url)
            .await
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Every session is closed by now, so that no browser is left.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
