//! The built pages.

use axum::Router;

use crate::state::AppState;

/// The customer's pages at `/`, the agent console at `/agent`.
pub fn routes() -> Router<AppState> {
    Router::new()
}
