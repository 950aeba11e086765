//! A proxy in front of a server that delays what passes, or swallows it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// Nothing passes, and nothing is closed.
const SILENT: u64 = u64::MAX;

pub struct Proxy {
    port: u16,
    delay: Arc<AtomicU64>,
}

impl Proxy {
    /// Starts one on a thread of its own, which lives as long as the program.
    pub fn start(server: u16, delay: Duration) -> Self {
        let (sender, receiver) = std::sync::mpsc::channel();
        let shared = Arc::new(AtomicU64::new(0));
        let delays = shared.clone();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let port = listener.local_addr().expect("an address").port();
                sender.send(port).expect("the program waits");
                while let Ok((client, _)) = listener.accept().await {
                    let delays = delays.clone();
                    tokio::spawn(async move {
                        let Ok(server) = TcpStream::connect(("127.0.0.1", server)).await else {
                            return;
                        };
                        let _ = (client.set_nodelay(true), server.set_nodelay(true));
                        let (client_read, client_write) = client.into_split();
                        let (server_read, server_write) = server.into_split();
                        tokio::join!(
                            pass(client_read, server_write, delays.clone()),
                            pass(server_read, client_write, delays)
                        );
                    });
                }
            });
        });
        let proxy = Self {
            port: receiver.recv().expect("the proxy starts"),
            delay: shared,
        };
        proxy.set_delay(delay);
        proxy
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub fn set_delay(&self, delay: Duration) {
        self.delay
            .store(delay.as_micros() as u64, Ordering::Relaxed);
    }

    /// Swallows everything from now on.
    pub fn silence(&self) {
        self.delay.store(SILENT, Ordering::Relaxed);
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    delay: Arc<AtomicU64>,
) {
    let (sender, mut receiver) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let read = async move {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let micros = delay.load(Ordering::Relaxed);
            if micros == SILENT {
                continue;
            }
            let due = Instant::now() + Duration::from_micros(micros);
            if sender.send((due, buffer[..count].to_vec())).is_err() {
                break;
            }
        }
    };
    let write = async move {
        while let Some((due, bytes)) = receiver.recv().await {
            sleep_until(due).await;
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
    };
    tokio::join!(read, write);
}
