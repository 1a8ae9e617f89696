//! `/photos`: sending photos and messages where the program or scripts cannot run (Lockdown Mode, old browsers, scripts
//! switched off). Plain pages and forms; the pages look again by themselves.
//!
//! | Address | What |
//! |---|---|
//! | `GET /photos` | the form for the PIN, the wait at the door, or the form for photos; a page that is shown keeps its person present |
//! | `GET /photos/talk` | what was written, in a frame of that page |
//! | `POST /photos/knock`, `/photos/send`, `/photos/end` | its forms; each answers by sending the browser back to `/photos` |
//!
//! The seat is in a cookie of these addresses only. A link's secret stands in a fragment, which no form can read: so people
//! come by PIN, which is in the same message, and an agent admits them.

mod pages;

use std::time::Duration;

use axum::Router;
use axum::extract::multipart::{Field, Multipart};
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

use super::caller::Caller;
use super::security::MayBeFramed;
use crate::entry::{knock, photos};
use crate::error::ApiError;
use crate::state::AppState;

const HOME: &str = "/photos";
const COOKIE: &str = "farhand-photos";
/// A whole form: photos as phones take them.
const FORM_BYTES: usize = 100 << 20;
/// How long the next piece of a form may take.
const PIECE_WITHIN: Duration = Duration::from_secs(30);
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
    Router::new().route("/photos/send", post(take_send).layer(DefaultBodyLimit::max(FORM_BYTES)))
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

fn seat(headers: &HeaderMap) -> Option<SeatToken> {
    let jar = CookieJar::from_headers(headers);
    jar.get(COOKIE).map(|cookie| SeatToken(cookie.value().to_owned()))
}

fn cookie(state: &AppState, value: String) -> Cookie<'static> {
    Cookie::build((COOKIE, value))
        .path(HOME)
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

/// Where the person stands, and what went wrong with their form.
async fn page(state: &AppState, headers: &HeaderMap, after: &After, fault: Option<&ApiError>) -> Response {
    let status = fault.map_or(StatusCode::OK, ApiError::status);
    let style = state.pages.now().style();
    let around = pages::Around {
        style: style.as_deref(),
        company: &state.config.company,
        fault: fault.map(ApiError::words),
    };
    let visit = match seat(headers) {
        Some(seat) => photos::visit(state, &seat).await,
        None => Ok(None),
    };
    match visit {
        Ok(None) => answer(status, pages::door(&around)),
        Ok(Some(visit)) => answer(status, pages::inside(&around, &visit, after.sent, after.said)),
        Err(error) => answer(error.status(), pages::trouble(&around, error.words())),
    }
}

async fn show_talk(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let style = state.pages.now().style();
    let visit = match seat(&headers) {
        Some(seat) => photos::visit(&state, &seat).await.unwrap_or_default(),
        None => None,
    };
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
            device: Some(photos::device(&headers)),
        };
        knock::knock(&state, &caller, wish).await
    };
    match knocked.await {
        Ok(seated) => (CookieJar::new().add(cookie(&state, seated.seat.0)), Redirect::to(HOME)).into_response(),
        Err(error) => page(&state, &headers, &After::default(), Some(&error)).await,
    }
}

async fn take_end(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if let Some(seat) = seat(&headers)
        && let Err(error) = photos::end(&state, &seat).await
    {
        return page(&state, &headers, &After::default(), Some(&error)).await;
    }
    let mut gone = cookie(&state, String::new());
    gone.make_removal();
    (CookieJar::new().add(gone), Redirect::to(HOME)).into_response()
}

async fn take_send(State(state): State<AppState>, caller: Caller, headers: HeaderMap, form: Multipart) -> Response {
    match send(&state, &caller, &headers, form).await {
        Ok(After { sent, said }) => Redirect::to(&format!("{HOME}?sent={sent}&said={said}")).into_response(),
        Err(error) => page(&state, &headers, &After::default(), Some(&error)).await,
    }
}

async fn send(state: &AppState, caller: &Caller, headers: &HeaderMap, mut form: Multipart) -> Result<After, ApiError> {
    state.doors.photos.check(&caller.key())?;
    let seat = seat(headers).ok_or_else(photos::not_inside)?;
    let visit = photos::visit(state, &seat).await?.ok_or_else(photos::not_inside)?;
    let _place = state.doors.photo_forms.acquire().await;
    let most = photos::most_bytes(state);
    let mut after = After::default();
    while let Some(field) = next(&mut form).await? {
        match field.name() {
            Some("text") => {
                let text = String::from_utf8(read(field, most).await?).map_err(|_| cut())?;
                after.said |= photos::say(state, &visit, text).await?;
            }
            Some("pictures") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = read(field, most).await?;
                if !bytes.is_empty() {
                    photos::send(state, &visit, name, bytes.into()).await?;
                    after.sent += 1;
                }
            }
            _ => {}
        }
    }
    Ok(after)
}

async fn next(form: &mut Multipart) -> Result<Option<Field<'_>>, ApiError> {
    let next = tokio::time::timeout(PIECE_WITHIN, form.next_field()).await;
    next.map_err(|_| cut())?.map_err(|_| cut())
}

async fn read(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    loop {
        let piece = tokio::time::timeout(PIECE_WITHIN, field.chunk()).await;
        let Some(piece) = piece.map_err(|_| cut())?.map_err(|_| cut())? else {
            return Ok(bytes);
        };
        bytes.extend_from_slice(&piece);
        if bytes.len() > most {
            return Err(crate::files::problem::too_large(most as u64));
        }
    }
}

/// The connection was lost, or the form is larger than forms may be.
fn cut() -> ApiError {
    ApiError::new(
        StatusCode::REQUEST_TIMEOUT,
        "form_cut",
        "Not all of it arrived.",
        "What arrived before was sent. Choose the rest again, a few photos at a time.",
    )
}
