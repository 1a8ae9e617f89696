//! Names of files: only ever a label, never a path.

use axum::http::HeaderValue;

use super::content::Media;

/// Most characters of a label.
const MOST_CHARS: usize = 80;

/// A label as somebody gave it, made harmless for every file system, with an ending that tells the truth.
fn label(given: &str, media: Media) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let allowed = |c: &char| !c.is_control() && !is_invisible(*c) && !"<>:\"|?*%;".contains(*c);
    let cleaned: String = last.chars().filter(allowed).take(MOST_CHARS).collect();
    let cleaned = cleaned.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let name = if cleaned.is_empty() { "file" } else { cleaned };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let endings = media.endings();
    if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
        name.to_owned()
    } else {
        format!("{name}.{}", endings[0])
    }
}

/// Characters that turn the reading direction or take no place: they make names look like others.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What a browser does with a file: shows a picture, saves everything else, and calls it so (RFC 6266).
pub(super) fn disposition(given: &str, media: Media) -> HeaderValue {
    let label = label(given, media);
    let kind = if media.is_picture() { "inline" } else { "attachment" };
    let plain: String = label
        .chars()
        .map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' })
        .collect();
    let mut exact = String::new();
    for byte in label.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            exact.push_str(&format!("%{byte:02X}"));
        }
    }
    let text = format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{exact}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_its_ending_tells_the_truth() {
        for (given, media, expected) in [
            ("Rechnung 2026.pdf", Media::Pdf, "Rechnung 2026.pdf"),
            ("../../etc/passwd", Media::Text, "passwd.txt"),
            ("..\\..\\windows\\system32\\evil.exe", Media::Pdf, "evil.exe.pdf"),
            ("C:\\evil.pdf", Media::Pdf, "evil.pdf"),
            ("/", Media::Pdf, "file.pdf"),
            ("..", Media::Pdf, "file.pdf"),
            ("", Media::Jpeg, "file.jpg"),
            ("photo.JPEG", Media::Jpeg, "photo.JPEG"),
            ("page.html", Media::Text, "page.html.txt"),
            (".htaccess", Media::Text, "htaccess.txt"),
            ("a\r\nSet-Cookie: b\0.pdf", Media::Pdf, "aSet-Cookie b.pdf"),
            ("invoice\u{202e}fdp.exe", Media::Pdf, "invoicefdp.exe.pdf"),
            ("bo\u{200b}iler?*<>|\".pdf", Media::Pdf, "boiler.pdf"),
            ("CON", Media::Text, "CON.txt"),
            ("名前.docx", Media::Docx, "名前.docx"),
        ] {
            assert_eq!(label(given, media), expected, "{given:?}");
        }
        let long = label(&"x".repeat(5000), Media::Pdf);
        assert_eq!(long.chars().count(), MOST_CHARS + 4);
    }

    #[test]
    fn pictures_are_shown_and_documents_are_saved() {
        assert_eq!(
            disposition("boiler", Media::Jpeg),
            "inline; filename=\"boiler.jpg\"; filename*=UTF-8''boiler.jpg"
        );
        assert_eq!(
            disposition("Zähler \"4\".pdf", Media::Pdf),
            "attachment; filename=\"Z_hler 4.pdf\"; filename*=UTF-8''Z%C3%A4hler%204.pdf"
        );
    }
}
