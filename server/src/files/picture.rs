//! Pictures, made anew: what is kept and served is encoded here from decoded pixels, so nothing of what was sent survives
//! but what people see. No place, no device, no second file behind or inside the first.
//!
//! | What could be sent | What keeps it out |
//! |---|---|
//! | few bytes that unpack to gigabytes | the size is read and checked before a pixel is decoded; decoders get limits |
//! | a picture that is also a page, an archive, a program | only pixels go on |
//! | place and device in EXIF, XMP, IPTC, comments | only pixels go on, turned as EXIF says |
//! | colours that only a profile explains | they become sRGB, then the profile goes |

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, RgbImage};

use super::colour;
use super::content::{self, Media};
use super::refusal::Refusal;

/// Most pixels that are decoded, in millions: the largest picture phones take today has 48.
pub const MOST_MEGAPIXELS: u32 = 50;
/// Longest side that is decoded: panoramas are long.
const LONGEST_SIDE: u32 = 20_000;
/// Most bytes of decoded pixels: all of the pixels above with four channels.
const MOST_DECODED: u64 = 256 << 20;
/// Long side of a picture for lists.
const THUMB_SIDE: u32 = 320;
/// Long side of the small first picture.
const PREVIEW_SIDE: u32 = 640;
/// Qualities tried one after the other until the picture is small enough.
const QUALITIES: [u8; 3] = [90, 75, 50];
/// Quality of the small ones: they must come quickly.
const SMALL_QUALITY: u8 = 70;
/// Screenshots and drawings stay sharp while they take no more bytes than this, and have no more pixels than that.
const MOST_LOSSLESS: usize = 3 << 20;
const MOST_LOSSLESS_PIXELS: u64 = 9_000_000;

/// An encoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// Of what kind.
    pub media: Media,
    /// All of it.
    pub bytes: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// What is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// All of its pixels.
    pub whole: Encoded,
    /// The picture for lists.
    pub thumb: Encoded,
}

/// A rectangle in a picture, in 65,535ths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Right edge, not less than the left one.
    pub right: u16,
    /// Lower edge, not less than the upper one.
    pub bottom: u16,
}

/// How many million pixels an upload says it has, rounded up: what decoding it will cost.
///
/// # Errors
/// Any [`Refusal`] that its first bytes deserve.
pub fn megapixels(bytes: &[u8]) -> Result<u32, Refusal> {
    let decoder = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    Ok(u32::try_from(pixels.div_ceil(1_000_000)).unwrap_or(u32::MAX).max(1))
}

/// Makes a picture anew that takes at most `most` bytes.
///
/// # Errors
/// [`Refusal`].
pub fn make(bytes: &[u8], most: u64) -> Result<Made, Refusal> {
    let (image, lossless) = decode(bytes)?;
    Ok(Made {
        whole: encode(&image, lossless, most)?,
        thumb: small(&image, THUMB_SIDE)?,
    })
}

/// Makes the small first picture anew.
///
/// # Errors
/// [`Refusal`].
pub fn make_preview(bytes: &[u8]) -> Result<Encoded, Refusal> {
    small(&decode(bytes)?.0, PREVIEW_SIDE)
}

/// The picture with these areas made unrecognisable, of the same kind, and its thumb. `bytes` are ours.
///
/// # Errors
/// [`Refusal`] when they are not.
pub fn burn(bytes: &[u8], areas: &[Area], most: u64) -> Result<Made, Refusal> {
    let (mut image, lossless) = decode(bytes)?;
    let block = block_side(image.width(), image.height());
    match &mut image {
        DynamicImage::ImageRgba8(pixels) => areas.iter().for_each(|area| pixelate(pixels, *area, block)),
        DynamicImage::ImageRgb8(pixels) => areas.iter().for_each(|area| pixelate(pixels, *area, block)),
        DynamicImage::ImageLuma8(pixels) => areas.iter().for_each(|area| pixelate(pixels, *area, block)),
        _ => return Err(Refusal::PictureBroken),
    }
    let whole = if lossless {
        png(&image)?
    } else {
        jpeg_within(&image, most)?
    };
    let thumb = small(&image, THUMB_SIDE)?;
    Ok(Made { whole, thumb })
}

fn open(bytes: &[u8]) -> Result<impl ImageDecoder + '_, Refusal> {
    let format = content::picture(bytes)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(2 * MOST_DECODED);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        Err(Refusal::PictureBroken)
    } else if pixels > u64::from(MOST_MEGAPIXELS) * 1_000_000 || decoder.total_bytes() > MOST_DECODED {
        Err(Refusal::PictureTooLarge)
    } else {
        Ok(decoder)
    }
}

/// The pixels as people should see them, grey or colours with eight bits each, and whether they came without loss.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, bool), Refusal> {
    let png = content::picture(bytes)? == image::ImageFormat::Png;
    let mut decoder = open(bytes)?;
    // Neither is worth refusing a picture for.
    let orientation = decoder.orientation().ok();
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let mut image = match image {
        DynamicImage::ImageLuma8(_) => image,
        image if image.has_alpha() => DynamicImage::ImageRgba8(image.into_rgba8()),
        image => DynamicImage::ImageRgb8(image.into_rgb8()),
    };
    if let Some(profile) = profile {
        colour::to_srgb(&mut image, &profile);
    }
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    let lossless = png || image.has_alpha();
    Ok((image, lossless))
}

fn refused(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::PictureTooLarge,
        ImageError::Unsupported(_) => Refusal::PictureType,
        _ => Refusal::PictureBroken,
    }
}

/// Encodes pixels: sharp things without loss while that is cheap, all else as JPEG.
fn encode(image: &DynamicImage, lossless: bool, most: u64) -> Result<Encoded, Refusal> {
    let (width, height) = (image.width(), image.height());
    if lossless && u64::from(width) * u64::from(height) <= MOST_LOSSLESS_PIXELS {
        let encoded = png(image)?;
        if encoded.bytes.len() <= MOST_LOSSLESS && encoded.bytes.len() as u64 <= most {
            return Ok(encoded);
        }
    }
    jpeg_within(image, most)
}

/// The best quality that takes no more bytes than this.
fn jpeg_within(image: &DynamicImage, most: u64) -> Result<Encoded, Refusal> {
    for quality in QUALITIES {
        let encoded = jpeg(image, quality)?;
        if encoded.bytes.len() as u64 <= most {
            return Ok(encoded);
        }
    }
    Err(Refusal::PictureTooLarge)
}

fn small(image: &DynamicImage, side: u32) -> Result<Encoded, Refusal> {
    if image.width().max(image.height()) <= side {
        jpeg(image, SMALL_QUALITY)
    } else {
        // A line of a thousand by one is still a line.
        jpeg(&image.thumbnail(side, side), SMALL_QUALITY)
    }
}

fn png(image: &DynamicImage) -> Result<Encoded, Refusal> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    image.write_with_encoder(encoder).map_err(refused)?;
    Ok(Encoded {
        media: Media::Png,
        bytes,
        width: image.width(),
        height: image.height(),
    })
}

fn jpeg(image: &DynamicImage, quality: u8) -> Result<Encoded, Refusal> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    match image {
        DynamicImage::ImageRgba8(_) => on_white(image).write_with_encoder(encoder),
        image => image.write_with_encoder(encoder),
    }
    .map_err(refused)?;
    Ok(Encoded {
        media: Media::Jpeg,
        bytes,
        width: image.width(),
        height: image.height(),
    })
}

/// JPEG knows no transparency: what shines through is white, as on paper.
fn on_white(image: &DynamicImage) -> DynamicImage {
    let pixels = image.to_rgba8();
    let blend = |channel: u8, alpha: u8| {
        let (channel, alpha) = (u32::from(channel), u32::from(alpha));
        u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let flat = RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [r, g, b, alpha] = pixels.get_pixel(x, y).0;
        image::Rgb([blend(r, alpha), blend(g, alpha), blend(b, alpha)])
    });
    DynamicImage::ImageRgb8(flat)
}

/// Side of the blocks that an area dissolves into: so large that no writing and no face is left in them.
fn block_side(width: u32, height: u32) -> u32 {
    (width.max(height) / 32).max(16)
}

/// Gives every block of an area one colour: the mean of its pixels.
fn pixelate<P>(pixels: &mut image::ImageBuffer<P, Vec<u8>>, area: Area, block: u32)
where
    P: image::Pixel<Subpixel = u8>,
{
    let (width, height) = pixels.dimensions();
    let (x0, x1) = reach(area.left, area.right, width);
    let (y0, y1) = reach(area.top, area.bottom, height);
    for top in (y0..y1).step_by(block as usize) {
        for left in (x0..x1).step_by(block as usize) {
            let (right, bottom) = (x1.min(left + block), y1.min(top + block));
            let places = || (top..bottom).flat_map(move |y| (left..right).map(move |x| (x, y)));
            let mut sums = [0_u64; 4];
            for (x, y) in places() {
                for (sum, channel) in sums.iter_mut().zip(pixels.get_pixel(x, y).channels()) {
                    *sum += u64::from(*channel);
                }
            }
            let count = u64::from(right - left) * u64::from(bottom - top);
            let mean = sums.map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX));
            let mean = *P::from_slice(&mean[..usize::from(P::CHANNEL_COUNT)]);
            for (x, y) in places() {
                pixels.put_pixel(x, y, mean);
            }
        }
    }
}

/// The pixels that an edge-to-edge stretch touches, at least one.
fn reach(from: u16, to: u16, pixels: u32) -> (u32, u32) {
    let at = |place: u16| u64::from(place) * u64::from(pixels);
    let last = u64::from(pixels);
    let start = (at(from) / 65_535).min(last.saturating_sub(1));
    let end = at(to).div_ceil(65_535).clamp(start + 1, last);
    (u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(pixels))
}

#[cfg(test)]
mod tests;
