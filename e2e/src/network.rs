//! Another network for one person's browser, behind a line that can be made narrow: a network namespace of Linux, a pair
//! of virtual cables and the kernel's token bucket. Needs root and iproute2.

use std::{
    net::Ipv4Addr,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    browser::{Chromium, Kind, Screen},
    see,
};

/// A network of its own. It is gone when this is dropped.
pub struct Network {
    name: String,
    near: Ipv4Addr,
    folder: TempDir,
}

impl Network {
    /// Makes a network with an open line to this machine.
    ///
    /// # Errors
    /// What is missing for that, in words.
    pub fn open() -> Result<Self, String> {
        static MADE: AtomicU8 = AtomicU8::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
        // Two runs on one machine at a time get different ones.
        let near = Ipv4Addr::new(10, 200 + number % 50, (process % 250) as u8, 1);
        let network = Self {
            name: format!("farhand-{process}-{number}"),
            near,
            folder,
        };
        network.make()?;
        Ok(network)
    }

    /// The same, or nothing where it cannot be had: the test says so and is over. With `FARHAND_REQUIRE_BROWSERS`
    /// set that is a failure.
    pub fn open_or_skip() -> Option<Self> {
        match Self::open() {
            Ok(network) => Some(network),
            Err(reason) => {
                let required = std::env::var_os("FARHAND_REQUIRE_BROWSERS").is_some();
                assert!(!required, "no network of its own: {reason}");
                eprintln!("SKIPPED: no network of its own: {reason}");
                None
            }
        }
    }

    fn make(&self) -> Result<(), String> {
        let (near, far) = (self.cable(), self.far_cable());
        let inside = |words: &str| run(&format!("ip netns exec {} {words}", self.name));
        run(&format!("ip netns add {}", self.name))?;
        run(&format!(
            "ip link add {near} type veth peer name {far} netns {}",
            self.name
        ))?;
        run(&format!("ip address add {}/24 dev {near}", self.near))?;
        run(&format!("ip link set {near} up"))?;
        inside(&format!("ip address add {}/24 dev {far}", self.far()))?;
        inside(&format!("ip link set {far} up"))?;
        inside("ip link set lo up")?;
        // Both ends of the line, and once for trying: the kernel may lack the bucket.
        self.set_rate(1_000_000)?;
        self.free()
    }

    /// Under this address this machine is reached from the network.
    pub const fn near(&self) -> Ipv4Addr {
        self.near
    }

    fn far(&self) -> Ipv4Addr {
        let [a, b, c, _] = self.near.octets();
        Ipv4Addr::new(a, b, c, 2)
    }

    // Names of interfaces have 15 characters at most.
    fn cable(&self) -> String {
        self.name.replace("farhand-", "fh")
    }

    fn far_cable(&self) -> String {
        self.cable() + "f"
    }

    /// From now on the line carries so many kbit/s each way, behind a queue of 200 ms.
    pub fn limit(&self, kbit: u32) {
        self.set_rate(kbit)
            .unwrap_or_else(|error| panic!("cannot limit the line: {error}"));
    }

    /// From now on the line carries everything.
    pub fn release(&self) {
        self.free()
            .unwrap_or_else(|error| panic!("cannot release the line: {error}"));
    }

    /// Unplugs the line.
    pub fn cut(&self) {
        self.plug("down");
    }

    /// Plugs it in again.
    pub fn mend(&self) {
        self.plug("up");
    }

    fn plug(&self, state: &str) {
        run(&format!("ip link set {} {state}", self.cable())).unwrap_or_else(|error| panic!("the line: {error}"));
    }

    fn set_rate(&self, kbit: u32) -> Result<(), String> {
        self.both(|cable| format!("tc qdisc replace dev {cable} root tbf rate {kbit}kbit burst 4kb latency 200ms"))
    }

    fn free(&self) -> Result<(), String> {
        self.both(|cable| format!("tc qdisc del dev {cable} root"))
    }

    fn both(&self, words: impl Fn(&str) -> String) -> Result<(), String> {
        run(&words(&self.cable()))?;
        run(&format!("ip netns exec {} {}", self.name, words(&self.far_cable())))
    }

    /// Bytes that have come through the line from the network so far, headers and all.
    pub fn bytes_from_inside(&self) -> u64 {
        let file = format!("/sys/class/net/{}/statistics/rx_bytes", self.cable());
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("cannot read {file}: {error}"));
        text.trim().parse().unwrap_or_default()
    }

    /// Asserts that for so long nothing at all comes through the line from the network.
    pub async fn is_silent_for(&self, span: Duration) {
        let before = self.bytes_from_inside();
        let came = see::until(span, async || (self.bytes_from_inside() != before).then_some(()));
        assert!(came.await.is_err(), "something came through the line");
    }

    /// A phone in this network that may use its camera on the pages of `origin`.
    pub fn phone(&self, origin: &str) -> Chromium {
        let mut phone = Chromium {
            launcher: Some(self.launcher()),
            ..Chromium::on(Screen::PHONE)
        };
        phone
            .flags
            .extend([trust(origin), "--remote-debugging-pipe".to_owned()]);
        phone
    }

    /// A laptop outside that takes the pages of `origin` for secure.
    pub fn laptop(origin: &str) -> Kind {
        let mut laptop = Chromium::on(Screen::LAPTOP);
        laptop.flags.push(trust(origin));
        Kind::Chromium(laptop)
    }

    fn launcher(&self) -> PathBuf {
        let file = self.folder.path().join("chromium-inside");
        let script = format!("#!/bin/sh\nexec ip netns exec {} chromium \"$@\"\n", self.name);
        let written = std::fs::write(&file, script)
            .and_then(|()| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
        file
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // The cables go with it.
        let _ = run(&format!("ip netns delete {}", self.name));
    }
}

/// Addresses that are not `localhost` get a camera only by TLS, or if the browser is told to trust them.
fn trust(origin: &str) -> String {
    format!("--unsafely-treat-insecure-origin-as-secure={origin}")
}

/// Runs a command of words without blanks in them.
fn run(words: &str) -> Result<(), String> {
    let mut words = words.split(' ');
    let program = words.next().unwrap_or_default();
    let output = Command::new(program).args(words.clone()).output();
    let output = output.map_err(|error| format!("{program}: {error}; `scripts/setup test` installs it"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "{program} {}: {}",
        words.collect::<Vec<_>>().join(" "),
        said.trim()
    ))
}
