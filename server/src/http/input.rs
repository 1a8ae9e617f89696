//! JSON bodies and ids in addresses, refused in the one shape of all refusals.

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// The ids that an address names, as an extractor.
pub type Named<T> = Result<Path<T>, PathRejection>;

/// What the address names.
///
/// # Errors
/// 404 when that is no id at all.
pub fn named<T>(ids: Named<T>) -> Result<T, ApiError> {
    ids.map(|Path(ids)| ids).map_err(|_| ApiError::not_found())
}

/// A JSON body. `body_not_valid` when it is not what the address expects; the words name no value from it.
#[derive(Clone, Copy, Debug)]
pub struct Input<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "body_not_json",
                "The request carries no JSON.",
                "Send application/json.",
            )),
            Err(rejection) => Err(ApiError::new(
                rejection.status(),
                "body_not_valid",
                "The request cannot be understood.",
                "Reload the page and try again.",
            )),
        }
    }
}
