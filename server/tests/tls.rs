//! Farhand over TLS: with the home-made authority of `--lan`, and with an operator's own files.

use std::path::Path;

use farhand_server::clock::Clock;
use farhand_server::config::{Config, TlsFiles};
use farhand_server::serve::{self, Server};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client};

async fn start(data: &Path, change: impl FnOnce(&mut Config)) -> Result<Server, serve::ServeError> {
    let mut config = Config::for_tests(data);
    change(&mut config);
    serve::start(config, Clock::system()).await
}

fn trusting(pem: &[u8]) -> Client {
    serve::install_crypto();
    Client::builder()
        .tls_certs_only([Certificate::from_pem(pem).unwrap()])
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_phone_that_installed_the_authority_trusts_the_server_after_every_restart() {
    let data = tempfile::tempdir().unwrap();
    let mut installed = None;
    for _ in 0..2 {
        let server = start(data.path(), |config| config.lan = true).await.unwrap();
        let port = server.address().port();
        let pem = installed.get_or_insert_with(|| std::fs::read(data.path().join("lan-ca.pem")).unwrap());
        for host in ["localhost", "127.0.0.1"] {
            let answer = trusting(pem)
                .get(format!("https://{host}:{port}/healthz"))
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 200, "{host}");
        }
        let fetched = trusting(pem)
            .get(format!("https://localhost:{port}/ca.crt"))
            .send()
            .await
            .unwrap();
        assert_eq!(fetched.headers()["content-type"], "application/x-x509-ca-cert");
        assert_eq!(fetched.bytes().await.unwrap(), pem.as_slice());

        let stranger = trusting(self_signed().cert.pem().as_bytes());
        assert!(
            stranger
                .get(format!("https://localhost:{port}/healthz"))
                .send()
                .await
                .is_err()
        );
        server.stop().await.unwrap();
    }
}

#[tokio::test]
async fn without_lan_there_is_no_authority_to_install() {
    let data = tempfile::tempdir().unwrap();
    let server = start(data.path(), |_| {}).await.unwrap();
    let answer = reqwest::get(format!("http://{}/ca.crt", server.address()))
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
    server.stop().await.unwrap();
}

fn self_signed() -> CertifiedKey<rcgen::KeyPair> {
    generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

fn write(data: &Path, cert: &CertifiedKey<rcgen::KeyPair>, key: &CertifiedKey<rcgen::KeyPair>) -> TlsFiles {
    let files = TlsFiles {
        cert: data.join("cert.pem"),
        key: data.join("key.pem"),
    };
    std::fs::write(&files.cert, cert.cert.pem()).unwrap();
    std::fs::write(&files.key, key.signing_key.serialize_pem()).unwrap();
    files
}

#[tokio::test]
async fn the_operators_certificate_is_the_one_that_is_shown() {
    let data = tempfile::tempdir().unwrap();
    let own = self_signed();
    let files = write(data.path(), &own, &own);
    let server = start(data.path(), |config| {
        config.tls = Some(files);
        config.public_url = "https://localhost:8443".parse().unwrap();
    })
    .await
    .unwrap();
    let client = trusting(own.cert.pem().as_bytes());
    let answer = client
        .get(format!("https://localhost:{}/healthz", server.address().port()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.headers().contains_key("strict-transport-security"));
    server.stop().await.unwrap();
}

/// Whether the server shows the certificate that this client trusts.
async fn shows(server: &Server, client: &Client) -> bool {
    let address = format!("https://localhost:{}/healthz", server.address().port());
    client.get(address).send().await.is_ok()
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_without_a_restart_and_half_a_renewal_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let (first, second) = (self_signed(), self_signed());
    let files = write(data.path(), &first, &first);
    let server = start(data.path(), |config| config.tls = Some(files.clone()))
        .await
        .unwrap();
    // One client for each certificate and try, since an open connection keeps the certificate that it has.
    let trusts = |own: &CertifiedKey<rcgen::KeyPair>| trusting(own.cert.pem().as_bytes());
    assert!(shows(&server, &trusts(&first)).await);
    assert!(!shows(&server, &trusts(&second)).await);

    // A new certificate beside the old key does not fit, and the old one stays.
    std::fs::write(&files.cert, second.cert.pem()).unwrap();
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(100));
    for _ in 0..30 {
        looks.tick().await;
        assert!(shows(&server, &trusts(&first)).await);
    }
    write(data.path(), &second, &second);
    let renewed = async {
        while !shows(&server, &trusts(&second)).await {
            looks.tick().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), renewed)
        .await
        .expect("the renewed certificate");
    assert!(!shows(&server, &trusts(&first)).await);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn files_that_do_not_belong_together_are_refused_by_name() {
    let data = tempfile::tempdir().unwrap();
    let files = write(data.path(), &self_signed(), &self_signed());
    let refused = start(data.path(), |config| config.tls = Some(files.clone()))
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(
        refused.contains("--tls-key") && refused.contains("key.pem"),
        "{refused}"
    );

    std::fs::write(&files.cert, "nonsense").unwrap();
    let refused = start(data.path(), |config| config.tls = Some(files))
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(
        refused.contains("--tls-cert") && refused.contains("cert.pem"),
        "{refused}"
    );
}
