//! Feeds the documents in `specs` to progenitor (feature `generate`). Without the feature `src` compiles the committed
//! `specs/*.rs`, and there is nothing to do here. Nothing is fetched.

#[cfg(feature = "generate")]
#[path = "build/formats.rs"]
mod formats;
#[cfg(feature = "generate")]
#[path = "build/mod.rs"]
mod generation;
#[cfg(feature = "generate")]
#[path = "build/specs.rs"]
mod specs;

#[cfg(feature = "generate")]
fn main() -> std::process::ExitCode {
    specs::main()
}

#[cfg(not(feature = "generate"))]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
