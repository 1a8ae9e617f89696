//! The address under which browsers reach Farhand.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// An origin such as `https://help.example.com`: scheme, host and port, never a path.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl(Url);

/// Why a text is no public address.
#[derive(Debug, thiserror::Error)]
#[error("expected an address like https://help.example.com, without a path, a query or a password")]
pub struct NotAPublicUrl;

impl FromStr for PublicUrl {
    type Err = NotAPublicUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|_| NotAPublicUrl)?;
        let plain = url.has_host()
            && text.is_ascii()
            && matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if plain { Ok(Self(url)) } else { Err(NotAPublicUrl) }
    }
}

impl PublicUrl {
    /// The address of a server that only this machine uses.
    pub fn localhost() -> Self {
        Self(Url::parse("http://localhost:8080").expect("a literal address is one"))
    }

    /// The same address at another port.
    #[must_use]
    pub fn with_port(&self, port: u16) -> Self {
        let mut url = self.0.clone();
        // Only addresses without a host have no port, and those were refused.
        let _ = url.set_port(Some(port));
        Self(url)
    }

    /// `scheme://host[:port]` exactly as a browser writes it in the `Origin` header.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The origin of our WebSockets.
    pub fn socket_origin(&self) -> String {
        // http becomes ws, https becomes wss.
        format!("ws{}", self.origin().trim_start_matches("http"))
    }

    /// The host without the port, as it stands in the last line of an SMS (`@host #PIN`).
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The port, also where the address leaves it out.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// Whether browsers reach us over TLS, and cookies can therefore be `Secure`.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether only this machine can reach the address.
    pub fn is_local(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }

    /// The full address of `path`, which starts with `/`.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_keeps_no_default_port_and_no_slash() {
        let url: PublicUrl = "https://Help.Example.com:443/".parse().unwrap();
        assert_eq!(url.origin(), "https://help.example.com");
        assert_eq!(url.socket_origin(), "wss://help.example.com");
        assert_eq!(url.join("/j"), "https://help.example.com/j");
        assert_eq!(url.host(), "help.example.com");
        assert!(url.is_https() && !url.is_local());
    }

    #[test]
    fn anything_but_a_plain_origin_is_refused() {
        for wrong in [
            "help.example.com",
            "ftp://a",
            "https://a/b",
            "https://a?x",
            "https://u:p@a",
            "http://",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
