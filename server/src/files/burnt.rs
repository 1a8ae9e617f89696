//! Blur boxes, burnt into the pixels of what leaves the server. What lies under them is never sent to anybody, not even
//! to those who drew them.

use std::io;

use farhand_shared::ink::Shape;
use farhand_shared::session::File;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::objects::{Key, Object, Size};
use super::picture::{self, Area};
use super::{Files, problem};
use crate::error::ApiError;

/// The blur boxes to be seen on a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Boxes(Vec<Area>);

impl Boxes {
    /// Those of a file; none when nothing is to be hidden.
    pub(super) fn of(file: &File) -> Option<Self> {
        let area = |shape: &Shape| match shape {
            Shape::Blur { a, b } => Some(Area {
                left: a.x.min(b.x),
                top: a.y.min(b.y),
                right: a.x.max(b.x),
                bottom: a.y.max(b.y),
            }),
            _ => None,
        };
        let mut areas: Vec<Area> = file.visible_marks().filter_map(|mark| area(&mark.shape)).collect();
        areas.sort_unstable();
        areas.dedup();
        (!areas.is_empty()).then_some(Self(areas))
    }

    /// The same for the same boxes, in whatever order they were drawn.
    pub(super) fn name(&self) -> u64 {
        let mut hash = Sha256::new();
        for area in &self.0 {
            for edge in [area.left, area.top, area.right, area.bottom] {
                hash.update(edge.to_be_bytes());
            }
        }
        let hash: [u8; 32] = hash.finalize().into();
        hash.iter().take(8).fold(0, |name, byte| name << 8 | u64::from(*byte))
    }
}

impl Files {
    /// A picture with these boxes burnt in, made if it is not there yet. None when the picture itself is not there.
    pub(super) async fn burnt(&self, file: Uuid, size: Size, boxes: Boxes) -> Result<Option<Object>, ApiError> {
        let name = boxes.name();
        let key = |size| Key {
            file,
            size,
            burnt: Some(name),
        };
        let objects = &self.0.objects;
        let _turn = self.0.turns.wait(&file).await;
        if let Some(object) = objects.open(key(size)).await.map_err(problem::disk)? {
            return Ok(Some(object));
        }
        // Small ones are made of the sharp one, so that all sizes hide the same.
        let source = if size == Size::Preview {
            Size::Preview
        } else {
            Size::Whole
        };
        let _busy = self.0.checking.acquire().await;
        let Some(bytes) = objects.read(Key::plain(file, source)).await.map_err(problem::disk)? else {
            return Ok(None);
        };
        let most = self.0.around.limits.file_bytes;
        let made = self
            .with_pixels(bytes, move |bytes| picture::burn(bytes, &boxes.0, most))
            .await;
        let made =
            made.map_err(|why| ApiError::internal(format!("a kept picture cannot be decoded: {}", why.code())))?;
        objects.keep_burnt(file, name).await.map_err(problem::disk)?;
        let put = async {
            objects.put(key(source), made.whole.bytes.into()).await?;
            if source == Size::Whole {
                objects.put(key(Size::Thumb), made.thumb.bytes.into()).await?;
            }
            io::Result::Ok(())
        };
        put.await.map_err(problem::disk)?;
        objects.open(key(size)).await.map_err(problem::disk)
    }
}
