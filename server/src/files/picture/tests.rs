use image::{ImageBuffer, ImageFormat, Rgba};

use super::*;
use crate::files::samples::{self, HIDDEN, POLYGLOT, encoded, photo, quarters, stripes};

const MOST: u64 = 25 << 20;

fn made(bytes: &[u8]) -> Made {
    make(bytes, MOST).expect("a picture")
}

fn pixels(picture: &Encoded) -> DynamicImage {
    let format = match picture.media {
        Media::Png => ImageFormat::Png,
        _ => ImageFormat::Jpeg,
    };
    let image = image::load_from_memory_with_format(&picture.bytes, format).expect("decodes");
    assert_eq!((image.width(), image.height()), (picture.width, picture.height));
    image
}

/// The colour in the middle of a quarter, rounded to what the samples use.
fn colour(image: &DynamicImage, right: bool, low: bool) -> [u8; 3] {
    let x = image.width() / 4 + if right { image.width() / 2 } else { 0 };
    let y = image.height() / 4 + if low { image.height() / 2 } else { 0 };
    image
        .to_rgb8()
        .get_pixel(x, y)
        .0
        .map(|channel| if channel < 128 { 0 } else { 255 })
}

#[test]
fn a_photograph_keeps_its_pixels_and_nothing_else() {
    let sent = photo(&quarters(640, 480), 1);
    for word in HIDDEN {
        assert!(samples::says(&sent, word), "the sample hides no {word}");
    }
    let made = made(&sent);
    assert_eq!(
        (made.whole.media, made.whole.width, made.whole.height),
        (Media::Jpeg, 640, 480)
    );
    assert_eq!((made.thumb.width, made.thumb.height), (320, 240));
    for picture in [&made.whole, &made.thumb] {
        for word in HIDDEN {
            assert!(!samples::says(&picture.bytes, word), "{word} is still there");
        }
        let mut decoder = open(&picture.bytes).expect("opens");
        assert_eq!(decoder.exif_metadata().expect("reads"), None);
        assert_eq!(decoder.xmp_metadata().expect("reads"), None);
        assert_eq!(decoder.icc_profile().expect("reads"), None);
    }
}

#[test]
fn a_picture_is_turned_as_the_phone_was_held() {
    const RED: [u8; 3] = [255, 0, 0];
    const BLUE: [u8; 3] = [0, 0, 255];
    const GREEN: [u8; 3] = [0, 255, 0];
    const WHITE: [u8; 3] = [255; 3];
    for (orientation, upper_left, upper_right, lower_left) in [
        (1, RED, GREEN, BLUE),
        (2, GREEN, RED, WHITE),
        (3, WHITE, BLUE, GREEN),
        (4, BLUE, WHITE, RED),
        (5, RED, BLUE, GREEN),
        (6, BLUE, RED, WHITE),
        (7, WHITE, GREEN, BLUE),
        (8, GREEN, WHITE, RED),
    ] {
        let made = made(&photo(&quarters(160, 96), orientation));
        let sides = if orientation < 5 { (160, 96) } else { (96, 160) };
        assert_eq!((made.whole.width, made.whole.height), sides, "{orientation}");
        for picture in [&made.whole, &made.thumb] {
            let image = pixels(picture);
            let found = (
                colour(&image, false, false),
                colour(&image, true, false),
                colour(&image, false, true),
            );
            assert_eq!(found, (upper_left, upper_right, lower_left), "{orientation}");
        }
        let again = make(&made.whole.bytes, MOST).expect("a picture");
        assert_eq!((again.whole.width, again.whole.height), sides, "turned only once");
    }
}

#[test]
fn screenshots_stay_sharp_and_photographs_small() {
    let screenshot = quarters(900, 600);
    let whole = made(&encoded(&screenshot, ImageFormat::Png)).whole;
    assert_eq!(whole.media, Media::Png);
    assert_eq!(pixels(&whole).to_rgb8(), screenshot.to_rgb8());
    assert_eq!(made(&encoded(&screenshot, ImageFormat::WebP)).whole.media, Media::Jpeg);
    // Noise cannot be packed: without loss it would take too much.
    let noise = ImageBuffer::from_fn(1500, 1500, |x, y| {
        let n = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)).wrapping_mul(3_266_489_917);
        image::Rgb([n.to_be_bytes()[0], n.to_be_bytes()[1], n.to_be_bytes()[2]])
    });
    let noise = encoded(&DynamicImage::ImageRgb8(noise), ImageFormat::Png);
    assert_eq!(made(&noise).whole.media, Media::Jpeg);
    // Whatever may be kept, no more is.
    let good = made(&noise).whole.bytes.len() as u64;
    let fewer = make(&noise, good / 2).expect("a worse picture").whole.bytes.len() as u64;
    assert!(fewer <= good / 2 && fewer > 0);
    assert_eq!(make(&noise, 1000), Err(Refusal::PictureTooLarge));
}

#[test]
fn what_shines_through_is_kept_or_white() {
    let clear = DynamicImage::ImageRgba8(ImageBuffer::from_pixel(400, 400, Rgba([255, 0, 0, 0])));
    let made = made(&encoded(&clear, ImageFormat::Png));
    assert_eq!(made.whole.media, Media::Png);
    assert_eq!(pixels(&made.whole).to_rgba8().get_pixel(7, 7).0[3], 0);
    assert_eq!(colour(&pixels(&made.thumb), false, false), [255; 3]);
}

#[test]
fn every_kind_of_pixel_is_taken() {
    let colours = quarters(40, 30);
    for image in [
        DynamicImage::ImageLuma8(colours.to_luma8()),
        DynamicImage::ImageLumaA8(colours.to_luma_alpha8()),
        DynamicImage::ImageLuma16(colours.to_luma16()),
        DynamicImage::ImageRgb16(colours.to_rgb16()),
        DynamicImage::ImageRgba16(colours.to_rgba16()),
    ] {
        let made = made(&encoded(&image, ImageFormat::Png));
        assert_eq!((made.whole.width, made.whole.height), (40, 30), "{:?}", image.color());
        burn(
            &made.whole.bytes,
            &[Area {
                left: 0,
                top: 0,
                right: 9,
                bottom: 9,
            }],
            MOST,
        )
        .expect("burns");
    }
}

#[test]
fn colours_of_a_wide_screen_are_brought_home() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
    let plain = encoded(
        &DynamicImage::ImageRgb8(RgbImage::from_pixel(64, 64, image::Rgb([200, 80, 80]))),
        ImageFormat::Png,
    );
    let with = |profile: &[u8]| {
        let mut sent = Vec::new();
        let mut encoder = PngEncoder::new(&mut sent);
        image::ImageEncoder::set_icc_profile(&mut encoder, profile.to_vec()).expect("takes it");
        image::load_from_memory(&plain)
            .expect("a picture")
            .write_with_encoder(encoder)
            .expect("encodes");
        assert!(samples::says(&sent, "iCCP"));
        made(&sent).whole
    };
    let home = with(&profile);
    assert!(!samples::says(&home.bytes, "iCCP"));
    let [red, green, _] = pixels(&home).to_rgb8().get_pixel(9, 9).0;
    assert!(
        red > 205 && green < 78,
        "P3 is redder than the same numbers in sRGB: {red} {green}"
    );
    // What makes no sense changes nothing.
    let odd = with(b"not a profile at all");
    assert_eq!(pixels(&odd).to_rgb8().get_pixel(9, 9).0, [200, 80, 80]);
}

#[test]
fn a_bomb_is_refused_before_a_pixel_is_unpacked() {
    let bomb = samples::bomb();
    assert!(bomb.len() < 1000, "{}", bomb.len());
    assert_eq!(megapixels(&bomb), Err(Refusal::PictureTooLarge));
    assert_eq!(make(&bomb, MOST), Err(Refusal::PictureTooLarge));
    assert_eq!(make_preview(&bomb), Err(Refusal::PictureTooLarge));
    // Within the longest side, but too many all the same.
    assert_eq!(
        make(&samples::png_of(10_000, 10_000), MOST),
        Err(Refusal::PictureTooLarge)
    );
    assert_eq!(
        megapixels(&samples::png_of(8_064, 6_048)),
        Ok(49),
        "what phones take is taken"
    );
    // It promises pixels that it does not have.
    assert_eq!(make(&samples::png_of(5_000, 5_000), MOST), Err(Refusal::PictureBroken));
    assert!(matches!(
        megapixels(&samples::png_of(0, 10)),
        Err(Refusal::PictureBroken)
    ));
}

/// Progressive pictures may refine themselves without end, and each round costs a pass over all pixels.
#[test]
fn a_picture_with_thousands_of_rounds_is_refused() {
    // 4,096 by 4,096 grey pixels, then scans that say nothing new.
    let mut bytes = vec![0xff, 0xd8];
    bytes.extend([0xff, 0xdb, 0, 67, 0]);
    bytes.extend([1; 64]);
    bytes.extend([0xff, 0xc2, 0, 11, 8, 16, 0, 16, 0, 1, 1, 0x11, 0]);
    bytes.extend([0xff, 0xc4, 0, 20, 0x00, 1]);
    bytes.extend([0; 15]);
    bytes.push(0);
    bytes.extend([0xff, 0xc4, 0, 20, 0x10, 1]);
    bytes.extend([0; 15]);
    bytes.push(0xe0);
    for _ in 0..5_000 {
        bytes.extend([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0]);
        bytes.extend([0; 64]);
    }
    bytes.extend([0xff, 0xd9]);
    assert_eq!(make(&bytes, MOST), Err(Refusal::PictureBroken));
}

#[test]
fn nothing_rides_along_with_a_picture() {
    let sent = samples::polyglot();
    for word in POLYGLOT {
        assert!(samples::says(&sent, word));
    }
    let made = made(&sent);
    for picture in [&made.whole, &made.thumb, &make_preview(&sent).expect("a picture")] {
        for word in POLYGLOT {
            assert!(!samples::says(&picture.bytes, word), "{word:?} is still there");
        }
        assert_eq!(
            &picture.bytes[picture.bytes.len() - 2..],
            &[0xff, 0xd9],
            "nothing is behind the end"
        );
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    let good = encoded(&quarters(64, 64), ImageFormat::Png);
    assert_eq!(make(&good[..good.len() / 2], MOST), Err(Refusal::PictureBroken));
    assert_eq!(make(&samples::pdf(100), MOST), Err(Refusal::NotAPicture));
    assert_eq!(make(&samples::heic(), MOST), Err(Refusal::PictureType));
    assert_eq!(make(b"\xff\xd8\xff", MOST), Err(Refusal::PictureBroken));
}

#[test]
fn the_first_picture_is_small() {
    let preview = make_preview(&photo(&quarters(1600, 1200), 6)).expect("a picture");
    assert_eq!((preview.width, preview.height), (480, 640));
    assert!(preview.bytes.len() < 20_000, "{}", preview.bytes.len());
    let line = make_preview(&encoded(&quarters(2000, 2), ImageFormat::Png)).expect("a picture");
    assert_eq!((line.width, line.height), (640, 1));
}

#[test]
fn nothing_is_left_of_what_was_made_unrecognisable() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let whole = made(&encoded(&stripes(1280, 960), format)).whole;
        let area = Area {
            left: 16_384,
            top: 16_384,
            right: 49_151,
            bottom: 49_151,
        };
        let burnt = burn(&whole.bytes, &[area], MOST).expect("burns");
        assert_eq!(
            (burnt.whole.width, burnt.whole.height, burnt.whole.media),
            (1280, 960, whole.media)
        );
        let image = pixels(&burnt.whole).to_luma8();
        let spread = |x0: u32, y0: u32, x1: u32, y1: u32| {
            let values = (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y)));
            let values = values.map(|(x, y)| image.get_pixel(x, y).0[0]);
            values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
        };
        assert!(spread(321, 241, 959, 719) < 40, "{format:?}: stripes shine through");
        assert!(
            spread(0, 0, 300, 220) > 200 && spread(980, 740, 1280, 960) > 200,
            "{format:?}: the rest is as it was"
        );
        assert_eq!((burnt.thumb.width, burnt.thumb.height), (320, 240));
        assert!(burnt.whole.bytes != whole.bytes);
    }
}

#[test]
fn areas_at_the_edges_reach_the_last_pixel() {
    assert_eq!(reach(0, 65_535, 640), (0, 640));
    assert_eq!(reach(0, 0, 640), (0, 1));
    assert_eq!(reach(65_535, 65_535, 640), (639, 640));
    assert_eq!(reach(32_768, 32_769, 640), (320, 321));
    let whole = made(&encoded(&stripes(100, 50), ImageFormat::Png)).whole;
    let all = Area {
        left: 0,
        top: 0,
        right: 65_535,
        bottom: 65_535,
    };
    let image = pixels(&burn(&whole.bytes, &[all, all], MOST).expect("burns").whole).to_luma8();
    assert!(image.pixels().all(|pixel| (90..170).contains(&pixel.0[0])));
}
