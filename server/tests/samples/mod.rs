//! Pictures and documents for tests: ordinary ones, and such as somebody would send who means harm.

#![allow(dead_code, reason = "several test programs share them, and each takes what it needs")]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture whose quarters are red, green, blue and white, so that every turn shows.
#[must_use]
pub fn quarters(width: u32, height: u32) -> DynamicImage {
    let pixels = RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    });
    DynamicImage::ImageRgb8(pixels)
}

/// Fine black and white stripes: nothing of them may be left where they are made unrecognisable.
#[must_use]
pub fn stripes(width: u32, height: u32) -> DynamicImage {
    let pixels = RgbImage::from_fn(width, height, |x, _| Rgb([if x % 4 < 2 { 0 } else { 255 }; 3]));
    DynamicImage::ImageRgb8(pixels)
}

/// The picture as a file.
#[must_use]
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A photograph of a phone: turned on its side by `orientation` (1 to 8), with place, device and comment.
#[must_use]
pub fn photo(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
    let plain = encoded(picture, ImageFormat::Jpeg);
    let mut photo = plain[..2].to_vec();
    photo.extend(segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()));
    photo.extend(segment(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><exif:GPSLatitude>48,12.5N</exif:GPSLatitude></x:xmpmeta>",
    ));
    photo.extend(segment(
        0xed,
        b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0fSecret Street 17",
    ));
    photo.extend(segment(0xfe, b"SecretComment"));
    photo.extend(&plain[2..]);
    photo
}

/// Words that [`photo`] hides.
pub const HIDDEN: [&str; 8] = [
    "SecretCam",
    "Secret Street",
    "SecretComment",
    "Exif",
    "GPSLatitude",
    "Photoshop",
    "xmpmeta",
    "SecretOwner",
];

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a short segment");
    [&[0xff, marker], &length.to_be_bytes()[..], body].concat()
}

/// EXIF in the order of small-endian machines: device, orientation, and where the picture was taken.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value,
        ]
        .concat()
    };
    let first = 8_u32;
    let gps = first + 2 + 4 * 12 + 4;
    let extra = gps + 2 + 2 * 12 + 4;
    let mut exif = b"II*\0".to_vec();
    exif.extend(first.to_le_bytes());
    exif.extend(4_u16.to_le_bytes());
    exif.extend(entry(0x010f, 2, 10, extra.to_le_bytes()));
    exif.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
    exif.extend(entry(0x013b, 2, 12, (extra + 10).to_le_bytes()));
    exif.extend(entry(0x8825, 4, 1, gps.to_le_bytes()));
    exif.extend([0; 4]);
    exif.extend(2_u16.to_le_bytes());
    exif.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    exif.extend(entry(0x0002, 5, 3, (extra + 22).to_le_bytes()));
    exif.extend([0; 4]);
    exif.extend(b"SecretCam\0SecretOwner\0");
    for degrees in [48_u32, 12, 30] {
        exif.extend(degrees.to_le_bytes());
        exif.extend(1_u32.to_le_bytes());
    }
    exif
}

/// A picture of 50,000 by 50,000 pixels in some hundred bytes: unpacked it would take 7.5 GB.
#[must_use]
pub fn bomb() -> Vec<u8> {
    png_of(50_000, 50_000)
}

/// A PNG that says it has these sizes and carries next to nothing.
#[must_use]
pub fn png_of(width: u32, height: u32) -> Vec<u8> {
    let small = encoded(&quarters(4, 4), ImageFormat::Png);
    let mut png = small.clone();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc(&png[12..29]);
    png[29..33].copy_from_slice(&check.to_be_bytes());
    png
}

/// The check sum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A picture that is a page at its end and an archive behind it.
#[must_use]
pub fn polyglot() -> Vec<u8> {
    let mut bytes = photo(&quarters(64, 48), 1);
    bytes.extend(b"<html><script>alert('polyglot')</script></html>");
    bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0evil.jar");
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x36\0\0\0\0\0\0\0\0\0");
    bytes
}

/// What [`polyglot`] would be besides a picture.
pub const POLYGLOT: [&str; 3] = ["alert('polyglot')", "evil.jar", "PK\u{5}\u{6}"];

/// A picture of a phone that no browser but Safari shows.
#[must_use]
pub fn heic() -> Vec<u8> {
    let mut heic = 24_u32.to_be_bytes().to_vec();
    heic.extend(b"ftypheic\0\0\0\0mif1heic");
    heic.extend([0; 64]);
    heic
}

/// An archive of files by name and content, not packed.
#[must_use]
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let length = |text: &str| u16::try_from(text.len()).expect("a short text");
    for (name, content) in files {
        let start = u32::try_from(archive.len()).expect("a small archive");
        let mut about = [0; 10].to_vec();
        about.extend(crc(content.as_bytes()).to_le_bytes());
        about.extend(u32::from(length(content)).to_le_bytes());
        about.extend(u32::from(length(content)).to_le_bytes());
        about.extend(length(name).to_le_bytes());
        about.extend([0; 2]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(name.as_bytes());
        archive.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\0\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).expect("few files").to_le_bytes();
    let (start, size) = (archive.len(), directory.len());
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].concat());
    for number in [size, start] {
        archive.extend(u32::try_from(number).expect("a small archive").to_le_bytes());
    }
    archive.extend([0; 2]);
    archive
}

/// A document of this length.
#[must_use]
pub fn pdf(bytes: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.extend(
        (0..)
            .map(|n: u32| n.wrapping_mul(2_654_435_761).to_be_bytes()[0])
            .take(bytes.saturating_sub(9)),
    );
    pdf
}

/// Whether `text` stands anywhere in `bytes`.
#[must_use]
pub fn says(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
