//! What makes Farhand usable from a phone on the same network: addresses, a certificate, a QR code.

mod addresses;
mod authority;
mod qr;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::error::ApiError;
use crate::state::AppState;

pub use addresses::{addresses, first_address};
pub use authority::{Authority, AuthorityError, Leaf, is_private};
pub use qr::qr;

/// Where phones fetch the certificate of the home-made authority.
pub const AUTHORITY_PATH: &str = "/ca.crt";

/// `/ca.crt`: there only with `--lan` and without a certificate of the operator's own.
pub fn routes() -> Router<AppState> {
    Router::new().route(AUTHORITY_PATH, get(authority))
}

async fn authority(State(state): State<AppState>) -> Response {
    if !state.config.serves_home_made_certificate() {
        return ApiError::not_found().into_response();
    }
    match tokio::fs::read(state.config.data_dir.join(authority::CERT_FILE)).await {
        Ok(pem) => {
            let kind = HeaderValue::from_static("application/x-x509-ca-cert");
            ([(header::CONTENT_TYPE, kind)], pem).into_response()
        }
        Err(error) => ApiError::internal(error).into_response(),
    }
}
