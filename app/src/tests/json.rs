//! The small JSON of the pages says and hears exactly what `serde_json`, on the relay's side, says and hears.

use crate::json::{Fault, from_str, to_string};
use farhand_shared::id::Seq;
use farhand_shared::wire::{FromClient, FromServer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Every message of the protocol, one a line: its type and its JSON.
const BOOK: &str = include_str!("../../../shared/tests/wire/messages.txt");

fn lines(kind: &str) -> Vec<&'static str> {
    let lines: Vec<_> = BOOK
        .lines()
        .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '))
        .collect();
    assert!(lines.len() > 5, "the book has messages of type {kind}");
    lines
}

#[track_caller]
fn same_as_on_the_relay<T: Serialize + DeserializeOwned + PartialEq + Debug>(kind: &str) {
    for line in lines(kind) {
        let theirs: T = serde_json::from_str(line).expect(line);
        let ours: T = from_str(line).expect(line);
        assert_eq!(ours, theirs, "{line}");
        let written = to_string(&ours).expect(line);
        let back: T = serde_json::from_str(&written).expect(&written);
        assert_eq!(back, theirs, "{written}");
    }
}

#[test]
fn every_message_of_the_relay_is_heard() {
    same_as_on_the_relay::<FromServer>("FromServer");
}

#[test]
fn every_message_to_the_relay_is_said() {
    same_as_on_the_relay::<FromClient>("FromClient");
}

#[test]
fn texts_survive_whatever_stands_in_them() {
    for text in ["", "\"\\/\u{8}\u{c}\n\r\t\u{1}", "Grüße 🙂 \u{2028}", "v=0\r\na=b"] {
        let written = to_string(text).expect(text);
        assert_eq!(serde_json::from_str::<String>(&written).expect(&written), text);
        let theirs = serde_json::to_string(text).expect(text);
        assert_eq!(from_str::<String>(&theirs).expect(&theirs), text);
    }
    assert_eq!(from_str(r#""\u00e4\ud83d\ude42\/""#), Ok("ä🙂/".to_owned()));
}

#[test]
fn numbers_keep_their_value() {
    for number in [0_i64, -1, 1_700_000_000_123, i64::MAX, i64::from(i32::MIN)] {
        assert_eq!(from_str(&to_string(&number).expect("a number")), Ok(number));
    }
    for number in [0.0_f32, -0.5, 1.0, 2.5, 0.05, 8.1234, 1000.0] {
        let written = to_string(&number).expect("a number");
        assert_eq!(serde_json::from_str::<f32>(&written).expect(&written), number);
        let theirs = serde_json::to_string(&number).expect("a number");
        assert_eq!(from_str(&theirs), Ok(number), "{theirs}");
    }
    assert_eq!(from_str("1e3"), Ok(1000.0_f64));
    assert_eq!(from_str("25e-1"), Ok(2.5_f64));
}

#[test]
fn what_is_no_json_is_refused_without_a_panic() {
    let deep = "[".repeat(100_000);
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "{\"a\":1,}",
        "\"",
        "\"\\",
        "\"\\u12",
        "\"\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\u{1}\"",
        "tru",
        "1 2",
        "-",
        "1e999999999999",
        "99999999999999999999",
        "ä",
        deep.as_str(),
    ] {
        assert_eq!(from_str::<serde_json::Value>(text), Err(Fault), "{text:.20}");
    }
}

#[test]
fn unknown_fields_are_passed_over_and_wrong_shapes_are_not() {
    assert_eq!(from_str(r#"{"pong":7}"#), Ok(FromServer::Pong(7)));
    assert_eq!(from_str(r#"{"latest":42}"#), Ok(FromServer::Latest(Seq(42))));
    for text in [
        r#"{"pong":"7"}"#,
        r#"{"pong":-1}"#,
        r#"{"pong":7,"x":1}"#,
        r#""pong""#,
        "7",
        r#"{"new":{}}"#,
    ] {
        assert_eq!(from_str::<FromServer>(text), Err(Fault), "{text}");
    }
    let more = r#"{"pin":{"pin":"000042","expires_at":1,"colour":[{"a":null}]}}"#;
    assert!(matches!(from_str(more), Ok(FromServer::Pin(Some(_)))));
}
