//! What is kept of a scenario: pictures of the screens, outlines of the pages, the server's log.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::Value;

use crate::browser::Browser;

/// The folder of one scenario below `target/evidence`.
#[derive(Debug, Clone)]
pub struct Evidence {
    folder: PathBuf,
    taken: Arc<AtomicUsize>,
}

impl Evidence {
    /// An empty folder for the scenario `name`; what an earlier run left is thrown away.
    pub fn of(name: &str) -> Self {
        let folder = crate::target_folder("evidence").join(file_name(name));
        // It may not exist yet.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
        Self {
            folder,
            taken: Arc::default(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a text.
    pub fn note(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("cannot keep {}: {error}", path.display());
        }
    }

    /// Keeps a picture of the screen. A browser that is gone leaves none, which must not hide why it is gone.
    pub async fn photograph(&self, browser: &Browser, who: &str, caption: &str) {
        let number = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        let path = self
            .folder
            .join(format!("{number:02}-{}-{}.png", file_name(who), file_name(caption)));
        if let Err(error) = browser.driver.screenshot(&path).await {
            eprintln!("no picture of {who}: {error}");
        }
    }

    /// Runs axe-core on the page as it is now. One line per complaint, and the full report in the folder.
    pub async fn check_accessibility(&self, browser: &Browser, who: &str, screen: &str) -> String {
        let path = crate::root().join("node_modules/axe-core/axe.min.js");
        let axe =
            std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no axe-core; `scripts/setup test` installs it"));
        let run = r"
            const done = arguments[0];
            const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
            axe.run(document, { ...rules, resultTypes: ['violations'] })
                .then((report) => done(report.violations), (error) => done([{ id: String(error), nodes: [] }]));";
        let report = browser.driver.execute_async(format!("{axe}\n{run}"), vec![]).await;
        let report = report.unwrap_or_else(|error| panic!("axe-core did not run on {who}'s page: {error}"));
        let complaints = summary(report.json());
        if !complaints.is_empty() {
            let name = format!("axe-{}-{}.json", file_name(who), file_name(screen));
            self.note(&name, &format!("{:#}", report.json()));
            self.photograph(browser, who, screen).await;
        }
        complaints
    }
}

fn summary(violations: &Value) -> String {
    let lines = violations.as_array().into_iter().flatten().map(|violation| {
        let places = violation["nodes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|node| node["html"].as_str());
        let places: Vec<_> = places.take(3).collect();
        let rule = violation["id"].as_str().unwrap_or_default();
        format!(
            "{rule}: {} {}",
            violation["help"].as_str().unwrap_or_default(),
            places.join(" | ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn file_name(words: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    words.chars().map(safe).take(60).collect()
}
