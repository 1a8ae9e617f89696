//! What an upload is, by its content: names and media types that browsers state are only claims.

use std::io::{self, BufReader, Read, Seek};

use image::ImageFormat;

use super::refusal::Refusal;
use crate::store::stored_as_text;

stored_as_text! {
    /// Media types that are kept and served.
    Media {
        /// Photographs.
        Jpeg = "image/jpeg",
        /// Screenshots and drawings.
        Png = "image/png",
        /// Portable documents.
        Pdf = "application/pdf",
        /// Plain text in UTF-8.
        Text = "text/plain; charset=utf-8",
        /// Text of an office program.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// Table of an office program.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// Slides of an office program.
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// Text of an office program.
        Odt = "application/vnd.oasis.opendocument.text",
        /// Table of an office program.
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
        /// Slides of an office program.
        Odp = "application/vnd.oasis.opendocument.presentation",
    }
}

impl Media {
    /// Endings that a name of such a file may have; the first is put on names that have none of them.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "csv", "log", "md", "json", "ini"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
        }
    }

    /// Whether it is a picture that was made here.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// The format of a picture that can be decoded here.
///
/// # Errors
/// [`Refusal::PictureType`] for another kind of picture, [`Refusal::NotAPicture`] for what is none.
pub fn picture(bytes: &[u8]) -> Result<ImageFormat, Refusal> {
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(format),
        Ok(_) => Err(Refusal::PictureType),
        Err(_) if is_heif(bytes) => Err(Refusal::PictureType),
        Err(_) => Err(Refusal::NotAPicture),
    }
}

/// The kind of a document that may be passed on as it is. Read piece by piece: documents may be large.
///
/// # Errors
/// [`Unknown::Refused`] with [`Refusal::SendAsPicture`] for pictures, since nothing would take the place where they were
/// taken out of them, with [`Refusal::FileType`] for everything that is not on the list.
pub fn document(mut bytes: impl Read + Seek) -> Result<Media, Unknown> {
    let mut start = Vec::new();
    bytes.by_ref().take(PIECE as u64).read_to_end(&mut start)?;
    match picture(&start) {
        Ok(_) => return Err(Refusal::SendAsPicture.into()),
        Err(Refusal::PictureType) => return Err(Refusal::PictureType.into()),
        Err(_) => {}
    }
    bytes.rewind()?;
    if start.starts_with(b"%PDF-") {
        Ok(Media::Pdf)
    } else if start.starts_with(b"PK\x03\x04") {
        office(&start, BufReader::new(bytes)).ok_or(Refusal::FileType.into())
    } else if looks_like_text(&start) && is_plain_text(bytes)? {
        Ok(Media::Text)
    } else {
        Err(Refusal::FileType.into())
    }
}

/// Why it is not said what a document is.
#[derive(Debug, thiserror::Error)]
pub enum Unknown {
    /// It is nothing that may be sent.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// It could not be read.
    #[error(transparent)]
    Unread(#[from] io::Error),
}

impl From<Refusal> for Unknown {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Bytes of a document that are looked at together.
const PIECE: usize = 64 * 1024;

/// HEIC and its relatives, by the brand of their first box.
fn is_heif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Documents of office programs are archives; which kind is told by what lies in them. None with a program inside: what
/// looks like a letter must not run.
fn office(start: &[u8], bytes: impl Read + Seek) -> Option<Media> {
    let archive = zip::ZipArchive::new(bytes).ok()?;
    let names: Vec<&[u8]> = archive.file_names_raw().collect();
    let has = |name: &str| names.contains(&name.as_bytes());
    let is_program = |name: &&[u8]| {
        name.ends_with(b"vbaProject.bin") || name.starts_with(b"Basic/") || name.starts_with(b"Scripts/")
    };
    if names.iter().any(is_program) {
        return None;
    }
    if has("mimetype") {
        // By their standard it comes first, neither packed nor encrypted, at the same place in every such document.
        let rest = start.get(38..)?;
        let open = |(kind, media): &(&str, Media)| rest.starts_with(kind.as_bytes()).then_some(*media);
        return OPEN_DOCUMENTS.iter().find_map(open);
    }
    let main = OFFICE_DOCUMENTS
        .iter()
        .find(|(part, _)| has("[Content_Types].xml") && has(part));
    main.map(|(_, media)| *media)
}

/// The beginning of an OpenDocument after its first 38 bytes, by kind. Templates and others go on with a dash.
const OPEN_DOCUMENTS: [(&str, Media); 3] = [
    ("application/vnd.oasis.opendocument.textPK", Media::Odt),
    ("application/vnd.oasis.opendocument.spreadsheetPK", Media::Ods),
    ("application/vnd.oasis.opendocument.presentationPK", Media::Odp),
];
/// The main part of an Office Open XML document, by kind.
const OFFICE_DOCUMENTS: [(&str, Media); 3] = [
    ("word/document.xml", Media::Docx),
    ("xl/workbook.xml", Media::Xlsx),
    ("ppt/presentation.xml", Media::Pptx),
];

/// Text that no program takes for something else: neither markup nor a script.
fn looks_like_text(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let programs: [&[u8]; 5] = [b"<", b"#!", b"%PDF", b"%!", b"{\\rtf"];
    !start.is_empty() && !programs.iter().any(|program| start.starts_with(program))
}

/// UTF-8 without control characters, to the last byte.
fn is_plain_text(mut bytes: impl Read) -> io::Result<bool> {
    let mut piece = Vec::new();
    loop {
        // A character may lie across the border of two pieces.
        let read = bytes.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        let (text, rest) = match std::str::from_utf8(&piece) {
            Ok(text) => (text, 0),
            Err(error) if error.error_len().is_none() => {
                let (good, rest) = piece.split_at(error.valid_up_to());
                (std::str::from_utf8(good).unwrap_or_default(), rest.len())
            }
            Err(_) => return Ok(false),
        };
        if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')) {
            return Ok(false);
        }
        if read == 0 {
            return Ok(rest == 0);
        }
        piece.drain(..piece.len() - rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::files::samples::{archive, heic};

    fn known(bytes: &[u8]) -> Result<Media, Refusal> {
        document(Cursor::new(bytes)).map_err(|error| match error {
            Unknown::Refused(refusal) => refusal,
            Unknown::Unread(error) => panic!("{error}"),
        })
    }

    #[test]
    fn text_is_text_to_its_last_byte() {
        let long = "ä€😀 Zähler 4711\n".repeat(20_000);
        assert!(long.len() > 4 * PIECE);
        for cut in 0..4 {
            let text = &long[..long.len() - cut];
            assert_eq!(
                known(text.as_bytes()),
                Ok(Media::Text),
                "characters lie across every border"
            );
        }
        let bell = format!("{long}\u{7}");
        assert_eq!(known(bell.as_bytes()), Err(Refusal::FileType));
        let torn = [long.as_bytes(), b"\xe2\x82"].concat();
        assert_eq!(known(&torn), Err(Refusal::FileType));
        let binary = [long.as_bytes(), b"\xff\xfe", long.as_bytes()].concat();
        assert_eq!(known(&binary), Err(Refusal::FileType));
    }

    #[test]
    fn documents_on_the_list_are_known_by_their_content() {
        let odt = archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", ""),
        ]);
        let docx = archive(&[
            ("[Content_Types].xml", ""),
            ("_rels/.rels", ""),
            ("word/document.xml", ""),
        ]);
        let xlsx = archive(&[("xl/workbook.xml", ""), ("[Content_Types].xml", "")]);
        let pptx = archive(&[
            ("docProps/app.xml", ""),
            ("ppt/presentation.xml", ""),
            ("[Content_Types].xml", ""),
        ]);
        for (bytes, media) in [
            (b"%PDF-1.7\n%...".to_vec(), Media::Pdf),
            (docx, Media::Docx),
            (xlsx, Media::Xlsx),
            (pptx, Media::Pptx),
            (odt, Media::Odt),
            ("Zähler 4711\r\n\tDruck: 1,5 bar".into(), Media::Text),
            ("\u{feff}a;b\n1;2\n".into(), Media::Text),
        ] {
            assert_eq!(known(&bytes), Ok(media));
        }
    }

    #[test]
    fn everything_else_is_refused_whatever_it_is_called() {
        for (what, bytes) in [
            ("nothing", b"".to_vec()),
            ("blank", b" \n ".to_vec()),
            ("program", b"\x7fELF\x02\x01\x01\0".to_vec()),
            ("windows program", [b"MZ".as_slice(), &[0; 64]].concat()),
            ("script", b"#!/bin/sh\nrm -rf .".to_vec()),
            ("page", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()),
            ("page that starts late", b"\n\n  <html><body onload=alert(1)>".to_vec()),
            ("page behind a mark", "\u{feff}<script>alert(1)</script>".into()),
            (
                "vector picture",
                b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            ),
            ("xml", b"<?xml version='1.0'?><a/>".to_vec()),
            ("archive", archive(&[("virus.exe", "MZ")])),
            (
                "archive that says it is a letter",
                archive(&[("word/document.xml", "")]),
            ),
            (
                "letter with a program",
                archive(&[
                    ("[Content_Types].xml", ""),
                    ("word/document.xml", ""),
                    ("word/vbaProject.bin", ""),
                ]),
            ),
            (
                "template",
                archive(&[("mimetype", "application/vnd.oasis.opendocument.text-template")]),
            ),
            ("book", archive(&[("mimetype", "application/epub+zip")])),
            (
                "archive without an end",
                b"PK\x03\x04[Content_Types].xml word/document.xml".to_vec(),
            ),
            ("sound", [b"ID3".as_slice(), &[3; 64]].concat()),
            ("rtf", b"{\\rtf1\\ansi hello}".to_vec()),
            (
                "old office",
                [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 512]].concat(),
            ),
            ("binary", vec![0, 1, 2, 3, 255, 254]),
            ("text with a bell", b"ding\x07".to_vec()),
            ("text of a code page", b"Z\xe4hler".to_vec()),
            ("document behind a blank", b" %PDF-1.7\x00".to_vec()),
        ] {
            assert_eq!(known(&bytes), Err(Refusal::FileType), "{what}");
        }
    }

    #[test]
    fn pictures_do_not_pass_as_documents() {
        for bytes in [
            b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
            b"RIFF\0\0\0\0WEBPVP8 ".to_vec(),
        ] {
            assert_eq!(known(&bytes), Err(Refusal::SendAsPicture));
        }
        for bytes in [
            heic(),
            b"GIF89a\x01\0\x01\0".to_vec(),
            [b"BM".as_slice(), &[0; 64]].concat(),
        ] {
            assert_eq!(known(&bytes), Err(Refusal::PictureType));
        }
    }

    #[test]
    fn only_what_can_be_decoded_passes_as_a_picture() {
        assert_eq!(picture(b"\xff\xd8\xff\xe0\0\x10JFIF"), Ok(ImageFormat::Jpeg));
        assert_eq!(picture(&heic()), Err(Refusal::PictureType));
        assert_eq!(picture(b"%PDF-1.7"), Err(Refusal::NotAPicture));
        assert_eq!(picture(b""), Err(Refusal::NotAPicture));
    }
}
