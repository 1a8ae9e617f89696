//! Starting a browser through its WebDriver, and ending both.

use std::{
    path::Path,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver, error::WebDriverResult};

use super::{Chromium, Kind, Permission, chromium, firefox, idle, webkit};
use crate::{
    process::{self, Process, free_port},
    see,
};

/// A cold start on two busy cores.
const START: Duration = Duration::from_secs(45);

/// A running browser. It ends when this is dropped.
pub struct Browser {
    pub(crate) driver: WebDriver,
    kind: Kind,
    // Dropped in this order: first the processes, then the folder they write to.
    process: Process,
    folder: TempDir,
    /// Settings of the whole browser were changed, not only of a page.
    altered: AtomicBool,
    /// The script that keeps permission questions open, by the browser's name for it.
    question: Mutex<Option<String>>,
}

impl Browser {
    /// A browser of this kind that nobody has used, or that has forgotten who did.
    pub async fn start(kind: Kind) -> Self {
        while let Some(browser) = idle::take(&kind) {
            // It may have ended while nobody looked.
            if in_time(browser.driver.windows()).await.is_some() {
                return browser;
            }
        }
        Self::start_new(kind).await
    }

    async fn start_new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let port = free_port();
        let (command, capabilities) = match &kind {
            Kind::Chromium(chromium) => (chromium::driver(port), chromium.capabilities(folder.path())),
            Kind::Firefox => (firefox::driver(port), firefox::capabilities()),
            Kind::WebKit => (webkit::driver(port), webkit::capabilities()),
        };
        let mut process = Process::start(at_home(command, folder.path()), &folder.path().join("driver.log"));
        let address = format!("http://127.0.0.1:{port}");
        let driver = match see::until(START, async || connect(&address, &capabilities, &mut process).await).await {
            Ok(driver) => driver,
            Err(gave_up) => panic!(
                "{} gave no browser within {:?}:\n{}",
                process.name(),
                gave_up.after,
                process.printed()
            ),
        };
        let browser = Self {
            driver,
            kind,
            process,
            folder,
            altered: AtomicBool::new(false),
            question: Mutex::default(),
        };
        browser.prepare().await;
        process::end_with_this_program(&browser.process, browser.folder.path());
        browser
    }

    async fn prepare(&self) {
        // A page that hangs is a failure of its own; a scenario must not wait for it for minutes.
        let limit = Duration::from_secs(30);
        let set = self
            .driver
            .set_page_load_timeout(limit)
            .await
            .and(self.driver.set_script_timeout(limit).await);
        set.unwrap_or_else(|error| panic!("the browser refuses time limits: {error}"));
        if let Kind::Chromium(Chromium { camera, microphone, .. }) = &self.kind {
            for (name, permission) in [("camera", *camera), ("microphone", *microphone)] {
                if permission != Permission::Allowed {
                    self.permit(name, permission, None).await;
                }
            }
        }
    }

    /// Its person is gone: it forgets them and waits for the next one of the same kind, or ends where it cannot be like new.
    pub async fn rest(self) {
        if self.can_be_like_new() && in_time(self.forget_person()).await.is_some() {
            idle::keep(self);
        }
    }

    fn can_be_like_new(&self) -> bool {
        // Flags and launchers name what belongs to one scenario: an address, a network.
        let Kind::Chromium(Chromium { flags, launcher, .. }) = &self.kind else {
            return false;
        };
        flags.is_empty() && launcher.is_none() && !self.altered.load(Ordering::Relaxed)
    }

    /// What a page was told to be ends with its tab. What it stored belongs to the server's port, and every server has
    /// another; only cookies know no ports.
    async fn forget_person(&self) -> WebDriverResult<()> {
        let driver = &self.driver;
        let new = driver.new_tab().await?;
        for old in driver.windows().await?.into_iter().filter(|window| *window != new) {
            driver.switch_to_window(old).await?;
            driver.close_window().await?;
        }
        driver.switch_to_window(new).await?;
        driver.cdp().send_raw("Network.clearBrowserCookies", json!({})).await?;
        // Reading empties it.
        driver.browser_log().await.map(drop)
    }

    /// Sets what the browser says when a page asks for `name` ("camera", "microphone"), for one origin or for all.
    /// Chromium only: others answer as they were started.
    pub async fn permit(&self, name: &str, permission: Permission, origin: Option<&str>) {
        let mut wish = json!({ "permission": { "name": name }, "setting": permission.setting() });
        if let Some(origin) = origin {
            wish["origin"] = json!(origin);
        }
        self.devtools("Browser.setPermission", wish).await;
        match permission {
            Permission::Unanswered => self.keep_questions_open().await,
            Permission::Allowed | Permission::Denied => self.answer_questions().await,
        }
    }

    async fn keep_questions_open(&self) {
        if self.question().is_some() {
            return;
        }
        let script = include_str!("question.js");
        let added = self
            .devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await;
        *self.question() = added["identifier"].as_str().map(str::to_owned);
        self.run(script).await;
    }

    async fn answer_questions(&self) {
        let asked = self.question().take();
        if let Some(identifier) = asked {
            let which = json!({ "identifier": identifier });
            self.devtools("Page.removeScriptToEvaluateOnNewDocument", which).await;
            self.run("window.farhandAnswer?.();").await;
        }
    }

    fn question(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.question.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Runs a script for its effect in the page that is open.
    async fn run(&self, script: &str) {
        let done = self.driver.execute(script, vec![]).await;
        done.unwrap_or_else(|error| panic!("the browser cannot run a script: {error}"));
    }

    /// Runs `script` before anything else in every page that is opened from now on. Chromium only.
    pub async fn before_every_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await;
    }

    /// One command of the Chrome DevTools Protocol. Panics where the browser has none.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Value {
        if method.starts_with("Browser.") || method.starts_with("Storage.") {
            self.altered.store(true, Ordering::Relaxed);
        }
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Holds all of the browser's processes still, as a phone does that sleeps. [`Browser::wake`] lets them go on.
    /// Nothing can be asked of the browser in between.
    pub fn sleep(&self) {
        self.process.signal("STOP");
    }

    pub fn wake(&self) {
        self.process.signal("CONT");
    }

    /// Ends the browser with `kill -9`, as when the phone's battery dies.
    pub fn kill(mut self) {
        self.process.kill();
        self.forget_session();
    }

    /// The driver's session has ended with its process: asking it to end properly would only wait.
    fn forget_session(&self) {
        // Fails only where the session has ended already, which is as good.
        let _ = self.driver.clone().leak();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.process.kill();
        self.forget_session();
    }
}

/// An answer of an idle browser, which comes at once if it comes.
async fn in_time<T>(answer: impl Future<Output = WebDriverResult<T>>) -> Option<T> {
    tokio::time::timeout(Duration::from_secs(10), answer).await.ok()?.ok()
}

/// One try to open a session; the driver may not listen yet.
async fn connect(address: &str, capabilities: &Capabilities, process: &mut Process) -> Option<WebDriver> {
    assert!(
        process.ended().is_none(),
        "{} ended at once:\n{}",
        process.name(),
        process.printed()
    );
    // A connection belongs to the scenario in which it was made, and a browser may outlive that: none is kept.
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(60))
        .pool_max_idle_per_host(0)
        .build();
    let client = client.unwrap_or_else(|error| panic!("no HTTP client: {error}"));
    WebDriver::builder(address, capabilities.clone())
        .client(client)
        .await
        .ok()
}

/// Settings and caches of the browser stay in the person's own folder.
fn at_home(mut command: Command, folder: &Path) -> Command {
    command
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder.join("config"))
        .env("XDG_CACHE_HOME", folder.join("cache"));
    command.env("TMPDIR", folder);
    command
}
