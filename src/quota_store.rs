//! For operators: a quota that processes keep together through a Redis or Valkey server.
//!
//! A vendor counts the calls of a key, whichever process makes them. With a store, forty replicas of a service use all of the
//! quota, whichever of them is busy, and none of them is answered 429.
//!
//! ```no_run
//! use shoppers::{Builder, bspk, quota::RedisQuota};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let store = RedisQuota::lazy("rediss://user:password@quota.internal:6380")?;
//! let bspk = Builder::<bspk::Client>::from_env()?.quota_store(store.clone()).build()?;
//! # drop(bspk);
//! # Ok(())
//! # }
//! ```
//!
//! The variables `BSPK_QUOTA_STORE` and `GATSBY_QUOTA_STORE` do the same for clients [from the
//! environment](crate::Builder::from_env), and `--quota-store URL` for the program `shoppers`. One store serves any number of
//! keys of both vendors.
//!
//! # When not to use it
//!
//! - **One process.** It keeps the quota by itself, without a round trip.
//! - **A few replicas that are all about equally busy.** Fixed fractions
//!   ([`quota_fraction`](crate::Builder::quota_fraction)) need no server.
//! - **Others use the key** without the store, such as another team's program. The fleet notices them and holds back, but loses a part
//!   of the quota, as a single process does. Give the fleet a key of its own.
//!
//! # What the server must be
//!
//! Redis 6.2 or later, or Valkey: a single server, one behind Sentinels (`redis+sentinel://HOST:PORT,HOST:PORT/NAME`), or a
//! cluster, of which any node will do. All keys of a quota have one hash tag.
//!
//! - **Eviction**: `noeviction`, or memory that does not fill. A key that is evicted costs a pause of three seconds, no 429.
//! - **Persistence**: none is needed. After a restart processes report what they hold.
//! - **Failover**: what the last second held is reported again. Against two primaries at once, which would both grant, set
//!   `min-replicas-to-write 1` and `min-replicas-max-lag 10`.
//! - **Clock**: the server's is the only one that counts. A step back by more than a second costs a pause of three seconds; a
//!   step forward frees permits too early by as much.
//! - **TLS** (`rediss://`): the certificate has to be one that the system trusts, or those in the file that `SSL_CERT_FILE` names.
//! - **Scripts** have to be allowed: `EVALSHA`, `EVAL` and `SCRIPT LOAD`. A user for it:
//!
//! ```text
//! ACL SETUSER shoppers on >PASSWORD ~shoppers:* +evalsha +eval +script|load +client|setinfo +time +hmget +hset +hdel +del
//!     +pexpire +zadd +zrem +zcard +zrange +zrangebyscore +zscore +zmscore +zremrangebyscore
//! ```
//!
//! The API key never reaches the server: the name of a quota is a hash of vendor, host and key. With
//! [`name`](crate::quota::RedisQuotaBuilder::name) it is a hash of that name instead, for several keys that share a quota.
//!
//! # What happens when it is away
//!
//! A call never fails because of the store. After two round trips that fail in a row, at most 1.25 seconds, calls go on without it. One event at `WARN` says so, and one at `INFO` that it is back.
//!
//! | the store | calls | above the limit by |
//! | --- | --- | --- |
//! | it is not there at the start | one at a time per process, or by `quota_fraction` | what many processes do at once |
//! | it goes away | a process that was alone goes on; others with what they held, then a rest of a window, then the limit divided by the processes that were seen | nothing, up to as many processes as the limit |
//! | one process cannot reach it | the same for that one | its share |
//! | it is slow | the timeout grows to 1 s, and each window is longer by a round trip | nothing |
//! | it restarts empty, a key is deleted or evicted, a failover loses a second | no process gets a permit for 2.5 s | the calls of processes that have ended |
//! | a process is killed | its permits are free after 26 s | nothing |
//!
//! A process that exits normally gives its permits back if its runtime runs for a tenth of a second after its last call.
//!
//! # Who gets the next permit
//!
//! The process that has had the fewest, of those that wait. One that was idle is owed its part of one window, the limit divided
//! by the processes, and no more. The names of processes decide between equals.
//!
//! # What it costs
//!
//! A round trip before a call when nothing is held, none when a permit is; half a round trip per call in a busy process, some
//! more where many compete. The script takes about 0.1 ms of the server, and a key in use 2 to 6 KB, which are gone after a
//! day without a call.
//!
//! # Looking inside
//!
//! `client.quota().store` has the processes, round trips and failures; `shoppers doctor` checks the server.
//!
//! ```text
//! redis-cli --scan --pattern 'shoppers:q1:*:state'
//! redis-cli HGETALL 'shoppers:q1:{NAME}:state'                    the limit, the circuit breaker, the epoch
//! redis-cli ZRANGE 'shoppers:q1:{NAME}:in_flight' 0 -1 WITHSCORES  permits, by when their leases end
//! redis-cli ZRANGE 'shoppers:q1:{NAME}:recent' 0 -1 WITHSCORES     calls of the last window, by when they count no longer
//! redis-cli ZRANGE 'shoppers:q1:{NAME}:replicas' 0 -1 WITHSCORES   processes, by when they are forgotten
//! redis-cli ZRANGE 'shoppers:q1:{NAME}:due' 0 -1 WITHSCORES        processes that wait, by when they ask again
//! redis-cli ZRANGE 'shoppers:q1:{NAME}:served' 0 -1 WITHSCORES     permits that each has had; the least is next
//! ```
