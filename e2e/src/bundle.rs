//! What a bundle in `dist/` weighs over the wire: the budget test and the benchmark count the same files.

use std::fs;

/// A file of a bundle and its bytes, brotli-compressed.
pub type Part = (String, u64);

/// The files of a bundle that `scripts/pages` built, by when they are needed.
#[derive(Debug, Default)]
pub struct Bundle {
    /// The page and everything it names: all that arrives until the customer's camera is live.
    pub first: Vec<Part>,
    /// Programs that the page does not name, and the style sheet that it only names: the program fetches them afterwards.
    pub late: Vec<Part>,
}

impl Bundle {
    /// The bundle `name`; empty lists where it is not built or not compressed.
    pub fn read(name: &str) -> Self {
        let folder = crate::root().join("dist").join(name);
        let page = fs::read_to_string(folder.join("index.html")).unwrap_or_default();
        let mut bundle = Self::default();
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            let Some(name) = file.strip_suffix(".br") else { continue };
            let bytes = entry.metadata().map_or(u64::MAX, |data| data.len());
            let (style, named) = (name.starts_with("late-") && name.ends_with(".css"), page.contains(name));
            if style || name.ends_with(".wasm") && !named {
                bundle.late.push((name.to_owned(), bytes));
            } else if name == "index.html" || named {
                bundle.first.push((name.to_owned(), bytes));
            }
        }
        bundle.first.sort();
        bundle.late.sort();
        bundle
    }
}

/// Bytes of all of `parts`.
pub fn total(parts: &[Part]) -> u64 {
    parts.iter().map(|(_, bytes)| bytes).sum()
}

/// `parts` and their sum, as lines of a table.
pub fn table(parts: &[Part]) -> String {
    let rows = parts.iter().map(|(name, bytes)| (name.as_str(), *bytes));
    rows.chain([("all", total(parts))])
        .map(|(name, bytes)| format!("{name:<44} {bytes:>8}\n"))
        .collect()
}
