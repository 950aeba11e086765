//! Memory of clients and waiting calls, counted by the allocator and not by the clock.
#![cfg(feature = "client")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    sync::Arc,
};

use shoppers::{ApiKey, bspk, gatsby, http_client};
use support::{bspk_builder, every_attribute};
use tokio::{net::TcpListener, runtime, task::JoinSet};

mod support;

const MANY: usize = 10_000;

/// The bytes that each of many may hold.
const MOST: usize = 4 << 10;

/// Counts what a thread holds, so that tests do not count each other's.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: the system does the work; what is counted beside it allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(|held| held.wrapping_add(layout.size()));
        // SAFETY: the caller keeps the promises that the system asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(|held| held.wrapping_sub(layout.size()));
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

fn count(change: impl FnOnce(usize) -> usize) {
    // A thread that ends has no reader left.
    let _ = HELD.try_with(|held| held.set(change(held.get())));
}

/// The bytes held now that were not before, for each of [`MANY`].
fn each_holds(before: usize) -> usize {
    HELD.get().wrapping_sub(before) / MANY
}

#[test]
fn a_client_for_each_of_many_brands_takes_4_kib_at_the_most() {
    let http = http_client().build().unwrap();
    let bspk = |brand: usize| {
        let key = ApiKey::new(format!("pk_live_{brand:032}")).unwrap();
        bspk::Client::builder(key)
            .http(http.clone())
            .build()
            .unwrap()
    };
    let gatsby = |brand: usize| {
        let key = ApiKey::new(format!("pk_live_{brand:032}")).unwrap();
        gatsby::Client::builder(key)
            .http(http.clone())
            .build()
            .unwrap()
    };
    let _first = (bspk(0), gatsby(0));

    let before = HELD.get();
    let clients: Vec<bspk::Client> = (0..MANY).map(bspk).collect();
    let each = each_holds(before);
    let before = HELD.get();
    let others: Vec<gatsby::Client> = (0..MANY).map(gatsby).collect();
    let each_other = each_holds(before);

    println!("a client holds {each} bytes for BSPK and {each_other} for Gatsby");
    assert!(each <= MOST, "{each} bytes");
    assert!(each_other <= MOST, "{each_other} bytes");
    drop((clients, others));
}

#[test]
fn a_call_that_waits_for_the_quota_takes_4_kib_at_the_most() {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (each, waiting) = runtime.block_on(async {
        // Two calls are under way before anything is known of the quota, and they are not answered.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", silent.local_addr().unwrap());
        let client = bspk_builder("pk_live_4711", &url).build().unwrap();
        let shopper = Arc::new(every_attribute());
        let mut calls = JoinSet::new();
        let mut call = || {
            let (client, shopper) = (client.clone(), shopper.clone());
            calls.spawn(async move { client.upsert_shopper(&shopper).await.is_ok() });
        };
        (0..3).for_each(|_| call());
        until_waiting(&client, 1).await;

        let before = HELD.get();
        (0..MANY).for_each(|_| call());
        until_waiting(&client, MANY + 1).await;
        (each_holds(before), client.quota().waiting)
    });

    assert_eq!(waiting, MANY + 1);
    println!("a call that waits holds {each} bytes");
    assert!(each <= MOST, "{each} bytes");
}

/// Lets the tasks run until so many calls wait, or until that is hopeless.
async fn until_waiting(client: &bspk::Client, calls: usize) {
    for _ in 0..1_000 {
        if client.quota().waiting == calls {
            return;
        }
        tokio::task::yield_now().await;
    }
}
