//! The `farhand` program as an operator meets it: it starts, says where it is, refuses what makes no sense, and ends
//! when told to.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

fn farhand(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farhand"));
    command
        .env_clear()
        .env("FARHAND_DATA_DIR", data)
        .env("FARHAND_LISTEN", "127.0.0.1:0")
        .env("FARHAND_TURN", "off");
    command
}

/// A running program that does not outlive its test.
struct Running {
    child: Child,
    /// What it printed until it was ready.
    banner: String,
    address: String,
    _data: TempDir,
}

impl Running {
    fn start(change: impl FnOnce(&mut Command)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = farhand(data.path());
        change(&mut command);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut banner = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            banner.push_str(&line);
            banner.push('\n');
            if line.contains("Ctrl-C") {
                break;
            }
        }
        let customers = banner.lines().find(|line| line.contains("Customers"));
        let Some(address) = customers.and_then(|line| line.split_whitespace().last()) else {
            let mut log = String::new();
            child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
            panic!("farhand did not start: {banner}{log}");
        };
        Self {
            address: address.trim_end_matches('/').to_owned(),
            child,
            banner,
            _data: data,
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

#[tokio::test]
async fn it_says_where_it_is_serves_and_ends_cleanly_when_told_to() {
    for signal in ["TERM", "INT"] {
        let mut running = Running::start(|command| {
            command.args(["--log-format", "json"]);
        });
        assert!(
            running.banner.contains(&format!("{}/agent", running.address)),
            "{}",
            running.banner
        );

        // The client keeps its connection open, as browsers do; that must not hold the program back.
        let client = reqwest::Client::new();
        let ready = client.get(format!("{}/readyz", running.address)).send().await.unwrap();
        assert_eq!(
            (ready.status().as_u16(), ready.text().await.unwrap().as_str()),
            (200, "ready\n")
        );

        let told = Instant::now();
        running.signal(signal);
        let status = running.child.wait().unwrap();
        assert!(status.success(), "{signal}: {status}");
        assert!(
            told.elapsed() < Duration::from_secs(8),
            "{signal}: {:?}",
            told.elapsed()
        );

        let mut log = String::new();
        running.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        for line in log.lines() {
            assert!(line.starts_with('{'), "every log line is JSON: {line}");
        }
        assert!(log.contains("\"ready\"") && log.contains("\"stopped\""), "{log}");
    }
}

#[test]
fn the_link_for_the_first_administrator_is_printed_and_never_logged() {
    let mut running = Running::start(|command| {
        command.args(["--log-level", "trace"]);
    });
    let link = running
        .banner
        .split_whitespace()
        .find(|word| word.contains("/agent") && word.contains('#'));
    let (_, secret) = link
        .unwrap_or_else(|| panic!("no link in {}", running.banner))
        .split_once('#')
        .unwrap();
    let secret = secret.rsplit(['=', '/']).next().unwrap().to_owned();
    assert!(secret.len() >= 22, "at least 128 bits: {secret}");
    running.signal("TERM");
    assert!(running.child.wait().unwrap().success());
    let mut log = String::new();
    running.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(!log.contains(&secret), "the log tells the secret");
}

#[test]
fn a_wrong_option_ends_it_before_anything_is_touched() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let refused = run(farhand(&data).env("FARHAND_PIN_TTL", "soon"));
    assert_eq!(refused.status.code(), Some(2));
    let said = text(&refused.stderr);
    assert!(
        said.contains("--pin-ttl") && said.contains("FARHAND_PIN_TTL") && said.contains("10m"),
        "{said}"
    );
    assert!(!data.exists());
}

#[test]
fn a_port_that_is_taken_is_named_with_its_option() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = run(farhand(dir.path()).args(["--listen", &address]));
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("--listen") && said.contains(&address), "{said}");
}

#[test]
fn version_and_help_answer() {
    let dir = tempfile::tempdir().unwrap();
    let version = run(farhand(dir.path()).arg("--version"));
    assert_eq!(
        text(&version.stdout).trim(),
        format!("farhand {}", env!("CARGO_PKG_VERSION"))
    );
    let help = run(farhand(dir.path()).arg("--help"));
    assert!(help.status.success() && text(&help.stdout).contains("FARHAND_LISTEN"));
}

#[test]
fn check_tells_what_works_and_fails_where_something_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let pages = dir.path().join("pages");
    for part in ["customer", "agent"] {
        std::fs::create_dir_all(pages.join(part)).unwrap();
        std::fs::write(pages.join(part).join("index.html"), "page").unwrap();
    }
    let data = dir.path().join("data");
    let good = run(farhand(&data).arg("check").arg("--pages-dir").arg(&pages));
    let table = text(&good.stdout);
    assert!(good.status.success(), "{table}");
    assert!(
        table.contains("ok       data folder") && table.contains("skipped  TURN"),
        "{table}"
    );
    assert!(table.contains("Everything that can be tested works."), "{table}");

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let bad = run(farhand(&data)
        .args(["check", "--listen", &address])
        .arg("--pages-dir")
        .arg(&pages));
    let table = text(&bad.stdout);
    assert_eq!(bad.status.code(), Some(1), "{table}");
    assert!(
        table.contains("failed   address") && table.contains("choose another address with --listen"),
        "{table}"
    );
}
