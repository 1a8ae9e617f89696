//! Drawing a picture into another size, reading its pixels, making a JPEG of it.

use super::blob::Blob;
use super::{js, window};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A decoded picture (`ImageBitmap`) at its own size. Its memory is freed when it is dropped.
pub(super) struct Bitmap(JsValue);

impl Bitmap {
    /// Decodes what `source` shows: a blob (turned as its camera was held) or the current frame of a video.
    ///
    /// # Errors
    /// What the browser says.
    pub(super) async fn of(source: &JsValue) -> Result<Self, JsValue> {
        js::call_later(&window(), "createImageBitmap", &[source])
            .await
            .map(Self)
    }

    /// Pixels across and down.
    pub(super) fn size(&self) -> (u32, u32) {
        let side = |key| js::number(&self.0, key).unwrap_or_default() as u32;
        (side("width"), side("height"))
    }

    /// Drawn onto a canvas whose longer side is at most `longest`; never enlarged.
    ///
    /// # Errors
    /// What the browser says.
    pub(super) fn drawn(&self, longest: u32) -> Result<Canvas, JsValue> {
        let (width, height) = fitted(self.size(), longest);
        let canvas = Canvas::new(width, height)?;
        // What shows through is white, as on paper: a JPEG has no see-through.
        js::set(&canvas.context, "fillStyle", "#fff");
        let (width, height) = (width.into(), height.into());
        js::call(&canvas.context, "fillRect", &[&0.into(), &0.into(), &width, &height])?;
        canvas.draw(&self.0)?;
        Ok(canvas)
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        let _ = js::call(&self.0, "close", &[]);
    }
}

/// The size with the same shape whose longer side is at most `longest`.
fn fitted((width, height): (u32, u32), longest: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= longest {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        (f64::from(side) * f64::from(longest) / f64::from(longer))
            .round()
            .max(1.0) as u32
    };
    (scaled(width), scaled(height))
}

/// A canvas that nobody sees. Phones have little memory for canvases: it is freed when dropped.
pub(super) struct Canvas {
    element: JsValue,
    context: JsValue,
    size: (u32, u32),
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32) -> Result<Self, JsValue> {
        let document = window().document().ok_or(JsValue::UNDEFINED)?;
        let element = document.create_element("canvas")?.unchecked_into::<JsValue>();
        js::set(&element, "width", width);
        js::set(&element, "height", height);
        let context = js::call(&element, "getContext", &[&"2d".into()])?;
        Ok(Self {
            element,
            context,
            size: (width, height),
        })
    }

    /// Draws what `source` shows, over all of it.
    ///
    /// # Errors
    /// What the browser says.
    pub(super) fn draw(&self, source: &JsValue) -> Result<(), JsValue> {
        let (width, height) = (self.size.0.into(), self.size.1.into());
        let place = [source, &0.into(), &0.into(), &width, &height];
        js::call(&self.context, "drawImage", &place).map(drop)
    }

    /// Pixels across and down.
    pub(super) const fn size(&self) -> (u32, u32) {
        self.size
    }

    /// Its pixels: red, green, blue, opacity, row after row.
    pub(super) fn pixels(&self) -> Option<Vec<u8>> {
        let (width, height) = (self.size.0.into(), self.size.1.into());
        let area = [&0.into(), &0.into(), &width, &height];
        let image = js::call(&self.context, "getImageData", &area).ok()?;
        Some(Uint8Array::new(&js::get(&image, "data")?).to_vec())
    }

    /// It as a JPEG; `quality` is 0 to 1.
    ///
    /// # Errors
    /// What the browser says; `null` when it cannot make a JPEG of this.
    pub(super) async fn jpeg(&self, quality: f64) -> Result<Blob, JsValue> {
        let promise = Promise::new(&mut |resolve, reject| {
            let done = Closure::once_into_js(move |blob: JsValue| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
            });
            if let Err(error) = js::call(&self.element, "toBlob", &[&done, &"image/jpeg".into(), &quality.into()]) {
                let _ = reject.call1(&JsValue::UNDEFINED, &error);
            }
        });
        let blob = js::settle(promise.unchecked_into()).await?;
        if blob.is_null() { Err(blob) } else { Ok(Blob(blob)) }
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        js::set(&self.element, "width", 0);
    }
}
