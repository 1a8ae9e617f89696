//! Right: who the customer is, and one tab for each thing one needs beside the picture.

use super::details::{Details, Who};
use super::parts::Part;
use crate::call::Gallery;
use crate::call::chat::{Talk, Unread, use_chat};
use crate::engine::use_engine;
use crate::pages::agent::record::{NotesField, NotesState, ReportProblem, Timeline};
use crate::platform::focus;
use crate::text::agent_call as words;
use crate::text::chat as chat_words;
use crate::text::{record, still};
use crate::widgets::Icon;
use farhand_shared::client::Phase;
use farhand_shared::id::SessionId;
use leptos::prelude::*;

/// What the panel can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Messages.
    Chat,
    /// Camera and connection.
    Customer,
    /// Stills, photos and what was made of them.
    Pictures,
    /// Notes, what happened, problems.
    Notes,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Chat, Self::Customer, Self::Pictures, Self::Notes];

    const fn word(self) -> &'static str {
        match self {
            Self::Chat => chat_words::CHAT,
            Self::Customer => words::CUSTOMER,
            Self::Pictures => still::PICTURES,
            Self::Notes => record::NOTES,
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Chat => "tab-chat",
            Self::Customer => "tab-customer",
            Self::Pictures => "tab-pictures",
            Self::Notes => "tab-notes",
        }
    }

    fn beside(self, step: usize) -> Self {
        let place = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        Self::ALL[(place + step) % Self::ALL.len()]
    }
}

/// The panel's state: it stays when the waiting becomes a call.
#[derive(Clone, Copy)]
pub struct Panel {
    /// What a window too small for all shows; below 1280 px the panel is a drawer.
    pub part: RwSignal<Part>,
    /// What it shows.
    pub tab: RwSignal<Tab>,
    /// The dialog that brings people in is open.
    pub people: RwSignal<bool>,
}

impl Panel {
    /// Shows the chat; makes itself known to everything below.
    pub fn start() {
        provide_context(Self {
            part: RwSignal::new(Part::Picture),
            tab: RwSignal::new(Tab::Chat),
            people: RwSignal::new(false),
        });
    }

    /// Shows this and puts the focus there: in the chat one wants to write.
    pub fn go(self, tab: Tab) {
        self.tab.set(tab);
        self.part.set(Part::Panel);
        focus::to(match tab {
            Tab::Chat => "#chat-field",
            Tab::Notes => "#notes",
            Tab::Customer | Tab::Pictures => "[role='tab'][aria-selected='true']",
        });
    }
}

/// The panel.
#[component]
pub fn SidePanel() -> impl IntoView {
    let panel = expect_context::<Panel>();
    let tab = panel.tab;
    let chat = use_chat();
    Effect::new(move || chat.open.set(tab.get() == Tab::Chat));
    view! {
        <aside
            id="customer-panel"
            class="console-panel"
            class:open=move || panel.part.get() == Part::Panel
            aria-label=words::PANEL
        >
            <button
                type="button"
                class="button drawer-close"
                aria-label=words::CLOSE_PANEL
                on:click=move |_| panel.part.set(Part::Picture)
            >
                <Icon name="close" />
            </button>
            <Who />
            <Tabs tab />
            <div role="tabpanel" class="tab-panel" tabindex="0" aria-labelledby=move || tab.get().id()>
                {move || match tab.get() {
                    Tab::Chat => Talk().into_any(),
                    Tab::Customer => Details().into_any(),
                    Tab::Pictures => Pictures().into_any(),
                    Tab::Notes => Written().into_any(),
                }}
            </div>
        </aside>
    }
}

/// The pictures of the session. While the call runs they open for everybody.
#[component]
fn Pictures() -> impl IntoView {
    let live = use_engine().read(|view| matches!(view.phase, Phase::Live | Phase::Ending { .. }));
    view! {
        <div class="panel-pictures">
            {move || view! { <Gallery live=live.get() empty=still::NO_PICTURES /> }}
        </div>
    }
}

/// What is written down of the session.
#[component]
fn Written() -> impl IntoView {
    let (session, notes) = (expect_context::<SessionId>(), expect_context::<NotesState>());
    view! {
        <NotesField notes />
        <Timeline session />
        <ReportProblem session />
    }
}

/// One stop for the Tab key; the arrow keys go from tab to tab.
#[component]
fn Tabs(tab: RwSignal<Tab>) -> impl IntoView {
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let now = tab.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => now.beside(1),
            "ArrowLeft" | "ArrowUp" => now.beside(Tab::ALL.len() - 1),
            "Home" => Tab::ALL[0],
            "End" => Tab::ALL[Tab::ALL.len() - 1],
            _ => return,
        };
        event.prevent_default();
        tab.set(next);
        focus::now(&format!("#{}", next.id()));
    };
    let each = Tab::ALL.map(|one| {
        let chosen = move || tab.get() == one;
        view! {
            <button
                type="button"
                role="tab"
                id=one.id()
                class="tab"
                aria-selected=move || if chosen() { "true" } else { "false" }
                tabindex=move || if chosen() { "0" } else { "-1" }
                on:click=move |_| tab.set(one)
            >
                {one.word()}
                {(one == Tab::Chat).then(|| view! { <Unread /> })}
            </button>
        }
    });
    view! { <div role="tablist" class="tabs" aria-label=words::PANEL on:keydown=on_key>{each.into_iter().collect_view()}</div> }
}
