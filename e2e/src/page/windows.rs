//! Windows that a page opens beside its own, and frames inside it.

use super::Page;
use crate::{
    find::Thing,
    see::{self, PATIENCE},
};

impl Page {
    /// From here on everything is done and seen in the window that this page has just opened.
    pub async fn turns_to_the_new_window(&self) {
        let driver = &self.browser().driver;
        let here = driver.window().await.expect("a window");
        let all = driver.windows().await.expect("the windows");
        let new = all.into_iter().find(|window| *window != here).expect("a new window");
        driver.switch_to_window(new).await.expect("the new window");
    }

    /// From here on everything is done and seen in the frame of this title.
    pub async fn turns_to_the_frame(&self, title: &str) {
        let (driver, frame) = (&self.browser().driver, Thing::new("iframe", title));
        let found = see::until(PATIENCE, async || {
            let frame = frame.usable(driver).await.ok()??;
            frame.enter_frame().await.ok()
        });
        if found.await.is_err() {
            self.give_up(&format!("for a frame called {title}")).await;
        }
    }

    /// Back from a frame to the page around it.
    pub async fn turns_to_the_page(&self) {
        let driver = &self.browser().driver;
        driver.enter_default_frame().await.expect("the page around the frame");
    }

    /// Closes it and turns to the first one.
    pub async fn closes_the_new_window(&self) {
        let driver = &self.browser().driver;
        driver.close_window().await.expect("the window closes");
        let left = driver.windows().await.expect("the windows");
        let first = left.into_iter().next().expect("the first window");
        driver.switch_to_window(first).await.expect("the first window");
    }
}
