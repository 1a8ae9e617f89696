//! Runs the fuzz targets on the stable compiler: over their corpus, and over a short random run around it.

#![allow(clippy::disallowed_methods, reason = "a test may read its corpus")]

#[path = "../../fuzz/src/wire.rs"]
mod targets;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;
use std::path::Path;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 4] = [
    ("from_client_json", targets::from_client_json),
    ("from_server_json", targets::from_server_json),
    ("record_json", targets::record_json),
    ("pin_parse", targets::pin_parse),
];

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(target);
    let files = fs::read_dir(&folder).expect("the target has a corpus");
    let mut entries: Vec<_> = files.map(|file| file.expect("is readable").path()).collect();
    entries.sort();
    entries
        .iter()
        .map(|path| fs::read(path).expect("is readable"))
        .collect()
}

#[test]
fn every_target_takes_its_corpus() {
    for (name, target) in TARGETS {
        let corpus = corpus(name);
        assert!(corpus.len() >= 10, "{name} has too small a corpus");
        corpus.iter().for_each(|bytes| target(bytes));
    }
}

#[test]
fn every_target_of_the_fuzzer_is_run_here() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/Cargo.toml"));
    let manifest = manifest.expect("the fuzzer has a manifest");
    for (name, _) in TARGETS {
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "{name} is no target of cargo-fuzz"
        );
    }
}

/// What goes wrong with texts on their way: bytes change, go missing, or pieces of other texts come in between.
fn damaged() -> impl Strategy<Value = (Target, Vec<u8>)> {
    let targets: Vec<(Target, Vec<Vec<u8>>)> = TARGETS.iter().map(|(name, target)| (*target, corpus(name))).collect();
    let damage = (
        any::<Index>(),
        any::<Index>(),
        proptest::collection::vec(any::<u8>(), 0..3),
    );
    let from = (any::<Index>(), any::<Index>(), any::<Index>());
    (select(targets), from, proptest::collection::vec(damage, 0..4)).prop_map(|((target, texts), from, damages)| {
        let mut bytes = from.0.get(&texts).clone();
        let other = from.1.get(&texts);
        for (start, end, instead) in damages {
            let (start, end) = (start.index(bytes.len() + 1), end.index(bytes.len() + 1));
            let (start, end) = (start.min(end), start.max(end).min(start.min(end) + 24));
            let piece = from.2.index(other.len() + 1);
            let piece = &other[piece..other.len().min(piece + 24)];
            let instead = if instead.is_empty() { piece.to_vec() } else { instead };
            bytes.splice(start..end, instead);
        }
        (target, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_texts_are_refused_or_taken_but_never_break_anything((target, bytes) in damaged()) {
        target(&bytes);
    }
}
