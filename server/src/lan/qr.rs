//! A QR code made of characters, for a phone that looks at a terminal.

use fast_qr::QRBuilder;

/// The code for `text`, two modules per character cell; nothing when the text is too long for a code.
pub fn qr(text: &str) -> Option<String> {
    QRBuilder::new(text).build().ok().map(|code| code.to_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_square_of_blocks() {
        let code = qr("https://192.168.1.5:8080/").unwrap();
        assert!(code.lines().count() > 10);
        assert!(code.contains('█'));
    }

    #[test]
    fn a_text_that_no_code_can_hold_gives_none() {
        assert!(qr(&"x".repeat(10_000)).is_none());
    }
}
