//! A certificate authority of one machine, so that phones on the same network get a secure page.
//!
//! Phones give no camera, no WebSocket and no service worker to a page whose certificate they do not trust. A bare
//! self-signed certificate can only be clicked away per page; an authority can be installed once (`/ca.crt`).
//!
//! Security argument: the authority's key lives in the data folder (mode 0600), and the authority is limited by name
//! constraints to private addresses, `localhost` and `.local`, so that whoever steals it cannot impersonate public sites
//! to a phone that trusts it. The server's own certificate is made anew at each start and lives a year.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType, date_time_ymd,
};

pub(super) const CERT_FILE: &str = "lan-ca.pem";
const KEY_FILE: &str = "lan-ca.key";
const CA_LIFE: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
/// Phones refuse leaf certificates that live longer than 398 days.
const LEAF_LIFE: Duration = Duration::from_secs(365 * 24 * 3600);
/// Phones whose clock is a little behind must not see a certificate from the future.
const CLOCK_SKEW: Duration = Duration::from_secs(24 * 3600);

/// Where other machines of a LAN, and this one, may be found.
const PRIVATE: [&str; 8] = [
    "10.0.0.0/8",
    // Shared address space of carriers and overlay networks (RFC 6598).
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "::1/128",
];

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("cannot use {file} in the data folder: {source}")]
    Io { file: &'static str, source: io::Error },
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

/// The authority: its certificate, to be installed on phones, and the key that signs ours.
pub struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate chain and its key, both PEM.
pub struct Leaf {
    pub chain_pem: String,
    pub key_pem: String,
}

impl Authority {
    /// Reads the authority from `data_dir`, or makes one. `now_secs`: seconds since 1970.
    ///
    /// # Errors
    /// When its files can be neither read nor written.
    pub fn open(data_dir: &Path, now_secs: u64) -> Result<Self, AuthorityError> {
        let cert = std::fs::read_to_string(data_dir.join(CERT_FILE));
        let key = std::fs::read_to_string(data_dir.join(KEY_FILE));
        match (cert, key) {
            (Ok(pem), Ok(key)) => {
                // What is signed names its issuer and key identifier only, so the dates of these parameters play no part.
                let issuer = Issuer::new(parameters(now_secs)?, KeyPair::from_pem(&key)?);
                Ok(Self { pem, issuer })
            }
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Self::create(data_dir, now_secs),
            (_, Err(error)) if error.kind() == io::ErrorKind::NotFound => Self::create(data_dir, now_secs),
            (Err(source), _) => Err(AuthorityError::Io {
                file: CERT_FILE,
                source,
            }),
            (_, Err(source)) => Err(AuthorityError::Io { file: KEY_FILE, source }),
        }
    }

    /// The certificate that phones install.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for this machine under the private ones of `addresses`, `localhost` and its own name.
    ///
    /// # Errors
    /// When the key cannot sign.
    pub fn leaf(&self, addresses: &[IpAddr], now_secs: u64) -> Result<Leaf, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut names = vec![SanType::DnsName("localhost".try_into()?)];
        let loopback = ["127.0.0.1", "::1"].into_iter().filter_map(|ip| ip.parse().ok());
        names.extend(
            addresses
                .iter()
                .copied()
                .filter(|ip| is_private(*ip))
                .chain(loopback)
                .map(SanType::IpAddress),
        );
        let mut params = CertificateParams::default();
        params.subject_alt_names = names;
        params.distinguished_name = name("Farhand on this network");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        lives(&mut params, now_secs, LEAF_LIFE);
        let leaf = params.signed_by(&key, &self.issuer)?;
        Ok(Leaf {
            chain_pem: format!("{}{}", leaf.pem(), self.pem),
            key_pem: key.serialize_pem(),
        })
    }

    fn create(data_dir: &Path, now_secs: u64) -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let params = parameters(now_secs)?;
        let pem = params.self_signed(&key)?.pem();
        write(data_dir, KEY_FILE, &key.serialize_pem())?;
        write(data_dir, CERT_FILE, &pem)?;
        Ok(Self {
            pem,
            issuer: Issuer::new(params, key),
        })
    }
}

fn parameters(now_secs: u64) -> Result<CertificateParams, rcgen::Error> {
    let mut subtrees = Vec::new();
    for net in private_networks() {
        subtrees.push(GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(
            net.addr(),
            net.prefix_len(),
        )));
    }
    for domain in ["localhost", "local"] {
        subtrees.push(GeneralSubtree::DnsName(domain.to_owned()));
    }
    let mut params = CertificateParams::default();
    params.distinguished_name = name("Farhand local authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: subtrees,
        excluded_subtrees: Vec::new(),
    });
    lives(&mut params, now_secs, CA_LIFE);
    Ok(params)
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name.push(DnType::OrganizationName, "Farhand");
    name
}

fn lives(params: &mut CertificateParams, now_secs: u64, life: Duration) {
    let now = date_time_ymd(1970, 1, 1) + Duration::from_secs(now_secs);
    params.not_before = now - CLOCK_SKEW;
    params.not_after = now + life;
}

fn private_networks() -> impl Iterator<Item = IpNet> {
    PRIVATE.into_iter().filter_map(|net| net.parse().ok())
}

/// Whether the home-made authority may speak for this address.
pub fn is_private(ip: IpAddr) -> bool {
    private_networks().any(|net| net.contains(&ip))
}

fn write(data_dir: &Path, file: &'static str, text: &str) -> Result<(), AuthorityError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(data_dir.join(file))
        .and_then(|mut open| open.write_all(text.as_bytes()));
    written.map_err(|source| AuthorityError::Io { file, source })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, UnixTime};

    use super::*;

    const NOW: u64 = 1_800_000_000;

    /// Whether a phone that has installed `authority` accepts `chain` as `host` at `now`.
    fn accepts(authority: &Authority, chain: &str, host: &str, now: u64) -> bool {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap())
            .unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .unwrap();
        let leaf = CertificateDer::from_pem_slice(chain.as_bytes()).unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
        verifier
            .verify_server_cert(&leaf, &[], &host.try_into().unwrap(), &[], now)
            .is_ok()
    }

    #[test]
    fn the_certificate_covers_this_machine_for_a_year_and_no_public_address() {
        let dir = tempfile::tempdir().unwrap();
        let authority = Authority::open(dir.path(), NOW).unwrap();
        let addresses = ["192.168.1.5", "fd00::5", "203.0.113.9"].map(|ip| ip.parse().unwrap());
        let leaf = authority.leaf(&addresses, NOW).unwrap();
        for (host, expected) in [
            ("localhost", true),
            ("192.168.1.5", true),
            ("fd00::5", true),
            ("127.0.0.1", true),
            ("203.0.113.9", false),
            ("192.168.1.6", false),
        ] {
            assert_eq!(accepts(&authority, &leaf.chain_pem, host, NOW), expected, "{host}");
        }
        let next_year = NOW + LEAF_LIFE.as_secs() + 1;
        assert!(!accepts(&authority, &leaf.chain_pem, "localhost", next_year));
    }

    #[test]
    fn a_stolen_authority_cannot_speak_for_public_sites() {
        let dir = tempfile::tempdir().unwrap();
        let authority = Authority::open(dir.path(), NOW).unwrap();
        for (host, expected) in [("printer.local", true), ("bank.example.com", false)] {
            let mut params = CertificateParams::new([host.to_owned()]).unwrap();
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
            let forged = params
                .signed_by(&KeyPair::generate().unwrap(), &authority.issuer)
                .unwrap();
            assert_eq!(accepts(&authority, &forged.pem(), host, NOW), expected, "{host}");
        }
    }

    #[test]
    fn an_authority_read_again_signs_for_the_one_that_was_installed() {
        let dir = tempfile::tempdir().unwrap();
        let installed = Authority::open(dir.path(), NOW).unwrap();
        let again = Authority::open(dir.path(), NOW + 1000).unwrap();
        assert_eq!(installed.pem(), again.pem());
        let leaf = again.leaf(&[], NOW + 1000).unwrap();
        assert!(accepts(&installed, &leaf.chain_pem, "localhost", NOW + 1000));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(dir.path().join(KEY_FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
