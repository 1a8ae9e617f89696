//! Ways of picture and sound through other programs than ours: coturn, Firefox.

use std::process::Command;

use farhand_e2e::{
    browser::Kind,
    person::{in_call, in_call_with},
    play_alone,
    process::{Process, free_port},
    sound::Voice,
    stack::Options,
};

#[tokio::test]
async fn private_mode_works_with_coturn_and_the_shared_secret() {
    let secret = "a-secret-shared-with-coturn";
    let port = free_port();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut coturn = Command::new("turnserver");
    coturn.args([
        "-n",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        "--realm=farhand.test",
    ]);
    coturn.args([
        "--use-auth-secret",
        &format!("--static-auth-secret={secret}"),
        "--allow-loopback-peers",
    ]);
    coturn.args([
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--log-file=stdout",
        &format!("--listening-port={port}"),
    ]);
    coturn.current_dir(folder.path());
    let _coturn = Process::start(coturn, &folder.path().join("coturn.log"));
    let options = Options::default()
        .with("ice-policy", "relay")
        .with("turn", "external")
        .with("turn-urls", &format!("turn:127.0.0.1:{port}?transport=udp"))
        .with("turn-secret", secret);
    play_alone("relay by coturn", options, async |stage| {
        let (ana, _cleo) = in_call(stage).await;
        ana.hears(Voice::Phone).await;
    })
    .await;
}

#[tokio::test]
async fn an_agent_with_firefox_sees_the_customer() {
    play_alone("firefox", Options::default(), async |stage| {
        let (ana, _cleo) = in_call_with(stage, Kind::Firefox, Kind::phone()).await;
        ana.photograph("in the call").await;
    })
    .await;
}
