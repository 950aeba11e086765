//! Shared by the benchmarks: the vendors on a thread of their own, a table, and an end that says what was missed.
#![allow(dead_code)]

use std::{
    env, fmt,
    ops::Deref,
    process::ExitCode,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
};

use shoppers::{ApiKey, bspk, gatsby};
use shoppers_sandbox::{Builder, Sandbox};
use tokio::{
    runtime::{self, Runtime},
    sync::oneshot,
};

/// The sandbox on a thread and a runtime of its own, so that neither it nor the client waits for the other's tasks.
pub struct Vendors {
    sandbox: Arc<Sandbox>,
    running: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Rows of text as a table in Markdown, the first column to the left and all others to the right.
pub struct Table {
    title: String,
    rows: Vec<Vec<String>>,
}

/// What was demanded and is not so.
#[derive(Default)]
pub struct Missed(Vec<String>);

/// Returns `true` if a benchmark is to run, which `cargo test --all-targets` does not mean.
pub fn is_wanted() -> bool {
    let wanted = env::args().any(|argument| argument == "--bench");
    if !wanted {
        println!("nothing is measured without `cargo bench`");
    }
    wanted
}

/// The runtime of the clients.
pub fn runtime() -> Runtime {
    runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

impl Vendors {
    /// Starts both vendors. They keep no requests, which takes time.
    pub fn start(builder: Builder) -> Self {
        let (running, stopped) = oneshot::channel();
        let (sender, receiver) = mpsc::channel();
        let thread = thread::spawn(move || serve(builder.requests(0), sender, stopped));
        Self {
            sandbox: receiver.recv().expect("the sandbox starts"),
            running: Some(running),
            thread: Some(thread),
        }
    }

    /// Sets up a client of BSPK.
    pub fn bspk(&self) -> shoppers::Builder<bspk::Client> {
        bspk_at(self.bspk_url(), self.bspk_key())
    }

    /// Sets up a client of Gatsby.
    pub fn gatsby(&self) -> shoppers::Builder<gatsby::Client> {
        let key = ApiKey::new(self.gatsby_key()).expect("the sandbox's key is one");
        gatsby::Client::builder(key).base_url(self.gatsby_url())
    }
}

impl Deref for Vendors {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.sandbox
    }
}

impl Drop for Vendors {
    /// Ends the runtime, and with it the listener and each connection.
    fn drop(&mut self) {
        drop(self.running.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the sandbox ends in peace");
        }
    }
}

/// Sets up a client of BSPK that sends to this address.
pub fn bspk_at(url: &str, key: &str) -> shoppers::Builder<bspk::Client> {
    let key = ApiKey::new(key).expect("the sandbox's key is one");
    bspk::Client::builder(key).base_url(url)
}

fn serve(builder: Builder, started: mpsc::Sender<Arc<Sandbox>>, stopped: oneshot::Receiver<()>) {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let sandbox = builder.start().await.expect("a port and a behaviour");
        // Who started it is gone if either fails.
        let _ = started.send(Arc::new(sandbox));
        let _ = stopped.await;
    });
}

impl Table {
    pub fn new<const COLUMNS: usize>(title: impl Into<String>, head: [&str; COLUMNS]) -> Self {
        Self {
            title: title.into(),
            rows: vec![head.map(str::to_owned).to_vec()],
        }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn widths(&self) -> Vec<usize> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        (0..self.rows[0].len()).map(width).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}\n", self.title)?;
        let widths = self.widths();
        for (line, row) in self.rows.iter().enumerate() {
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                match column {
                    0 => write!(f, "| {cell:<width$} |")?,
                    _ => write!(f, " {cell:>width$} |")?,
                }
            }
            writeln!(f)?;
            if line == 0 {
                rule(f, &widths)?;
            }
        }
        Ok(())
    }
}

/// The line below the head, which says on which side a column stands.
fn rule(f: &mut fmt::Formatter<'_>, widths: &[usize]) -> fmt::Result {
    for (column, width) in widths.iter().enumerate() {
        match column {
            0 => write!(f, "| {:-<width$} |", "")?,
            _ => write!(f, " {:->width$} |", ":")?,
        }
    }
    writeln!(f)
}

impl Missed {
    pub fn add(&mut self, words: impl Into<String>) {
        self.0.push(words.into());
    }

    /// Says what was missed. The exit code is 1 if anything was.
    pub fn tell(&self) -> ExitCode {
        println!();
        for words in &self.0 {
            println!("missed: {words}");
        }
        if self.0.is_empty() {
            println!("nothing was missed");
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
