//! The list of STUN and TURN addresses a browser gets.

use std::time::Duration;

use farhand_shared::{
    time::Time,
    wire::{IceConfig, IceServer},
};

use super::credentials::{Credential, DEFAULT_TTL, Issuer};

/// An ICE server URL that no browser would take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{url:?} is not an ICE server URL: expected stun:host[:port], stuns:…, turn:host[:port][?transport=udp|tcp] or turns:…"
)]
pub struct BadIceUrl {
    pub url: String,
}

/// Where browsers find STUN and TURN; nowhere by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IceUrls {
    stun: Vec<String>,
    turn: Vec<String>,
}

impl IceUrls {
    /// The embedded server at a host (name, IPv4 or IPv6 address) and the one port that it serves by UDP and TCP.
    pub fn embedded(host: &str, port: u16) -> Self {
        let host = if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        Self {
            stun: vec![format!("stun:{host}:{port}")],
            turn: vec![
                format!("turn:{host}:{port}?transport=udp"),
                format!("turn:{host}:{port}?transport=tcp"),
            ],
        }
    }

    /// Configured servers, for instance a coturn that shares our secret.
    ///
    /// # Errors
    /// [`BadIceUrl`] names the first URL that is none.
    pub fn external<S: AsRef<str>>(urls: &[S]) -> Result<Self, BadIceUrl> {
        let mut found = Self::default();
        for url in urls {
            let url = url.as_ref();
            match parse(url) {
                Some(Kind::Stun) => found.stun.push(url.to_owned()),
                Some(Kind::Turn) => found.turn.push(url.to_owned()),
                None => return Err(BadIceUrl { url: url.to_owned() }),
            }
        }
        Ok(found)
    }

    /// The list for one person. Relays come first since they are the only ones that always work.
    pub fn servers(&self, credential: &Credential) -> Vec<IceServer> {
        let relays = IceServer {
            urls: self.turn.clone(),
            username: Some(credential.username.clone()),
            credential: Some(credential.credential.clone()),
        };
        let mirrors = IceServer {
            urls: self.stun.clone(),
            username: None,
            credential: None,
        };
        let mut servers = vec![relays, mirrors];
        // Browsers refuse an entry without URLs.
        servers.retain(|server| !server.urls.is_empty());
        servers
    }
}

/// Answers "which ICE servers may this person use now?", when somebody joins and whenever a browser renews.
#[derive(Debug, Clone)]
pub struct IceDesk {
    urls: IceUrls,
    /// Without a relay there is nothing to issue.
    issuer: Option<Issuer>,
    relay_only: bool,
}

impl IceDesk {
    /// `relay_only` is private mode: nobody learns another's address.
    pub fn new(urls: IceUrls, issuer: Option<Issuer>, relay_only: bool) -> Self {
        Self {
            urls,
            issuer,
            relay_only,
        }
    }

    /// The servers for one person, with a credential of its own; `now` in unix seconds.
    pub fn for_person(&self, person: &str, now: u64) -> IceConfig {
        let credential = self.issuer.as_ref().map(|issuer| issuer.issue(person, now));
        let expires = credential
            .as_ref()
            .map_or(now.saturating_add(DEFAULT_TTL.as_secs()), |issued| issued.expires_at);
        IceConfig {
            servers: credential.map_or_else(Vec::new, |issued| self.urls.servers(&issued)),
            relay_only: self.relay_only,
            expires_at: Time::from_millis(Duration::from_secs(expires).as_millis().try_into().unwrap_or(u64::MAX)),
        }
    }
}

enum Kind {
    Stun,
    Turn,
}

fn parse(url: &str) -> Option<Kind> {
    let (scheme, rest) = url.split_once(':')?;
    let (kind, authority) = match scheme {
        "stun" | "stuns" => (Kind::Stun, rest),
        "turn" | "turns" => match rest.split_once('?') {
            Some((authority, "transport=udp" | "transport=tcp")) => (Kind::Turn, authority),
            Some(_) => return None,
            None => (Kind::Turn, rest),
        },
        _ => return None,
    };
    is_authority(authority).then_some(kind)
}

fn is_authority(text: &str) -> bool {
    const NO_PORT: &str = "3478";
    let (host_ok, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let Some((address, after)) = rest.split_once(']') else {
                return false;
            };
            let is_v6 = address.parse::<std::net::Ipv6Addr>().is_ok();
            (is_v6, after.strip_prefix(':').or(after.is_empty().then_some(NO_PORT)))
        }
        None => {
            let (host, port) = text.split_once(':').unwrap_or((text, NO_PORT));
            let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
            (!host.is_empty() && host.chars().all(allowed), Some(port))
        }
    };
    host_ok && port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turn::SharedSecret;

    const NOW: u64 = 1_800_000_000;

    fn issuer() -> Issuer {
        let secret = SharedSecret::new("a shared secret of some length").unwrap();
        Issuer::new(secret, Duration::from_secs(60))
    }

    fn credential() -> Credential {
        issuer().issue("p", NOW)
    }

    #[test]
    fn the_embedded_server_is_offered_by_udp_and_tcp_with_the_credential_and_as_stun_without() {
        let made = credential();
        let servers = IceUrls::embedded("help.example", 3478).servers(&made);
        assert_eq!(
            serde_json::to_value(&servers).unwrap(),
            serde_json::json!([
                {
                    "urls": [
                        "turn:help.example:3478?transport=udp",
                        "turn:help.example:3478?transport=tcp"
                    ],
                    "username": made.username,
                    "credential": made.credential,
                },
                { "urls": ["stun:help.example:3478"] }
            ])
        );
        assert!(!format!("{servers:?}").contains(&made.credential));
    }

    #[test]
    fn an_ipv6_host_is_bracketed_once() {
        for host in ["2001:db8::1", "[2001:db8::1]"] {
            let servers = IceUrls::embedded(host, 3478).servers(&credential());
            assert_eq!(servers[1].urls, ["stun:[2001:db8::1]:3478"]);
        }
    }

    #[test]
    fn external_servers_are_split_into_those_with_and_without_credentials() {
        let urls = [
            "turns:turn.example:5349?transport=tcp",
            "stun:stun.example",
            "turn:[2001:db8::1]:3478",
        ];
        let servers = IceUrls::external(&urls).unwrap().servers(&credential());
        assert_eq!(servers[0].urls, [urls[0], urls[2]]);
        assert!(servers[0].credential.is_some());
        assert_eq!(servers[1].urls, [urls[1]]);
        assert!(servers[1].credential.is_none());
    }

    #[test]
    fn urls_no_browser_would_take_are_refused_by_name() {
        for url in [
            "",
            "turn",
            "turn:",
            "http://turn.example",
            "turn://turn.example",
            "turn:turn.example:0",
            "turn:turn.example:99999",
            "turn:turn.example?transport=sctp",
            "stun:stun.example?transport=udp",
            "turn:user@turn.example",
            "turn:[::1",
            "turn:[::1]x",
        ] {
            let refused = IceUrls::external(&[url]).unwrap_err();
            assert_eq!(refused.url, url);
        }
    }

    #[test]
    fn each_person_gets_a_credential_of_its_own_and_is_told_when_to_renew() {
        let urls = IceUrls::embedded("127.0.0.1", 3478);
        let desk = IceDesk::new(urls, Some(issuer()), true);
        let agent = desk.for_person("agent", NOW);
        assert!(agent.relay_only);
        assert_eq!(agent.expires_at, Time::from_millis((NOW + 60) * 1000));
        let username = agent.servers[0].username.as_deref().unwrap();
        let password = agent.servers[0].credential.as_deref().unwrap();
        assert_eq!(issuer().verify(username, password, NOW), Ok("agent"));
        assert_ne!(agent.servers, desk.for_person("customer", NOW).servers);
    }

    #[test]
    fn without_a_relay_there_are_no_servers() {
        let desk = IceDesk::new(IceUrls::default(), None, false);
        let config = desk.for_person("p", NOW);
        assert!(config.servers.is_empty() && !config.relay_only);
    }
}
