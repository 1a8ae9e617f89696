//! Files as they are served.

use axum::body::Body;
use axum::http::HeaderValue;
use farhand_shared::session::FileKind;

use super::burnt::Boxes;
use super::content::Media;
use super::objects::{Key, Size};
use super::{Files, Reader, name, problem};
use crate::error::ApiError;
use crate::store::{FileStage, StoreError};

/// A file on its way to a browser.
#[derive(Debug)]
pub(crate) struct Shown {
    /// Its kind, as it was found out here.
    pub(crate) media: Media,
    /// What the browser does with it, and how it calls it.
    pub(crate) disposition: HeaderValue,
    /// Changes when its bytes do.
    pub(crate) tag: String,
    /// Its length.
    pub(crate) bytes: u64,
    /// Its bytes.
    pub(crate) body: Body,
}

impl Files {
    /// The file in this size, with what people have hidden made unrecognisable.
    ///
    /// # Errors
    /// 404 when it is not there in this size.
    pub(crate) async fn show(&self, reader: &Reader, size: Size) -> Result<Shown, ApiError> {
        let file = &reader.file;
        let row = self
            .0
            .around
            .store
            .file(file.id.uuid())
            .await?
            .ok_or_else(problem::not_ready)?;
        let is_there = match size {
            Size::Preview => row.preview,
            Size::Thumb => row.stage == FileStage::Stored && file.kind != FileKind::Document,
            Size::Whole => row.stage == FileStage::Stored,
        };
        if !is_there || row.stage == FileStage::Leaving {
            return Err(problem::not_ready());
        }
        let whole = row.kept.media.as_deref().map(Media::from_text);
        let media = match (size, whole) {
            (Size::Whole, Some(Some(media))) => media,
            (Size::Whole, _) => return Err(StoreError::Corrupt("media").into()),
            (Size::Preview | Size::Thumb, _) => Media::Jpeg,
        };
        let boxes = Boxes::of(file).filter(|_| file.kind != FileKind::Document);
        let tag = format!(
            "\"{}-{:016x}\"",
            Key::plain(row.id, size),
            boxes.as_ref().map_or(0, Boxes::name)
        );
        let object = match boxes {
            Some(boxes) => self.burnt(row.id, size, boxes).await?,
            None => self
                .0
                .objects
                .open(Key::plain(row.id, size))
                .await
                .map_err(problem::disk)?,
        };
        let object = object.ok_or_else(problem::not_ready)?;
        Ok(Shown {
            media,
            disposition: name::disposition(&label(file), media),
            tag,
            bytes: object.bytes,
            body: object.body,
        })
    }
}

/// What a file is called when somebody saves it: pictures have no names of their own.
fn label(file: &farhand_shared::session::File) -> String {
    if !file.name.is_empty() {
        return file.name.clone();
    }
    let kind = match file.kind {
        FileKind::Still => "still",
        FileKind::Photo => "photo",
        FileKind::Picture => "picture",
        FileKind::Annotated => "annotated",
        FileKind::Document => "document",
    };
    let id = file.id.to_string();
    format!("{kind}-{}", id.get(..8).unwrap_or_default())
}
