//! Headers on every answer that keep browsers from being used against their people, and the check that requests which
//! change something come from our own pages.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::config::Config;
use crate::error::ApiError;
use crate::state::AppState;

/// The part of a policy that says whose pages may show an answer in a frame: those of these origins, or none.
pub fn frame_ancestors(origins: &[String]) -> String {
    if origins.is_empty() {
        "frame-ancestors 'none'".to_owned()
    } else {
        format!("frame-ancestors {}", origins.join(" "))
    }
}

/// Marks an answer that other sites' pages may show in a frame, as its own policy says.
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// The same on every answer.
const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Invite links carry their secret in the fragment, which no browser sends; the path stays with us too.
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), display-capture=(self), screen-wake-lock=(self), fullscreen=(self)",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the headers; one that a handler has set stays.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let may_be_framed = response.extensions().get::<MayBeFramed>().is_some();
    let out = response.headers_mut();
    if !may_be_framed {
        out.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    for (name, value) in FIXED {
        out.entry(name).or_insert(HeaderValue::from_static(value));
    }
    out.entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| state.pages.now().policy.clone());
    if promises_tls(&state.config) {
        out.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}

/// Not with the home-made certificate of `--lan`: a browser that was promised TLS offers no way past its warning.
fn promises_tls(config: &Config) -> bool {
    config.public_url.is_https() && !config.serves_home_made_certificate()
}

/// Refuses requests other than GET and HEAD that another site's page has sent. WebSocket upgrades are GETs and ask
/// [`super::caller::same_origin`] themselves.
pub fn only_our_pages(config: &Config) -> CsrfLayer<fn(ProtectionError) -> Response> {
    // Behind a proxy that rewrites `Host`, the public address is the only one browsers name.
    let layer = CsrfLayer::new()
        .add_trusted_origin(config.public_url.origin())
        .unwrap_or_default();
    layer.with_rejection_response(refuse)
}

fn refuse(_: ProtectionError) -> Response {
    ApiError::new(
        axum::http::StatusCode::FORBIDDEN,
        "cross_origin",
        "This request came from another site.",
        "Open Farhand directly and try again.",
    )
    .into_response()
}
