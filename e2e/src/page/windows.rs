//! Windows that a page opens beside its own.

use super::Page;

impl Page {
    /// From here on everything is done and seen in the window that this page has just opened.
    pub async fn turns_to_the_new_window(&self) {
        let driver = &self.browser().driver;
        let here = driver.window().await.expect("a window");
        let all = driver.windows().await.expect("the windows");
        let new = all.into_iter().find(|window| *window != here).expect("a new window");
        driver.switch_to_window(new).await.expect("the new window");
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
