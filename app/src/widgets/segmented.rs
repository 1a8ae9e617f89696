//! One of a few, always visible.

use leptos::prelude::*;

/// A choice between `choices` (value and words), as radio buttons.
#[component]
pub fn Segmented<T>(
    name: &'static str,
    label: &'static str,
    choices: Vec<(T, &'static str)>,
    #[prop(into)] chosen: Signal<T>,
    #[prop(into)] on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let radios: Vec<_> = choices
        .into_iter()
        .map(|(value, words)| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        prop:checked=move || chosen.get() == value
                        on:change=move |_| on_choose.run(value)
                    />
                    {words}
                </label>
            }
        })
        .collect();
    view! { <div class="segmented" role="radiogroup" aria-label=label>{radios}</div> }
}
