//! The field for a six-digit number: one input shown as 3 + 3, so that pasting and filling in from a message work.

use crate::platform::sms::SmsCode;
use leptos::prelude::*;

/// Most digits.
const DIGITS: usize = 6;

/// Only the digits, grouped as they are read aloud: `482 917`.
pub fn grouped(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(DIGITS).collect();
    if digits.len() > 3 {
        [&digits[..3], " ", &digits[3..]].concat()
    } else {
        digits
    }
}

/// The field. `value` holds what is shown; numbers that the system offers from a message arrive in it as if typed.
#[component]
pub fn PinField(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let offered = SmsCode::ask(move |code| {
        value.try_set(grouped(&code));
    });
    // Lives as long as the field: leaving the screen takes the question back.
    let _offered = StoredValue::new_local(offered);
    let hint_id = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                class="input input-code"
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength="20"
                placeholder="000 000"
                aria-describedby=hint_id.clone()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input:target=move |event| {
                    let shown = grouped(&event.target().value());
                    event.target().set_value(&shown);
                    value.set(shown);
                }
            />
            <p id=hint_id class=move || if error.with(Option::is_some) { "error" } else { "hint" }>
                {move || error.get().unwrap_or_else(|| hint.to_owned())}
            </p>
        </div>
    }
}
