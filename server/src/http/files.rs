//! `/api/files…` and `/api/probe`: pictures and documents of sessions.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use farhand_shared::id::FileId;
use farhand_shared::limit;
use farhand_shared::wire::http::files::{FileSize, ShowFile, UPLOAD_LENGTH, UPLOAD_OFFSET};
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use crate::error::ApiError;
use crate::files::objects::Size;
use crate::files::{Progress, Sender, Shown, problem, reader, sender, sitter};
use crate::state::AppState;

/// How long a chunk may take to arrive; what has come by then counts. Shorter than any answer may take.
const CHUNK_WITHIN: Duration = Duration::from_secs(25);
/// What is served from here runs nothing and loads nothing, wherever it is opened.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");
/// Kept by the reader's own browser only, and asked for again each time: something may have been hidden since.
const CACHING: HeaderValue = HeaderValue::from_static("private, no-cache");

type Named = Result<Path<Uuid>, PathRejection>;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/files/{file}", get(show).head(show_progress).patch(take_chunk))
        .route(
            "/api/files/{file}/preview",
            put(take_preview).layer(DefaultBodyLimit::max(limit::PREVIEW_BYTES)),
        )
        .route(
            "/api/probe",
            post(take_probe).layer(DefaultBodyLimit::max(limit::PROBE_BYTES)),
        )
}

fn id(named: Named) -> Result<FileId, ApiError> {
    named
        .map(|Path(file)| FileId::from(file))
        .map_err(|_| problem::unknown())
}

/// A body that is small by its route's limit.
fn small(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    body.map_err(|_| problem::chunk())
}

async fn take_preview(
    State(state): State<AppState>,
    headers: HeaderMap,
    named: Named,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiError> {
    let sender = sender(&state, &headers, id(named)?).await?;
    state.files.take_preview(&sender, small(body)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_progress(State(state): State<AppState>, headers: HeaderMap, named: Named) -> Result<Response, ApiError> {
    let sender = sender(&state, &headers, id(named)?).await?;
    let progress = state.files.progress(&sender).await?;
    Ok((StatusCode::OK, stands(progress)).into_response())
}

async fn take_chunk(
    State(state): State<AppState>,
    headers: HeaderMap,
    named: Named,
    body: Body,
) -> Result<Response, ApiError> {
    let deadline = Instant::now() + CHUNK_WITHIN;
    let sender = sender(&state, &headers, id(named)?).await?;
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<u64>().ok();
    let (Some(offset), Some(length)) = (number(UPLOAD_OFFSET), number(UPLOAD_LENGTH)) else {
        return Err(problem::headers());
    };
    if length == 0 || offset > length {
        return Err(problem::headers());
    }
    let room = match state.files.expect(&sender, offset, length).await {
        Ok(room) => room,
        Err(error) => return Ok(refuse(&state, &sender, error).await),
    };
    // Goes on when the browser goes away: on a bad network every byte that has arrived is worth keeping.
    let (files, sent_by) = (state.files.clone(), sender.clone());
    let taking = state.tracker.spawn(async move {
        let chunk = read(body, room, deadline).await?;
        files.append(&sent_by, offset, chunk).await
    });
    match taking.await.unwrap_or_else(|error| Err(ApiError::internal(error))) {
        Ok(progress) => Ok((StatusCode::NO_CONTENT, stands(progress)).into_response()),
        Err(error) => Ok(refuse(&state, &sender, error).await),
    }
}

/// A refusal, with the place where to go on if the browser was wrong about that.
async fn refuse(state: &AppState, sender: &Sender, error: ApiError) -> Response {
    if error.status() == StatusCode::CONFLICT
        && let Ok(progress) = state.files.progress(sender).await
    {
        return (stands(progress), error).into_response();
    }
    error.into_response()
}

fn stands(progress: Progress) -> [(HeaderName, HeaderValue); 3] {
    [
        (HeaderName::from_static(UPLOAD_OFFSET), progress.offset.into()),
        (HeaderName::from_static(UPLOAD_LENGTH), progress.length.into()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// The bytes of a chunk: all of them, or those that came before the connection was lost or time was up.
async fn read(body: Body, room: u64, deadline: Instant) -> Result<Bytes, ApiError> {
    let mut bytes = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Ok(Some(Ok(piece))) = timeout_at(deadline, pieces.next()).await {
        bytes.extend_from_slice(&piece);
        if bytes.len() as u64 > room {
            return Err(problem::chunk());
        }
    }
    if bytes.is_empty() {
        Err(problem::cut())
    } else {
        Ok(bytes.into())
    }
}

async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    named: Named,
    wanted: Result<Query<ShowFile>, QueryRejection>,
) -> Result<Response, ApiError> {
    let reader = reader(&state, &headers, id(named)?).await?;
    let Query(ShowFile { size }) = wanted.map_err(|_| problem::not_ready())?;
    let size = match size {
        FileSize::Preview => Size::Preview,
        FileSize::Thumb => Size::Thumb,
        FileSize::Whole => Size::Whole,
    };
    let shown = state.files.show(&reader, size).await?;
    let tag = HeaderValue::from_str(&shown.tag).map_err(ApiError::internal)?;
    let fixed = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, CACHING),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::VARY, HeaderValue::from_static("authorization, cookie")),
    ];
    if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, fixed).into_response());
    }
    let Shown {
        media,
        disposition,
        bytes,
        body,
        ..
    } = shown;
    let about = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media.as_str())),
        (header::CONTENT_LENGTH, bytes.into()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((fixed, about, body).into_response())
}

/// Throws the bytes away: a page measures how fast its connection takes them.
async fn take_probe(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, ApiError> {
    let person = sitter(&state, &headers).await?;
    state.doors.probe.check(&person.uuid())?;
    small(body)?;
    Ok(StatusCode::NO_CONTENT)
}
