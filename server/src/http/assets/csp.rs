//! The Content-Security-Policy: our own files and nothing else, plus the inline scripts and styles that stand in our
//! pages, each named by its hash.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::http::security::frame_ancestors;

/// The policy for a server whose pages are `pages` and whose sockets are reached at `socket_origin` (`wss://host`). Pages of
/// `frames` may show ours in a frame.
pub fn policy<'a>(pages: impl Iterator<Item = &'a str>, socket_origin: &str, frames: &[String]) -> String {
    let mut scripts = String::new();
    let mut styles = String::new();
    for page in pages {
        for source in inline(page, "script")
            .filter(|(tag, _)| runs(tag))
            .map(|(_, body)| source(body))
        {
            append(&mut scripts, &source);
        }
        for source in inline(page, "style").map(|(_, body)| source(body)) {
            append(&mut styles, &source);
        }
    }
    [
        "default-src 'self'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        &format!("style-src 'self'{styles}"),
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        // Older Safari does not count wss: as 'self'.
        &format!("connect-src 'self' {socket_origin}"),
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        &frame_ancestors(frames),
    ]
    .join("; ")
}

fn append(list: &mut String, source: &str) {
    if !list.contains(source) {
        list.push(' ');
        list.push_str(source);
    }
}

fn source(body: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(body.as_bytes())))
}

/// Whether a script's opening tag means code that stands in the page.
fn runs(tag: &str) -> bool {
    !tag.contains("src=") && !tag.contains("json")
}

/// Opening tags of `element` with what stands between them and their closing tags. Our own build writes these pages,
/// so a search is enough; a parser would have nothing else to find.
fn inline<'a>(page: &'a str, element: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&format!("<{element}"))?;
            let after = &rest[start + element.len() + 1..];
            rest = after;
            if !after.starts_with(['>', ' ', '\n']) {
                continue;
            }
            let (tag, body) = after.split_once('>')?;
            let end = body.find(&format!("</{element}"))?;
            rest = &body[end..];
            return Some((tag, &body[..end]));
        }
    })
    .filter(|(_, body)| !body.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_and_styles_are_allowed_by_hash_and_nothing_else_is() {
        let page = "<style>b{}</style><script src=\"a.js\"></script><script type=module>alert(1)</script>\
                    <script type=\"application/json\">{}</script><script>alert(1)</script>";
        let policy = policy([page].into_iter(), "wss://help.example.com", &[]);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let hash = "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=";
        assert!(
            policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' '{hash}';")),
            "{policy}"
        );
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
        assert!(policy.contains("connect-src 'self' wss://help.example.com"));
        assert!(!policy.contains("unsafe-inline"));
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
    }

    #[test]
    fn a_page_without_inline_code_needs_no_exception() {
        let policy = policy(
            ["<script src=a.js></script><styles>x</styles>"].into_iter(),
            "ws://localhost",
            &["https://crm.example.com".to_owned()],
        );
        assert!(!policy.contains("sha256"), "{policy}");
        assert!(policy.ends_with("frame-ancestors https://crm.example.com"), "{policy}");
    }
}
