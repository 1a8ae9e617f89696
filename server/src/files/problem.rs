//! Refusals of the file store that are not about content, in words, with a next step.

use std::io;

use axum::http::StatusCode;

use crate::error::ApiError;

/// Nobody by this seat or cookie may do that; nothing is said about the file.
pub(crate) fn no_seat() -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "no_such_seat",
        "This page is not part of a session any more.",
        "Open the link again, or sign in.",
    )
}

/// At the door, gone, or not let in.
pub(crate) fn not_inside() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_in_session",
        "You are not in this session.",
        "Wait until you are let in, or join again.",
    )
}

/// The session knows no such file, or this person may not know of it.
pub(crate) fn unknown() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "file_unknown",
        "There is no such file in this session.",
        "Reload the page and try again.",
    )
}

/// Another person's device sends this file.
pub(crate) fn not_yours() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_your_file",
        "This file is sent by somebody else.",
        "Share a file of your own.",
    )
}

/// It was given up.
pub(crate) fn failed() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "file_failed",
        "This file was given up.",
        "Share it again.",
    )
}

/// It was taken away.
pub(crate) fn deleted() -> ApiError {
    ApiError::new(
        StatusCode::GONE,
        "file_deleted",
        "This file was deleted.",
        "Go on without it.",
    )
}

/// This size of it is not there, or not yet.
pub(crate) fn not_ready() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "file_not_ready",
        "This file is still on its way.",
        "Try again when it has arrived.",
    )
}

/// More than one file may have.
pub(crate) fn too_large(most: u64) -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "file_too_large",
        format!("Files may have at most {}.", in_words(most)),
        "Send a smaller one.",
    )
}

/// More than all files of a session may have.
pub(crate) fn session_full(most: u64) -> ApiError {
    ApiError::new(
        StatusCode::INSUFFICIENT_STORAGE,
        "session_full",
        format!("The files of this session take {} already.", in_words(most)),
        "Start a new session to send more.",
    )
}

/// The headers of an upload make no sense.
pub(crate) fn headers() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "upload_headers",
        "The upload does not say where it stands.",
        "Reload the page and try again.",
    )
}

/// The upload stands somewhere else than the browser thinks.
pub(crate) fn offset() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "wrong_offset",
        "The upload stands somewhere else.",
        "Go on from where it stands.",
    )
}

/// The upload was begun with another length.
pub(crate) fn length() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "wrong_length",
        "The upload was begun with another length.",
        "Share the file again.",
    )
}

/// More bytes in one request than a chunk may have, or than are missing.
pub(crate) fn chunk() -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "chunk_too_large",
        "Too much was sent at once.",
        "Reload the page and try again.",
    )
}

/// Nothing of a chunk arrived in time.
pub(crate) fn cut() -> ApiError {
    ApiError::new(
        StatusCode::REQUEST_TIMEOUT,
        "upload_cut",
        "The upload was cut off.",
        "Go on from where it stands.",
    )
}

/// A document has no small first picture.
pub(crate) fn no_preview() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "not_a_picture",
        "A document has no preview.",
        "Send the document itself.",
    )
}

/// The disk did not take or give it.
pub(crate) fn disk(error: io::Error) -> ApiError {
    tracing::error!(%error, "a file could not be written or read");
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "not_stored",
        "The server could not write this down.",
        "Try again in a moment.",
    )
}

fn in_words(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{} kB", bytes >> 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Refusal;

    #[test]
    fn every_refusal_is_described_where_clients_are_written() {
        let page = include_str!("../../../PROTOCOL.md");
        let here = [
            no_seat(),
            not_inside(),
            unknown(),
            not_yours(),
            failed(),
            deleted(),
            not_ready(),
            too_large(1),
            session_full(1),
            headers(),
            offset(),
            length(),
            chunk(),
            cut(),
            no_preview(),
        ];
        for error in here.into_iter().chain(Refusal::ALL.map(ApiError::from)) {
            assert!(page.contains(&format!("`{}`", error.code())), "{}", error.code());
        }
    }

    #[test]
    fn sizes_are_said_in_words() {
        assert_eq!(
            (in_words(25 << 20), in_words(64 << 10)),
            ("25 MB".to_owned(), "64 kB".to_owned())
        );
    }
}
