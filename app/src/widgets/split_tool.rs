//! A tool with a main action and, beside it, a menu of the others.

use super::Tool;
use crate::platform::focus;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

/// The menu while it is open, and the button that opened it.
#[derive(Clone, Copy)]
struct List {
    open: RwSignal<bool>,
    items: StoredValue<Vec<NodeRef<html::Button>>>,
    opener: NodeRef<html::Button>,
    whole: NodeRef<html::Span>,
}

impl List {
    /// Opens it with the keyboard's place at its first or last item.
    fn show(self, at_end: bool) {
        self.open.set(true);
        let count = self.items.with_value(Vec::len);
        let place = if at_end { count.saturating_sub(1) } else { 0 };
        // What is hidden takes no focus, and it is hidden until it has been drawn.
        focus::after_drawing(move || self.go(place));
    }

    /// Closes it with the keyboard's place back at the button.
    fn close(self) {
        self.open.set(false);
        if let Some(opener) = self.opener.get_untracked() {
            focus::on(&opener);
        }
    }

    fn go(self, place: usize) {
        let item = self.items.try_with_value(|items| items.get(place).copied()).flatten();
        if let Some(item) = item.and_then(|item| item.get_untracked()) {
            focus::on(&item);
        }
    }

    fn place(self) -> usize {
        let items = self.items.get_value();
        let here = |item: &NodeRef<html::Button>| item.get_untracked().is_some_and(|item| focus::is_on(&item));
        items.iter().position(here).unwrap_or(0)
    }

    /// A key inside the menu, which is not for the toolbar around it.
    fn key(self, event: &KeyboardEvent) {
        let (now, count) = (self.place(), self.items.with_value(Vec::len).max(1));
        match event.key().as_str() {
            "ArrowDown" => self.go((now + 1) % count),
            "ArrowUp" => self.go((now + count - 1) % count),
            "Home" => self.go(0),
            "End" => self.go(count - 1),
            "Escape" => self.close(),
            // On to what follows, as everywhere.
            "Tab" => return self.open.set(false),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// A key on the button that opens it.
    fn key_on_opener(self, event: &KeyboardEvent) {
        let at_end = match event.key().as_str() {
            "ArrowDown" => false,
            "ArrowUp" => true,
            "Escape" => return self.open.set(false),
            _ => return,
        };
        self.show(at_end);
        event.prevent_default();
        event.stop_propagation();
    }

    /// The focus went elsewhere.
    fn left(self, event: &FocusEvent) {
        let gone = self
            .whole
            .get_untracked()
            .is_none_or(|whole| focus::leaves(event, &whole));
        if gone {
            self.open.set(false);
        }
    }
}

/// Two buttons that look like one: `label` does the main thing, `more` opens the menu of `items` (words and what they do).
#[component]
pub fn SplitTool(
    icon: &'static str,
    label: &'static str,
    class: &'static str,
    on_press: Callback<()>,
    more: &'static str,
    items: Vec<(&'static str, Callback<()>)>,
) -> impl IntoView {
    let list = List {
        open: RwSignal::new(false),
        items: StoredValue::new(items.iter().map(|_| NodeRef::new()).collect()),
        opener: NodeRef::new(),
        whole: NodeRef::new(),
    };
    let nodes = list.items.get_value();
    let entries: Vec<_> = nodes
        .into_iter()
        .zip(items)
        .map(|(node, (words, choose))| {
            let pick = move |_| {
                list.close();
                choose.run(());
            };
            view! { <button node_ref=node type="button" role="menuitem" tabindex="-1" on:click=pick>{words}</button> }
        })
        .collect();
    let toggle = move |()| {
        if list.open.get_untracked() {
            list.close()
        } else {
            list.show(false)
        }
    };
    view! {
        <span node_ref=list.whole class="split-tool" on:focusout=move |event| list.left(&event)>
            <Tool icon label class on_press />
            <Tool
                icon="more"
                label=more
                class="tool split-more"
                button=list.opener
                on_press=toggle
                attr:aria-haspopup="menu"
                attr:aria-expanded=move || if list.open.get() { "true" } else { "false" }
                on:keydown=move |event| list.key_on_opener(&event)
            />
            <div
                class="menu"
                role="menu"
                aria-label=more
                hidden=move || !list.open.get()
                on:keydown=move |event| list.key(&event)
            >
                {entries}
            </div>
        </span>
    }
}
