//! Puts the handlers of every family onto one router.

use axum::Router;

use crate::error::ApiError;
use crate::http;
use crate::state::AppState;

/// Everything the server answers, ready to be served.
pub fn app(state: AppState) -> Router {
    Router::new()
        .merge(http::health::routes())
        .merge(http::assets::routes())
        .fallback(async || ApiError::not_found())
        .with_state(state)
}
