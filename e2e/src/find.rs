//! Things on a page, named as people name them: by role and accessible name, never by a class or an id.

use serde_json::{Value, json};
use thirtyfour::{WebDriver, WebElement, error::WebDriverResult};

/// The functions that `find.js` brings into a page, to be put before a script that uses them.
pub(crate) const LIBRARY: &str = include_str!("find.js");

/// A thing to look for.
#[derive(Debug, Clone)]
pub struct Thing {
    role: &'static str,
    name: Option<String>,
    exact: bool,
    within: Option<Box<Thing>>,
}

impl Thing {
    /// A thing of an ARIA role whose whole name is `name`; case and runs of blanks do not matter.
    pub fn new(role: &'static str, name: &str) -> Self {
        Self {
            role,
            name: Some(name.to_owned()),
            exact: true,
            within: None,
        }
    }

    /// Any thing of a role.
    pub fn any(role: &'static str) -> Self {
        Self {
            role,
            name: None,
            exact: false,
            within: None,
        }
    }

    /// The name need only contain the given words.
    pub fn loosely(mut self) -> Self {
        self.exact = false;
        self
    }

    /// Only inside of `place`.
    pub fn within(mut self, place: Thing) -> Self {
        self.within = Some(Box::new(place));
        self
    }

    fn to_json(&self) -> Value {
        let within = self.within.as_ref().map(|place| place.to_json());
        json!({ "role": self.role, "name": self.name, "exact": self.exact, "within": within })
    }

    /// All such things that can be perceived now, in page order.
    pub(crate) async fn all(&self, driver: &WebDriver) -> WebDriverResult<Vec<WebElement>> {
        let script = format!("{LIBRARY}\nreturn findAll(arguments[0]);");
        driver.execute(script, vec![self.to_json()]).await?.elements()
    }

    /// The first such thing, if it can also be used now.
    pub(crate) async fn usable(&self, driver: &WebDriver) -> WebDriverResult<Option<WebElement>> {
        let script = format!("{LIBRARY}\nreturn findAll(arguments[0]).filter(isEnabled).slice(0, 1);");
        let found = driver.execute(script, vec![self.to_json()]).await?.elements()?;
        Ok(found.into_iter().next())
    }
}

impl std::fmt::Display for Thing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{} \"{name}\"", self.role)?,
            None => write!(f, "any {}", self.role)?,
        }
        match &self.within {
            Some(place) => write!(f, " in {place}"),
            None => Ok(()),
        }
    }
}

pub fn button(name: &str) -> Thing {
    Thing::new("button", name)
}

pub fn link(name: &str) -> Thing {
    Thing::new("link", name)
}

pub fn heading(name: &str) -> Thing {
    Thing::new("heading", name)
}

/// Something to switch on and off.
pub fn switch(name: &str) -> Thing {
    Thing::new("switch", name)
}

/// A text field, by its label.
pub fn field(label: &str) -> Thing {
    Thing::new("textbox", label)
}

pub fn checkbox(label: &str) -> Thing {
    Thing::new("checkbox", label)
}

pub fn radio(label: &str) -> Thing {
    Thing::new("radio", label)
}

/// A list of choices, by its label.
pub fn choice(label: &str) -> Thing {
    Thing::new("combobox", label)
}

pub fn tab(name: &str) -> Thing {
    Thing::new("tab", name)
}

pub fn dialog(name: &str) -> Thing {
    Thing::new("dialog", name)
}

pub fn region(name: &str) -> Thing {
    Thing::new("region", name)
}

/// A moving picture, by its label. Not an ARIA role: browsers have none for it.
pub fn video(label: &str) -> Thing {
    Thing::new("video", label)
}

/// An entry of a menu.
pub fn entry(name: &str) -> Thing {
    Thing::new("menuitem", name)
}
