//! One probe per thing an operator can get wrong.

use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};
use std::path::Path;
use std::time::Duration;

use lettre::{AsyncSmtpTransport, Tokio1Executor};
use tokio::time::timeout;
use url::Url;

use super::report::Outcome;
use super::stun::{self, Transport};
use crate::config::{Config, EmbeddedTurn, MailConfig, SmsConfig, TurnConfig};
use crate::http::assets::{Pages, Source};
use crate::serve::check_files;

/// How long a foreign server may take.
const WITHIN: Duration = Duration::from_secs(10);

/// The database can be written.
pub fn data_folder(config: &Config) -> Outcome {
    folder(&config.data_dir, "--data-dir")
}

/// Pictures and documents can be written.
pub fn files_folder(config: &Config) -> Outcome {
    folder(&config.files.dir, "--files-dir")
}

/// A file can be written and removed again.
fn folder(path: &Path, option: &str) -> Outcome {
    let folder = path.display();
    let next = format!("Make the folder writable for this user, or choose another one with {option}.");
    if let Err(error) = std::fs::create_dir_all(path) {
        return Outcome::failed(format!("{folder} cannot be made: {error}"), next);
    }
    let probe = path.join(format!(".check-{}", std::process::id()));
    match std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => Outcome::Ok(format!("{folder} can be written")),
        Err(error) => Outcome::failed(format!("{folder} cannot be written: {error}"), next),
    }
}

/// The address for pages is free.
pub fn listen(config: &Config) -> Outcome {
    match TcpListener::bind(config.listen) {
        Ok(_) => Outcome::Ok(format!("{} is free", config.listen)),
        Err(error) => Outcome::failed(
            format!("{} cannot be used: {error}", config.listen),
            "Stop the program that uses it (perhaps Farhand itself), or choose another address with --listen.",
        ),
    }
}

/// Phones can open the address, and it gives them a camera.
pub fn public_url(config: &Config) -> Outcome {
    let url = &config.public_url;
    if url.is_local() && config.listen.ip().is_loopback() {
        return Outcome::Ok(format!("{url}, for this machine only"));
    }
    if url.is_local() {
        return Outcome::failed(
            format!("{url} stands in links, and leads every phone to itself"),
            "Give the address that phones use with --public-url.",
        );
    }
    if !url.is_https() {
        return Outcome::failed(
            format!("{url} is not secure, so no browser gives it a camera"),
            "Use --lan in your own network, --tls-cert and --tls-key, or a proxy with TLS and --public-url https://…",
        );
    }
    match (url.host(), url.port()).to_socket_addrs() {
        Ok(mut found) => {
            let leads = found
                .next()
                .map_or_else(|| "nowhere".to_owned(), |address| address.ip().to_string());
            Outcome::Ok(format!("{url} leads to {leads}"))
        }
        Err(error) => Outcome::failed(
            format!("{url} cannot be found: {error}"),
            "Enter the name in your DNS, or correct --public-url.",
        ),
    }
}

/// The operator's certificate can be read and fits its key.
pub fn certificate(config: &Config) -> Outcome {
    match &config.tls {
        None if config.lan => Outcome::Ok("home-made, for this network (--lan)".to_owned()),
        None => Outcome::Skipped("no --tls-cert: this process serves plain HTTP".to_owned()),
        Some(files) => match check_files(files) {
            Ok(_) => Outcome::Ok(format!("{} fits its key", files.cert.display())),
            Err(error) => Outcome::failed(error.to_string(), "Give PEM files that belong together."),
        },
    }
}

/// The separate address for figures is free.
pub fn figures(config: &Config) -> Outcome {
    match (config.metrics.listen, &config.metrics.token) {
        (Some(address), _) => match TcpListener::bind(address) {
            Ok(_) => Outcome::Ok(format!("{address} is free")),
            Err(error) => Outcome::failed(
                format!("{address} cannot be used: {error}"),
                "Stop the program that uses it, or choose another address with --metrics-listen.",
            ),
        },
        (None, Some(_)) => Outcome::Ok("/metrics on the main address, with a token".to_owned()),
        (None, None) => Outcome::Skipped("neither --metrics-listen nor --metrics-token".to_owned()),
    }
}

/// The relay can be started here, or answers there.
pub async fn turn(config: &Config) -> Outcome {
    match &config.turn {
        TurnConfig::Off => Outcome::Skipped("--turn is off: some customers will not get a picture".to_owned()),
        TurnConfig::Embedded(turn) => embedded(turn).await,
        TurnConfig::External { urls, .. } => external(urls).await,
    }
}

async fn embedded(turn: &EmbeddedTurn) -> Outcome {
    let free = TcpListener::bind(turn.listen).and_then(|_| UdpSocket::bind(turn.listen));
    if let Err(error) = free {
        if stun::ask(reachable(turn.listen), Transport::Udp).await.is_ok() {
            return Outcome::failed(
                format!(
                    "{} is used by a STUN server already, perhaps Farhand itself",
                    turn.listen
                ),
                "Stop it, or choose another address with --turn-listen.",
            );
        }
        return Outcome::failed(
            format!("{} cannot be used: {error}", turn.listen),
            "Stop the program that uses it, or choose another address with --turn-listen.",
        );
    }
    let (first, last) = (turn.relay_ports.start(), turn.relay_ports.end());
    Outcome::Ok(format!(
        "{} is free; browsers reach it as {}, UDP {first}-{last}",
        turn.listen, turn.public_ip
    ))
}

/// An unspecified address is where we listen, not where one can ask.
fn reachable(listen: SocketAddr) -> SocketAddr {
    match listen {
        SocketAddr::V4(any) if any.ip().is_unspecified() => ([127, 0, 0, 1], any.port()).into(),
        other => other,
    }
}

async fn external(urls: &[String]) -> Outcome {
    for url in urls {
        if let Err(problem) = answers(url).await {
            return Outcome::failed(
                format!("{url}: {problem}"),
                "Start the TURN server, open its port in the firewall, or correct --turn-urls.",
            );
        }
    }
    Outcome::Ok(format!("{} answers; its secret shows only in a call", urls.join(", ")))
}

/// Asks the server behind one `stun:`, `turn:` or `turns:` address.
async fn answers(url: &str) -> Result<(), String> {
    let (scheme, rest) = url.split_once(':').ok_or("not an address")?;
    let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
    let secure = scheme.ends_with('s');
    let default_port = if secure { 5349 } else { 3478 };
    let server = resolve(authority, default_port).await?;
    if secure {
        // Behind TLS the request would need a handshake first; that somebody accepts is what can be seen from here.
        let connected = timeout(WITHIN, tokio::net::TcpStream::connect(server)).await;
        return match connected {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer".to_owned()),
        };
    }
    let transport = if query == "transport=tcp" {
        Transport::Tcp
    } else {
        Transport::Udp
    };
    stun::ask(server, transport).await.map_err(|error| error.to_string())
}

/// `host`, `host:port` or `[v6]:port`.
async fn resolve(authority: &str, default_port: u16) -> Result<SocketAddr, String> {
    let bare = authority.trim_start_matches('[').trim_end_matches(']');
    let with_port = match bare.parse::<IpAddr>() {
        Ok(ip) => SocketAddr::new(ip, default_port).to_string(),
        Err(_)
            if authority
                .rsplit_once(':')
                .is_some_and(|(_, port)| port.parse::<u16>().is_ok()) =>
        {
            authority.to_owned()
        }
        Err(_) => format!("{authority}:{default_port}"),
    };
    let mut found = tokio::net::lookup_host(&with_port)
        .await
        .map_err(|error| error.to_string())?;
    found.next().ok_or_else(|| "the name leads nowhere".to_owned())
}

/// The mail server takes our name and password. No mail is sent.
pub async fn mail(config: &Config) -> Outcome {
    let MailConfig::Smtp { url, .. } = &config.mail else {
        return Outcome::Skipped("no --smtp-url: mail is shown in the agent console".to_owned());
    };
    let next = "Correct --smtp-url: scheme, name, password, host, port.";
    // The address holds a password, so neither it nor a library's words about it are shown.
    let Ok(builder) = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose()) else {
        return Outcome::failed("the address of the mail server makes no sense", next);
    };
    let transport: AsyncSmtpTransport<Tokio1Executor> = builder.timeout(Some(WITHIN)).build();
    match timeout(WITHIN, transport.test_connection()).await {
        Ok(Ok(true)) => Outcome::Ok("the mail server greets us".to_owned()),
        Ok(Ok(false)) => Outcome::failed("the mail server does not greet us", next),
        Ok(Err(error)) => Outcome::failed(format!("the mail server refuses: {error}"), next),
        Err(_) => Outcome::failed("the mail server does not answer", next),
    }
}

/// The provider's name leads somewhere that accepts connections. No message is sent.
pub async fn sms(config: &Config) -> Outcome {
    let (address, option) = match &config.sms {
        SmsConfig::Outbox => {
            return Outcome::Skipped("--sms-provider is outbox: messages are shown in the agent console".to_owned());
        }
        SmsConfig::Twilio { base_url, .. } => (base_url, "--twilio-base-url"),
        SmsConfig::Webhook { url, .. } => (url, "--sms-webhook-url"),
    };
    let next = format!("Check the network of this machine, or correct {option}.");
    let target = Url::parse(address)
        .ok()
        .and_then(|url| Some((url.host_str()?.to_owned(), url.port_or_known_default()?)));
    let Some((host, port)) = target else {
        return Outcome::failed(format!("{option} makes no sense"), next);
    };
    match timeout(WITHIN, tokio::net::TcpStream::connect((host.as_str(), port))).await {
        Ok(Ok(_)) => Outcome::Ok(format!("{host} accepts connections")),
        Ok(Err(error)) => Outcome::failed(format!("{host} cannot be reached: {error}"), next),
        Err(_) => Outcome::failed(format!("{host} does not answer"), next),
    }
}

/// The pages are where they are served from.
pub fn pages(config: &Config) -> Outcome {
    let pages = Pages::load(
        Source::new(config.pages_dir.as_deref()),
        config.public_url.socket_origin(),
        &config.frame_origins,
    );
    if pages.now().is_complete() {
        Outcome::Ok("both parts are built".to_owned())
    } else {
        Outcome::failed(
            "the pages are not built",
            "Run scripts/pages; for a release, before the server is built.",
        )
    }
}
