//! One Web API a file: small, owned, and cleaned up when dropped.
//!
//! Only here and in `paint` do `web_sys`, `js_sys` and `wasm_bindgen` appear. Nothing here knows a rule of sessions; callbacks hand plain
//! values to whoever asked for them.

pub mod blob;
pub mod cameras;
mod canvas;
pub mod clipboard;
pub mod clock;
pub mod coach;
pub mod device;
mod encoder;
pub mod first;
pub mod focus;
pub mod frame_loop;
mod frames;
pub mod full_screen;
pub mod http;
pub mod in_view;
mod ink_channel;
pub(crate) mod js;
pub mod keep;
pub mod keyboard;
pub mod lens;
pub mod listener;
pub mod media;
pub mod notify;
pub mod page;
pub mod peer;
pub mod photo;
pub mod pointer;
pub mod pop_out;
pub mod random;
pub mod resize;
pub mod save;
pub mod share;
pub mod sms;
pub mod socket;
pub mod sound;
mod stats;
pub mod storage;
pub mod stream;
pub mod timer;
pub mod transfer;
pub mod user_media;
pub mod video;
pub mod wake_lock;
pub mod worker;

/// Runs something that waits, beside everything else.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Shows panics in the console, with their place. In a release a panic just stops the program (see `scripts/pages`).
pub fn report_panics() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}

/// The page's window. The pages run nowhere else.
pub(crate) fn window() -> web_sys::Window {
    wasm_bindgen::JsCast::unchecked_into(js_sys::global())
}
