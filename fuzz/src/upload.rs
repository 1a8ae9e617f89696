//! A file that somebody sends: looked into as a document and as a picture.

use std::io::Cursor;

use farhand_server::files::content::{self, Media};
use farhand_server::files::picture::{self, Area, Encoded};

/// Pictures beyond this say nothing more about the code and take long.
const MOST_MEGAPIXELS: u32 = 2;
const MOST_BYTES: u64 = 4 << 20;

/// Whatever comes is refused, or becomes a picture that is nothing but a picture.
pub fn upload(data: &[u8]) {
    let document = content::document(Cursor::new(data));
    if matches!(picture::megapixels(data), Ok(pixels) if pixels <= MOST_MEGAPIXELS) {
        assert!(document.is_err(), "a picture does not pass as a document");
        if let Ok(made) = picture::make(data, MOST_BYTES) {
            assert!(made.whole.bytes.len() as u64 <= MOST_BYTES);
            assert_eq!(
                made.thumb.width.max(made.thumb.height).min(320),
                made.thumb.width.max(made.thumb.height)
            );
            is_clean(&made.whole);
            is_clean(&made.thumb);
            let all = Area {
                left: 0,
                top: 0,
                right: u16::MAX,
                bottom: u16::MAX,
            };
            let burnt = picture::burn(&made.whole.bytes, &[all], MOST_BYTES).expect("ours can be decoded");
            assert_eq!(
                (burnt.whole.width, burnt.whole.height),
                (made.whole.width, made.whole.height)
            );
            is_clean(&burnt.whole);
        }
        if let Ok(preview) = picture::make_preview(data) {
            is_clean(&preview);
        }
    }
}

/// Nothing but pixels: only the segments and chunks that a picture needs, and nothing behind its end.
fn is_clean(picture: &Encoded) {
    match picture.media {
        Media::Jpeg => is_clean_jpeg(&picture.bytes),
        Media::Png => is_clean_png(&picture.bytes),
        other => panic!("{other:?} is no picture"),
    }
}

fn is_clean_jpeg(bytes: &[u8]) {
    assert!(bytes.starts_with(&[0xff, 0xd8]) && bytes.ends_with(&[0xff, 0xd9]));
    let mut rest = &bytes[2..];
    while let [0xff, marker, high, low, ..] = rest {
        // JFIF, tables, frame: no other APPn and no comment.
        assert!(
            matches!(marker, 0xe0 | 0xdb | 0xc0 | 0xc2 | 0xc4 | 0xda),
            "segment {marker:x}"
        );
        if *marker == 0xda {
            break;
        }
        rest = &rest[2 + usize::from(u16::from_be_bytes([*high, *low]))..];
    }
}

fn is_clean_png(bytes: &[u8]) {
    let mut rest = &bytes[8..];
    while let [a, b, c, d, name @ ..] = rest {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let kind = &name[..4];
        assert!(
            [b"IHDR", b"IDAT", b"IEND"].iter().any(|known| *known == kind),
            "chunk {kind:?}"
        );
        rest = &rest[12 + length..];
        assert_eq!(kind == b"IEND", rest.is_empty(), "nothing is behind the end");
    }
}
