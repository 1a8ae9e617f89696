//! The options as an operator writes them. Their doc comments are the text of `farhand --help`.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use phonenumber::country;
use url::Url;

use super::{IcePolicy, LogFormat, PublicUrl, Secret, parsers};

/// Farhand: see what somebody else's camera sees, in the browser, and help.
///
/// Without a command the server starts. Every option can also be given as an environment variable and as a line
/// of a TOML file (--config); a flag wins over the environment, the environment over the file.
#[derive(Debug, Parser)]
#[command(name = "farhand", version)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub options: Options,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Start the server (what happens without a command).
    Serve,
    /// Test the configuration: ports, folder, certificate, TURN, mail and text messages.
    Check,
}

/// Which provider sends text messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SmsProvider {
    /// Nobody: messages are shown in the agent console.
    Outbox,
    /// Twilio, or a service that speaks its REST form.
    Twilio,
    /// A signed JSON request to an address of yours.
    Webhook,
}

/// Which TURN server relays media.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TurnMode {
    /// The one inside this program.
    Embedded,
    /// One of your own, such as coturn.
    External,
    /// None: calls fail where browsers cannot reach each other.
    Off,
}

/// Every option of the server.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Read options from this TOML file; each line is an option's name and value, such as: listen = "0.0.0.0:8080"
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Address and port that serve the pages.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = parsers::address,
          help_heading = "Serving")]
    pub listen: SocketAddr,
    /// Folder for the database, keys and files; it is made when missing.
    #[arg(long, value_name = "FOLDER", default_value = "data", help_heading = "Serving")]
    pub data_dir: PathBuf,
    /// Address under which browsers reach Farhand; it stands in links and messages. Without it: what --listen says.
    #[arg(long, value_name = "URL", help_heading = "Serving")]
    pub public_url: Option<PublicUrl>,
    /// Name of your company, as customers read it.
    #[arg(long, value_name = "NAME", default_value = "Farhand", value_parser = parsers::not_blank,
          help_heading = "Serving")]
    pub company: String,
    /// Where people get answers beside the session, such as +49301234567,help@example.com,https://example.com/help,Mon-Fri 8-18;
    /// separated by commas, so without commas of their own.
    #[arg(long, value_name = "WAYS", value_delimiter = ',', value_parser = parsers::not_blank, help_heading = "Serving")]
    pub contact: Vec<String>,
    /// For phones on the same network: listen on every interface, serve HTTPS with a home-made certificate, show a QR
    /// code.
    #[arg(long, value_name = "yes|no", default_value = "no", default_missing_value = "yes", num_args = 0..=1,
          require_equals = true, action = ArgAction::Set, value_parser = parsers::yes_no,
          help_heading = "Serving")]
    pub lan: bool,
    /// PEM file with your certificate and its chain.
    #[arg(long, value_name = "FILE", help_heading = "Serving")]
    pub tls_cert: Option<PathBuf>,
    /// PEM file with the private key of --tls-cert.
    #[arg(long, value_name = "FILE", help_heading = "Serving")]
    pub tls_key: Option<PathBuf>,
    /// Networks of proxies in front of Farhand, whose X-Forwarded-For is believed, separated by commas.
    #[arg(long, value_name = "NETWORKS", value_delimiter = ',', value_parser = parsers::network,
          help_heading = "Serving")]
    pub trusted_proxies: Vec<IpNet>,
    /// How long connections may take to say goodbye when the server stops.
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parsers::duration, help_heading = "Serving")]
    pub shutdown_grace: Duration,
    /// Serve the pages from this folder (with customer and agent inside) instead of those inside the program.
    #[arg(long, value_name = "FOLDER", value_parser = parsers::folder, help_heading = "Serving")]
    pub pages_dir: Option<PathBuf>,

    /// How log lines are written.
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Log and figures"
    )]
    pub log_format: LogFormat,
    /// What is logged: a level, or levels per module.
    #[arg(long, value_name = "LEVEL", default_value = "info", value_parser = parsers::log_filter,
          help_heading = "Log and figures")]
    pub log_level: String,
    /// Serve Prometheus figures at /metrics on an address of their own.
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = parsers::address, help_heading = "Log and figures")]
    pub metrics_listen: Option<SocketAddr>,
    /// Token that /metrics asks for; with it, the main address serves /metrics too.
    #[arg(long, value_name = "TOKEN", help_heading = "Log and figures")]
    pub metrics_token: Option<Secret>,
    /// File with the token that /metrics asks for.
    #[arg(long, value_name = "FILE", help_heading = "Log and figures")]
    pub metrics_token_file: Option<PathBuf>,

    /// Who sends text messages.
    #[arg(
        long,
        value_name = "PROVIDER",
        default_value = "outbox",
        help_heading = "Text messages"
    )]
    pub sms_provider: SmsProvider,
    /// Address of the Twilio-compatible service.
    #[arg(long, value_name = "URL", default_value = "https://api.twilio.com", value_parser = parsers::http_url,
          help_heading = "Text messages")]
    pub twilio_base_url: Url,
    /// Account SID at the Twilio-compatible service.
    #[arg(long, value_name = "SID", value_parser = parsers::not_blank, help_heading = "Text messages")]
    pub twilio_account: Option<String>,
    /// Auth token at the Twilio-compatible service.
    #[arg(long, value_name = "TOKEN", help_heading = "Text messages")]
    pub twilio_token: Option<Secret>,
    /// File with the Twilio auth token.
    #[arg(long, value_name = "FILE", help_heading = "Text messages")]
    pub twilio_token_file: Option<PathBuf>,
    /// Phone number or sender name that text messages come from.
    #[arg(long, value_name = "SENDER", value_parser = parsers::not_blank, help_heading = "Text messages")]
    pub twilio_from: Option<String>,
    /// Address that receives a signed JSON request for every text message.
    #[arg(long, value_name = "URL", value_parser = parsers::http_url, help_heading = "Text messages")]
    pub sms_webhook_url: Option<Url>,
    /// Secret that signs the requests to --sms-webhook-url.
    #[arg(long, value_name = "SECRET", help_heading = "Text messages")]
    pub sms_webhook_secret: Option<Secret>,
    /// File with the secret that signs the requests to --sms-webhook-url.
    #[arg(long, value_name = "FILE", help_heading = "Text messages")]
    pub sms_webhook_secret_file: Option<PathBuf>,
    /// Country of phone numbers that agents type without one, such as GB.
    #[arg(long, value_name = "COUNTRY", value_parser = parsers::country, help_heading = "Text messages")]
    pub phone_country: Option<country::Id>,

    /// Mail server, such as smtps://user:password@mail.example.com. Without it, mail is shown in the agent console.
    #[arg(long, value_name = "URL", help_heading = "E-mail")]
    pub smtp_url: Option<Secret>,
    /// File with the address of the mail server.
    #[arg(long, value_name = "FILE", help_heading = "E-mail")]
    pub smtp_url_file: Option<PathBuf>,
    /// Sender that stands in e-mail: invitations, password resets.
    #[arg(long, value_name = "ADDRESS", value_parser = parsers::mailbox, help_heading = "E-mail")]
    pub mail_from: Option<String>,
    /// Mail domains whose people may sign up as agents, besides those an administrator allows; separated by commas.
    #[arg(long, value_name = "DOMAINS", value_delimiter = ',', value_parser = parsers::email_domain,
          help_heading = "E-mail")]
    pub email_domains: Vec<String>,

    /// Secret with which your website signs who is logged in, at least 32 characters: then agents can invite its visitors by one
    /// click.
    #[arg(long, value_name = "SECRET", help_heading = "Website and CRM")]
    pub site_secret: Option<Secret>,
    /// File with the secret of --site-secret.
    #[arg(long, value_name = "FILE", help_heading = "Website and CRM")]
    pub site_secret_file: Option<PathBuf>,
    /// Addresses of the website whose pages may ask visitors in, such as https://www.example.com; separated by commas.
    #[arg(long, value_name = "ORIGINS", value_delimiter = ',', value_parser = parsers::origin,
          help_heading = "Website and CRM")]
    pub site_origins: Vec<String>,
    /// Text file with what visitors of the website agree to before they go on.
    #[arg(long, value_name = "FILE", help_heading = "Website and CRM")]
    pub site_terms_file: Option<PathBuf>,
    /// Addresses whose pages may show the agent console in a frame, such as https://crm.example.com or https://*.example.com;
    /// separated by commas.
    #[arg(long, value_name = "ORIGINS", value_delimiter = ',', value_parser = parsers::origin,
          help_heading = "Website and CRM")]
    pub frame_origins: Vec<String>,

    /// Whether agents may show a camera of their own.
    #[arg(long, value_name = "yes|no", default_value = "yes", action = ArgAction::Set, value_parser = parsers::yes_no,
          help_heading = "Agents")]
    pub agent_cameras: bool,
    /// Whether agents may report problems with a session to the administrators.
    #[arg(long, value_name = "yes|no", default_value = "yes", action = ArgAction::Set, value_parser = parsers::yes_no,
          help_heading = "Agents")]
    pub problem_reports: bool,

    /// Folder for the pictures and documents people send. Without it: "files" in --data-dir.
    #[arg(long, value_name = "FOLDER", help_heading = "Files")]
    pub files_dir: Option<PathBuf>,
    /// Largest picture or document that may be sent.
    #[arg(long, value_name = "SIZE", default_value = "25MiB", value_parser = parsers::bytes, help_heading = "Files")]
    pub file_bytes: u64,
    /// How much the pictures and documents of one session may take together.
    #[arg(long, value_name = "SIZE", default_value = "500MiB", value_parser = parsers::bytes, help_heading = "Files")]
    pub session_bytes: u64,

    /// Who relays pictures and sound when two browsers cannot reach each other.
    #[arg(long, value_name = "SERVER", default_value = "embedded", help_heading = "Media")]
    pub turn: TurnMode,
    /// Address and port of the embedded TURN server. Without it: port 3478 of the address that --listen says.
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = parsers::address, help_heading = "Media")]
    pub turn_listen: Option<SocketAddr>,
    /// IPv4 address under which browsers reach the embedded TURN server, when it stands behind a NAT. It relays over IPv4 only.
    #[arg(long, value_name = "ADDRESS", value_parser = parsers::ip, help_heading = "Media")]
    pub turn_public_ip: Option<IpAddr>,
    /// UDP ports that the embedded TURN server hands out.
    #[arg(long, value_name = "FIRST-LAST", default_value = "49160-49659", value_parser = parsers::port_range,
          help_heading = "Media")]
    pub turn_ports: RangeInclusive<u16>,
    /// Let the embedded TURN server send to this machine itself. Only for tests.
    #[arg(long, value_name = "yes|no", default_value = "no", default_missing_value = "yes", num_args = 0..=1,
          require_equals = true, action = ArgAction::Set, value_parser = parsers::yes_no,
          help_heading = "Media")]
    pub turn_allow_loopback: bool,
    /// Let the embedded TURN server send to private networks. --lan says yes by itself.
    #[arg(long, value_name = "yes|no", default_value = "no", default_missing_value = "yes", num_args = 0..=1,
          require_equals = true, action = ArgAction::Set, value_parser = parsers::yes_no,
          help_heading = "Media")]
    pub turn_allow_private: bool,
    /// Addresses of an external TURN server, such as turn:turn.example.com:3478?transport=udp, separated by commas.
    #[arg(long, value_name = "URLS", value_delimiter = ',', value_parser = parsers::turn_url, help_heading = "Media")]
    pub turn_urls: Vec<String>,
    /// Secret shared with the TURN server (coturn: static-auth-secret), at least 16 characters.
    #[arg(long, value_name = "SECRET", help_heading = "Media")]
    pub turn_secret: Option<Secret>,
    /// File with the secret shared with the TURN server.
    #[arg(long, value_name = "FILE", help_heading = "Media")]
    pub turn_secret_file: Option<PathBuf>,
    /// all: the shortest path wins. relay: only through TURN, so that neither side learns the other's address.
    #[arg(long, value_name = "POLICY", default_value = "all", help_heading = "Media")]
    pub ice_policy: IcePolicy,

    /// Video that gets less than so many kbit/s through a customer's line gives way to photos. 0: never.
    #[arg(long, value_name = "KBIT", default_value = "150", help_heading = "Media")]
    pub photo_floor_kbit: u32,
    /// How long the line must be that thin before it does.
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parsers::duration, help_heading = "Media")]
    pub photo_after: Duration,

    /// Agents that may be in one session at the same time. Each person in it gets a picture of their own from the customer's phone.
    #[arg(long, value_name = "COUNT", default_value = "3", value_parser = clap::value_parser!(u8).range(1..=6), help_heading = "Limits")]
    pub agents_per_session: u8,
    /// Guests that may be in one session at the same time.
    #[arg(long, value_name = "COUNT", default_value = "4", value_parser = clap::value_parser!(u8).range(0..=8), help_heading = "Limits")]
    pub guests_per_session: u8,
    /// Viewers that may look on at the same time.
    #[arg(long, value_name = "COUNT", default_value = "5", value_parser = clap::value_parser!(u8).range(0..=10), help_heading = "Limits")]
    pub viewers_per_session: u8,
    /// Sessions that may be alive at the same time.
    #[arg(long, value_name = "COUNT", default_value = "10000", value_parser = parsers::count, help_heading = "Limits")]
    pub max_sessions: u32,
    /// WebSocket connections that may be open at the same time.
    #[arg(long, value_name = "COUNT", default_value = "20000", value_parser = parsers::count, help_heading = "Limits")]
    pub max_connections: u32,
    /// How long an invite link opens its session.
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = parsers::duration, help_heading = "Limits")]
    pub invite_ttl: Duration,
    /// How long a PIN is valid.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = parsers::duration, help_heading = "Limits")]
    pub pin_ttl: Duration,
    /// How long an agent stays signed in.
    #[arg(long, value_name = "TIME", default_value = "12h", value_parser = parsers::duration, help_heading = "Limits")]
    pub sign_in_ttl: Duration,
    /// Invitations that one agent may send within an hour.
    #[arg(long, value_name = "COUNT", default_value = "60", value_parser = parsers::count, help_heading = "Limits")]
    pub invites_per_hour: u32,
}
