//! How an invitation travels and to whom: the same fields at the start of a session and for another invitation.

use crate::text::agent as words;
use crate::widgets::{Segmented, TextField};
use farhand_shared::wire::http::sessions::Invite;
use leptos::prelude::*;

/// The ways, as buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Text message.
    Sms,
    /// E-mail.
    Email,
    /// The agent passes the link on.
    Link,
}

/// What is chosen and typed.
#[derive(Clone, Copy)]
pub struct InviteFields {
    /// The chosen way.
    pub way: RwSignal<Way>,
    phone: RwSignal<String>,
    email: RwSignal<String>,
}

impl InviteFields {
    /// Text message, nothing typed.
    pub fn new() -> Self {
        Self {
            way: RwSignal::new(Way::Sms),
            phone: RwSignal::new(String::new()),
            email: RwSignal::new(String::new()),
        }
    }

    /// What an earlier invitation was.
    pub fn of(invite: &Invite) -> Self {
        let fields = Self::new();
        match invite {
            Invite::Sms { phone } => fields.phone.set(phone.clone()),
            Invite::Email { email } => {
                fields.way.set(Way::Email);
                fields.email.set(email.clone());
            }
            // A visitor who did not come from the website gets a link another way.
            Invite::Link | Invite::Site { .. } => fields.way.set(Way::Link),
        }
        fields
    }

    /// As the server wants it. It checks the address itself.
    pub fn invite(self) -> Invite {
        match self.way.get_untracked() {
            Way::Sms => Invite::Sms {
                phone: self.phone.get_untracked(),
            },
            Way::Email => Invite::Email {
                email: self.email.get_untracked(),
            },
            Way::Link => Invite::Link,
        }
    }
}

/// The fields.
#[component]
pub fn InviteForm(fields: InviteFields, name: &'static str) -> impl IntoView {
    let way = fields.way;
    view! {
        <div class="field">
            <span aria-hidden="true">{words::WAY}</span>
            <Segmented
                name=name
                label=words::WAY
                choices=vec![(Way::Sms, words::BY_SMS), (Way::Email, words::BY_EMAIL), (Way::Link, words::BY_LINK)]
                chosen=way
                on_choose=move |chosen| way.set(chosen)
            />
        </div>
        {move || match way.get() {
            Way::Sms => view! {
                <TextField
                    id="phone"
                    label=words::PHONE
                    hint=words::PHONE_HINT
                    value=fields.phone
                    kind="tel"
                    autocomplete="off"
                    most_chars=40
                />
            }
            .into_any(),
            Way::Email => view! {
                <TextField id="customer-email" label=words::EMAIL value=fields.email kind="email" autocomplete="off" />
            }
            .into_any(),
            Way::Link => view! { <p class="muted">{words::LINK_HINT}</p> }.into_any(),
        }}
    }
}
