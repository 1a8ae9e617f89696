//! Pictures and documents over HTTP. Their bytes are no JSON; what an upload says of itself stands in headers.
//!
//! | Request | By | Answer |
//! |---|---|---|
//! | `PUT /api/files/{file}/preview` | who sends it | 204 |
//! | `HEAD /api/files/{file}` | who sends it | how far it is, in the two headers |
//! | `PATCH /api/files/{file}`, with the two headers | who sends it | 204 and how far it is now; 409 when it stands elsewhere |
//! | `GET /api/files/{file}?size=…` | anybody in the session | the bytes |
//! | `POST /api/probe` | seat holder | 204; the bytes are thrown away |

use serde::{Deserialize, Serialize};

/// In front of the seat's token in `Authorization`.
pub const SEAT_SCHEME: &str = "Seat";
/// Header: how many bytes the server has for certain; in a request, where the chunk begins.
pub const UPLOAD_OFFSET: &str = "upload-offset";
/// Header: how many bytes the whole upload has.
pub const UPLOAD_LENGTH: &str = "upload-length";

/// How large a file is wanted: `?size=` of a `GET`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileSize {
    /// The small first picture.
    Preview,
    /// A picture for lists.
    Thumb,
    /// All of it.
    #[default]
    Whole,
}

/// What stands behind the `?` of a `GET`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowFile {
    /// How large.
    #[serde(default)]
    pub size: FileSize,
}
