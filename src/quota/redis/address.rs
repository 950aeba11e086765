//! The place of a server: its URL, or the Sentinels that know it.

use std::time::Duration;

use redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, cmd,
};

use crate::quota::store::StoreError;

/// The time that a connection may take to come about.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The time after which a command on a connection is given up, even if a caller waits for it.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);

const SENTINEL_PORT: &str = "26379";

/// The place of a server.
pub(super) enum Address {
    Server(ConnectionInfo),
    /// Sentinels, by the URL up to the host of the server to come, and the name of the primary.
    Sentinels {
        sentinels: Vec<ConnectionInfo>,
        server: ConnectionInfo,
        primary: String,
    },
}

impl Address {
    /// Reads a URL. No error repeats it, as it may hold a password.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let invalid = || {
            StoreError::new(
                "invalid",
                "the URL of the quota store is not valid; write redis://HOST:PORT, rediss://HOST:PORT or \
                 redis+sentinel://HOST:PORT,HOST:PORT/NAME",
            )
        };
        let url = url.trim();
        let Some((scheme, rest)) = url.split_once("+sentinel://") else {
            return url
                .into_connection_info()
                .map(Self::Server)
                .map_err(|_| invalid());
        };
        let (user, rest) = match rest.rsplit_once('@') {
            Some((user, rest)) => (format!("{user}@"), rest),
            None => (String::new(), rest),
        };
        let (hosts, primary) = rest.split_once('/').ok_or_else(invalid)?;
        if primary.is_empty() {
            return Err(invalid());
        }
        let info = |host: &str| {
            let url = format!("{scheme}://{user}{host}");
            url.into_connection_info().map_err(|_| invalid())
        };
        let sentinel = |host: &str| {
            let port = if host.rsplit(']').next().is_some_and(|it| it.contains(':')) {
                String::new()
            } else {
                format!(":{SENTINEL_PORT}")
            };
            // A Sentinel has a password of its own, or none.
            format!("{scheme}://{host}{port}")
                .into_connection_info()
                .map_err(|_| invalid())
        };
        Ok(Self::Sentinels {
            sentinels: hosts.split(',').map(sentinel).collect::<Result<_, _>>()?,
            server: info("localhost")?,
            primary: primary.to_owned(),
        })
    }

    /// Finds the server to connect to.
    pub(super) async fn find(&self) -> Result<ConnectionInfo, redis::RedisError> {
        let (sentinels, server, primary) = match self {
            Self::Server(info) => return Ok(info.clone()),
            Self::Sentinels {
                sentinels,
                server,
                primary,
            } => (sentinels, server, primary),
        };
        let mut last = None;
        for sentinel in sentinels {
            match ask(sentinel, primary).await {
                Ok((host, port)) => return Ok(at(server, host, port)),
                Err(err) => last = Some(err),
            }
        }
        Err(last.unwrap_or_else(|| (redis::ErrorKind::Client, "no Sentinel is named").into()))
    }

    /// Another node of the same cluster, as `host:port`.
    pub(super) fn node(&self, node: &str) -> Option<ConnectionInfo> {
        let Self::Server(info) = self else {
            return None;
        };
        let (host, port) = node.rsplit_once(':')?;
        Some(at(info, host.to_owned(), port.parse().ok()?))
    }
}

pub(super) fn config() -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECT_TIMEOUT))
        .set_response_timeout(Some(RESPONSE_TIMEOUT))
}

async fn ask(sentinel: &ConnectionInfo, primary: &str) -> Result<(String, u16), redis::RedisError> {
    let client = Client::open(sentinel.clone())?;
    let mut connection = client
        .get_multiplexed_async_connection_with_config(&config())
        .await?;
    cmd("SENTINEL")
        .arg("get-master-addr-by-name")
        .arg(primary)
        .query_async(&mut connection)
        .await
}

/// The same settings for another host.
fn at(info: &ConnectionInfo, host: String, port: u16) -> ConnectionInfo {
    let addr = match info.addr() {
        ConnectionAddr::TcpTls {
            insecure,
            tls_params,
            ..
        } => ConnectionAddr::TcpTls {
            host,
            port,
            insecure: *insecure,
            tls_params: tls_params.clone(),
        },
        _ => ConnectionAddr::Tcp(host, port),
    };
    info.clone().set_addr(addr)
}
