//! Runs the server's fuzz target on the stable compiler: over its corpus, and over a short random run around it.

#[path = "../../fuzz/src/upload.rs"]
mod target;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/upload");
    let files = fs::read_dir(folder).expect("the target has a corpus");
    let mut paths: Vec<_> = files.map(|file| file.expect("is readable").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("is readable")).collect()
}

#[test]
fn the_target_takes_its_corpus() {
    let corpus = corpus();
    assert!(corpus.len() >= 15, "it has too small a corpus");
    corpus.iter().for_each(|bytes| target::upload(bytes));
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/Cargo.toml"));
    assert!(
        manifest
            .expect("the fuzzer has a manifest")
            .contains("name = \"upload\"")
    );
}

/// What goes wrong with files on their way: bytes change, go missing, or pieces of others come in between.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let damage = (
        any::<Index>(),
        any::<Index>(),
        proptest::collection::vec(any::<u8>(), 0..3),
    );
    let from = (any::<Index>(), any::<Index>(), any::<Index>());
    let corpus = corpus();
    (from, proptest::collection::vec(damage, 0..5)).prop_map(move |(from, damages)| {
        let mut bytes = from.0.get(&corpus).clone();
        let other = from.1.get(&corpus);
        for (start, end, instead) in damages {
            let (start, end) = (start.index(bytes.len() + 1), end.index(bytes.len() + 1));
            let (start, end) = (start.min(end), start.max(end).min(start.min(end) + 24));
            let piece = from.2.index(other.len() + 1);
            let piece = &other[piece..other.len().min(piece + 24)];
            let instead = if instead.is_empty() { piece.to_vec() } else { instead };
            bytes.splice(start..end, instead);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_refused_or_made_anew_but_never_break_anything(bytes in damaged()) {
        target::upload(&bytes);
    }
}
