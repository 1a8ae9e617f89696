//! The door: sign in, create an account, prove an address, choose a new password, make the first administrator.

mod frame;
mod links;
mod sign_in;
mod sign_up;

pub use frame::DoorForm;
pub use links::{FirstAdminPage, ForgotPage, NewPasswordPage, VerifyPage};
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;
