//! The one shape in which HTTP requests are refused: a stable code for programs, words for people.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::store::StoreError;

/// A refused request. The body is `{ "error": code, "message": words, "next": what to do }`.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    next: String,
    retry_after: Option<Duration>,
}

/// What travels to the browser.
#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
    message: &'a str,
    next: &'a str,
}

impl ApiError {
    /// A refusal with a stable `code` (snake_case, never reused for another meaning), plain words
    /// and the next step. Nothing secret and no internal detail belongs in the words.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            next: next.into(),
            retry_after: None,
        }
    }

    /// The server failed. The cause is logged here, once; the person only learns that it was not them.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed inside the server");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side.",
            "Try again in a moment.",
        )
    }

    /// There is nothing at this address.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing at this address.",
            "Check the link and try again.",
        )
    }

    /// The address exists, the method does not.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This address does not take that kind of request.",
            "Update the page and try again.",
        )
    }

    /// Too many tries; `after` says when the next one may succeed.
    pub fn too_many(message: impl Into<String>, after: Duration) -> Self {
        let seconds = whole_seconds(after);
        let mut error = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            message,
            format!("Wait {seconds} s, then try again."),
        );
        error.retry_after = Some(after);
        error
    }

    /// The same refusal with the time after which another try may succeed.
    #[must_use]
    pub fn retry_after(mut self, after: Duration) -> Self {
        self.retry_after = Some(after);
        self
    }

    /// The stable code, for tests and metrics.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What happened and what to do next, for people.
    pub fn words(&self) -> (&str, &str) {
        (&self.message, &self.next)
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error)
    }
}

/// Rounded up, at least 1: `Retry-After: 0` would invite an immediate retry.
fn whole_seconds(after: Duration) -> u64 {
    (after.as_secs() + u64::from(after.subsec_nanos() > 0)).max(1)
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Body {
            error: self.code,
            message: &self.message,
            next: &self.next,
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(after) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(after)));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_refusal_is_json_with_code_words_and_next_step() {
        let response = ApiError::too_many("Too many wrong codes.", Duration::from_millis(2500)).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()["retry-after"], "3");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let bytes = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(body["error"], "too_many_requests");
        assert_eq!(body["message"], "Too many wrong codes.");
        assert_eq!(body["next"], "Wait 3 s, then try again.");
    }
}
