//! One canvas and its pen.

use crate::platform::js;
use crate::platform::{pointer, window};
use core::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas.
pub struct Canvas {
    element: HtmlCanvasElement,
    pen: CanvasRenderingContext2d,
    size: Cell<(f32, f32)>,
}

impl Canvas {
    /// A canvas of the page; none when the browser gives no pen for it.
    pub fn of(element: &HtmlCanvasElement) -> Option<Self> {
        let pen = element.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            element: element.clone(),
            pen,
            size: Cell::new((0.0, 0.0)),
        })
    }

    /// A canvas that nobody sees, of so many pixels.
    pub fn hidden(width: u32, height: u32) -> Option<Self> {
        let element: HtmlCanvasElement = window().document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        element.set_width(width);
        element.set_height(height);
        let canvas = Self::of(&element)?;
        canvas.size.set((width as f32, height as f32));
        Some(canvas)
    }

    /// Makes it as fine as the screen and as large as its place on the page, wipes it, and answers with its width and
    /// height in CSS pixels, in which it is painted.
    pub fn begin(&self) -> (f32, f32) {
        let (_, _, width, height) = pointer::place(&self.element);
        let ratio = js::number(&window(), "devicePixelRatio").unwrap_or(1.0);
        let pixels = |side: f64| (side * ratio).round().max(1.0) as u32;
        let (across, down) = (pixels(width), pixels(height));
        // Setting the size, even to the same, makes the browser allocate anew.
        if (self.element.width(), self.element.height()) != (across, down) {
            self.element.set_width(across);
            self.element.set_height(down);
        }
        let _ = self.pen.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        self.pen.clear_rect(0.0, 0.0, across.into(), down.into());
        let scale = |pixels: u32, side: f64| if side > 0.0 { f64::from(pixels) / side } else { 1.0 };
        let _ = self.pen.scale(scale(across, width), scale(down, height));
        let size = (width as f32, height as f32);
        self.size.set(size);
        size
    }

    /// Its width and height in the pixels it is painted in.
    pub fn size(&self) -> (f32, f32) {
        self.size.get()
    }

    /// Its pen.
    pub const fn pen(&self) -> &CanvasRenderingContext2d {
        &self.pen
    }

    /// The element.
    pub const fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// Gives its pixels back; phones allow few of them.
    pub fn free(&self) {
        self.element.set_width(0);
        self.element.set_height(0);
    }
}
