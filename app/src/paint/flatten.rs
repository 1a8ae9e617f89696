//! A picture with its marks as one picture file, for "Send to chat".

use super::brush::Brush;
use super::canvas::Canvas;
use super::people::{Face, marks};
use super::source::Source;
use super::theme::Theme;
use crate::platform::js;
use farhand_shared::id::PersonId;
use farhand_shared::ink::{Fit, Shape};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A stroke of a few pixels is right for a picture of about this longer side.
const USUAL_SIDE: f64 = 900.0;
/// Labels stay readable, and the file is a third of the best quality's.
const QUALITY: f64 = 0.88;

/// A finished picture file.
pub struct Burnt {
    /// The JPEG as a `Blob`.
    pub blob: JsValue,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Burns marks into the picture at its full size; none when the browser cannot.
pub async fn flatten(source: &Source, faces: &[Face], theme: &Theme, shapes: &[(PersonId, Shape)]) -> Option<Burnt> {
    let size = source.size();
    let (width, height) = (size.0 as u32, size.1 as u32);
    let canvas = Canvas::hidden(width, height)?;
    let fit = Fit::whole(size, size);
    source.paint(canvas.pen(), &fit);
    let brush = Brush {
        pen: canvas.pen(),
        fit: &fit,
        theme,
        size: (f64::from(size.0.max(size.1)) / USUAL_SIDE).max(1.0),
        below: Some(source),
    };
    marks(&brush, faces, shapes.iter().map(|(by, shape)| (*by, shape)));
    let blob = to_blob(&canvas).await;
    canvas.free();
    blob.map(|blob| Burnt { blob, width, height })
}

async fn to_blob(canvas: &Canvas) -> Option<JsValue> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let _ = js::call(
            canvas.element().unchecked_ref(),
            "toBlob",
            &[&done, &"image/jpeg".into(), &QUALITY.into()],
        );
    });
    js::settle(promise.into()).await.ok().filter(|blob| blob.is_object())
}
