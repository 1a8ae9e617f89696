//! The customer's pages.

use core::mem::ManuallyDrop;
use farhand_app::pages::customer::late::{self, Make};
use farhand_app::pages::customer::{CustomerApp, CustomerAppProps};
use farhand_app::platform::{first, report_panics};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The entry of the late part: the one place from which the first part reaches it. `scripts/bind.mjs` moves all that only
/// this function needs into a file of its own. It stands here, since the console's program must not carry it.
#[wasm_split(late, fallible)]
fn late_part() -> Result<Make, SplitLoaderError> {
    Ok(late::make)
}

fn main() {
    report_panics();
    if let Some(root) = first::take_root() {
        let props = CustomerAppProps {
            fetch: || Box::pin(async { late_part().await.ok() }),
        };
        // The pages stay until the tab goes: nobody ever unmounts them.
        let _ = ManuallyDrop::new(leptos::mount::mount_to(root, || CustomerApp(props)));
    }
}
