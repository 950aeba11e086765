//! How a sandbox is started.

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use hyper_util::service::TowerToHyperService;
use tokio::{net::TcpListener, sync::oneshot, time::Instant};

use crate::{
    BSPK_KEY, GATSBY_KEY, Running, Sandbox,
    behaviour::Behaviour,
    bspk::Bspk,
    gate::Gate,
    gatsby::Gatsby,
    request::Recorder,
    server::{self, House},
    vendor::{Announces, Vendor},
};

/// How a [`Sandbox`] is to be.
#[derive(Clone, Debug)]
pub struct Builder {
    port: u16,
    requests: usize,
    bspk: Behaviour,
    gatsby: Behaviour,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            requests: 10_000,
            bspk: Behaviour::new(),
            gatsby: Behaviour::new(),
        }
    }
}

impl Builder {
    /// The port, always of 127.0.0.1. Default: any that is free.
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// How many requests are kept for [`Sandbox::requests`], the latest of them; 0 keeps none,
    /// which is faster. Default: 10,000.
    pub fn requests(self, requests: usize) -> Self {
        Self { requests, ..self }
    }

    /// How BSPK behaves. Default: well, and without a quota; with
    /// `Behaviour::new().quota(Quota::bspk())` it has that of BSPK's examples.
    pub fn bspk(self, behaviour: Behaviour) -> Self {
        Self {
            bspk: behaviour,
            ..self
        }
    }

    /// How Gatsby behaves. Default: well, and without a quota.
    pub fn gatsby(self, behaviour: Behaviour) -> Self {
        Self {
            gatsby: behaviour,
            ..self
        }
    }

    /// Starts both vendors. Call it within a tokio runtime; the server runs there.
    ///
    /// # Errors
    ///
    /// What the system says if the port cannot be had, and
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) for a behaviour that cannot be played: a
    /// window without length, a latency over a day, probabilities that are none, a status or a
    /// header that cannot be.
    pub async fn start(self) -> io::Result<Sandbox> {
        self.bspk.check()?;
        self.gatsby.check()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (bspk, gatsby) = (Bspk::new()?, Gatsby::new()?);
        let start = Instant::now();
        let house = Arc::new(House {
            bspk: Vendor {
                authorization: format!("Bearer {BSPK_KEY}"),
                announces: Announces::Quota,
                gate: Gate::new(self.bspk, start),
                router: TowerToHyperService::new(bspk.router()),
            },
            gatsby: Vendor {
                authorization: GATSBY_KEY.to_owned(),
                announces: Announces::Nothing,
                gate: Gate::new(self.gatsby, start),
                router: TowerToHyperService::new(gatsby.router()),
            },
            recorder: Recorder::new(self.requests),
            listener: Mutex::new(Some(listener)),
        });
        let (stop, stopped) = oneshot::channel();
        let server = tokio::spawn(server::serve(Arc::clone(&house), stopped));
        Ok(Sandbox {
            url,
            bspk,
            gatsby,
            running: Running {
                house: Arc::clone(&house),
                _stop: stop,
            },
            house,
            server,
        })
    }
}
