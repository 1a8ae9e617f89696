//! The form with a message and photos, as it arrives: part by part, each sent on as soon as it is whole.

use std::time::Duration;

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use farhand_shared::limit;
use tokio::time::{Instant, timeout, timeout_at};

use super::After;
use crate::entry::photos::{self, Visit};
use crate::error::ApiError;
use crate::files::problem;
use crate::state::AppState;

/// How long the next piece may take.
const PIECE_WITHIN: Duration = Duration::from_secs(30);
/// How long the whole form may take.
const FORM_WITHIN: Duration = Duration::from_secs(15 * 60);
/// How often somebody whose form is arriving counts as there.
const SAY_AGAIN: Duration = Duration::from_secs(10);
const MOST_PHOTOS: usize = 20;
/// Four bytes are the longest character.
const TEXT_BYTES: usize = 4 * limit::MESSAGE_CHARS;

/// Takes a form. What was sent before a fault stays sent, and `after` counts it; a photo that is refused keeps no other back.
///
/// # Errors
/// The first fault.
pub(super) async fn take(
    state: &AppState,
    visit: &Visit,
    mut parts: Multipart,
    after: &mut After,
) -> Result<(), ApiError> {
    let mut form = Arriving {
        state,
        visit,
        until: Instant::now() + FORM_WITHIN,
        said_at: Instant::now(),
    };
    let mut fault = None;
    while let Some(field) = form.next(&mut parts).await? {
        let taken = match field.name() {
            Some("text") if !after.said => form.text(field).await?.map(|said| after.said = said),
            Some("pictures") if after.sent < MOST_PHOTOS => {
                let name = field.file_name().unwrap_or_default().to_owned();
                form.picture(field, &name)
                    .await?
                    .map(|sent| after.sent += usize::from(sent))
            }
            _ => Ok(()),
        };
        fault = fault.or(taken.err());
    }
    fault.map_or(Ok(()), Err)
}

struct Arriving<'a> {
    state: &'a AppState,
    visit: &'a Visit,
    until: Instant,
    said_at: Instant,
}

/// A fault of the form itself ends it; one of a part does not.
type Part<T> = Result<Result<T, ApiError>, ApiError>;

impl Arriving<'_> {
    async fn next<'p>(&self, parts: &'p mut Multipart) -> Result<Option<Field<'p>>, ApiError> {
        let next = timeout_at(self.until, timeout(PIECE_WITHIN, parts.next_field())).await;
        next.map_err(|_| cut())?
            .map_err(|_| cut())?
            .map_err(|error| broken(&error))
    }

    /// Whether a message was written.
    async fn text(&mut self, field: Field<'_>) -> Part<bool> {
        let bytes = self.read(field, TEXT_BYTES).await?;
        let text = String::from_utf8(bytes.unwrap_or_default());
        Ok(match text {
            Ok(text) if text.chars().count() <= limit::MESSAGE_CHARS => photos::say(self.state, self.visit, text).await,
            _ => Err(too_long()),
        })
    }

    /// Whether a photo was sent; a form without photos has an empty part.
    async fn picture(&mut self, field: Field<'_>, name: &str) -> Part<bool> {
        let most = photos::most_bytes(self.state);
        let Some(bytes) = self.read(field, most).await? else {
            return Ok(Err(problem::too_large(most as u64)));
        };
        if bytes.is_empty() {
            return Ok(Ok(false));
        }
        Ok(photos::send(self.state, self.visit, name, bytes.into())
            .await
            .map(|()| true))
    }

    /// All bytes of a part; none when there are more than `most`, which are thrown away.
    async fn read(&mut self, mut field: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, ApiError> {
        let mut bytes = Some(Vec::new());
        loop {
            let piece = timeout_at(self.until, timeout(PIECE_WITHIN, field.chunk())).await;
            let piece = piece.map_err(|_| cut())?.map_err(|_| cut())?;
            let Some(piece) = piece.map_err(|error| broken(&error))? else {
                return Ok(bytes);
            };
            match &mut bytes {
                Some(so_far) if so_far.len() + piece.len() <= most => so_far.extend_from_slice(&piece),
                _ => bytes = None,
            }
            if self.said_at.elapsed() >= SAY_AGAIN {
                self.said_at = Instant::now();
                photos::stays(self.state, self.visit).await?;
            }
        }
    }
}

/// No more of it comes.
fn cut() -> ApiError {
    not_all(StatusCode::BAD_REQUEST)
}

/// It is no form, or longer than forms may be.
fn broken(error: &MultipartError) -> ApiError {
    not_all(error.status())
}

fn not_all(status: StatusCode) -> ApiError {
    ApiError::new(
        status,
        "form_cut",
        "Not all of it arrived.",
        "Choose the rest again, a few photos at a time.",
    )
}

fn too_long() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "text_too_long",
        "The message is too long.",
        format!("Write at most {} characters.", limit::MESSAGE_CHARS),
    )
}
