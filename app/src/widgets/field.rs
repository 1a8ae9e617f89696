//! Text fields.

use leptos::prelude::*;

/// One line of text with its label, an optional hint and an optional error.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = 200)] most_chars: usize,
) -> impl IntoView {
    let hint_id = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                class="input"
                type=kind
                autocomplete=autocomplete
                maxlength=most_chars
                aria-describedby=hint_id.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                bind:value=value
            />
            <p id=hint_id class=move || if error.with(Option::is_some) { "error" } else { "hint" }>
                {move || error.get().or_else(|| hint.map(str::to_owned))}
            </p>
        </div>
    }
}
