//! Who is calling: the address a limit counts by, and whether a page of ours made the request.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ipnet::IpNet;
use url::{Host, Url};

use crate::config::Config;
use crate::error::ApiError;
use crate::limits::Limit;
use crate::state::AppState;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The caller's network address, as an extractor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The address itself. Personal data: never log it at INFO or above.
    pub ip: IpAddr,
}

impl Caller {
    /// What limits count by: an IPv4 address, or the /64 an IPv6 subscriber can walk through freely.
    pub fn key(&self) -> CallerKey {
        match self.ip {
            IpAddr::V4(ip) => CallerKey(IpAddr::V4(ip)),
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                CallerKey(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
        }
    }
}

/// What a browser calls itself; empty when it does not say.
pub(crate) fn user_agent(headers: &HeaderMap) -> &str {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    said.unwrap_or_default()
}

/// The key under which a caller's rate is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallerKey(IpAddr);

impl CallerKey {
    /// The key as text, for the name of a counted scope.
    pub fn to_text(self) -> String {
        self.0.to_string()
    }
}

impl std::fmt::Debug for CallerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CallerKey(redacted)")
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        // Without a peer address (a test calling the router directly) everybody is one caller.
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        Ok(Self {
            ip: caller_ip(peer, &parts.headers, &state.config.trusted_proxies),
        })
    }
}

/// Walks `X-Forwarded-For` from the nearest hop outwards and stops at the first address that is
/// not a trusted proxy: everything left of it could have been written by the caller.
fn caller_ip(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|net| net.contains(&ip));
    let mut ip = peer.to_canonical();
    let hops: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in hops.iter().rev() {
        if !is_trusted(ip) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(next) => ip = next.to_canonical(),
            Err(_) => break,
        }
    }
    ip
}

/// How many requests other than GET and HEAD one address may send: enough for an office behind one address, too few
/// for a flood. Handlers that are worth guessing at have stricter limits of their own.
pub const WRITES: Limit = Limit::new(1200, Duration::from_secs(60), "Too many requests from your network.");

/// Refuses what is beyond [`WRITES`].
pub async fn limit_writes(State(state): State<AppState>, caller: Caller, request: Request, next: Next) -> Response {
    if !request.method().is_safe()
        && let Err(refused) = state.writes.check(&caller.key())
    {
        return ApiError::from(refused).into_response();
    }
    next.run(request).await
}

/// Whether a page of ours made the request. WebSocket upgrades must ask, because browsers send
/// cookies with them from any site.
///
/// Only the public address counts. Where none was configured (a laptop, a LAN), a page that was
/// loaded from the very `Host` it now calls counts too, as long as that host is numeric or
/// `localhost`: a name could be somebody's DNS pointing at us.
pub fn same_origin(headers: &HeaderMap, config: &Config) -> bool {
    let Some(origin) = text(headers, header::ORIGIN) else {
        return false;
    };
    if origin == config.public_url.origin() {
        return true;
    }
    if config.public_url_given {
        return false;
    }
    let Ok(origin) = Url::parse(origin) else { return false };
    let scheme = if config.serves_tls() { "https" } else { "http" };
    let numeric = match origin.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let host = text(headers, header::HOST).and_then(|host| Url::parse(&format!("{scheme}://{host}")).ok());
    numeric && host.is_some_and(|host| host.origin() == origin.origin())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_FOR, value.parse().unwrap());
        headers
    }

    fn nets(list: &[&str]) -> Vec<IpNet> {
        list.iter().map(|net| net.parse().unwrap()).collect()
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let cases = [
            // (trusted, header, who is calling)
            (vec![], "203.0.113.9", "10.0.0.1"),
            (vec!["10.0.0.0/8"], "203.0.113.9", "203.0.113.9"),
            (vec!["10.0.0.0/8"], "1.2.3.4, 203.0.113.9", "203.0.113.9"),
            (vec!["10.0.0.0/8"], "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
            (vec!["10.0.0.0/8"], "nonsense", "10.0.0.1"),
            (vec!["10.0.0.0/8"], "::ffff:203.0.113.9", "203.0.113.9"),
        ];
        for (trusted, header, expected) in cases {
            let ip = caller_ip(proxy, &forwarded(header), &nets(&trusted));
            assert_eq!(ip.to_string(), expected, "{trusted:?} {header}");
        }
    }

    #[test]
    fn ipv6_callers_are_counted_by_their_network() {
        let key = |ip: &str| {
            Caller {
                ip: ip.parse().unwrap(),
            }
            .key()
        };
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn only_our_own_pages_may_open_a_socket() {
        let open = Config::for_tests("unused");
        let mut named = open.clone();
        named.public_url = "https://help.example.com".parse().unwrap();
        named.public_url_given = true;
        let cases = [
            // (config, origin, host, allowed)
            (&open, Some("http://localhost:8080"), "localhost:8080", true),
            (&open, Some("http://192.168.1.5:9000"), "192.168.1.5:9000", true),
            (&open, Some("http://192.168.1.5:9000"), "192.168.1.6:9000", false),
            (&open, Some("http://evil.example"), "evil.example", false),
            (&open, Some("null"), "localhost:8080", false),
            (&open, None, "localhost:8080", false),
            (&named, Some("https://help.example.com"), "10.0.0.1:8080", true),
            (&named, Some("http://10.0.0.1:8080"), "10.0.0.1:8080", false),
            (&named, Some("https://evil.example"), "help.example.com", false),
        ];
        for (config, origin, host, allowed) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(same_origin(&headers, config), allowed, "{origin:?} at {host}");
        }
    }
}
