//! A toolbar: one stop for the Tab key, arrow keys inside.

use super::Icon;
use crate::platform::focus;
use leptos::html;
use leptos::prelude::*;

/// The tools of one toolbar and which of them holds the Tab stop.
#[derive(Clone, Copy)]
struct Roving {
    tools: StoredValue<Vec<NodeRef<html::Button>>>,
    stop: RwSignal<usize>,
}

impl Roving {
    /// Gives a new tool its place.
    fn place(self, tool: NodeRef<html::Button>) -> usize {
        self.tools.update_value(|tools| tools.push(tool));
        self.tools.with_value(Vec::len) - 1
    }

    fn go(self, place: usize) {
        self.stop.set(place);
        let tool = self.tools.with_value(|tools| tools.get(place).copied());
        if let Some(tool) = tool.and_then(|tool| tool.get_untracked()) {
            focus::on(&tool);
        }
    }

    fn press(self, key: &str) -> bool {
        let (now, count) = (self.stop.get_untracked(), self.tools.with_value(Vec::len));
        let next = match key {
            "ArrowRight" | "ArrowDown" => (now + 1) % count.max(1),
            "ArrowLeft" | "ArrowUp" => (now + count.max(1) - 1) % count.max(1),
            "Home" => 0,
            "End" => count.saturating_sub(1),
            _ => return false,
        };
        self.go(next);
        true
    }
}

/// A row of [`Tool`]s. The tools must not come and go: one that makes no sense right now is `off`, not missing.
#[component]
pub fn Toolbar(
    label: &'static str,
    #[prop(default = "toolbar")] class: &'static str,
    children: Children,
) -> impl IntoView {
    let roving = Roving {
        tools: StoredValue::new(Vec::new()),
        stop: RwSignal::new(0),
    };
    provide_context(roving);
    view! {
        <div
            role="toolbar"
            class=class
            aria-label=label
            on:keydown=move |event| if roving.press(&event.key()) {
                event.prevent_default();
                event.stop_propagation();
            }
        >
            {children()}
        </div>
    }
}

/// One button of a toolbar. A toggle has `pressed`; its label stays the same.
#[component]
pub fn Tool(
    icon: &'static str,
    label: &'static str,
    #[prop(optional, into)] pressed: Signal<Option<bool>>,
    /// Makes no sense right now. It stays reachable, so that readers can find out that it exists.
    #[prop(optional, into)]
    off: Signal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(default = "tool")] class: &'static str,
    /// Where the button itself is to be found.
    #[prop(optional)]
    button: NodeRef<html::Button>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let roving = expect_context::<Roving>();
    let place = roving.place(button);
    let idle = move || !off.get() && !busy.get();
    view! {
        <button
            node_ref=button
            type="button"
            class=class
            title=label
            tabindex=move || if roving.stop.get() == place { "0" } else { "-1" }
            aria-pressed=move || pressed.get().map(|on| if on { "true" } else { "false" })
            aria-disabled=move || (!idle()).then_some("true")
            data-busy=move || busy.get().then_some("true")
            on:focus=move |_| roving.stop.set(place)
            on:click=move |_| if untrack(idle) { on_press.run(()) }
        >
            <Icon name=icon />
            <span class="tool-word">{label}</span>
        </button>
    }
}
