//! The certificate we show: the operator's, or a home-made one for the network around us.
//!
//! The operator's files are looked at again and again, so that a renewed certificate is shown without a restart: calls go
//! on, and the renewing program need not know us. Times and sizes are compared rather than watched, since renewing
//! programs swap links and folders in ways that watching a file does not see.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::time::{MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::config::{Config, TlsFiles};
use crate::lan::{self, Authority, AuthorityError};

/// How often the operator's files are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("{option}: {file}: {problem}")]
    File {
        option: &'static str,
        file: String,
        problem: String,
    },
    #[error("--lan: {0}")]
    Authority(#[from] AuthorityError),
    #[error("--lan: {0}")]
    HomeMade(io::Error),
}

/// Chooses the one cryptography provider of the process. Doing it twice is harmless.
pub fn install_crypto() {
    // The only error says that a provider is installed already, and ours is the only one in the program.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// The certificate to serve with, if the configuration asks for TLS.
pub(super) async fn certificate(config: &Config, clock: &Clock) -> Result<Option<RustlsConfig>, TlsError> {
    if let Some(files) = &config.tls {
        return Ok(Some(RustlsConfig::from_config(Arc::new(check_files(files)?))));
    }
    if !config.lan {
        return Ok(None);
    }
    let now = clock.now_secs();
    let leaf = Authority::open(&config.data_dir, now)?.leaf(&lan::addresses(), now)?;
    let made = RustlsConfig::from_pem(leaf.chain_pem.into_bytes(), leaf.key_pem.into_bytes()).await;
    made.map(Some).map_err(TlsError::HomeMade)
}

/// Reads the operator's files and makes sure that they belong together.
///
/// # Errors
/// [`TlsError::File`] names the option and the file.
pub fn check_files(files: &TlsFiles) -> Result<ServerConfig, TlsError> {
    let wrong = |option, file: &Path, problem: String| TlsError::File {
        option,
        file: file.display().to_string(),
        problem,
    };
    let chain = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| {
            wrong(
                "--tls-cert",
                &files.cert,
                format!("no certificate can be read: {error}"),
            )
        })?;
    if chain.is_empty() {
        return Err(wrong("--tls-cert", &files.cert, "it holds no certificate".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| wrong("--tls-key", &files.key, format!("no private key can be read: {error}")))?;
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| {
            wrong(
                "--tls-key",
                &files.key,
                format!("it does not fit the certificate: {error}"),
            )
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// What a look at the files tells: when they were written, and how long they are.
type Look = [Option<(SystemTime, u64)>; 2];

async fn look(files: &TlsFiles) -> Look {
    let at = async |file: &Path| {
        let data = tokio::fs::metadata(file).await.ok()?;
        Some((data.modified().ok()?, data.len()))
    };
    [at(&files.cert).await, at(&files.key).await]
}

/// Shows what is in the files whenever it has changed, for ever. New connections get the new certificate; those that are
/// open stay as they are. Files that cannot be served (only one of them is written yet, say) change nothing.
pub(super) async fn follow(files: TlsFiles, shown: RustlsConfig) {
    let mut known = look(&files).await;
    let mut timer = interval(LOOK);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        // Looked at before they are read: what is written meanwhile is seen by the next look.
        let now = look(&files).await;
        if now == known {
            continue;
        }
        known = now;
        match check_files(&files) {
            Ok(fresh) => {
                shown.reload_from_config(Arc::new(fresh));
                tracing::info!("the certificate has changed and is shown from now on");
            }
            Err(error) => tracing::warn!(%error, "the changed certificate is not usable; the old one stays"),
        }
    }
}
