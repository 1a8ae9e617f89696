//! The cookie that keeps a browser signed in.
//!
//! 256 random bits, drawn anew at each sign-in; the store knows only their SHA-256. `HttpOnly`: scripts cannot read it.
//! `SameSite=Strict`: no other site's link or form carries it; our pages are static and fetch everything from their own
//! origin, so nobody has to sign in again after following a link. Under TLS it is `Secure` and named `__Host-…`, which
//! browsers accept only from this very host over TLS: no sibling domain can plant one.
//!
//! Where the operator lets a CRM show the console in a frame (`--frame-origins`, under TLS), browsers send no `Strict` cookie
//! to that frame. There it is `SameSite=None; Partitioned`: the frame has a cookie of its own, which no page outside that CRM
//! can use. That requests come from our own pages is checked for each of them anyway (`http::security`).

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::signed_in::LONGEST;
use crate::store::secret::Secret;

/// What the configuration means for the cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieScope {
    /// Browsers see us over TLS.
    pub secure: bool,
    /// Other sites' pages may show the console in a frame.
    pub framed: bool,
}

const PLAIN: &str = "farhand";
const SECURE: &str = "__Host-farhand";

fn name(secure: bool) -> &'static str {
    if secure { SECURE } else { PLAIN }
}

/// The cookie that hands `secret` to the browser.
#[must_use]
pub fn fresh(secret: &Secret, scope: CookieScope) -> Cookie<'static> {
    let mut cookie = bare(secret.expose().to_owned(), scope);
    cookie.make_permanent();
    // The server ends sign-ins by itself; the age only lets browsers forget what is long dead.
    if let Ok(age) = LONGEST.try_into() {
        cookie.set_max_age(Some(age));
    }
    cookie
}

/// The cookie that makes the browser forget.
#[must_use]
pub fn removed(scope: CookieScope) -> Cookie<'static> {
    let mut cookie = bare(String::new(), scope);
    cookie.make_removal();
    cookie
}

fn bare(value: String, scope: CookieScope) -> Cookie<'static> {
    // Browsers take `None` only together with `Secure`; without TLS a frame of another site stays signed out.
    let partitioned = scope.secure && scope.framed;
    let same_site = if partitioned { SameSite::None } else { SameSite::Strict };
    Cookie::build((name(scope.secure), value))
        .path("/")
        .http_only(true)
        .same_site(same_site)
        .partitioned(partitioned)
        .secure(scope.secure)
        .build()
}

/// The secret the browser presents, if it has the shape of one.
#[must_use]
pub fn presented(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    Secret::presented(CookieJar::from_headers(headers).get(name(secure))?.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() -> Result<(), getrandom::Error> {
        let secret = Secret::random()?;
        let scope = |secure, framed| CookieScope { secure, framed };
        let text = fresh(&secret, scope(true, false)).to_string();
        assert!(
            text.starts_with(&format!("__Host-farhand={}; ", secret.expose())),
            "{text}"
        );
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=2592000"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(!text.contains("Domain"));
        assert!(!fresh(&secret, scope(false, false)).to_string().contains("Secure"));
        assert!(removed(scope(true, false)).to_string().contains("Max-Age=0"));
        let framed = fresh(&secret, scope(true, true)).to_string();
        assert!(
            framed.contains("SameSite=None") && framed.contains("Partitioned"),
            "{framed}"
        );
        let plain = fresh(&secret, scope(false, true)).to_string();
        assert!(
            plain.contains("SameSite=Strict") && !plain.contains("Partitioned"),
            "{plain}"
        );
        Ok(())
    }

    #[test]
    fn a_cookie_is_read_back_under_its_own_name_only() -> Result<(), Box<dyn std::error::Error>> {
        let secret = Secret::random()?;
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            format!("a=b; __Host-farhand={}", secret.expose()).parse()?,
        );
        assert_eq!(presented(&headers, true), Some(secret));
        assert_eq!(presented(&headers, false), None);
        headers.insert(header::COOKIE, "__Host-farhand=short".parse()?);
        assert_eq!(presented(&headers, true), None);
        Ok(())
    }
}
