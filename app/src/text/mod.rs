//! Every sentence of the pages, in English. Another language is another set of these modules with the same names.
//!
//! Rules: say what happened, what we are doing, and what the person can do; no codes, no blame, short words.

pub mod agent;
pub mod agent_account;
pub mod agent_call;
pub mod arrival;
pub mod camera;
pub mod chat;
pub mod customer;
pub mod duration;
pub mod handover;
pub mod help;
pub mod http;
pub mod ink;
pub mod network;
pub mod notices;
pub mod photo;
pub mod quality;
pub mod rating;
pub mod record;
pub mod refusals;
pub mod still;
pub mod visits;

use std::borrow::Cow;

/// What happened, and what to do next. Neither is ever empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// What happened.
    pub what: Cow<'static, str>,
    /// What to do next.
    pub next: Cow<'static, str>,
}

impl Say {
    /// Two fixed sentences.
    pub const fn new(what: &'static str, next: &'static str) -> Self {
        Self {
            what: Cow::Borrowed(what),
            next: Cow::Borrowed(next),
        }
    }
}

/// One step of written help: the name of its drawing in `style/steps.svg`, and the words.
pub type Step = (&'static str, &'static str);

/// The agent, by name where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent(pub Option<String>);

impl Agent {
    /// At the start of a sentence.
    pub fn first(&self) -> &str {
        self.0.as_deref().unwrap_or("Your agent")
    }

    /// Inside of a sentence.
    pub fn inner(&self) -> &str {
        self.0.as_deref().unwrap_or("your agent")
    }
}
