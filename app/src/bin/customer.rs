//! The customer's pages.

use core::mem::ManuallyDrop;
use farhand_app::pages::customer::CustomerApp;
use farhand_app::platform::{first, report_panics, worker};

fn main() {
    report_panics();
    worker::register("/c/sw.js", "/");
    if let Some(root) = first::take_root() {
        // The pages stay until the tab goes: nobody ever unmounts them.
        let _ = ManuallyDrop::new(leptos::mount::mount_to(root, CustomerApp));
    }
}
