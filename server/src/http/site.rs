//! `/connect…` and `/api/site…`: visitors of the organisation's website, who can be invited by one click.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use farhand_shared::wire::http::site::{DeclineAgent, SiteVisitor, WaitForAgent, Waited};
use maud::{Markup, html};

use super::caller::Caller;
use super::input::Input;
use super::plain::document;
use super::security::{MayBeFramed, frame_ancestors};
use crate::accounts::SignedIn;
use crate::entry::site;
use crate::error::ApiError;
use crate::state::AppState;

const SCRIPT: &str = include_str!("../site/pages/connect.js");
const FRAME_SCRIPT: &str = include_str!("../site/pages/frame.js");

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/connect.js", get(script))
        .route("/connect", get(frame))
        .route("/connect/frame.js", get(async || file(JAVASCRIPT, FRAME_SCRIPT)))
        .route("/api/site/wait", post(take_wait))
        .route("/api/site/decline", post(take_decline))
        .route("/api/site/visitors", get(show_visitors))
        .route("/api/site/visitors/{visitor}", get(show_visitor))
}

/// They have no hash in their names, since other people's pages name them; so browsers ask whether they are still good.
fn file(kind: &'static str, text: &'static str) -> Response {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")],
        text,
    )
        .into_response()
}

/// The one file of ours that other sites load into their own pages.
async fn script() -> Response {
    let mut response = file(JAVASCRIPT, SCRIPT);
    response
        .headers_mut()
        .insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// Only the website's pages may show it, or none.
async fn frame(State(state): State<AppState>) -> Response {
    let ancestors = frame_ancestors(state.config.site.as_ref().map_or(&[], |site| &site.origins));
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; {ancestors}"
    );
    let page = frame_page(state.pages.now().style().as_deref()).into_string();
    let mut response = ([(header::CACHE_CONTROL, "no-cache")], Html(page)).into_response();
    // Origins were read as addresses, which are plain ASCII.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        response.extensions_mut().insert(MayBeFramed);
    }
    response
}

/// Hidden until an agent asks; its script fills it in.
fn frame_page(style: Option<&str>) -> Markup {
    document(
        style,
        "Video help",
        None,
        &html! {
            main {
                div class="card" role="dialog" aria-labelledby="title" hidden {
                    h1 id="title" tabindex="-1" {}
                    div id="terms" {}
                    a class="button button-primary button-large" id="accept" target="_blank" rel="noopener" { "Accept and go on" }
                    button class="button button-large" id="decline" type="button" { "Not now" }
                    p class="muted" { "This opens a page where you turn your camera on. Until then nobody sees anything." }
                }
            }
            script src="/connect/frame.js" {}
        },
    )
}

async fn take_wait(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<WaitForAgent>,
) -> Result<Json<Waited>, ApiError> {
    state.doors.site.check(&caller.key())?;
    Ok(Json(site::wait(&state, &wish).await?))
}

async fn take_decline(
    State(state): State<AppState>,
    caller: Caller,
    Input(wish): Input<DeclineAgent>,
) -> Result<StatusCode, ApiError> {
    state.doors.site.check(&caller.key())?;
    site::decline(&state, &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_visitors(State(state): State<AppState>, _: SignedIn) -> Json<Vec<SiteVisitor>> {
    Json(state.site.visitors())
}

async fn show_visitor(
    State(state): State<AppState>,
    _: SignedIn,
    Path(visitor): Path<String>,
) -> Json<Option<SiteVisitor>> {
    Json(state.site.visitor(&visitor))
}
