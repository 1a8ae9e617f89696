//! `PROTOCOL.md` tells the truth: every name and key on the wire occurs in it, its examples decode, its figures hold.

use crate::book::{BOOK, chapters};
use farhand_shared::{limit, wire};
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../PROTOCOL.md");

/// Words in code style: between backticks in the text, or in quotes in the examples.
fn has_word(word: &str) -> bool {
    [format!("`{word}`"), format!("`\"{word}\"`"), format!("\"{word}\":")]
        .iter()
        .any(|form| PAGE.contains(form))
}

fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_name_of_a_message_event_command_or_refusal_is_described() {
    let names = chapters().into_iter().flat_map(|chapter| chapter.names.iter().copied());
    let missing: BTreeSet<&str> = names.filter(|name| !has_word(name)).collect();
    assert!(missing.is_empty(), "PROTOCOL.md does not mention {missing:?}");
}

#[test]
fn every_key_of_every_message_is_described() {
    let mut found = BTreeSet::new();
    for line in BOOK.lines() {
        let (_, json) = line.split_once(' ').expect("type and JSON");
        keys(&serde_json::from_str(json).expect("is JSON"), &mut found);
    }
    let missing: Vec<_> = found.iter().filter(|key| !has_word(key)).collect();
    assert!(missing.is_empty(), "PROTOCOL.md does not mention {missing:?}");
}

#[test]
fn every_example_decodes() {
    let mut decoded = 0;
    for block in PAGE.split("\n```json ").skip(1) {
        let (of, rest) = block.split_once('\n').expect("a type");
        let (json, _) = rest.split_once("\n```").expect("an end");
        let chapter = chapters().into_iter().find(|chapter| chapter.of == of);
        let chapter = chapter.unwrap_or_else(|| panic!("{of} is no type of the wire"));
        if let Err(error) = (chapter.decode)(json) {
            panic!("{of}: {error} in {json}");
        }
        decoded += 1;
    }
    assert!(decoded >= 10, "only {decoded} examples");
}

#[test]
fn every_figure_of_the_table_is_the_one_in_force() {
    let seconds = [
        ("END_UNDO", limit::END_UNDO),
        ("RING", limit::RING),
        ("REJOIN", limit::REJOIN),
        ("ABANDONED", limit::ABANDONED),
        ("KNOCK_KEPT", limit::KNOCK_KEPT),
        ("PIN_LIFE", limit::PIN_LIFE),
        ("UNDO_KEPT", limit::UNDO_KEPT),
    ];
    let counts = [
        ("PIN_MISSES", limit::PIN_MISSES as usize),
        ("PIN_DECLINES", limit::PIN_DECLINES as usize),
        ("NAME_CHARS", limit::NAME_CHARS),
        ("CASE_ID_CHARS", limit::CASE_ID_CHARS),
        ("COMPANY_CHARS", limit::COMPANY_CHARS),
        ("DEVICE_CHARS", limit::DEVICE_CHARS),
        ("AGENTS", limit::AGENTS),
        ("GUESTS", limit::GUESTS),
        ("VIEWERS", limit::VIEWERS),
        ("KNOCKERS", limit::KNOCKERS),
        ("PEOPLE", limit::PEOPLE),
        ("INVITATIONS", limit::INVITATIONS),
        ("FRAME_BYTES", limit::FRAME_BYTES),
        ("SDP_BYTES", limit::SDP_BYTES),
        ("CANDIDATE_BYTES", limit::CANDIDATE_BYTES),
        ("FILES", limit::FILES),
        ("FILE_BYTES", limit::FILE_BYTES as usize),
        ("CHUNK_BYTES", limit::CHUNK_BYTES as usize),
        ("PREVIEW_BYTES", limit::PREVIEW_BYTES),
        ("PROBE_BYTES", limit::PROBE_BYTES),
        ("FILE_NAME_CHARS", limit::FILE_NAME_CHARS),
        ("MARKS", limit::MARKS),
        ("PATH_POINTS", limit::PATH_POINTS),
        ("MARK_TEXT_CHARS", limit::MARK_TEXT_CHARS),
        ("MARK_NUMBER", limit::MARK_NUMBER as usize),
        ("MESSAGES", limit::MESSAGES),
        ("MESSAGE_CHARS", limit::MESSAGE_CHARS),
        ("PHOTO_ASK_CHARS", limit::PHOTO_ASK_CHARS),
    ];
    let rows = seconds.map(|(name, time)| format!("| `{name}` | {} s |", time.as_secs()));
    let rows = rows
        .into_iter()
        .chain(counts.map(|(name, count)| format!("| `{name}` | {count} |")));
    let wrong: Vec<String> = rows.filter(|row| !PAGE.contains(row)).collect();
    assert!(wrong.is_empty(), "PROTOCOL.md lacks {wrong:?}");
    assert!(PAGE.contains(&format!("`protocol` is {}.", wire::PROTOCOL)));
}

#[test]
fn every_command_stands_in_the_table_with_the_roles_that_may_send_it() {
    use farhand_shared::role::{Role, may};
    for command in crate::wire::commands() {
        let json = serde_json::to_value(&command).expect("encodes");
        let name = match &json {
            serde_json::Value::String(name) => name.as_str(),
            other => other
                .as_object()
                .and_then(|fields| fields.keys().next())
                .expect("a name"),
        };
        // The command stands in the first cell; one cell may hold two of a kind, but fields of others do not count.
        let names = |line: &str| {
            let cell = line.split('|').nth(1).unwrap_or_default();
            cell.split("), ")
                .any(|part| part.trim_start().starts_with(&format!("`{name}`")))
        };
        let is_row = |line: &&str| line.starts_with('|') && names(line) && line.contains('●');
        let row = PAGE.lines().find(is_row).unwrap_or_else(|| panic!("{name} has no row"));
        let marks: Vec<bool> = row.split('|').skip(2).take(4).map(|cell| cell.contains('●')).collect();
        let roles = [Role::Customer, Role::Agent, Role::Guest, Role::Viewer].map(|role| may(role, command.act()));
        assert_eq!(marks, roles, "{name}");
    }
}

#[test]
fn every_request_of_the_http_api_is_described() {
    let sources = [
        include_str!("../../src/wire/http/accounts.rs"),
        include_str!("../../src/wire/http/files.rs"),
        include_str!("../../src/wire/http/sessions.rs"),
    ];
    let quoted = sources.iter().flat_map(|source| source.split('`').skip(1).step_by(2));
    let requests: Vec<&str> = quoted.filter(|text| text.contains(" /api/")).collect();
    assert!(requests.len() >= 20, "only {requests:?}");
    let missing: Vec<_> = requests
        .iter()
        .filter(|request| !PAGE.contains(&format!("`{request}`")))
        .collect();
    assert!(missing.is_empty(), "PROTOCOL.md does not mention {missing:?}");
}
