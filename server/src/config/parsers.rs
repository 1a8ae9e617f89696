//! Reads single option values; every refusal says what would have been right.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use phonenumber::country;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::PublicUrl;
use crate::turn::IceUrls;

/// A numeric address and a port.
pub fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "expected a numeric address and a port, such as 127.0.0.1:8080 or [::]:8080".to_owned())
}

/// A numeric address.
pub fn ip(text: &str) -> Result<IpAddr, String> {
    text.parse()
        .map_err(|_| "expected a numeric address, such as 203.0.113.7".to_owned())
}

/// A network, or a single address.
pub fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "expected networks such as 10.0.0.0/8 or 192.0.2.1, separated by commas".to_owned())
}

/// One address of a TURN server.
pub fn turn_url(text: &str) -> Result<String, String> {
    let text = text.trim();
    match IceUrls::external(&[text]) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => {
            Err("expected addresses such as turn:turn.example.com:3478?transport=udp, separated by commas".into())
        }
    }
}

/// An origin as browsers write it; `*.` may stand for every host below one.
pub fn origin(text: &str) -> Result<String, String> {
    let problem =
        || "expected addresses such as https://www.example.com, without a path, separated by commas".to_owned();
    let text = text.trim();
    let (scheme, host) = text.split_once("://").ok_or_else(problem)?;
    let (any, host) = match host.strip_prefix("*.") {
        Some(host) => ("*.", host),
        None => ("", host),
    };
    let origin: PublicUrl = format!("{scheme}://{host}").parse().map_err(|_| problem())?;
    Ok(origin.origin().replacen("://", &format!("://{any}"), 1))
}

/// A country by its two letters.
pub fn country(text: &str) -> Result<country::Id, String> {
    text.trim()
        .to_ascii_uppercase()
        .parse()
        .map_err(|_| "expected the two letters of a country, such as GB".to_owned())
}

/// Yes or no, in the usual spellings.
pub fn yes_no(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" | "1" => Ok(true),
        "no" | "false" | "off" | "0" => Ok(false),
        _ => Err("expected yes or no".to_owned()),
    }
}

/// A whole number with a unit: `30s`, `10m`, `24h`, `7d`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a whole number with a unit, such as 30s, 10m, 24h or 7d".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds_each: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        _ => return Err(wrong()),
    };
    let count: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    match count.checked_mul(seconds_each) {
        Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
        _ => Err(wrong()),
    }
}

/// A size: a whole number with a unit, `64KiB`, `25MiB`, `2GiB`.
pub fn bytes(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
    let mut sizes = units.iter().filter_map(|(unit, each)| {
        let count: u64 = text.strip_suffix(unit)?.trim_end().parse().ok()?;
        count.checked_mul(*each)
    });
    // What is stored counts in the database's signed numbers.
    let size = sizes.next().filter(|size| (1..=1 << 50).contains(size));
    size.ok_or_else(|| "expected a whole number with a unit, such as 64KiB, 25MiB or 2GiB".to_owned())
}

/// Two port numbers with a dash between: `49160-49259`.
pub fn port_range(text: &str) -> Result<RangeInclusive<u16>, String> {
    let parsed = text.split_once('-').and_then(|(first, last)| {
        let first: u16 = first.trim().parse().ok()?;
        let last: u16 = last.trim().parse().ok()?;
        (first >= 1024 && first <= last).then_some(first..=last)
    });
    parsed.ok_or_else(|| "expected two ports from 1024 to 65535, such as 49160-49259".to_owned())
}

/// What `tracing` calls a filter: a level, or levels per module.
pub fn log_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err("expected error, warn, info, debug, trace, or a list such as info,farhand_server=debug".to_owned()),
    }
}

/// An http or https address, possibly with a path.
pub fn http_url(text: &str) -> Result<Url, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => Err("expected an address that starts with http:// or https://".to_owned()),
    }
}

/// One mail domain, in lower case: `example.com`.
pub fn email_domain(text: &str) -> Result<String, String> {
    let domain = text.trim().trim_start_matches('@').to_ascii_lowercase();
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if domain.contains('.') && domain.split('.').all(label) {
        Ok(domain)
    } else {
        Err("expected mail domains such as example.com, separated by commas".to_owned())
    }
}

/// A sender such as `Farhand <help@example.com>`.
pub fn mailbox(text: &str) -> Result<String, String> {
    match text.parse::<Mailbox>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("expected a sender such as help@example.com or Farhand <help@example.com>".to_owned()),
    }
}

/// Any text that is not blank.
pub fn not_blank(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected a text that is not blank".to_owned()),
        trimmed => Ok(trimmed.to_owned()),
    }
}

/// A folder that exists.
pub fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() {
        Ok(path)
    } else {
        Err("expected a folder that exists".to_owned())
    }
}

/// A count from 1 to a billion.
pub fn count(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(count) if (1..=1_000_000_000).contains(&count) => Ok(count),
        _ => Err("expected a whole number of at least 1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_need_a_unit_and_are_never_zero() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("2d"), Ok(Duration::from_secs(172_800)));
        for wrong in [
            "",
            "10",
            "0s",
            "-1s",
            "1.5h",
            "10w",
            "s",
            "99999999999999999999d",
            "10µ",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_need_a_unit_and_are_never_zero() {
        assert_eq!(bytes("64KiB"), Ok(65_536));
        assert_eq!(bytes("25 MiB"), Ok(26_214_400));
        assert_eq!(bytes("2GiB"), Ok(2_147_483_648));
        for wrong in [
            "",
            "25",
            "MiB",
            "0MiB",
            "-1KiB",
            "25MB",
            "99999999999999999999GiB",
            "9999999999GiB",
        ] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn port_ranges_go_upwards_and_stay_above_the_system_ports() {
        assert_eq!(port_range("49160-49259"), Ok(49160..=49259));
        for wrong in ["", "49160", "80-90", "5000-4000", "1-70000", "a-b"] {
            assert!(port_range(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mail_domains_are_lowercased_and_checked() {
        assert_eq!(email_domain("@Example.COM"), Ok("example.com".to_owned()));
        for wrong in ["", "localhost", "a..b", "a b.com", "x@y.com", "-a.com"] {
            assert!(email_domain(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn senders_and_filters_are_checked() {
        assert!(mailbox("Farhand <help@example.com>").is_ok());
        assert!(mailbox("Farhand").is_err());
        assert!(log_filter("info,farhand_server=debug").is_ok());
        assert!(log_filter("loud=yes=no").is_err());
        assert!(http_url("https://api.twilio.com/").is_ok());
        assert!(http_url("api.twilio.com").is_err());
    }
}
