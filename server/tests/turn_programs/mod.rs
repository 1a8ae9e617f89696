//! Programs of other people that tests run: coturn, and Chromium through its driver.

#![allow(dead_code)] // every user uses a part of it

use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr},
    panic::AssertUnwindSafe,
    path::PathBuf,
    process::Stdio,
    time::Duration,
};

use futures_util::FutureExt;
use stun::message::METHOD_BINDING;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::{TcpListener, TcpStream, UdpSocket},
    process::{Child, Command},
    time::timeout,
};

use crate::turn_support::{REALM, SECRET, message, soon};

/// Where a program is. `None`, with the reason printed, if it is absent and nobody insists on running everything.
pub fn program(name: &str, package: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    if found.is_none() {
        let reason = format!("{name} is not on PATH (Debian package {package})");
        assert!(std::env::var_os("FARHAND_REQUIRE_BROWSERS").is_none(), "{reason}");
        // Not by `eprintln!`, whose output nobody sees when the test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
    }
    found
}

/// A coturn on loopback that shares the tests' secret.
pub struct Coturn {
    pub address: SocketAddr,
    process: Child,
    _folder: tempfile::TempDir,
}

impl Coturn {
    /// `None` if it is not installed.
    pub async fn start() -> Option<Self> {
        let turnserver = program("turnserver", "coturn")?;
        // coturn takes no port 0, so one is found and given back just before.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let folder = tempfile::tempdir().unwrap();
        let process = Command::new(turnserver)
            .current_dir(folder.path())
            .args([
                "-n",
                "--no-cli",
                "--no-tls",
                "--no-dtls",
                "--no-multicast-peers",
                "--allow-loopback-peers",
            ])
            .args(["--fingerprint", "--use-auth-secret", "--no-stdout-log", "--simple-log"])
            .arg(format!("--static-auth-secret={SECRET}"))
            .arg(format!("--realm={REALM}"))
            .arg(format!("--listening-ip={}", address.ip()))
            .arg(format!("--listening-port={}", address.port()))
            .arg(format!("--relay-ip={}", address.ip()))
            .arg(format!("--log-file={}", folder.path().join("log").display()))
            .arg(format!("--pidfile={}", folder.path().join("pid").display()))
            .arg(format!("--userdb={}", folder.path().join("db").display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        soon("coturn's start", answers(address)).await;
        Some(Self {
            address,
            process,
            _folder: folder,
        })
    }

    /// Its process, to read what it uses.
    pub fn process_id(&self) -> u32 {
        self.process.id().unwrap_or_default()
    }
}

/// Asks by UDP and TCP until both are answered.
async fn answers(server: SocketAddr) {
    while TcpStream::connect(server).await.is_err() {
        tokio::task::yield_now().await;
    }
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    socket.connect(server).await.unwrap();
    let question = message(METHOD_BINDING, vec![]);
    let mut buffer = [0; 2000];
    loop {
        // Refused while nobody listens, silent while coturn is still setting up.
        let sent = socket.send(&question.raw).await;
        let answer = timeout(Duration::from_millis(100), socket.recv(&mut buffer)).await;
        if let (Ok(_), Ok(Ok(_))) = (sent, answer) {
            return;
        }
    }
}

/// Runs `test` with a headless Chromium that has a fake camera and grants it. Does nothing if Chromium is not installed.
pub async fn with_chromium(test: impl AsyncFnOnce(&WebDriver)) {
    let (Some(chromium), Some(chromedriver)) = (
        program("chromium", "chromium"),
        program("chromedriver", "chromium-driver"),
    ) else {
        return;
    };
    let mut process = Command::new(chromedriver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let output = process.stdout.take().unwrap();
    let mut lines = BufReader::new(output).lines();
    let port = soon("chromedriver's start", async {
        loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver's port");
            let port = line.split_once("started successfully on port ");
            if let Some((_, port)) = port {
                return port.trim_end_matches('.').to_owned();
            }
        }
    })
    .await;
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&chromium.to_string_lossy()).unwrap();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
        .await
        .unwrap();
    driver.set_script_timeout(Duration::from_secs(60)).await.unwrap();
    // The browser has to be told to go even if the test fails, or it stays after its driver.
    let outcome = AssertUnwindSafe(test(&driver)).catch_unwind().await;
    driver.quit().await.unwrap();
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure);
    }
}
