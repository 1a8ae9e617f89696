//! From the configuration to a running relay and to the desk that tells browsers about it.

use std::net::IpAddr;

use crate::{
    clock::Clock,
    config::{Config, EmbeddedTurn, IcePolicy, TurnConfig},
};

use super::{
    credentials::{CredentialError, DEFAULT_TTL, Issuer, SharedSecret},
    embedded::{Embedded, EmbeddedConfig, TurnError, start},
    ice::{BadIceUrl, IceDesk, IceUrls},
};

/// Why the configured relay cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("the embedded TURN server relays over IPv4: {0} cannot be its public address")]
    NotIpv4(IpAddr),
    #[error(transparent)]
    Embedded(#[from] TurnError),
    #[error(transparent)]
    Url(#[from] BadIceUrl),
    #[error(transparent)]
    Secret(#[from] CredentialError),
}

/// What a server has for relaying.
pub struct Relaying {
    /// Hands out ICE servers and credentials.
    pub desk: IceDesk,
    /// The relay in this process, to be closed at the end; none with an external server.
    pub embedded: Option<Embedded>,
}

/// Starts what the configuration asks for.
///
/// # Errors
/// [`SetupError`] says which setting is wrong or which port is taken.
pub async fn set_up(config: &Config, clock: &Clock) -> Result<Relaying, SetupError> {
    let relay_only = config.ice_policy == IcePolicy::Relay;
    match &config.turn {
        TurnConfig::Off => Ok(Relaying {
            desk: IceDesk::new(IceUrls::default(), None, relay_only),
            embedded: None,
        }),
        TurnConfig::External { urls, secret } => {
            let issuer = Issuer::new(SharedSecret::new(secret.expose())?, DEFAULT_TTL);
            Ok(Relaying {
                desk: IceDesk::new(IceUrls::external(urls)?, Some(issuer), relay_only),
                embedded: None,
            })
        }
        TurnConfig::Embedded(settings) => embedded(settings, clock, relay_only).await,
    }
}

async fn embedded(settings: &EmbeddedTurn, clock: &Clock, relay_only: bool) -> Result<Relaying, SetupError> {
    let IpAddr::V4(public_ip) = settings.public_ip.to_canonical() else {
        return Err(SetupError::NotIpv4(settings.public_ip));
    };
    // A new secret with every start: allocations end with the process, and browsers that come back get new credentials.
    let secret = SharedSecret::generate()?;
    let server = start(EmbeddedConfig {
        relay_ports: settings.relay_ports.clone(),
        peers: settings.peers,
        clock: clock.clone(),
        ..EmbeddedConfig::new(settings.listen, public_ip, secret.clone())
    })
    .await?;
    let urls = IceUrls::embedded(&public_ip.to_string(), server.local_addr().port());
    Ok(Relaying {
        desk: IceDesk::new(urls, Some(Issuer::new(secret, DEFAULT_TTL)), relay_only),
        embedded: Some(server),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{PeerPolicy, Secret};

    async fn with(turn: TurnConfig) -> Result<Relaying, SetupError> {
        let mut config = Config::for_tests("unused");
        config.turn = turn;
        set_up(&config, &Clock::system()).await
    }

    fn embedded_at(public_ip: &str) -> TurnConfig {
        TurnConfig::Embedded(EmbeddedTurn {
            listen: "127.0.0.1:0".parse().unwrap(),
            public_ip: public_ip.parse().unwrap(),
            relay_ports: 50_000..=60_000,
            peers: PeerPolicy::default(),
        })
    }

    #[tokio::test]
    async fn the_embedded_server_runs_at_the_address_that_browsers_are_told() {
        let relaying = with(embedded_at("127.0.0.1")).await.unwrap();
        let port = relaying.embedded.as_ref().unwrap().local_addr().port();
        let servers = relaying.desk.for_person("p", 0).servers;
        assert_eq!(servers[1].urls, [format!("stun:127.0.0.1:{port}")]);
        assert!(matches!(
            with(embedded_at("2001:db8::1")).await,
            Err(SetupError::NotIpv4(_))
        ));
    }

    #[tokio::test]
    async fn an_external_server_gets_credentials_by_the_secret_it_shares() {
        let secret = "a shared secret of some length";
        let external = |url: &str, secret: &str| TurnConfig::External {
            urls: vec![url.to_owned()],
            secret: Secret::new(secret),
        };
        let relaying = with(external("turn:turn.example", secret)).await.unwrap();
        assert!(relaying.embedded.is_none());
        let server = &relaying.desk.for_person("p", 1_000).servers[0];
        let issuer = Issuer::new(SharedSecret::new(secret).unwrap(), DEFAULT_TTL);
        let (username, password) = (server.username.as_deref(), server.credential.as_deref());
        assert_eq!(issuer.verify(username.unwrap(), password.unwrap(), 1_000), Ok("p"));
        let short = with(external("turn:turn.example", "short")).await;
        assert!(matches!(short, Err(SetupError::Secret(_))));
        let wrong = with(external("http://turn.example", secret)).await;
        assert!(matches!(wrong, Err(SetupError::Url(_))));
    }

    #[tokio::test]
    async fn no_relay_means_no_servers() {
        let relaying = with(TurnConfig::Off).await.unwrap();
        assert!(relaying.desk.for_person("p", 0).servers.is_empty());
    }
}
