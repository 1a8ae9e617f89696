//! Everything an operator can set, checked before the server starts.

mod build;
mod options;
mod parsers;
mod public_url;
mod secret;
mod sources;

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use farhand_shared::session::Seats;
use ipnet::IpNet;
use phonenumber::country;

use crate::accounts::cookie::CookieScope;

pub use options::Command;
pub use public_url::{NotAPublicUrl, PublicUrl};
pub use secret::Secret;
pub use sources::OptionsError;

/// The checked configuration of one server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where HTTP is served.
    pub listen: SocketAddr,
    /// Folder of the database, keys and files.
    pub data_dir: PathBuf,
    /// Folder that replaces the pages inside the program.
    pub pages_dir: Option<PathBuf>,
    /// The address browsers use; it stands in links and messages.
    pub public_url: PublicUrl,
    /// Whether the operator set [`Config::public_url`]; if not, any local or numeric host is ours.
    pub public_url_given: bool,
    /// Name of the company that helps, shown to customers.
    pub company: String,
    /// Telephone numbers, addresses and sentences for further questions, shown to everybody.
    pub contact: Vec<String>,
    /// HTTPS with a home-made certificate for phones on the same network.
    pub lan: bool,
    /// A real certificate, when given.
    pub tls: Option<TlsFiles>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    pub log: LogConfig,
    pub sms: SmsConfig,
    pub mail: MailConfig,
    pub turn: TurnConfig,
    pub ice_policy: IcePolicy,
    pub files: FilesConfig,
    pub photo: PhotoConfig,
    pub limits: SessionLimits,
    pub agents: AgentsConfig,
    /// Domains whose people may sign up, besides those an administrator allows in the console.
    pub email_domains: Vec<String>,
    /// Country of phone numbers typed without one.
    pub phone_country: Option<country::Id>,
    /// Visitors of the organisation's website can be invited by one click.
    pub site: Option<SiteConfig>,
    /// Origins whose pages may show the console in a frame, such as a CRM's.
    pub frame_origins: Vec<String>,
    pub metrics: MetricsConfig,
    /// How long open connections may take to finish when the server stops.
    pub shutdown_grace: Duration,
}

/// PEM files of a certificate chain and its private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// What the operator lets agents do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentsConfig {
    /// Show a camera of their own.
    pub cameras: bool,
    /// Tell the administrators what did not work in a session.
    pub problem_reports: bool,
}

impl Default for AgentsConfig {
    fn default() -> Self {
        Self {
            cameras: true,
            problem_reports: true,
        }
    }
}

/// What the log looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    pub format: LogFormat,
    /// A `tracing` filter such as `info` or `farhand_server=debug,info`.
    pub level: String,
}

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// One readable line per event.
    Text,
    /// One JSON object per event.
    Json,
}

/// Who delivers text messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsConfig {
    /// Nobody: messages are shown in the agent console.
    Outbox,
    /// A REST API that speaks Twilio's form.
    Twilio {
        base_url: String,
        account: String,
        token: Secret,
        from: String,
    },
    /// Our own signed JSON request.
    Webhook { url: String, secret: Secret },
}

/// Who delivers e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailConfig {
    /// Nobody: messages are shown in the agent console.
    Outbox,
    /// An SMTP server; the address may carry a password, so it is a secret.
    Smtp { url: Secret, from: String },
}

/// Who relays media when two browsers cannot reach each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnConfig {
    /// Nobody.
    Off,
    /// This process.
    Embedded(EmbeddedTurn),
    /// A server such as coturn that shares a secret with us (its REST scheme).
    External { urls: Vec<String>, secret: Secret },
}

/// When video gives way to photos by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoConfig {
    /// Below this many kbit/s; 0 means never.
    pub floor_kbit: u32,
    /// When it stays below for this long.
    pub after: Duration,
}

impl Default for PhotoConfig {
    fn default() -> Self {
        let usual = farhand_shared::wire::Settings::default();
        Self {
            floor_kbit: usual.photo_floor_kbit,
            after: Duration::from_secs(u64::from(usual.photo_after_s)),
        }
    }
}

/// Settings of the TURN server inside this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedTurn {
    /// Where STUN/TURN listens, UDP and TCP.
    pub listen: SocketAddr,
    /// The address browsers reach and relayed candidates carry.
    pub public_ip: IpAddr,
    /// UDP ports handed to allocations.
    pub relay_ports: RangeInclusive<u16>,
    pub peers: PeerPolicy,
}

/// Which reserved peer addresses a relayed packet may go to. Public addresses are always allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeerPolicy {
    /// 127.0.0.0/8 and ::1: only for tests on one machine.
    pub allow_loopback: bool,
    /// Private ranges: for people on the same LAN.
    pub allow_private: bool,
}

/// Which paths a browser may try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum IcePolicy {
    /// Every path; the shortest wins.
    All,
    /// Only through TURN, so that neither side learns the other's address ("private mode").
    Relay,
}

/// Pictures and documents that people send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesConfig {
    /// Folder they are kept in.
    pub dir: PathBuf,
    /// Most bytes of one of them, as it is sent.
    pub file_bytes: u64,
    /// Most bytes of all those of one session.
    pub session_bytes: u64,
}

impl FilesConfig {
    /// The default sizes, in this folder.
    pub fn in_folder(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            file_bytes: 25 << 20,
            session_bytes: 500 << 20,
        }
    }
}

/// How much one server allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// People in one session.
    pub seats: Seats,
    /// Sessions alive at the same time.
    pub open_sessions: usize,
    /// WebSocket connections at the same time.
    pub connections: usize,
    /// How long an invite link opens a session.
    pub invite_ttl: Duration,
    /// How long a PIN is valid.
    pub pin_ttl: Duration,
    /// How long somebody stays signed in.
    pub sign_in_ttl: Duration,
    /// Invitations one agent may send within an hour.
    pub invites_per_hour: u32,
}

/// One click from the organisation's website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteConfig {
    /// Signs the website's tokens.
    pub secret: Secret,
    /// Origins of the website's pages.
    pub origins: Vec<String>,
    /// What visitors agree to by going on.
    pub terms: String,
}

/// Where Prometheus finds the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetricsConfig {
    /// A separate listener; without one, `/metrics` is served on the main port, but only with a token.
    pub listen: Option<SocketAddr>,
    /// Bearer token that `/metrics` asks for.
    pub token: Option<Secret>,
}

impl Config {
    /// What the command line, the environment (`env` looks up one variable) and the file ask for.
    ///
    /// # Errors
    /// Names the option, where its value stands and what was expected; or carries the text of `--help`.
    pub fn load(args: &[OsString], env: impl Fn(&str) -> Option<OsString>) -> Result<(Command, Self), OptionsError> {
        let cli = sources::read(args, env)?;
        let config = build::build(cli.options, crate::lan::first_address())?;
        Ok((cli.command.unwrap_or(Command::Serve), config))
    }

    /// Once the port is known (`--listen` may leave the choice to the system), the pages' address follows it.
    pub fn settle_port(&mut self, port: u16) {
        self.listen.set_port(port);
        if !self.public_url_given {
            self.public_url = self.public_url.with_port(port);
        }
    }

    /// What tests start from: a loopback server with outboxes and no TURN, on a port the system picks.
    pub fn for_tests(data_dir: impl Into<PathBuf>) -> Self {
        let data_dir = data_dir.into();
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            files: FilesConfig::in_folder(data_dir.join(build::FILES_DIR)),
            photo: PhotoConfig::default(),
            data_dir,
            pages_dir: None,
            public_url: PublicUrl::localhost(),
            public_url_given: false,
            company: "Farhand".to_owned(),
            contact: Vec::new(),
            lan: false,
            tls: None,
            trusted_proxies: Vec::new(),
            log: LogConfig {
                format: LogFormat::Text,
                level: "info".to_owned(),
            },
            sms: SmsConfig::Outbox,
            mail: MailConfig::Outbox,
            turn: TurnConfig::Off,
            ice_policy: IcePolicy::All,
            limits: SessionLimits::default(),
            agents: AgentsConfig::default(),
            email_domains: Vec::new(),
            phone_country: None,
            site: None,
            frame_origins: Vec::new(),
            metrics: MetricsConfig::default(),
            shutdown_grace: Duration::from_secs(5),
        }
    }

    /// Whether this process itself speaks TLS.
    pub fn serves_tls(&self) -> bool {
        self.lan || self.tls.is_some()
    }

    /// Whether the certificate is one that phones do not know.
    pub fn serves_home_made_certificate(&self) -> bool {
        self.lan && self.tls.is_none()
    }

    /// Whether browsers see us over TLS, by ourselves or through a proxy.
    pub fn secure_cookies(&self) -> bool {
        self.serves_tls() || self.public_url.is_https()
    }

    /// What that and the frames mean for the sign-in's cookie.
    pub fn cookie_scope(&self) -> CookieScope {
        CookieScope {
            secure: self.secure_cookies(),
            framed: !self.frame_origins.is_empty(),
        }
    }
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            seats: Seats::default(),
            open_sessions: 10_000,
            connections: 20_000,
            invite_ttl: Duration::from_secs(24 * 3600),
            pin_ttl: Duration::from_secs(10 * 60),
            sign_in_ttl: Duration::from_secs(12 * 3600),
            invites_per_hour: 60,
        }
    }
}
