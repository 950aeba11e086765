//! A server on this machine that has a page for each path.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

/// Serves until the test process ends.
pub struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What a path answers: a status, a header line or none, and a body.
pub type Answer = (u16, String, String);

impl Server {
    /// Serves pages that are made when the server's own address is known.
    pub fn start(pages: impl FnOnce(&str) -> BTreeMap<String, Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let pages = pages(&base);
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let path = lines.next().and_then(Result::ok).unwrap_or_default();
                let path = path.split(' ').nth(1).unwrap_or_default().to_owned();
                while lines
                    .next()
                    .and_then(Result::ok)
                    .is_some_and(|line| !line.is_empty())
                {}
                log.lock().unwrap().push(path.clone());
                let none = (404, String::new(), "not here".to_owned());
                let (status, header, body) = pages.get(&path).unwrap_or(&none);
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n{header}\r\n"
                );
                // Who hangs up before the end of a page that is too large does right.
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
            }
        });
        Self { base, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The paths that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// A page.
pub fn page(text: impl Into<String>) -> Answer {
    (200, String::new(), text.into())
}
