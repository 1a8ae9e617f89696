//! `/api/deliveries/…`: providers report what became of messages. Both doors answer 404 unless that provider is
//! configured, and 403 to anything not signed with its secret.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use uuid::Uuid;

use crate::error::ApiError;
use crate::invite::twilio::Twilio;
use crate::invite::webhook::{Report, SIGNATURE_HEADER, TIMESTAMP_HEADER, Webhook};
use crate::state::AppState;

const TWILIO_SIGNATURE: &str = "x-twilio-signature";

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(&format!("{}{{delivery}}", Twilio::CALLBACK_PATH), post(take_twilio))
        .route(Webhook::CALLBACK_PATH, post(take_webhook))
}

fn not_signed() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_signed",
        "The report is not signed by the provider.",
        "Check the secret on both sides.",
    )
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

async fn take_twilio(
    State(state): State<AppState>,
    Path(delivery): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let twilio = state.providers.twilio.as_ref().ok_or_else(ApiError::not_found)?;
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    // The provider signs the address it was told to call, which is the public one whatever a proxy made of it.
    if !twilio.signed(
        &twilio.callback_url(delivery),
        &fields,
        header(&headers, TWILIO_SIGNATURE),
    ) {
        return Err(not_signed());
    }
    if let Some((status, reason)) = Twilio::read_report(&fields) {
        state.postman.report(delivery, status, reason.as_deref()).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn take_webhook(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, ApiError> {
    let webhook = state.providers.webhook.as_ref().ok_or_else(ApiError::not_found)?;
    if !webhook.signed(
        header(&headers, TIMESTAMP_HEADER),
        &body,
        header(&headers, SIGNATURE_HEADER),
    ) {
        return Err(not_signed());
    }
    let report: Report = serde_json::from_slice(&body).map_err(|_| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "body_not_valid",
            "The report cannot be understood.",
            "Send id, status and, for failures, a reason.",
        )
    })?;
    let reason = report.reason_to_show();
    state
        .postman
        .report(report.id, report.status.into(), reason.as_deref())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
