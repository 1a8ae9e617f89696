//! Colours that a profile explains, made into sRGB, which is what pictures without a profile are taken for.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Longest profile that is looked at, in bytes: those of cameras and screens have a few hundred to a few thousand.
const MOST_PROFILE: usize = 64 * 1024;
/// Pixels that are made at once.
const AT_ONCE: usize = 4096;

/// Makes the colours sRGB. A profile that makes no sense changes nothing: the picture is seen as most programs show it.
pub(super) fn to_srgb(image: &mut DynamicImage, profile: &[u8]) {
    let (layout, pixels): (Layout, &mut [u8]) = match image {
        DynamicImage::ImageRgb8(image) => (Layout::Rgb, image),
        DynamicImage::ImageRgba8(image) => (Layout::Rgba, image),
        _ => return,
    };
    if profile.len() > MOST_PROFILE {
        return;
    }
    let Ok(from) = ColorProfile::new_from_slice(profile) else {
        return;
    };
    if from.color_space != DataColorSpace::Rgb {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = from.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return;
    };
    let mut before = Vec::new();
    for after in pixels.chunks_mut(AT_ONCE * layout.channels()) {
        before.clear();
        before.extend_from_slice(after);
        if transform.transform(&before, after).is_err() {
            after.copy_from_slice(&before);
        }
    }
}
