//! Builds the server anew when what it carries inside has changed: migrations, and in a release build the pages.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    // Debug builds read the pages when they run, and a page that does not exist would make every build start over.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        for part in ["customer", "agent"] {
            println!("cargo::rerun-if-changed=../dist/{part}/index.html");
        }
    }
}
