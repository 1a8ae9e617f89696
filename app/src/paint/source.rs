//! A picture to be painted: a still, or one frame of a video.

use super::canvas::Canvas;
use crate::platform::js;
use farhand_shared::ink::Fit;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlImageElement, HtmlVideoElement};

/// Anything the browser can draw, with its size in pixels.
#[derive(Clone)]
pub struct Source {
    image: JsValue,
    size: (f32, f32),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        js_sys::Object::is(&self.image, &other.image)
    }
}

impl Source {
    /// The frame that the video shows now; none before its first.
    pub fn frame(video: &HtmlVideoElement) -> Option<Self> {
        let (width, height) = (video.video_width(), video.video_height());
        if width == 0 || height == 0 {
            return None;
        }
        let canvas = Canvas::hidden(width, height)?;
        let source = Self {
            image: canvas.element().clone().into(),
            size: (width as f32, height as f32),
        };
        let none = JsValue::from_f64(0.0);
        js::call(canvas.pen(), "drawImage", &[video.unchecked_ref(), &none, &none]).ok()?;
        Some(source)
    }

    /// A picture that the page has loaded; none when the browser could not read it.
    pub fn image(image: &HtmlImageElement) -> Option<Self> {
        let size = (image.natural_width() as f32, image.natural_height() as f32);
        (size.0 > 0.0).then(|| Self {
            image: image.clone().into(),
            size,
        })
    }

    /// A picture file; none when the browser cannot read it.
    pub async fn decode(blob: &JsValue) -> Option<Self> {
        let image = js::call_later(&crate::platform::window(), "createImageBitmap", &[blob])
            .await
            .ok()?;
        let side = |key| js::number(&image, key).map(|side| side as f32);
        let size = (side("width")?, side("height")?);
        Some(Self { image, size })
    }

    /// Width and height in pixels.
    pub const fn size(&self) -> (f32, f32) {
        self.size
    }

    /// Paints the whole picture as `fit` shows it.
    pub fn paint(&self, pen: &CanvasRenderingContext2d, fit: &Fit) {
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let scale = f64::from(fit.scale() * fit.picture.0) / width;
        let middle = |view: f32, shift: f32| f64::from(view / 2.0 + shift);
        pen.save();
        let _ = pen.translate(middle(fit.view.0, fit.shift.0), middle(fit.view.1, fit.shift.1));
        let _ = pen.scale(if fit.mirrored { -scale } else { scale }, scale);
        let _ = pen.rotate(f64::from(fit.quarter_turns % 4) * core::f64::consts::FRAC_PI_2);
        self.draw(pen, &[-width / 2.0, -height / 2.0, width, height]);
        pen.restore();
    }

    /// `drawImage` with these numbers.
    pub(super) fn draw(&self, pen: &CanvasRenderingContext2d, numbers: &[f64]) {
        let numbers: Vec<JsValue> = numbers.iter().map(|number| (*number).into()).collect();
        let arguments: Vec<&JsValue> = core::iter::once(&self.image).chain(&numbers).collect();
        let _ = js::call(pen, "drawImage", &arguments);
    }
}
