//! Starting a session: how, whom, about what.

use super::host;
use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::desk::use_desk;
use crate::pages::agent::invite_fields::{InviteFields, InviteForm, Way};
use crate::text::agent as words;
use crate::widgets::{Icon, Segmented, TextField};
use farhand_shared::limit;
use farhand_shared::session::{Mode, Talk};
use farhand_shared::wire::http::sessions::StartSession;
use leptos::prelude::*;

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    mode: RwSignal<Mode>,
    talk: RwSignal<Talk>,
    invite: InviteFields,
    case_id: RwSignal<String>,
    customer: RwSignal<String>,
}

impl Form {
    fn body(self) -> StartSession {
        let filled = |text: String| (!text.trim().is_empty()).then_some(text);
        StartSession {
            mode: self.mode.get_untracked(),
            talk: self.talk.get_untracked(),
            case_id: filled(self.case_id.get_untracked()),
            customer_name: filled(self.customer.get_untracked()),
            invite: self.invite.invite(),
        }
    }
}

/// The card.
#[component]
pub fn StartCard() -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let form = Form {
        mode: RwSignal::new(Mode::Video),
        talk: RwSignal::new(Talk::PhoneCall),
        invite: InviteFields::new(),
        case_id: RwSignal::new(String::new()),
        customer: RwSignal::new(String::new()),
    };
    let send = move || {
        let body = form.body();
        let invite = body.invite.clone();
        ask.run(api::start(body), move |started| desk.begin(invite, &started));
    };
    view! {
        <section class="card start-card" aria-labelledby="start-title">
            <h2 id="start-title">{words::START_TITLE}</h2>
            <form on:submit=move |event| {
                event.prevent_default();
                send();
            }>
                <Choices form />
                <InviteForm fields=form.invite name="start-way" />
                <Details form />
                <Preview invite=form.invite />
                <p class="tip"><Icon name="phone" /><span>{words::SPEAKER_TIP}</span></p>
                <FaultLine fault=ask.fault />
                <button
                    type="submit"
                    class="button button-primary button-large"
                    aria-disabled=move || ask.busy.get().then_some("true")
                >
                    {move || if form.invite.way.get() == Way::Link { words::CREATE } else { words::SEND }}
                </button>
            </form>
        </section>
    }
}

#[component]
fn Choices(form: Form) -> impl IntoView {
    view! {
        <div class="field-row">
            <div class="field">
                <span aria-hidden="true">{words::MODE}</span>
                <Segmented
                    name="mode"
                    label=words::MODE
                    choices=vec![(Mode::Video, words::VIDEO), (Mode::Photo, words::PHOTO)]
                    chosen=form.mode
                    on_choose=move |mode| form.mode.set(mode)
                />
            </div>
            <div class="field">
                <span aria-hidden="true">{words::TALK}</span>
                <Segmented
                    name="talk"
                    label=words::TALK
                    choices=vec![(Talk::PhoneCall, words::BY_PHONE), (Talk::Page, words::BY_PAGE)]
                    chosen=form.talk
                    on_choose=move |talk| form.talk.set(talk)
                />
            </div>
        </div>
    }
}

#[component]
fn Details(form: Form) -> impl IntoView {
    view! {
        <div class="field-row">
            <TextField
                id="case"
                label=words::CASE
                hint=words::CASE_HINT
                value=form.case_id
                most_chars=limit::CASE_ID_CHARS
            />
            <TextField
                id="customer"
                label=words::CUSTOMER
                hint=words::CUSTOMER_HINT
                value=form.customer
                most_chars=limit::NAME_CHARS
            />
        </div>
    }
}

/// The text message as the customer will read it.
#[component]
fn Preview(invite: InviteFields) -> impl IntoView {
    let desk = use_desk();
    let names = desk.agent(|me| (me.company.clone(), me.name.clone()));
    let text = move || {
        names
            .get()
            .map(|(company, agent)| words::sms_preview(&company, &agent, &host()))
    };
    view! {
        <Show when=move || invite.way.get() == Way::Sms>
            <figure class="sms-preview">
                <figcaption>{words::PREVIEW}</figcaption>
                <p>{text}</p>
            </figure>
        </Show>
    }
}
