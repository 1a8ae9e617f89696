//! An event the store acknowledged is there after a `kill -9`.
//!
//! The test runs itself again as a child that appends without pause and prints each acknowledged number; the parent
//! kills it after a drawn number of lines, reopens the file and looks.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use farhand_server::store::{EventStore, SessionRow, Store, StoredEvent, sqlite::SqliteStore};
use uuid::Uuid;

type Outcome = Result<(), Box<dyn std::error::Error>>;

const FILE: &str = "FARHAND_TEST_KILLED_STORE";
const SESSION: Uuid = Uuid::from_u128(7);
const ROUNDS: u32 = 10;

fn row(last_at: i64) -> SessionRow {
    SessionRow {
        id: SESSION,
        status: "in_progress".into(),
        mode: "video".into(),
        case_id: None,
        customer_name: None,
        created_by: None,
        agents: Vec::new(),
        created_at: 0,
        last_at,
        ended_at: None,
    }
}

fn event(seq: u64) -> StoredEvent {
    let at_ms = i64::try_from(seq).unwrap_or(i64::MAX);
    StoredEvent {
        seq,
        at_ms,
        by: None,
        cause: None,
        body: format!(r#"{{"n":{seq}}}"#),
    }
}

/// The child: does nothing in an ordinary run, appends for ever when the parent asks.
#[tokio::test]
async fn appends_until_killed() -> Outcome {
    let Some(file) = std::env::var_os(FILE) else {
        return Ok(());
    };
    let store = SqliteStore::open(Path::new(&file)).await?;
    let mut next = store.load(SESSION, 0).await?.last().map_or(1, |event| event.seq + 1);
    loop {
        // Two at a time: a transaction must never be seen half done.
        let events = [event(next), event(next + 1)];
        store.append(&row(events[1].at_ms), next, &events).await?;
        println!("acknowledged {}", next + 1);
        next += 2;
    }
}

#[tokio::test]
async fn every_acknowledged_event_survives_a_kill() -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("farhand.db");
    for round in 0..ROUNDS {
        let acknowledged = run_and_kill(&file, 1 + u32::from(Uuid::new_v4().as_bytes()[0]) % 40)?;

        let store = SqliteStore::open(&file).await?;
        let events = store.load(SESSION, 0).await?;
        let last = events.last().map_or(0, |event| event.seq);
        assert!(
            last >= acknowledged,
            "round {round}: {last} kept, {acknowledged} acknowledged"
        );
        assert_eq!(last % 2, 0, "half a transaction was kept");
        assert_eq!(events, (1..=last).map(event).collect::<Vec<_>>());
        let indexed = store.session(SESSION).await?.map(|row| row.last_at);
        assert_eq!(
            indexed,
            Some(i64::try_from(last)?),
            "the index row is not that of the log"
        );
        store.close().await;
    }
    Ok(())
}

/// Lets a child append until it acknowledged `lines` times, kills it, and says the last number it acknowledged.
fn run_and_kill(file: &Path, lines: u32) -> Result<u64, Box<dyn std::error::Error>> {
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--exact", "appends_until_killed", "--nocapture"])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let (mut acknowledged, mut seen) = (0, 0);
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        // The harness may print its own words before the first number on the same line.
        let Some((_, number)) = line.split_once("acknowledged ") else {
            continue;
        };
        acknowledged = number.trim().parse()?;
        seen += 1;
        if seen == lines {
            child.kill()?; // SIGKILL; what it still printed is read until the pipe ends
        }
    }
    child.wait()?;
    if seen < lines {
        Err("the child ended by itself".into())
    } else {
        Ok(acknowledged)
    }
}
