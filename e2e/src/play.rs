//! Playing a scenario: the stage is set, people come, and whatever happens the servers and the tabs go. A failure ends the
//! browsers, too.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::{FutureExt, future::join_all};
use tokio::sync::RwLock;

use crate::{
    browser::{Kind, idle},
    evidence::Evidence,
    page::Page,
    stack::{Options, Stack},
};

/// Where a scenario happens.
pub struct Stage {
    pub stack: Stack,
    evidence: Evidence,
    /// Everybody who has come, so that a failure can show what each of them saw.
    people: Mutex<Vec<Arc<Page>>>,
}

impl Stage {
    /// Somebody comes with a browser.
    pub async fn person(&self, who: &str, kind: Kind) -> Arc<Page> {
        let page = Arc::new(Page::start(who, kind, &self.evidence).await);
        self.people().push(page.clone());
        page
    }

    /// Somebody goes; their browser ends with the last hold on it.
    pub fn goes(&self, who: &Page) {
        self.people().retain(|page| !std::ptr::eq(page.as_ref(), who));
    }

    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    fn people(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Page>>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody has gone; their browsers wait for others.
    async fn browsers_rest(&self) {
        let people = std::mem::take(&mut *self.people());
        join_all(
            people
                .into_iter()
                .filter_map(Arc::into_inner)
                .map(Page::gives_browser_back),
        )
        .await;
    }

    async fn keep_evidence(&self) {
        self.evidence.note("server.log", &self.stack.server.log());
        let people = self.people().clone();
        for person in people {
            person.photograph("at the end").await;
            let console = person.console_errors().await.join("\n");
            let text = format!("{}\n\nconsole errors:\n{console}\n", person.outline().await);
            self.evidence.note(&format!("{}.txt", person.who()), &text);
        }
    }
}

/// Scenarios share the machine, as many at a time as the test program has threads. What measures the machine, or brings
/// more browsers than two of its cores carry beside others, has it for itself.
static MACHINE: RwLock<()> = RwLock::const_new(());

/// Plays `scenario` under `name` against a server with these options, while nothing else is played.
pub async fn play_alone(name: &str, options: Options, scenario: impl AsyncFnOnce(&mut Stage)) {
    let _machine = MACHINE.write().await;
    idle::end();
    perform(name, options, scenario).await;
}

/// Plays `scenario` under `name` against a server with the usual options.
pub async fn play(name: &str, scenario: impl AsyncFnOnce(&mut Stage)) {
    play_with(name, Options::default(), scenario).await;
}

/// Plays `scenario` under `name` against a server with these options.
///
/// After a failure, `target/evidence/NAME` has everybody's screen, what the pages offered and the server's log. A
/// scenario also fails when the server logged an error: nothing that people do may make it say so.
pub async fn play_with(name: &str, options: Options, scenario: impl AsyncFnOnce(&mut Stage)) {
    let _part = MACHINE.read().await;
    perform(name, options, scenario).await;
}

async fn perform(name: &str, options: Options, scenario: impl AsyncFnOnce(&mut Stage)) {
    let evidence = Evidence::of(name);
    let mut stage = Stage {
        stack: Stack::start(options).await,
        evidence,
        people: Mutex::default(),
    };
    let outcome = AssertUnwindSafe(scenario(&mut stage)).catch_unwind().await;
    let errors: Vec<_> = stage
        .stack
        .server
        .log()
        .lines()
        .filter(|line| is_error(line))
        .map(str::to_owned)
        .collect();
    if outcome.is_err() || !errors.is_empty() {
        stage.keep_evidence().await;
    }
    let folder = stage.evidence.folder().display().to_string();
    if outcome.is_ok() {
        stage.browsers_rest().await;
    }
    drop(stage);
    if let Err(failure) = outcome {
        eprintln!("evidence: {folder}");
        std::panic::resume_unwind(failure);
    }
    assert!(
        errors.is_empty(),
        "the server logged errors (evidence: {folder}):\n{}",
        errors.join("\n")
    );
}

/// A line that the server logged as an error, or a panic of one of its tasks.
fn is_error(line: &str) -> bool {
    line.split_whitespace().take(3).any(|word| word == "ERROR") || line.contains("panicked at")
}
