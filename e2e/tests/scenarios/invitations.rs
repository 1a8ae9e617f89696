//! The other ways an invitation takes: mail, a copied link, the outbox.

use farhand_e2e::{
    find::{heading, link},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play, play_with,
    stack::Options,
};

#[tokio::test]
async fn a_customer_invited_by_mail_comes_by_its_link() {
    play("invited by mail", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Mail("cleo@elsewhere.test".into())))
            .await;
        let mail = stage.stack.mail.mail_for("cleo@elsewhere.test", "").await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.taps_link(&mail.link("/j#")).await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_provider_the_outbox_shows_what_would_be_sent() {
    play_with("outbox", Options::default().outbox(), async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        ana.goes_home().await;
        ana.press(link("See what would be sent").loosely()).await;
        ana.sees(heading("Outbox")).await;
        ana.reads(NUMBER).await;
        ana.is_accessible("outbox").await;
        ana.photograph("outbox").await;
    })
    .await;
}
