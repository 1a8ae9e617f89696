//! Which form of a file a browser gets, and whether it has it already.

use axum::http::{HeaderMap, header};

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// Value of `Content-Encoding`, where there is one.
    pub fn header(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// Each form has different bytes, so a strong ETag must differ too.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => "-br",
            Self::Gzip => "-gz",
            Self::Identity => "",
        }
    }
}

/// The smallest form that exists and that the browser accepts. A browser that forbids everything gets the plain file:
/// a page that can be read beats a refusal.
pub fn choose(headers: &HeaderMap, has_brotli: bool, has_gzip: bool) -> Encoding {
    if has_brotli && accepts(headers, "br") {
        Encoding::Brotli
    } else if has_gzip && accepts(headers, "gzip") {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// Whether `Accept-Encoding` names `coding`, or `*`, with a weight above zero. The exact name wins over `*`.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let mut wildcard = false;
    for item in values(headers, &header::ACCEPT_ENCODING) {
        let mut parts = item.split(';');
        let name = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .and_then(|q| q.trim().parse::<f32>().ok());
        let wanted = weight.unwrap_or(1.0) > 0.0;
        if name.eq_ignore_ascii_case(coding) {
            return wanted;
        }
        if name == "*" {
            wildcard = wanted;
        }
    }
    wildcard
}

/// Whether `If-None-Match` names this ETag. Proxies may have made it weak, which is good enough here (RFC 9110, 13.1.2).
pub fn has_already(headers: &HeaderMap, etag: &str) -> bool {
    values(headers, &header::IF_NONE_MATCH)
        .any(|item| item.trim() == "*" || item.trim().trim_start_matches("W/") == etag)
}

fn values<'a>(headers: &'a HeaderMap, name: &'a header::HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_accepted_form_is_chosen() {
        let cases = [
            (None, true, true, Encoding::Identity),
            (Some("gzip, deflate, br"), true, true, Encoding::Brotli),
            (Some("gzip, deflate, br"), false, true, Encoding::Gzip),
            (Some("gzip"), true, false, Encoding::Identity),
            (Some("br;q=0, gzip;q=0.5"), true, true, Encoding::Gzip),
            (Some("*"), true, true, Encoding::Brotli),
            (Some("*, br;q=0"), true, true, Encoding::Gzip),
            (Some("identity;q=0, *;q=0"), true, true, Encoding::Identity),
            (Some("BR"), true, true, Encoding::Brotli),
        ];
        for (accept, has_brotli, has_gzip, expected) in cases {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
            }
            assert_eq!(
                choose(&headers, has_brotli, has_gzip),
                expected,
                "{accept:?} {has_brotli} {has_gzip}"
            );
        }
    }

    #[test]
    fn an_etag_is_recognised_in_a_list_weak_or_strong() {
        for (sent, expected) in [
            ("\"a\"", true),
            ("\"x\", W/\"a\"", true),
            ("*", true),
            ("\"a-br\"", false),
            ("a", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, sent.parse().unwrap());
            assert_eq!(has_already(&headers, "\"a\""), expected, "{sent}");
        }
    }
}
