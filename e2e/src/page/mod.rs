//! One person in front of one page: looks, presses, writes, waits. Every wait ends with what was seen instead.

mod files;
mod ink;
pub mod keyboard;
mod layout;
mod media;
mod still;
mod windows;

pub use files::Chosen;
pub use ink::{Layer, LiveInk, Ring, Spot};
pub use layout::{MOUSE, THUMB, Window};

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    browser::{Browser, Kind},
    evidence::Evidence,
    find::{LIBRARY, Thing, button, choice, field},
    see::{self, PATIENCE},
};

/// A person with a browser.
pub struct Page {
    who: String,
    browser: Browser,
    evidence: Evidence,
}

impl Page {
    /// Somebody called `who` sits down in front of a browser.
    pub async fn start(who: &str, kind: Kind, evidence: &Evidence) -> Self {
        Self {
            who: who.to_owned(),
            browser: Browser::start(kind).await,
            evidence: evidence.clone(),
        }
    }

    /// Somebody gets up; the browser is the next one's.
    pub async fn gives_browser_back(self) {
        self.browser.rest().await;
    }

    pub fn who(&self) -> &str {
        &self.who
    }

    /// The browser itself, for what happens to it and not in it.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Types an address.
    pub async fn open(&self, address: &str) {
        let opened = self.browser.driver.goto(address).await;
        opened.unwrap_or_else(|error| panic!("{} cannot open {address}: {error}", self.who));
    }

    pub async fn reload(&self) {
        let reloaded = self.browser.driver.refresh().await;
        reloaded.unwrap_or_else(|error| panic!("{} cannot reload: {error}", self.who));
    }

    /// The address in the bar.
    pub async fn address(&self) -> String {
        match self.browser.driver.current_url().await {
            Ok(address) => address.to_string(),
            Err(error) => panic!("{} has no address: {error}", self.who),
        }
    }

    /// Closes the tab and opens an empty one in the same browser, with its cookies and storage.
    pub async fn close_tab(&self) {
        let driver = &self.browser.driver;
        let swap = async {
            let old = driver.window().await?;
            let new = driver.new_tab().await?;
            driver.switch_to_window(old).await?;
            driver.close_window().await?;
            driver.switch_to_window(new).await
        };
        swap.await
            .unwrap_or_else(|error| panic!("{} cannot close the tab: {error}", self.who));
    }

    /// Presses something as soon as it is there and can be pressed.
    pub async fn press(&self, thing: Thing) {
        let mut refusal = String::new();
        let pressed = see::until(PATIENCE, async || {
            let found = thing.usable(&self.browser.driver).await.ok()??;
            match found.click().await {
                Ok(()) => Some(()),
                // It moved, was covered or was drawn anew: bring it to the middle of the screen and look again.
                Err(error) => {
                    refusal = error.to_string();
                    let middle = "arguments[0].scrollIntoView({ block: 'center' });";
                    let argument = vec![found.to_json().ok()?];
                    self.browser.driver.execute(middle, argument).await.ok()?;
                    None
                }
            }
        });
        if pressed.await.is_err() {
            self.give_up(&format!("to press {thing} {refusal}")).await;
        }
    }

    /// Presses the button of this name.
    pub async fn press_button(&self, name: &str) {
        self.press(button(name)).await;
    }

    /// Replaces what is in the field of this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let thing = field(label);
        let filled = see::until(PATIENCE, async || {
            let found = thing.usable(&self.browser.driver).await.ok()??;
            found.clear().await.ok()?;
            found.send_keys(text).await.ok()
        });
        if filled.await.is_err() {
            self.give_up(&format!("to fill {thing}")).await;
        }
    }

    /// Picks `option` from the list of choices of this label.
    pub async fn choose(&self, label: &str, option: &str) {
        self.press(Thing::new("option", option).within(choice(label))).await;
    }

    /// Presses a key or types text where the focus is.
    pub async fn keys(&self, text: &str) {
        let typed = self.browser.driver.action_chain().send_keys(text).perform().await;
        typed.unwrap_or_else(|error| panic!("{} cannot type: {error}", self.who));
    }

    /// Presses a key while others are held, such as Control.
    pub async fn chord(&self, held: &[char], key: &str) {
        let chain = self.browser.driver.action_chain();
        let down = held
            .iter()
            .fold(chain, |chain, one| chain.key_down(*one))
            .send_keys(key);
        let pressed = held.iter().fold(down, |chain, one| chain.key_up(*one)).perform().await;
        pressed.unwrap_or_else(|error| panic!("{} cannot type: {error}", self.who));
    }

    /// Waits until it is there.
    pub async fn sees(&self, thing: Thing) {
        self.sees_within(PATIENCE, thing).await;
    }

    /// Waits until it is there, for at most `patience`.
    pub async fn sees_within(&self, patience: Duration, thing: Thing) {
        let seen = see::until(patience, async || self.sees_now(&thing).await.then_some(()));
        if seen.await.is_err() {
            self.give_up(&format!("for {thing}")).await;
        }
    }

    /// Waits until it is gone.
    pub async fn sees_no_more(&self, thing: Thing) {
        let gone = see::until(PATIENCE, async || {
            let left = thing.all(&self.browser.driver).await.ok()?;
            left.is_empty().then_some(())
        });
        if gone.await.is_err() {
            self.give_up(&format!("for {thing} to go away")).await;
        }
    }

    /// Whether it is there at this moment.
    pub async fn sees_now(&self, thing: &Thing) -> bool {
        thing
            .all(&self.browser.driver)
            .await
            .is_ok_and(|found| !found.is_empty())
    }

    /// Whether it is there and can be used at this moment.
    pub async fn can_use_now(&self, thing: &Thing) -> bool {
        thing
            .usable(&self.browser.driver)
            .await
            .is_ok_and(|found| found.is_some())
    }

    /// Waits until these words stand anywhere on the page.
    pub async fn reads(&self, words: &str) {
        self.reads_within(PATIENCE, words).await;
    }

    /// Waits until these words stand anywhere on the page, for at most `patience`.
    pub async fn reads_within(&self, patience: Duration, words: &str) {
        let read = see::until(patience, async || {
            self.text().await?.contains(&flat(words)).then_some(())
        });
        if read.await.is_err() {
            self.give_up(&format!("to read \"{words}\"")).await;
        }
    }

    /// Waits until these words are gone from the page.
    pub async fn reads_no_more(&self, words: &str) {
        let gone = see::until(PATIENCE, async || {
            (!self.text().await?.contains(&flat(words))).then_some(())
        });
        if gone.await.is_err() {
            self.give_up(&format!("for \"{words}\" to go away")).await;
        }
    }

    /// Waits until `pick` finds something in the page's text, such as a number, and says what.
    pub async fn finds_in_text<T>(&self, what: &str, pick: impl Fn(&str) -> Option<T>) -> T {
        match see::until(PATIENCE, async || pick(&self.text().await?)).await {
            Ok(found) => found,
            Err(_) => self.give_up(&format!("to find {what}")).await,
        }
    }

    /// The text of a thing, once it is there.
    pub async fn text_of(&self, thing: Thing) -> String {
        let text = see::until(PATIENCE, async || {
            let found = thing.all(&self.browser.driver).await.ok()?;
            found.first()?.text().await.ok()
        });
        match text.await {
            Ok(text) => text,
            Err(_) => self.give_up(&format!("to read {thing}")).await,
        }
    }

    /// What stands in the field of this label.
    pub async fn value_of(&self, label: &str) -> String {
        let thing = field(label);
        let value = see::until(PATIENCE, async || {
            let found = thing.all(&self.browser.driver).await.ok()?;
            found.first()?.value().await.ok()?
        });
        match value.await {
            Ok(value) => value,
            Err(_) => self.give_up(&format!("to read {thing}")).await,
        }
    }

    async fn text(&self) -> Option<String> {
        self.try_script("return visibleText();", vec![]).await
    }

    /// Runs a script in the page; `arguments[0]` and on are `arguments`. The functions of `find.js` are there.
    /// Nothing when the page is just being left or the script has no answer of this type.
    pub async fn try_script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Option<T> {
        let script = format!("{LIBRARY}\n{script}");
        self.browser
            .driver
            .execute(script, arguments)
            .await
            .ok()?
            .convert()
            .ok()
    }

    /// Waits until a script answers something else than null, undefined or false.
    pub async fn waits_for<T: DeserializeOwned>(&self, what: &str, script: &str, arguments: Vec<Value>) -> T {
        let answer = see::until(PATIENCE, async || {
            let value: Value = self.try_script(script, arguments.clone()).await?;
            (!value.is_null() && value != Value::Bool(false)).then_some(value)
        });
        let value = match answer.await {
            Ok(value) => value,
            Err(_) => self.give_up(&format!("for {what}")).await,
        };
        serde_json::from_value(value)
            .unwrap_or_else(|error| panic!("{} got an odd answer for {what}: {error}", self.who))
    }

    /// What the page offers, for people who read why a scenario failed.
    pub async fn outline(&self) -> String {
        self.try_script("return outline();", vec![])
            .await
            .unwrap_or_else(|| "(the page does not answer)".to_owned())
    }

    /// Keeps a picture of the screen as evidence.
    pub async fn photograph(&self, caption: &str) {
        self.evidence.photograph(&self.browser, &self.who, caption).await;
    }

    /// A picture of the screen in this file.
    pub async fn screenshot(&self, file: &std::path::Path) {
        let taken = self.browser.driver.screenshot(file).await;
        taken.unwrap_or_else(|error| panic!("no picture of {}: {error}", self.who));
    }

    /// Asserts that axe-core finds nothing to complain about on what is shown now.
    pub async fn is_accessible(&self, screen: &str) {
        let complaints = self
            .evidence
            .check_accessibility(&self.browser, &self.who, screen)
            .await;
        assert!(
            complaints.is_empty(),
            "{}'s screen \"{screen}\" is not accessible:\n{complaints}",
            self.who
        );
    }

    /// The same in the light and in the dark scheme, which have colours of their own. Chromium only.
    pub async fn is_accessible_in_every_light(&self, screen: &str) {
        for scheme in ["light", "dark"] {
            self.wishes(&[("prefers-color-scheme", scheme)]).await;
            // Colours that are still on their way from one scheme to the other are nobody's.
            let settled = "return !document.getAnimations().some((each) => each instanceof CSSTransition);";
            self.waits_for::<bool>("the colours to settle", settled, vec![]).await;
            self.is_accessible(&format!("{screen}, {scheme}")).await;
        }
    }

    /// Fails the scenario: says what was waited for and what was there instead, and keeps a picture.
    pub(crate) async fn give_up(&self, waited: &str) -> ! {
        self.photograph("gave up").await;
        panic!(
            "{} waited in vain {waited}. The page shows:\n{}",
            self.who,
            self.outline().await
        );
    }

    /// Whether the session list of the browser's console has an error; the texts.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.browser.driver.browser_log().await.unwrap_or_default();
        entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .map(|entry| entry.message)
            .collect()
    }
}

/// Runs of blanks count as one, as a browser shows them.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
