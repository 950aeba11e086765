//! A server that does next to nothing: this program, started once more, so that its work is not counted as a client's.

use std::{
    env,
    io::{self, BufRead, BufReader, Read},
    net::Ipv4Addr,
    process::{Child, Command, ExitCode, Stdio},
    thread,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
};

const SERVE: &str = "--serve";

/// As BSPK answers by its document, with a quota that delays no call.
const BODY: &str = r#"{"id":4711,"external_id":"CLI-789","warnings":[],"updated_at":"2026-03-11T18:34:54.882Z","created_at":"2018-07-21T17:32:28.000Z"}"#;

/// No request is longer, and one that is ends the connection.
const LONGEST: usize = 64 << 10;

/// The server, which ends with this value.
pub struct Server {
    process: Child,
    url: String,
}

pub fn is_asked_for(arguments: &[String]) -> bool {
    arguments.first().is_some_and(|first| first == SERVE)
}

impl Server {
    pub fn start() -> Self {
        let program = env::current_exe().expect("this program's own path");
        let mut process = Command::new(program)
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts once more");
        let mut port = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout)
            .read_line(&mut port)
            .expect("the server tells its port");
        Self {
            process,
            url: format!("http://{}:{}", Ipv4Addr::LOCALHOST, port.trim()),
        }
    }

    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input, and a parent that is gone cannot read.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Serves until the input ends, which it does with the process that started this one, however that ends.
pub fn serve() -> ExitCode {
    let runtime = runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    let (running, ended) = tokio::sync::oneshot::channel::<()>();
    thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        drop(running);
    });
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port");
        println!("{}", listener.local_addr().expect("its address").port());
        tokio::select! {
            _ = ended => {}
            () = accept(listener) => {}
        }
    });
    ExitCode::SUCCESS
}

async fn accept(listener: TcpListener) {
    let answer: &'static [u8] = answer().leak();
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(stream, answer));
    }
}

fn answer() -> Vec<u8> {
    let length = BODY.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\n\
         content-type: application/json; charset=utf-8\r\n\
         x-ratelimit-limit: 100000\r\n\
         x-ratelimit-remaining: 99999\r\n\
         cache-control: no-store\r\n\
         date: Wed, 11 Mar 2026 18:34:54 GMT\r\n\
         content-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), BODY.as_bytes()].concat()
}

/// Answers one request after another, whatever they are.
async fn converse(mut stream: TcpStream, answer: &[u8]) -> Option<()> {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::with_capacity(8 << 10);
    loop {
        while let Some(length) = request(&buffer) {
            buffer.drain(..length);
            stream.write_all(answer).await.ok()?;
        }
        if buffer.len() > LONGEST || stream.read_buf(&mut buffer).await.ok()? == 0 {
            return None;
        }
    }
}

/// How long the first request of these is; nothing, if there is more of it to come.
fn request(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
    let length = str::from_utf8(&bytes[..head])
        .ok()?
        .lines()
        .find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        });
    let whole = head + 4 + length.unwrap_or(0);
    (whole <= bytes.len()).then_some(whole)
}
