//! What makes Farhand usable from a phone on the same network: addresses, a certificate, a QR code.

mod addresses;
mod authority;
mod qr;

pub use addresses::{addresses, first_address};
pub use authority::{Authority, AuthorityError, Leaf};
pub use qr::qr;
