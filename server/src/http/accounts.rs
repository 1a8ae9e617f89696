//! `/api/accounts/…` and `/api/me`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use farhand_shared::wire::http::accounts::{
    ChangeMe, ConfirmReset, FirstAdmin, Me, RequestReset, SignIn, SignOut, SignUp, Verify,
};
use farhand_shared::wire::http::handovers::DeskStatus;

use super::caller::Caller;
use super::input::Input;
use crate::accounts::{self, SignedIn, cookie, links, sign_in, sign_up};
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::Agent;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/accounts/sign-up", post(take_sign_up))
        .route("/api/accounts/verify", post(take_verify))
        .route("/api/accounts/sign-in", post(take_sign_in))
        .route("/api/accounts/sign-out", post(take_sign_out))
        .route("/api/accounts/reset/request", post(take_reset_request))
        .route("/api/accounts/reset/confirm", post(take_reset_confirm))
        .route("/api/accounts/first-admin", post(take_first_admin))
        .route("/api/me", get(show_me).patch(change_me))
}

/// "We will see to it", the same for every address.
fn accepted() -> Response {
    (StatusCode::ACCEPTED, Json(serde_json::json!({}))).into_response()
}

/// Signs the browser in and says who it is.
async fn welcome(state: &AppState, headers: &HeaderMap, agent: &Agent) -> Result<Response, ApiError> {
    let secret = accounts::begin(state, agent, headers).await?;
    let jar = CookieJar::new().add(cookie::fresh(&secret, state.config.cookie_scope()));
    Ok((jar, Json(accounts::me(state, agent))).into_response())
}

async fn take_sign_up(
    State(state): State<AppState>,
    caller: Caller,
    Input(body): Input<SignUp>,
) -> Result<Response, ApiError> {
    sign_up::sign_up(&state, &caller, &body.email, &body.name, &body.password).await?;
    Ok(accepted())
}

async fn take_verify(
    State(state): State<AppState>,
    headers: HeaderMap,
    Input(body): Input<Verify>,
) -> Result<Response, ApiError> {
    let agent = links::verify(&state, &body.token, &body.password).await?;
    welcome(&state, &headers, &agent).await
}

async fn take_sign_in(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Input(body): Input<SignIn>,
) -> Result<Response, ApiError> {
    let agent = sign_in::sign_in(&state, &caller, &body.email, &body.password).await?;
    welcome(&state, &headers, &agent).await
}

async fn take_sign_out(
    State(state): State<AppState>,
    headers: HeaderMap,
    Input(body): Input<SignOut>,
) -> Result<Response, ApiError> {
    if let Some(agent) = accounts::who(&state, &headers).await? {
        state.desks.say(agent.id, DeskStatus::Offline);
        if body.everywhere {
            state.store.end_web_sessions(agent.id).await?;
        }
    }
    accounts::end(&state, &headers).await?;
    let jar = CookieJar::new().add(cookie::removed(state.config.cookie_scope()));
    Ok((jar, StatusCode::NO_CONTENT).into_response())
}

async fn take_reset_request(
    State(state): State<AppState>,
    caller: Caller,
    Input(body): Input<RequestReset>,
) -> Result<Response, ApiError> {
    let email = accounts::read_email(&body.email)?;
    sign_up::count_request(&state, &caller).await?;
    links::request_reset(&state, email.as_private().clone());
    Ok(accepted())
}

async fn take_reset_confirm(
    State(state): State<AppState>,
    Input(body): Input<ConfirmReset>,
) -> Result<StatusCode, ApiError> {
    links::confirm_reset(&state, &body.token, &body.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take_first_admin(
    State(state): State<AppState>,
    headers: HeaderMap,
    Input(body): Input<FirstAdmin>,
) -> Result<Response, ApiError> {
    let agent = links::first_admin(&state, &body.token, &body.email, &body.name, &body.password).await?;
    welcome(&state, &headers, &agent).await
}

async fn show_me(State(state): State<AppState>, SignedIn(agent): SignedIn) -> Json<Me> {
    Json(accounts::me(&state, &agent))
}

async fn change_me(
    State(state): State<AppState>,
    SignedIn(mut agent): SignedIn,
    headers: HeaderMap,
    Input(body): Input<ChangeMe>,
) -> Result<Response, ApiError> {
    // Everything is checked before anything is changed.
    let name = body.name.as_deref().map(accounts::read_name).transpose()?;
    let hash = match &body.password {
        Some(change) => Some(sign_in::new_password(&state, &agent, &change.current, &change.new).await?),
        None => None,
    };
    if let Some(name) = name {
        state.store.rename_agent(agent.id, &name).await?;
        agent.name = name;
    }
    let Some(hash) = hash else {
        return Ok(Json(accounts::me(&state, &agent)).into_response());
    };
    state.store.set_password(agent.id, &hash).await?;
    accounts::password_changed(&state, &agent).await?;
    welcome(&state, &headers, &agent).await
}
