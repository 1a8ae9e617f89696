//! The agent console.

use core::mem::ManuallyDrop;
use farhand_app::pages::agent::AgentApp;
use farhand_app::platform::{first, report_panics, worker};

fn main() {
    report_panics();
    worker::register("/agent/sw.js", "/agent");
    if let Some(root) = first::take_root() {
        // The console stays until the tab goes: nobody ever unmounts it.
        let _ = ManuallyDrop::new(leptos::mount::mount_to(root, AgentApp));
    }
}
