//! Why a file is not taken, in words, with a next step.

use axum::http::StatusCode;

use super::picture::MOST_MEGAPIXELS;
use crate::error::ApiError;

/// Why the content of a file is not what may be sent. Kept by its code, so that a repeated request is answered alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A document of a kind that is not on the list.
    FileType,
    /// A picture that was sent as a document.
    SendAsPicture,
    /// A picture of a kind that cannot be decoded here, such as HEIC.
    PictureType,
    /// Something else was sent as a picture.
    NotAPicture,
    /// The bytes do not make a picture.
    PictureBroken,
    /// More pixels than may be decoded.
    PictureTooLarge,
}

impl Refusal {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::FileType,
        Self::SendAsPicture,
        Self::PictureType,
        Self::NotAPicture,
        Self::PictureBroken,
        Self::PictureTooLarge,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FileType => "file_type",
            Self::SendAsPicture => "send_as_picture",
            Self::PictureType => "picture_type",
            Self::NotAPicture => "not_a_picture",
            Self::PictureBroken => "picture_broken",
            Self::PictureTooLarge => "picture_too_large",
        }
    }

    /// The refusal kept by this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let (status, message, next) = match refusal {
            Refusal::FileType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This kind of file cannot be sent.".to_owned(),
                "Send a picture, a PDF, a plain text or an office document.",
            ),
            Refusal::SendAsPicture => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This file is a picture.".to_owned(),
                "Send it as a picture, so that the place where it was taken is removed from it.",
            ),
            Refusal::PictureType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This kind of picture cannot be opened here.".to_owned(),
                "Send it as JPEG or PNG. On an iPhone: Settings, Camera, Formats, Most Compatible.",
            ),
            Refusal::NotAPicture => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "This file is not a picture.".to_owned(),
                "Choose a picture, or send it as a document.",
            ),
            Refusal::PictureBroken => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "This picture is damaged.".to_owned(),
                "Take it again, or send another one.",
            ),
            Refusal::PictureTooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("This picture has more than {MOST_MEGAPIXELS} megapixels."),
                "Send a smaller one.",
            ),
        };
        Self::new(status, refusal.code(), message, next)
    }
}
