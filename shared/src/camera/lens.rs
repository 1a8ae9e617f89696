//! What a person wishes of light and zoom. A flip, the background or a photo puts the light out and forgets the zoom,
//! so the wishes are kept here and made again on every lens that opens.

use crate::session::{Facing, Lens, Torch};

/// Wishes for the light (of whichever lens has one) and for the zoom of each side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wishes {
    light: bool,
    /// What the open lens's light last said of itself.
    lit: bool,
    rear_zoom: Option<f32>,
    front_zoom: Option<f32>,
}

impl Wishes {
    pub(super) const fn light(self) -> bool {
        self.light
    }

    pub(super) const fn wish_light(&mut self, on: bool) {
        self.light = on;
    }

    /// The light says what it is.
    pub(super) const fn lit(&mut self, on: bool) {
        self.lit = on;
    }

    /// The lens has stopped: its light is out.
    pub(super) const fn dark(&mut self) {
        self.lit = false;
    }

    /// Remembers a zoom for the side this lens is on and says what to ask of it; none when it has no zoom.
    pub(super) fn wish_zoom(&mut self, lens: &Lens, factor: f32) -> Option<f32> {
        let range = lens.zoom.filter(|_| factor.is_finite())?;
        // Not `clamp`: a browser may give a range that is none, and `clamp` panics on it.
        let factor = factor.max(range.min).min(range.max);
        *self.zoom_of(lens.facing) = Some(factor);
        Some(factor)
    }

    fn zoom_of(&mut self, facing: Facing) -> &mut Option<f32> {
        match facing {
            Facing::Front => &mut self.front_zoom,
            Facing::Rear | Facing::Unknown => &mut self.rear_zoom,
        }
    }

    /// The zoom to ask of a lens that has just opened.
    pub(super) fn zoom_for(&mut self, lens: &Lens) -> Option<f32> {
        let range = lens.zoom?;
        let wished = (*self.zoom_of(lens.facing))?;
        (wished != range.now && range.min <= wished && wished <= range.max).then_some(wished)
    }

    /// The light as others see it. While a lens is being changed the wish stands for it, so that nothing flickers.
    pub(super) const fn torch(self, lens: &Lens, changing: bool) -> Torch {
        let on = if changing { self.light } else { self.lit };
        match (lens.torch, on) {
            (false, _) => Torch::None,
            (true, true) => Torch::On,
            (true, false) => Torch::Off,
        }
    }
}

/// The other side.
pub(super) const fn other(facing: Facing) -> Facing {
    match facing {
        Facing::Front => Facing::Rear,
        Facing::Rear | Facing::Unknown => Facing::Front,
    }
}
