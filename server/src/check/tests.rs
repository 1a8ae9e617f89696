use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;
use crate::clock::Clock;
use crate::config::{EmbeddedTurn, MailConfig, PeerPolicy, Secret, SmsConfig, TurnConfig};
use crate::turn;

fn config() -> (Config, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (Config::for_tests(dir.path()), dir)
}

fn is_ok(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Ok(_))
}

fn problem(outcome: Outcome) -> String {
    match outcome {
        Outcome::Failed { problem, next } => format!("{problem} → {next}"),
        other => panic!("a failure was expected, not {other:?}"),
    }
}

/// A port that was free a moment ago, so that nobody answers there.
async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Answers like a mail server with these replies, one after the other.
async fn mail_server(replies: &'static [&'static str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        for reply in replies {
            write.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
            if lines.next_line().await.unwrap().is_none() {
                return;
            }
        }
    });
    address
}

#[tokio::test]
async fn a_turn_server_is_found_where_it_is_by_udp_and_by_tcp() {
    let (mut config, _dir) = config();
    config.turn = TurnConfig::Embedded(EmbeddedTurn {
        listen: "127.0.0.1:0".parse().unwrap(),
        public_ip: "127.0.0.1".parse().unwrap(),
        relay_ports: 50_000..=60_000,
        peers: PeerPolicy::default(),
    });
    let relaying = turn::set_up(&config, &Clock::system()).await.unwrap();
    let running = relaying.embedded.unwrap();
    let port = running.local_addr().port();
    let external = |urls: Vec<String>| TurnConfig::External {
        urls,
        secret: Secret::new("0123456789abcdef"),
    };

    config.turn = external(vec![
        format!("stun:127.0.0.1:{port}"),
        format!("turn:127.0.0.1:{port}?transport=udp"),
        format!("turn:127.0.0.1:{port}?transport=tcp"),
    ]);
    let found = probes::turn(&config).await;
    assert!(is_ok(&found), "{found:?}");

    config.turn = TurnConfig::Embedded(EmbeddedTurn {
        listen: running.local_addr(),
        public_ip: "127.0.0.1".parse().unwrap(),
        relay_ports: 50_000..=60_000,
        peers: PeerPolicy::default(),
    });
    assert!(problem(probes::turn(&config).await).contains("used by a STUN server already"));
    running.close().await;
    let free = probes::turn(&config).await;
    assert!(is_ok(&free), "{free:?}");

    config.turn = external(vec![format!("turn:127.0.0.1:{}?transport=tcp", closed_port().await)]);
    assert!(problem(probes::turn(&config).await).contains("--turn-urls"));
}

#[tokio::test]
async fn a_mail_server_is_greeted_and_its_password_never_shown() {
    let (mut config, _dir) = config();
    let mut ask = async |address: SocketAddr, login: &str| {
        config.mail = MailConfig::Smtp {
            url: Secret::new(format!("smtp://{login}{address}")),
            from: "help@example.com".to_owned(),
        };
        probes::mail(&config).await
    };
    let good = mail_server(&["220 hello", "250 hello", "250 still here", "221 bye"]).await;
    let greeted = ask(good, "").await;
    assert!(is_ok(&greeted), "{greeted:?}");

    let refusing = mail_server(&[
        "220 hello",
        "250-hello\r\n250 AUTH PLAIN",
        "535 no hunter2 here",
        "221 bye",
    ])
    .await;
    assert!(problem(ask(refusing, "user:hunter3@").await).contains("--smtp-url"));

    let nobody = SocketAddr::from(([127, 0, 0, 1], closed_port().await));
    let said = problem(ask(nobody, "user:hunter3@").await);
    assert!(said.contains("--smtp-url") && !said.contains("hunter3"), "{said}");
}

#[tokio::test]
async fn a_text_message_provider_must_accept_connections() {
    let (mut config, _dir) = config();
    let provider = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let webhook = |port| SmsConfig::Webhook {
        url: format!("http://127.0.0.1:{port}/sms"),
        secret: Secret::new("secret"),
    };
    config.sms = webhook(provider.local_addr().unwrap().port());
    assert!(is_ok(&probes::sms(&config).await));
    config.sms = webhook(closed_port().await);
    assert!(problem(probes::sms(&config).await).contains("--sms-webhook-url"));
}

#[test]
fn an_address_that_phones_cannot_use_is_a_failure() {
    let (mut config, _dir) = config();
    assert!(is_ok(&probes::public_url(&config)), "a laptop may talk to itself");

    config.listen = "0.0.0.0:8080".parse().unwrap();
    assert!(problem(probes::public_url(&config)).contains("--public-url"));
    config.public_url = "http://192.0.2.1:8080".parse().unwrap();
    assert!(problem(probes::public_url(&config)).contains("no browser gives it a camera"));
    config.public_url = "https://192.0.2.1:8080".parse().unwrap();
    assert!(is_ok(&probes::public_url(&config)));
    config.public_url = "https://does-not-exist.invalid".parse().unwrap();
    assert!(problem(probes::public_url(&config)).contains("DNS"));
}

#[test]
fn a_data_folder_that_is_a_file_is_a_failure() {
    let (mut config, dir) = config();
    assert!(is_ok(&probes::data_folder(&config)));
    config.data_dir = dir.path().join("file");
    std::fs::write(&config.data_dir, "").unwrap();
    assert!(problem(probes::data_folder(&config)).contains("--data-dir"));
    assert!(is_ok(&probes::files_folder(&config)));
    config.files.dir = config.data_dir.clone();
    assert!(problem(probes::files_folder(&config)).contains("--files-dir"));
}
