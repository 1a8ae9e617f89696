//! Builds the server anew when the pages that a release build carries inside have changed.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Debug builds read the pages when they run, and a page that does not exist would make every build start over.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        for part in ["customer", "agent"] {
            println!("cargo::rerun-if-changed=../dist/{part}/index.html");
        }
    }
}
