//! A proxy in front of a server that delays what passes, swallows it, or leads elsewhere.
//!
//! It is made of threads that sleep, as the timers of an asynchronous runtime are late by as much as it delays.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU16, AtomicU64, Ordering},
        mpsc,
    },
    thread::{self, sleep},
    time::{Duration, Instant},
};

/// Nothing passes, and nothing is closed.
const SILENT: u64 = u64::MAX;

#[derive(Clone)]
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    server: AtomicU16,
    /// In microseconds, in each direction.
    delay: AtomicU64,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// Starts one, which lives as long as the program.
    pub fn start(server: u16, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            server: server.into(),
            delay: AtomicU64::new(0),
            open: Mutex::default(),
        });
        let proxy = Self { port, shared };
        proxy.set_delay(delay);
        let shared = proxy.shared.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // Without a server the client sees its connection closed.
                let _ = connect(client, &shared);
            }
        });
        proxy
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn set_delay(&self, delay: Duration) {
        let micros = delay.as_micros() as u64;
        self.shared.delay.store(micros, Ordering::Relaxed);
    }

    /// Swallows everything from now on.
    pub fn silence(&self) {
        self.shared.delay.store(SILENT, Ordering::Relaxed);
    }

    /// Closes all connections, and leads new ones to another server.
    pub fn redirect(&self, server: u16) {
        self.shared.server.store(server, Ordering::Relaxed);
        let mut open = self
            .shared
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for stream in open.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn connect(client: TcpStream, shared: &Arc<Shared>) -> std::io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", shared.server.load(Ordering::Relaxed)))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    pass(client.try_clone()?, server.try_clone()?, shared.clone());
    pass(server.try_clone()?, client.try_clone()?, shared.clone());
    let mut open = shared.open.lock().unwrap_or_else(PoisonError::into_inner);
    open.retain(|stream| stream.peer_addr().is_ok());
    open.extend([client, server]);
    Ok(())
}

fn pass(mut from: TcpStream, mut to: TcpStream, shared: Arc<Shared>) {
    let (sender, receiver) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        for (due, bytes) in receiver {
            sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
    thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let micros = shared.delay.load(Ordering::Relaxed);
            if micros == SILENT {
                continue;
            }
            let due = Instant::now() + Duration::from_micros(micros);
            if sender.send((due, buffer[..count].to_vec())).is_err() {
                break;
            }
        }
        let _ = from.shutdown(Shutdown::Both);
    });
}
