//! The server program under test, in a folder of its own.

use std::{
    net::Ipv4Addr,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    process::{Process, free_port},
    see,
};

/// Time for the server to be ready; it starts in far less.
const START: Duration = Duration::from_secs(20);

/// How a server is to be started: its own options, and what is put around it.
#[derive(Debug, Clone)]
pub struct Options {
    flags: Vec<(String, String)>,
    /// The address that browsers use instead of `localhost`.
    host: Option<Ipv4Addr>,
    pub(super) mail: bool,
    pub(super) sms: bool,
}

impl Default for Options {
    /// A server that sends mail and text messages to the scenario, with the embedded TURN server.
    fn default() -> Self {
        Self {
            flags: vec![
                ("turn-allow-loopback".into(), "yes".into()),
                ("email-domains".into(), "farhand.test".into()),
            ],
            host: None,
            mail: true,
            sms: true,
        }
    }
}

impl Options {
    /// Sets one of the options of `farhand --help`, without the dashes.
    pub fn with(mut self, option: &str, value: &str) -> Self {
        self.flags.retain(|(name, _)| name != option);
        self.flags.push((option.to_owned(), value.to_owned()));
        self
    }

    /// Reached under this address of the machine, from other networks too.
    pub const fn reached_at(mut self, host: Ipv4Addr) -> Self {
        self.host = Some(host);
        self
    }

    /// Without accounts at providers: messages are shown in the outbox.
    pub fn outbox(mut self) -> Self {
        self.mail = false;
        self.sms = false;
        self
    }
}

/// A running server. It ends when this is dropped.
pub struct Server {
    process: Option<Process>,
    port: u16,
    turn_port: u16,
    options: Options,
    folder: TempDir,
}

impl Server {
    /// Starts the program and waits until it is ready.
    pub async fn start(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let mut server = Self {
            process: None,
            port: free_port(),
            turn_port: free_port(),
            options,
            folder,
        };
        server.start_again().await;
        server
    }

    /// Starts it once more on the same port with the same data, and says how long it took to be ready.
    pub async fn start_again(&mut self) -> Duration {
        assert!(self.process.is_none(), "the server is still running");
        let began = Instant::now();
        let mut command = Command::new(program());
        command.current_dir(self.folder.path());
        for (option, value) in self.flags() {
            command.arg(format!("--{option}={value}"));
        }
        let process = self
            .process
            .insert(Process::start(command, &self.folder.path().join("server.log")));
        let ready = format!("http://127.0.0.1:{}/readyz", self.port);
        let ready = see::until(START, async || {
            assert!(
                process.ended().is_none(),
                "the server ended at once:\n{}",
                process.printed()
            );
            let answer = reqwest::get(&ready).await.ok()?;
            answer.status().is_success().then_some(())
        });
        let ready = ready.await;
        assert!(
            ready.is_ok(),
            "the server is not ready after {START:?}:\n{}",
            self.log()
        );
        began.elapsed()
    }

    fn flags(&self) -> Vec<(String, String)> {
        let data = self.folder.path().join("data");
        let listen = self.options.host.map_or(Ipv4Addr::LOCALHOST, |_| Ipv4Addr::UNSPECIFIED);
        let own = [
            ("listen", format!("{listen}:{}", self.port)),
            ("data-dir", data.display().to_string()),
            ("public-url", self.origin()),
            ("turn-listen", format!("127.0.0.1:{}", self.turn_port)),
            ("pages-dir", crate::root().join("dist").display().to_string()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        let mut flags: Vec<_> = own.into_iter().filter(|(name, _)| !self.options.sets(name)).collect();
        flags.extend(self.options.flags.iter().cloned());
        flags
    }

    /// `kill -9`: nothing is said and nothing is written any more.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill();
        }
    }

    /// Stops it as a service manager does; it says goodbye to its clients first. Whether it ended well.
    pub fn stop(&mut self) -> bool {
        self.process.take().is_some_and(|mut process| process.stop().success())
    }

    /// `http://localhost:PORT`: a secure context for browsers, although it is not TLS. With [`Options::reached_at`] that
    /// address, which browsers must be told to trust.
    pub fn origin(&self) -> String {
        match self.options.host {
            Some(host) => format!("http://{host}:{}", self.port),
            None => format!("http://localhost:{}", self.port),
        }
    }

    /// The address of a page, such as `/agent`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn turn_port(&self) -> u16 {
        self.turn_port
    }

    /// All it has printed, from its first start on.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// The one-time link that makes the first administrator, as printed at the first start, once the server answers.
    pub async fn first_admin_link(&self) -> String {
        let printed = async || {
            let log = self.log();
            let mut words = log.split_whitespace();
            let link = words.find(|word| word.contains("/agent") && word.contains('#'));
            link.map(str::to_owned)
        };
        match see::until(START, printed).await {
            Ok(link) => link,
            Err(_) => panic!(
                "the server printed no link for the first administrator:\n{}",
                self.log()
            ),
        }
    }
}

impl Options {
    fn sets(&self, option: &str) -> bool {
        self.flags.iter().any(|(name, _)| name == option)
    }
}

/// The program built last: `FARHAND_BIN`, or the one beside the test that is running.
fn program() -> PathBuf {
    if let Some(given) = std::env::var_os("FARHAND_BIN") {
        return given.into();
    }
    let test = std::env::current_exe().unwrap_or_else(|error| panic!("where is this test? {error}"));
    // target/debug/deps/scenarios-… beside target/debug/farhand
    let program = test
        .ancestors()
        .nth(2)
        .map(|folder| folder.join("farhand"))
        .unwrap_or_default();
    assert!(
        program.exists(),
        "{} is missing; `cargo build -p farhand-server` makes it",
        program.display()
    );
    program
}
