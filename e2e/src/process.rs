//! Programs that end with the value that owns them, together with all that they started.

use std::{
    fs::File,
    io::Write,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::process::{CommandExt, ExitStatusExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{LazyLock, Mutex, PoisonError},
};

/// A running program and its group of processes.
pub struct Process {
    child: Child,
    name: String,
    log: PathBuf,
}

impl Process {
    /// Starts `command` in a process group of its own; what it prints goes to `log`, after what is there already.
    pub fn start(mut command: Command, log: &Path) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let out = File::options().create(true).append(true).open(log);
        let out = out.unwrap_or_else(|error| panic!("cannot write {}: {error}", log.display()));
        let err = out
            .try_clone()
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", log.display()));
        let child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn();
        let child =
            child.unwrap_or_else(|error| panic!("cannot start {name}: {error}; `scripts/setup test` installs it"));
        Self {
            child,
            name,
            log: log.to_owned(),
        }
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// All it has printed so far.
    pub fn printed(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// `kill -9` for it and all that it started: no last words, no flushing.
    pub fn kill(&mut self) {
        self.signal("KILL");
        // Waiting reaps it; the outcome is known.
        let _ = self.child.wait();
    }

    /// Asks it to stop as a service manager does, and says how it ended.
    pub fn stop(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.child.wait().unwrap_or_else(|_| ExitStatus::from_raw(-1))
    }

    /// Holds it still (`STOP`) or lets it go on (`CONT`), or any other signal by name.
    pub fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        // A group that is gone already is as good as one that was ended.
        let _ = Command::new("kill")
            .args(["-s", signal, "--", &group])
            .stderr(Stdio::null())
            .status();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ended().is_none() {
            self.kill();
        }
    }
}

/// Reads lines of a process group, its program's name and its folder until whoever writes them is gone. What still is the
/// same program then is ended, and its folder removed.
const UNDERTAKER: &str = r#"
while read -r group name folder; do set -- "$@" "$group" "$name" "$folder"; done
left=
while [ $# -gt 0 ]; do
    if kill -0 "$1" && [ "$(ps -o comm= -p "$1")" = "$2" ]; then
        kill -s KILL -- "-$1"
        left="$left $3"
    fi
    shift 3
done
rm -rf $left
"#;

fn undertaker() -> Child {
    let shell = Command::new("sh")
        .args(["-c", UNDERTAKER])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    shell.unwrap_or_else(|error| panic!("cannot start sh: {error}"))
}

/// For a process that a static may own, which nobody drops: it and its folder go when this program ends, however it ends.
pub(crate) fn end_with_this_program(process: &Process, folder: &Path) {
    static LINE: LazyLock<Mutex<Option<ChildStdin>>> = LazyLock::new(|| Mutex::new(undertaker().stdin.take()));
    let line = LINE.lock().unwrap_or_else(PoisonError::into_inner);
    let told = line.as_ref().map(|line| tell(line, process, folder));
    assert!(
        matches!(told, Some(Ok(()))),
        "nobody would end {}: {told:?}",
        process.name
    );
}

fn tell(mut line: &ChildStdin, process: &Process, folder: &Path) -> std::io::Result<()> {
    writeln!(line, "{} {} {}", process.child.id(), process.name, folder.display())
}

/// A TCP port nobody listens on at this moment.
///
/// Two people of one program never get the same one.
pub fn free_port() -> u16 {
    static GIVEN: Mutex<Vec<u16>> = Mutex::new(Vec::new());
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let port = some_port();
        if !given.contains(&port) {
            given.push(port);
            return port;
        }
    }
}

fn some_port() -> u16 {
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let port = TcpListener::bind(any)
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port());
    port.unwrap_or_else(|error| panic!("no free port: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_process_is_gone_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "tail -f /dev/null & echo $!; wait"]);
        let process = Process::start(command, &folder.path().join("log"));
        let pid = loop {
            if let Some(pid) = process.printed().lines().next().map(str::to_owned) {
                break pid;
            }
            std::thread::yield_now();
        };
        drop(process);
        assert_is_gone(&pid);
    }

    #[test]
    fn what_a_program_leaves_behind_is_ended_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let start = |name: &str| {
            let own = folder.path().join(name);
            std::fs::create_dir(&own).unwrap();
            let mut command = Command::new("tail");
            command.args(["-f", "/dev/null"]);
            (Process::start(command, &own.join("log")), own)
        };
        let ((left, lefts), (mut ended, others), (mut stranger, strangers)) =
            (start("left"), start("ended"), start("stranger"));
        let mut undertaker = undertaker();
        let line = undertaker.stdin.take().unwrap();
        tell(&line, &left, &lefts).unwrap();
        tell(&line, &ended, &others).unwrap();
        // Another program has got this number since.
        writeln!(&line, "{} chromedriver {}", stranger.child.id(), strangers.display()).unwrap();
        ended.kill();
        drop(line);
        undertaker.wait().unwrap();
        assert_is_gone(&left.child.id().to_string());
        assert!(!lefts.exists() && others.exists() && strangers.exists());
        assert_eq!(stranger.ended(), None);
    }

    fn assert_is_gone(pid: &str) {
        let state = Command::new("ps")
            .args(["-o", "stat=", "-p", pid])
            .output()
            .unwrap()
            .stdout;
        // Where nobody collects orphans, a dead one stays listed as Z.
        assert!(
            state.is_empty() || state.starts_with(b"Z"),
            "still there: {}",
            String::from_utf8_lossy(&state)
        );
    }
}
