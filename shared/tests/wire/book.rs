//! `messages.txt` is the memory of the wire: one message a line, its type and its JSON, never edited and only added to.
//! What is in it has been sent by somebody's browser or stands in somebody's log, so all of it must still decode.

use crate::{accounts, events, http, together, values, wire};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

pub const BOOK: &str = include_str!("messages.txt");

/// One type of message and samples of it.
pub struct Chapter {
    pub of: &'static str,
    pub samples: Vec<String>,
    pub decode: fn(&str) -> Result<String, serde_json::Error>,
    pub names: &'static [&'static str],
}

/// A chapter of samples that between them use every variant.
pub fn chapter<T: Serialize + DeserializeOwned>(of: &'static str, samples: Vec<T>) -> Chapter {
    let encode = |sample: &T| serde_json::to_string(sample).expect("encodes");
    Chapter {
        of,
        samples: samples.iter().map(encode).collect(),
        decode: |json| serde_json::to_string(&serde_json::from_str::<T>(json)?),
        names: crate::names::names_of::<T>(),
    }
}

pub fn chapters() -> Vec<Chapter> {
    let mut chapters = wire::chapters();
    chapters.extend(events::chapters());
    chapters.extend(values::chapters());
    chapters.extend(together::chapters());
    chapters.extend(http::chapters());
    chapters.extend(accounts::chapters());
    chapters
}

/// The name a variant's JSON goes by: the text itself or the only key. For a struct: any of its keys.
fn tags(json: &str) -> Vec<String> {
    match serde_json::from_str(json).expect("is JSON") {
        serde_json::Value::String(name) => vec![name],
        serde_json::Value::Object(fields) => fields.keys().cloned().collect(),
        other => panic!("neither a variant nor a struct: {other}"),
    }
}

#[test]
fn every_variant_and_field_has_a_sample() {
    for chapter in chapters() {
        assert!(!chapter.names.is_empty(), "{} has no names", chapter.of);
        let shown: BTreeSet<String> = chapter.samples.iter().flat_map(|json| tags(json)).collect();
        let all: BTreeSet<String> = chapter.names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(shown, all, "{}", chapter.of);
    }
}

#[test]
fn messages_look_as_they_always_did() {
    let known: BTreeSet<&str> = BOOK.lines().collect();
    let mut news = String::new();
    for chapter in chapters() {
        for sample in &chapter.samples {
            let line = format!("{} {sample}", chapter.of);
            if !known.contains(line.as_str()) {
                news.push_str(&line);
                news.push('\n');
            }
        }
    }
    assert!(
        news.is_empty(),
        "The wire has changed. If old and new get along, append to shared/tests/wire/messages.txt and leave its old lines:\n{news}"
    );
}

#[test]
fn messages_that_were_ever_sent_still_decode() {
    let chapters = chapters();
    for line in BOOK.lines() {
        let (of, json) = line.split_once(' ').expect("type and JSON");
        let chapter = chapters.iter().find(|chapter| chapter.of == of).expect("a known type");
        let again = (chapter.decode)(json).unwrap_or_else(|error| panic!("{line}: {error}"));
        let decoded_again = (chapter.decode)(&again).expect("decodes");
        assert_eq!(again, decoded_again, "decoding and encoding settles at once");
    }
}

#[test]
fn a_newer_field_does_not_keep_an_older_relay_from_reading() {
    let hello = r#"{"hello":{"protocol":1,"seat":"t","generation":0,"have":0,"colour":"green"}}"#;
    assert!(serde_json::from_str::<farhand_shared::wire::FromClient>(hello).is_ok());
}
