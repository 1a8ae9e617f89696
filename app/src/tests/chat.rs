//! The pure parts of the chat.

use crate::plain::arrivals::{Arrivals, Speak};
use crate::plain::linkify::{Piece, pieces};
use core::time::Duration;
use farhand_shared::time::Time;

/// What can be pressed in a text.
fn links(text: &str) -> Vec<&str> {
    let all = pieces(text);
    let whole: String = all
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Link(text) => *text,
        })
        .collect();
    assert_eq!(whole, text, "nothing is lost or changed");
    all.into_iter()
        .filter_map(|piece| match piece {
            Piece::Link(address) => Some(address),
            Piece::Text(_) => None,
        })
        .collect()
}

#[test]
fn plain_addresses_are_links() {
    for address in [
        "https://example.com",
        "http://example.com/",
        "HTTPS://EXAMPLE.com/Path?q=1&r=%20#part",
        "https://example.com:8443/a",
        "http://router/",
        "http://192.168.1.1/setup",
        "https://xn--mnchen-3ya.de/",
        "https://example.com/ü/日本",
        "https://en.wikipedia.org/wiki/Boiler_(heating)",
        "https://example.com/a@b",
        "https://example.com/?to=https://other.example",
    ] {
        assert_eq!(links(address), [address]);
        let sentence = ["see ", address, " please"].concat();
        assert_eq!(links(&sentence), [address]);
    }
    assert_eq!(
        links("https://a.example\nhttps://b.example"),
        ["https://a.example", "https://b.example"]
    );
}

#[test]
fn the_punctuation_of_the_sentence_is_not_part_of_the_address() {
    for (text, address) in [
        ("Look at https://example.com/a.", "https://example.com/a"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("(see https://example.com/a_(b))", "https://example.com/a_(b)"),
        ("https://example.com/a?!…", "https://example.com/a"),
        ("\"https://example.com\"", "https://example.com"),
        ("<https://example.com>", "https://example.com"),
        ("[https://example.com/x],", "https://example.com/x"),
        ("“https://example.com”", "https://example.com"),
    ] {
        assert_eq!(links(text), [address], "{text}");
    }
}

#[test]
fn an_address_needs_no_blanks_around_it_where_a_script_has_none() {
    for (text, address) in [
        ("请看https://example.com/x，谢谢", "https://example.com/x"),
        ("请看https://example.com，谢谢", "https://example.com"),
        ("（https://example.com/x）", "https://example.com/x"),
        ("「https://example.com」を開いて。", "https://example.com"),
    ] {
        assert_eq!(links(text), [address], "{text}");
    }
}

#[test]
fn nothing_else_can_be_pressed() {
    for text in [
        "",
        "hello",
        "javascript:alert(1)",
        "javascript:https://example.com",
        "JaVaScRiPt:alert(1)//https://",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://example.com",
        "tel:+49123",
        "view-source:https://example.com",
        "xhttps://example.com",
        "https://",
        "https:///path",
        "https://?q",
        "https:example.com",
        "https://good.example@evil.example/",
        "https://user:secret@evil.example/",
        "https://good.example\\@evil.example",
        "https://evil.example\\good.example",
        "https://exаmple.com", // a Cyrillic letter
        "https://ex%61mple.com",
        "https://-example.com",
        "https://example..com",
        "https://example.com:99999",
        "https://[::1]/",
    ] {
        assert_eq!(links(text), [""; 0], "{text}");
    }
}

#[test]
fn invisible_characters_cannot_change_what_an_address_says() {
    for hidden in [
        '\u{202e}', '\u{202d}', '\u{2066}', '\u{2069}', '\u{200f}', '\u{200b}', '\u{feff}', '\u{ad}', '\u{61c}',
        '\u{2060}', '\u{0}',
    ] {
        let text = format!("https://example.com/{hidden}moc.live//:sptth");
        assert_eq!(links(&text), ["https://example.com/"], "{hidden:?}");
        let text = format!("https://good.example{hidden}.evil.example/");
        assert_eq!(links(&text), ["https://good.example"], "{hidden:?}");
    }
}

#[test]
fn messages_are_read_out_one_by_one_until_they_come_too_fast() {
    let mut arrivals = Arrivals::default();
    let at = |millis: u64| Time::from_millis(1_000_000 + millis);
    assert_eq!(arrivals.came(1, at(0)), Speak::Each);
    assert_eq!(arrivals.came(2, at(1000)), Speak::Each);
    assert_eq!(arrivals.came(1, at(2000)), Speak::Wait(Duration::from_secs(3)));
    assert_eq!(arrivals.came(5, at(4000)), Speak::Wait(Duration::from_secs(1)));
    assert_eq!(arrivals.held(), 6, "in one line");
    assert_eq!(arrivals.held(), 0, "and only once");
    assert_eq!(arrivals.came(1, at(5000)), Speak::Each);
    assert_eq!(arrivals.came(1, at(60_000)), Speak::Each);
    assert_eq!(arrivals.came(4, at(120_000)), Speak::Wait(Duration::from_secs(5)));
}

#[test]
fn what_is_held_back_is_not_forgotten_when_more_comes_late() {
    let mut arrivals = Arrivals::default();
    let at = Time::from_millis;
    assert_eq!(arrivals.came(4, at(1000)), Speak::Wait(Duration::from_secs(5)));
    // The timer is late; what was held back still counts.
    assert_eq!(arrivals.came(1, at(9000)), Speak::Wait(Duration::ZERO));
    assert_eq!(arrivals.held(), 5);
}
