//! Keeps the relocations in the customer's program: by them `scripts/bind.mjs` cuts it into its first and its late part.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-bin=customer=--emit-relocs");
    }
}
