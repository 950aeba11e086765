//! What one would write without this crate: a counter per window in Redis, reqwest, and another attempt after a 429.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use redis::aio::MultiplexedConnection;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use shoppers::bspk::Shopper;
use tokio::{sync::OnceCell, time::sleep};

use crate::worker::Task;

/// The time until the counter is asked again if the server does not answer.
const PAUSE: Duration = Duration::from_millis(100);

pub struct Counter {
    server: redis::Client,
    connection: OnceCell<MultiplexedConnection>,
    http: reqwest::Client,
    task: Task,
}

impl Counter {
    pub fn new(url: &str, task: &Task) -> Self {
        Self {
            server: redis::Client::open(url).expect("the URL of a server"),
            connection: OnceCell::new(),
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            task: task.clone(),
        }
    }

    pub async fn upsert(&self, shopper: &Shopper) -> bool {
        let url = format!("{}/api/platform/v1/shoppers", self.task.url);
        let body = serde_json::json!({ "shopper": shopper }).to_string();
        loop {
            self.wait().await;
            let call = self.http.post(&url).bearer_auth(&self.task.key);
            let call = call.header(CONTENT_TYPE, "application/json");
            let Ok(answer) = call.body(body.clone()).send().await else {
                return false;
            };
            if answer.status() != 429 {
                return answer.status().is_success() && answer.bytes().await.is_ok();
            }
            let seconds = answer.headers().get(RETRY_AFTER);
            let seconds = seconds.and_then(|it| it.to_str().ok()?.parse().ok());
            sleep(Duration::from_secs(seconds.unwrap_or(1))).await;
        }
    }

    /// Waits until a window, as this machine's clock has it, has room for one more.
    async fn wait(&self) {
        let window = self.task.window.as_millis();
        loop {
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            let now = now.unwrap_or_default().as_millis();
            let key = format!("counter:{}", now / window);
            match self.count(&key).await {
                Ok(calls) if calls <= self.task.limit => return,
                Ok(_) => sleep(Duration::from_millis((window - now % window) as u64)).await,
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    async fn count(&self, key: &str) -> redis::RedisResult<u32> {
        let connect = || self.server.get_multiplexed_async_connection();
        let mut connection = self.connection.get_or_try_init(connect).await?.clone();
        let mut both = redis::pipe();
        both.atomic().cmd("INCR").arg(key);
        let seconds = self.task.window.as_secs() + 1;
        both.cmd("EXPIRE").arg(key).arg(seconds).ignore();
        let (calls,) = both.query_async(&mut connection).await?;
        Ok(calls)
    }
}
