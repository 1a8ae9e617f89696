//! `/photos`: sending photos and messages where the program or scripts cannot run (Lockdown Mode, old browsers, scripts
//! switched off). Plain pages and forms; the pages look again by themselves.
//!
//! | Address | What |
//! |---|---|
//! | `GET /photos` | the form for the PIN, the wait at the door, or the form for photos; a page that is shown keeps its person present |
//! | `GET /photos/talk` | what was written, in a frame of that page |
//! | `POST /photos/knock`, `/photos/send`, `/photos/end` | its forms; each answers by sending the browser back to `/photos` |
//!
//! The seat is in a cookie. A link's secret stands in a fragment, which no form can read: so people come by PIN, which is in
//! the same message, and an agent admits them. Until then they see and send nothing.

mod form;
mod pages;

use axum::Router;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use farhand_shared::wire::SeatToken;
use farhand_shared::wire::http::sessions::Knock;
use maud::Markup;
use serde::Deserialize;

use super::caller::{Caller, user_agent};
use super::security::MayBeFramed;
use crate::entry::{arrival, knock, photos};
use crate::error::ApiError;
use crate::state::AppState;

const HOME: &str = "/photos";
/// Under TLS a name that browsers take from this very host only: no sibling domain can plant a seat of its own.
const COOKIE: [&str; 2] = ["farhand-photos", "__Host-farhand-photos"];
/// A whole form: photos as phones take them.
const FORM_BYTES: usize = 100 << 20;
/// Nothing runs in these pages, and they load nothing but our style sheet.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
);

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(HOME, get(show))
        .route("/photos/talk", get(show_talk))
        .route("/photos/knock", post(take_knock))
        .route("/photos/end", post(take_end))
}

/// What may take as long as a slow line needs.
pub fn slow_routes() -> Router<AppState> {
    Router::new()
        .route("/photos/send", post(take_send).layer(DefaultBodyLimit::max(FORM_BYTES)))
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
}

/// What the last form brought about, for the page that follows it.
#[derive(Debug, Default, Deserialize)]
struct After {
    /// Photos that were sent.
    #[serde(default)]
    sent: usize,
    /// A message was sent.
    #[serde(default)]
    said: bool,
}

#[derive(Deserialize)]
struct KnockForm {
    pin: String,
    #[serde(default)]
    name: String,
}

fn cookie_name(state: &AppState) -> &'static str {
    COOKIE[usize::from(state.config.secure_cookies())]
}

fn seat(state: &AppState, headers: &HeaderMap) -> Option<SeatToken> {
    let jar = CookieJar::from_headers(headers);
    jar.get(cookie_name(state))
        .map(|cookie| SeatToken(cookie.value().to_owned()))
}

fn cookie(state: &AppState, value: String) -> Cookie<'static> {
    Cookie::build((cookie_name(state), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.config.secure_cookies())
        .build()
}

/// A page, with the headers that let its forms come back to us. Without a referrer policy of its own old browsers would
/// hide where a form came from, and it would be refused as another site's.
fn answer(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, Html(page.into_string())).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    out.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Only our own page, as the policy says.
    response.extensions_mut().insert(MayBeFramed);
    response
}

async fn show(State(state): State<AppState>, headers: HeaderMap, Query(after): Query<After>) -> Response {
    page(&state, &headers, &after, None).await
}

/// Where the person stands, what their form brought, and what went wrong with it.
async fn page(state: &AppState, headers: &HeaderMap, after: &After, fault: Option<&ApiError>) -> Response {
    let style = state.pages.now().style();
    let visit = match seat(state, headers) {
        Some(seat) => photos::visit(state, &seat).await,
        None => Ok(None),
    };
    let visit = match visit {
        Ok(Some(visit)) => photos::take_part(state, visit).await,
        other => other,
    };
    let fault = fault.or(visit.as_ref().err());
    let around = pages::Around {
        style: style.as_deref(),
        company: &state.config.company,
        after,
        fault: fault.map(ApiError::words),
    };
    let status = fault.map_or(StatusCode::OK, ApiError::status);
    match &visit {
        Ok(None) => answer(status, pages::door(&around)),
        Ok(Some(visit)) => answer(status, pages::inside(&around, visit)),
        Err(_) => answer(status, pages::trouble(&around)),
    }
}

async fn show_talk(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let style = state.pages.now().style();
    let visit = match seat(&state, &headers) {
        Some(seat) => photos::visit(&state, &seat).await.unwrap_or_default(),
        None => None,
    };
    let visit = visit.filter(photos::Visit::is_in);
    answer(StatusCode::OK, pages::talk(style.as_deref(), visit.as_ref()))
}

async fn take_knock(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Form(form): Form<KnockForm>,
) -> Response {
    let knocked = async {
        state.doors.knock.check(&caller.key())?;
        let wish = Knock {
            pin: form.pin,
            name: Some(form.name),
            device: Some(arrival::detected(user_agent(&headers)).device),
        };
        knock::knock(&state, &caller, wish).await
    };
    match knocked.await {
        Ok(seated) => (CookieJar::new().add(cookie(&state, seated.seat.0)), Redirect::to(HOME)).into_response(),
        Err(error) => page(&state, &headers, &After::default(), Some(&error)).await,
    }
}

async fn take_end(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if let Some(seat) = seat(&state, &headers)
        && let Err(error) = photos::end(&state, &seat).await
    {
        return page(&state, &headers, &After::default(), Some(&error)).await;
    }
    let mut gone = cookie(&state, String::new());
    gone.make_removal();
    (CookieJar::new().add(gone), Redirect::to(HOME)).into_response()
}

async fn take_send(State(state): State<AppState>, caller: Caller, headers: HeaderMap, parts: Multipart) -> Response {
    let mut after = After::default();
    let taken = async {
        state.doors.photos.check(&caller.key())?;
        let seat = seat(&state, &headers).ok_or_else(photos::not_inside)?;
        let visit = photos::visit(&state, &seat).await?;
        let visit = visit.filter(photos::Visit::is_in).ok_or_else(photos::not_inside)?;
        let _arriving = state.doors.photo_forms.begin(visit.person.id)?;
        form::take(&state, &visit, parts, &mut after).await
    };
    match taken.await {
        Ok(()) => Redirect::to(&format!("{HOME}?sent={}&said={}", after.sent, after.said)).into_response(),
        Err(error) => page(&state, &headers, &after, Some(&error)).await,
    }
}
