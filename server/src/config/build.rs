//! From options to a checked [`Config`]: defaults that depend on other options, and options that must go together.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use farhand_shared::limit;
use farhand_shared::session::Seats;

use super::options::{Options, SmsProvider, TurnMode};
use super::sources::OptionsError;
use super::{
    AgentsConfig, Config, EmbeddedTurn, FilesConfig, LogConfig, MailConfig, MetricsConfig, PeerPolicy, PhotoConfig,
    PublicUrl, Secret, SessionLimits, SiteConfig, SmsConfig, TlsFiles, TurnConfig,
};
use crate::turn;

const DEFAULT_TURN_PORT: u16 = 3478;
/// Where files are kept in the data folder, unless the operator says otherwise.
pub(super) const FILES_DIR: &str = "files";
/// As long as the hash that signs: a shorter key could be found by trying.
const MIN_SITE_SECRET: usize = 32;
const MOST_TERMS: usize = 4000;
/// What visitors of the website agree to when the operator says nothing of their own.
const USUAL_TERMS: &str = "If you go on, the agent can see what your camera sees once you turn it on, and hear you if you \
                           choose to talk in the page. You can stop at any time.";

/// Checks how the options fit together. `lan` is the address other machines of the network see, where there is one.
pub fn build(options: Options, lan: Option<IpAddr>) -> Result<Config, OptionsError> {
    let listen = listen(&options);
    let tls = tls(&options)?;
    let public_url_given = options.public_url.is_some();
    let public_url = match &options.public_url {
        Some(url) => url.clone(),
        None => local_url(listen, tls.is_some() || options.lan, options.lan, lan)?,
    };
    if options.file_bytes > limit::FILE_BYTES {
        return Err(OptionsError::about("file-bytes", "expected at most 1GiB"));
    }
    let turn = turn(&options, listen, lan)?;
    if turn == TurnConfig::Off && options.ice_policy == super::IcePolicy::Relay {
        return Err(OptionsError::about(
            "ice-policy",
            "relay needs a TURN server, and --turn is off",
        ));
    }
    let sms = sms(&options)?;
    let mail = mail(&options)?;
    let site = site(&options)?;
    let agents = agents(&options);
    let metrics_token = secret(
        "metrics-token",
        options.metrics_token,
        "metrics-token-file",
        options.metrics_token_file,
    )?;
    Ok(Config {
        listen,
        photo: PhotoConfig {
            floor_kbit: options.photo_floor_kbit,
            after: options.photo_after,
        },
        files: FilesConfig {
            dir: options.files_dir.unwrap_or_else(|| options.data_dir.join(FILES_DIR)),
            file_bytes: options.file_bytes,
            session_bytes: options.session_bytes,
        },
        data_dir: options.data_dir,
        pages_dir: options.pages_dir,
        public_url,
        public_url_given,
        company: options.company,
        contact: options.contact,
        lan: options.lan,
        tls,
        trusted_proxies: options.trusted_proxies,
        log: LogConfig {
            format: options.log_format,
            level: options.log_level,
        },
        sms,
        mail,
        turn,
        ice_policy: options.ice_policy,
        limits: SessionLimits {
            seats: Seats {
                agents: options.agents_per_session as usize,
                guests: options.guests_per_session as usize,
                viewers: options.viewers_per_session as usize,
            },
            open_sessions: options.max_sessions as usize,
            connections: options.max_connections as usize,
            invite_ttl: options.invite_ttl,
            pin_ttl: options.pin_ttl,
            sign_in_ttl: options.sign_in_ttl,
            invites_per_hour: options.invites_per_hour,
        },
        agents,
        email_domains: options.email_domains,
        phone_country: options.phone_country,
        site,
        frame_origins: options.frame_origins,
        metrics: MetricsConfig {
            listen: options.metrics_listen,
            token: metrics_token,
        },
        shutdown_grace: options.shutdown_grace,
    })
}

const fn agents(options: &Options) -> AgentsConfig {
    AgentsConfig {
        cameras: options.agent_cameras,
        problem_reports: options.problem_reports,
    }
}

/// `--lan` opens a loopback default to the network; an address that was chosen with care stays.
fn listen(options: &Options) -> SocketAddr {
    if options.lan && options.listen.ip().is_loopback() {
        SocketAddr::from((Ipv4Addr::UNSPECIFIED, options.listen.port()))
    } else {
        options.listen
    }
}

fn tls(options: &Options) -> Result<Option<TlsFiles>, OptionsError> {
    match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => Ok(Some(TlsFiles {
            cert: cert.clone(),
            key: key.clone(),
        })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(OptionsError::about(
            "tls-key",
            "--tls-cert needs the private key as well",
        )),
        (None, Some(_)) => Err(OptionsError::about(
            "tls-cert",
            "--tls-key needs the certificate as well",
        )),
    }
}

/// The address of pages when nobody named one. Browsers give a camera to `localhost` even without TLS.
pub(super) fn local_url(
    listen: SocketAddr,
    tls: bool,
    for_lan: bool,
    lan: Option<IpAddr>,
) -> Result<PublicUrl, OptionsError> {
    let scheme = if tls { "https" } else { "http" };
    let host = match lan {
        Some(ip) if for_lan => host(ip),
        _ if listen.ip().is_loopback() || listen.ip().is_unspecified() => "localhost".to_owned(),
        _ => host(listen.ip()),
    };
    format!("{scheme}://{host}:{}", listen.port())
        .parse()
        .map_err(|error: super::NotAPublicUrl| OptionsError::about("public-url", error.to_string()))
}

fn host(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

/// A secret given directly or in a file; never both, never empty.
fn secret(
    option: &str,
    direct: Option<Secret>,
    file_option: &str,
    file: Option<PathBuf>,
) -> Result<Option<Secret>, OptionsError> {
    let value = match (direct, file) {
        (Some(_), Some(_)) => {
            return Err(OptionsError::about(
                file_option,
                format!("use either this or --{option}, not both"),
            ));
        }
        (Some(value), None) => value,
        (None, Some(file)) => {
            let text = std::fs::read_to_string(&file).map_err(|error| {
                OptionsError::about(file_option, format!("cannot read {}: {error}", file.display()))
            })?;
            Secret::new(text.trim_end_matches(['\r', '\n']))
        }
        (None, None) => return Ok(None),
    };
    if value.expose().is_empty() {
        return Err(OptionsError::about(option, "expected a secret that is not empty"));
    }
    Ok(Some(value))
}

fn required<T>(value: Option<T>, option: &str, by: &str) -> Result<T, OptionsError> {
    value.ok_or_else(|| OptionsError::about(option, format!("{by} needs it")))
}

fn sms(options: &Options) -> Result<SmsConfig, OptionsError> {
    let token = secret(
        "twilio-token",
        options.twilio_token.clone(),
        "twilio-token-file",
        options.twilio_token_file.clone(),
    )?;
    let signing = secret(
        "sms-webhook-secret",
        options.sms_webhook_secret.clone(),
        "sms-webhook-secret-file",
        options.sms_webhook_secret_file.clone(),
    )?;
    match options.sms_provider {
        SmsProvider::Outbox => Ok(SmsConfig::Outbox),
        SmsProvider::Twilio => {
            let by = "--sms-provider twilio";
            Ok(SmsConfig::Twilio {
                base_url: options.twilio_base_url.to_string().trim_end_matches('/').to_owned(),
                account: required(options.twilio_account.clone(), "twilio-account", by)?,
                token: required(token, "twilio-token", by)?,
                from: required(options.twilio_from.clone(), "twilio-from", by)?,
            })
        }
        SmsProvider::Webhook => {
            let by = "--sms-provider webhook";
            Ok(SmsConfig::Webhook {
                url: required(options.sms_webhook_url.clone(), "sms-webhook-url", by)?.to_string(),
                secret: required(signing, "sms-webhook-secret", by)?,
            })
        }
    }
}

fn mail(options: &Options) -> Result<MailConfig, OptionsError> {
    let url = secret(
        "smtp-url",
        options.smtp_url.clone(),
        "smtp-url-file",
        options.smtp_url_file.clone(),
    )?;
    let Some(url) = url else { return Ok(MailConfig::Outbox) };
    // Only the scheme and host are looked at; the words never repeat the address, which holds the password.
    let known = url::Url::parse(url.expose()).is_ok_and(|url| {
        matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty())
    });
    if !known {
        return Err(OptionsError::about(
            "smtp-url",
            "expected smtp:// or smtps://, perhaps user:password@, and a host",
        ));
    }
    Ok(MailConfig::Smtp {
        url,
        from: required(options.mail_from.clone(), "mail-from", "--smtp-url")?,
    })
}

fn site(options: &Options) -> Result<Option<SiteConfig>, OptionsError> {
    let signing = secret(
        "site-secret",
        options.site_secret.clone(),
        "site-secret-file",
        options.site_secret_file.clone(),
    )?;
    let Some(secret) = signing else {
        let alone = [
            ("site-origins", !options.site_origins.is_empty()),
            ("site-terms-file", options.site_terms_file.is_some()),
        ];
        return match alone.into_iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(OptionsError::about(option, "only --site-secret uses it")),
            None => Ok(None),
        };
    };
    if secret.expose().len() < MIN_SITE_SECRET {
        let problem = format!("expected at least {MIN_SITE_SECRET} characters");
        return Err(OptionsError::about("site-secret", problem));
    }
    if options.site_origins.is_empty() {
        return Err(OptionsError::about("site-origins", "--site-secret needs it"));
    }
    let terms = match &options.site_terms_file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| {
            OptionsError::about("site-terms-file", format!("cannot read {}: {error}", file.display()))
        })?,
        None => USUAL_TERMS.to_owned(),
    };
    let terms = limit::clean_lines(&terms, MOST_TERMS)
        .map_err(|_| OptionsError::about("site-terms-file", format!("expected 1 to {MOST_TERMS} characters")))?;
    Ok(Some(SiteConfig {
        secret,
        origins: options.site_origins.clone(),
        terms,
    }))
}

fn turn(options: &Options, listen: SocketAddr, lan: Option<IpAddr>) -> Result<TurnConfig, OptionsError> {
    let shared = secret(
        "turn-secret",
        options.turn_secret.clone(),
        "turn-secret-file",
        options.turn_secret_file.clone(),
    )?;
    if let Some(secret) = &shared
        && secret.expose().len() < turn::MIN_SECRET_LEN
    {
        let problem = format!("expected at least {} characters", turn::MIN_SECRET_LEN);
        return Err(OptionsError::about("turn-secret", problem));
    }
    if options.turn != TurnMode::External {
        if !options.turn_urls.is_empty() {
            return Err(OptionsError::about("turn-urls", "only --turn external uses it"));
        }
        if shared.is_some() {
            return Err(OptionsError::about("turn-secret", "only --turn external uses it"));
        }
    }
    match options.turn {
        TurnMode::Off => Ok(TurnConfig::Off),
        TurnMode::External => {
            if options.turn_urls.is_empty() {
                return Err(OptionsError::about("turn-urls", "--turn external needs it"));
            }
            let secret = required(shared, "turn-secret", "--turn external")?;
            Ok(TurnConfig::External {
                urls: options.turn_urls.clone(),
                secret,
            })
        }
        TurnMode::Embedded => embedded(options, listen, lan).map(TurnConfig::Embedded),
    }
}

fn embedded(options: &Options, listen: SocketAddr, lan: Option<IpAddr>) -> Result<EmbeddedTurn, OptionsError> {
    let listen = options
        .turn_listen
        .unwrap_or_else(|| SocketAddr::from((ipv4_like(listen.ip()), DEFAULT_TURN_PORT)));
    let public_ip = match options.turn_public_ip {
        Some(ip) => ip,
        None if !listen.ip().is_unspecified() => listen.ip(),
        // Without a network there is nobody but this machine to reach it.
        None => lan.filter(IpAddr::is_ipv4).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
    };
    if public_ip.is_unspecified() || !public_ip.to_canonical().is_ipv4() {
        return Err(OptionsError::about(
            "turn-public-ip",
            "expected the IPv4 address that browsers reach",
        ));
    }
    Ok(EmbeddedTurn {
        listen,
        public_ip,
        relay_ports: options.turn_ports.clone(),
        peers: PeerPolicy {
            allow_loopback: options.turn_allow_loopback,
            allow_private: options.turn_allow_private || options.lan,
        },
    })
}

/// The embedded server relays over IPv4, also where the pages are served over IPv6.
fn ipv4_like(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) if ip.is_loopback() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        ip => ip,
    }
}
