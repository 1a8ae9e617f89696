//! The certificate we show: the operator's, or a home-made one for the network around us.

use std::io;
use std::path::Path;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::clock::Clock;
use crate::config::{Config, TlsFiles};
use crate::lan::{self, Authority, AuthorityError};

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
