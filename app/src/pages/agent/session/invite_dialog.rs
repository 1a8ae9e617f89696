//! Passing the link on, and inviting once more: the same way again, another number, another way.

use crate::engine::use_engine;
use crate::pages::agent::api;
use crate::pages::agent::ask::{Ask, FaultLine};
use crate::pages::agent::copy::CopyButton;
use crate::pages::agent::desk::use_desk;
use crate::pages::agent::invite_fields::{InviteFields, InviteForm};
use crate::pages::agent::keep;
use crate::text::{agent as home_words, agent_call as words};
use crate::widgets::{Announcer, Button, Dialog, Icon, Kind};
use farhand_shared::id::SessionId;
use farhand_shared::wire::http::sessions::Invite;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use leptos::prelude::*;

/// Copy link, copy number, QR code, resend, another way.
#[component]
pub fn InviteButtons() -> impl IntoView {
    let (engine, session) = (use_engine(), expect_context::<SessionId>());
    let pin = engine.read(|view| view.pin.map(|now| now.pin.digits()));
    let link = RwSignal::new(keep::link(session));
    let (qr_open, again_open) = (RwSignal::new(false), RwSignal::new(false));
    let has_link = move || link.with(Option::is_some);
    let text = Signal::derive(move || link.get().unwrap_or_default());
    let digits = Signal::derive(move || pin.get().unwrap_or_default());
    view! {
        <div class="invite-buttons">
            <Show when=has_link fallback=|| view! { <p class="muted">{words::LINK_GONE}</p> }>
                <CopyButton label=words::COPY_LINK text />
                <button type="button" class="button" on:click=move |_| qr_open.set(true)>
                    <Icon name="qr" />
                    <span>{words::SHOW_QR}</span>
                </button>
            </Show>
            <Show when=move || pin.with(Option::is_some)>
                <CopyButton label=words::COPY_PIN text=digits />
            </Show>
            <Resend session link />
            <button type="button" class="button" on:click=move |_| again_open.set(true)>
                <Icon name="mail" />
                <span>{words::INVITE_AGAIN}</span>
            </button>
        </div>
        <Dialog open=qr_open title=words::QR_TITLE>
            <div class="qr" role="img" aria-label=words::QR_LABEL inner_html=move || qr(&text.get())></div>
            <Button label=words::CLOSE kind=Kind::Large on_press=move |()| qr_open.set(false) />
        </Dialog>
        <AgainDialog open=again_open session link />
    }
}

/// A drawing of the code; nothing when the text is too long for one.
fn qr(text: &str) -> String {
    QRBuilder::new(text)
        .build()
        .map(|code| SvgBuilder::default().to_str(&code))
        .unwrap_or_default()
}

/// The same message to the same address once more, while this tab still knows it.
#[component]
fn Resend(session: SessionId, link: RwSignal<Option<String>>) -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let announcer = expect_context::<Announcer>();
    let last = move || {
        let sent = desk.sent.get();
        sent.filter(|(of, invite)| *of == session && *invite != Invite::Link)
    };
    let press = move |()| {
        if let Some((_, invite)) = untrack(last) {
            ask.run(api::invite(session, invite), move |made| {
                keep::write_link(session, &made.link);
                link.try_set(Some(made.link));
                announcer.say(words::RESENT);
            });
        }
    };
    view! {
        <Show when=move || last().is_some()>
            <Button label=words::RESEND icon="refresh" busy=ask.busy on_press=press />
        </Show>
        <FaultLine fault=ask.fault />
    }
}

#[component]
fn AgainDialog(open: RwSignal<bool>, session: SessionId, link: RwSignal<Option<String>>) -> impl IntoView {
    let (desk, ask) = (use_desk(), Ask::new());
    let announcer = expect_context::<Announcer>();
    let before = desk.sent.get_untracked().filter(|(of, _)| *of == session);
    let fields = before.map_or_else(InviteFields::new, |(_, invite)| InviteFields::of(&invite));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let invite = fields.invite();
        ask.run(api::invite(session, invite.clone()), move |made| {
            keep::write_link(session, &made.link);
            desk.sent.try_set(Some((session, invite)));
            link.try_set(Some(made.link));
            open.try_set(false);
            announcer.say(words::RESENT);
        });
    };
    view! {
        <Dialog open title=words::INVITE_AGAIN>
            <form on:submit=send>
                <InviteForm fields name="again-way" />
                <FaultLine fault=ask.fault />
                <button
                    type="submit"
                    class="button button-primary button-large"
                    aria-disabled=move || ask.busy.get().then_some("true")
                >
                    {words::INVITE_SEND}
                </button>
            </form>
            <p class="muted">{home_words::SPEAKER_TIP}</p>
            <Button label=words::CLOSE kind=Kind::Large on_press=move |()| open.set(false) />
        </Dialog>
    }
}
