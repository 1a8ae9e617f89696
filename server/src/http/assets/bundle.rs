//! One bundle in memory: every file with its packed forms, type and life in caches.

use std::collections::HashMap;
use std::fmt::Write;

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// One file of a bundle.
pub struct Asset {
    pub identity: Bytes,
    pub brotli: Option<Bytes>,
    pub gzip: Option<Bytes>,
    /// Names these bytes; part of the ETag.
    pub digest: String,
    pub mime: &'static str,
    /// Value of `Cache-Control`.
    pub cache: &'static str,
}

/// The files of one entry point, by path.
#[derive(Default)]
pub struct Bundle(HashMap<String, Asset>);

impl Bundle {
    /// Puts files together with their `.br` and `.gz` neighbours.
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut files: HashMap<String, Bytes> = files.into_iter().collect();
        let plain: Vec<String> = files
            .keys()
            .filter(|name| !is_packed_form(name, &files))
            .cloned()
            .collect();
        let mut assets = HashMap::with_capacity(plain.len());
        for name in plain {
            let brotli = files.remove(&format!("{name}.br"));
            let gzip = files.remove(&format!("{name}.gz"));
            let Some(identity) = files.remove(&name) else { continue };
            let asset = Asset {
                digest: digest(&identity),
                mime: mime(&name),
                cache: cache(&name),
                identity,
                brotli,
                gzip,
            };
            assets.insert(name, asset);
        }
        Self(assets)
    }

    /// The file at `path`, which has no slash in front.
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.0.get(path)
    }

    /// Names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The pages of the bundle, for the Content-Security-Policy.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        let pages = self.0.iter().filter(|(name, _)| name.ends_with(".html"));
        pages.filter_map(|(_, asset)| std::str::from_utf8(&asset.identity).ok())
    }
}

fn is_packed_form(name: &str, files: &HashMap<String, Bytes>) -> bool {
    let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"));
    plain.is_some_and(|plain| files.contains_key(plain))
}

/// 128 bits are plenty to tell builds apart.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name with a hash in it never changes its content. Pages, the service worker and manifests must be asked for
/// again each time, or a new version would not reach anybody.
fn cache(name: &str) -> &'static str {
    if name.split('/').any(is_hashed) {
        "public, max-age=31536000, immutable"
    } else if name.ends_with(".html") || name.ends_with(".webmanifest") || name.ends_with("sw.js") {
        "no-cache"
    } else {
        "public, max-age=3600"
    }
}

/// `customer-0123456789abcdef_bg.wasm`, `style-0123456789abcdef.css`, and folders such as `glue-0123456789abcdef`.
fn is_hashed(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (12..=64).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_live_for_ever() {
        for (name, expected) in [
            (
                "customer-0123456789abcdef_bg.wasm",
                "public, max-age=31536000, immutable",
            ),
            ("style-0123456789abcdef.css", "public, max-age=31536000, immutable"),
            (
                "snippets/glue-0123456789abcdef/inline0.js",
                "public, max-age=31536000, immutable",
            ),
            ("index.html", "no-cache"),
            ("sw.js", "no-cache"),
            ("agent.webmanifest", "no-cache"),
            ("icons/icon-192.png", "public, max-age=3600"),
            ("rear-camera.svg", "public, max-age=3600"),
        ] {
            assert_eq!(cache(name), expected, "{name}");
        }
    }

    #[test]
    fn packed_neighbours_belong_to_their_file() {
        let file = |name: &str| (name.to_owned(), Bytes::from(name.to_owned()));
        let bundle = Bundle::new([file("a.js"), file("a.js.br"), file("a.js.gz"), file("lone.gz")]);
        let asset = bundle.get("a.js").unwrap();
        assert!(asset.brotli.is_some() && asset.gzip.is_some());
        assert!(bundle.get("a.js.br").is_none());
        assert!(bundle.get("lone.gz").is_some());
    }
}
