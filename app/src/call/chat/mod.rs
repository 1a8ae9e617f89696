//! Writing to each other, the same on both pages: [`Talk`] is the conversation with its composer; the customer has it in
//! a [`Sheet`], the agent in a tab.
//!
//! Readers hear of new messages from one place, [`Chat::watch`], whether the chat is open or not; so the log itself is
//! not live, or everything would be said twice.

mod attach;
mod composer;
mod file_card;
mod latest;
pub mod lines;
mod message;
mod sheet;
mod talk;

pub use latest::Latest;
pub use sheet::{ChatButton, Sheet, Unread};
pub use talk::Talk;

use crate::engine::use_engine;
use crate::plain::arrivals::{Arrivals, Speak};
use crate::platform::clock::Clock;
use crate::platform::timer::Timeout;
use crate::text::chat as words;
use crate::widgets::Announcer;
use farhand_shared::client::View;
use farhand_shared::id::Seq;
use farhand_shared::role::Role;
use farhand_shared::session::{Message, Session};
use leptos::prelude::*;

/// What this page knows of its chat beyond the session. Copied freely.
#[derive(Clone, Copy)]
pub struct Chat {
    /// It is open (the customer's sheet) or chosen (the agent's tab).
    pub open: RwSignal<bool>,
    /// What is being written.
    pub draft: RwSignal<String>,
    /// Shown on this page up to here.
    read: RwSignal<Seq>,
}

/// The chat that the page has started.
pub fn use_chat() -> Chat {
    expect_context::<Chat>()
}

impl Chat {
    /// Closed and empty; makes itself known to everything below.
    pub fn start() -> Self {
        let chat = Self {
            open: RwSignal::new(false),
            draft: RwSignal::new(String::new()),
            read: RwSignal::new(Seq::ZERO),
        };
        provide_context(chat);
        chat
    }

    /// How many messages of others nobody has looked at here.
    pub fn unread(self) -> Memo<usize> {
        use_engine().read(move |view| lines::unread(view, self.read.get()))
    }

    /// Tells readers what others write from now on. Call it once.
    pub fn watch(self) {
        let engine = use_engine();
        let announcer = expect_context::<Announcer>();
        let clock = StoredValue::new_local(Clock::new());
        let arrivals = StoredValue::new(Arrivals::default());
        let timer = StoredValue::new_local(None::<Timeout>);
        let newest = engine.read(|view| view.session.as_ref().map(|_| lines::newest(view)));
        Effect::new(move |known: Option<Option<Seq>>| {
            let now = newest.get();
            // What was there when the page came is not news.
            let Some((from, _)) = known.flatten().zip(now) else {
                return now;
            };
            let texts = engine.peek(|view| texts_since(view, from)).unwrap_or_default();
            if texts.is_empty() {
                return now;
            }
            let time = clock.with_value(Clock::now);
            match arrivals.try_update_value(|arrivals| arrivals.came(texts.len(), time)) {
                Some(Speak::Each) => announcer.say(texts.join(" ")),
                Some(Speak::Wait(wait)) => timer.set_value(Some(Timeout::after(wait, move || {
                    let held = arrivals.try_update_value(Arrivals::held).unwrap_or_default();
                    announcer.say(words::new_messages(held));
                }))),
                None => {}
            }
            now
        });
    }
}

/// What others wrote after `from`, each as it is read out.
fn texts_since(view: &View, from: Seq) -> Vec<String> {
    let Some((session, you)) = view.session.as_ref().zip(view.you) else {
        return Vec::new();
    };
    let texts = lines::from_others(session, you, from).map(|message| spoken(session, message));
    texts.collect()
}

fn spoken(session: &Session, message: &Message) -> String {
    let author = session.person(message.by);
    let name = author.map(|author| author.name.as_str()).unwrap_or_default();
    let role = author.map_or(Role::Viewer, |author| author.role);
    let text = if message.text.is_empty() {
        words::SENT_A_FILE
    } else {
        &message.text
    };
    [words::name(name, role), ": ", text].concat()
}
