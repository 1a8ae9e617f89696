//! A number that is read out over the phone leads to the door; the agent opens it.

use farhand_e2e::{
    find::{button, heading},
    person::{Agent, Customer, Invite, Mode, Start, Talk},
    play,
};

#[tokio::test]
async fn a_customer_with_the_number_knocks_and_is_let_in() {
    play("knock and admit", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;

        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.knocks(stage, &pin).await;
        cleo.sees(heading("Waiting to be let in")).await;
        ana.sees(button("Admit")).await;
        ana.photograph("somebody knocks").await;
        cleo.is_accessible("knocking").await;
        ana.admits().await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_declined_stays_outside() {
    play("knock and decline", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;

        let eve = Customer::with_phone(stage, "Eve").await;
        eve.knocks(stage, &pin).await;
        eve.sees(heading("Waiting to be let in")).await;
        ana.declines().await;
        eve.sees(heading("You're not connected")).await;
        eve.photograph("declined").await;
    })
    .await;
}

#[tokio::test]
async fn a_wrong_number_is_told_so_and_misses_are_counted() {
    play("wrong number", async |stage| {
        let eve = Customer::with_phone(stage, "Eve").await;
        eve.knocks(stage, "000000").await;
        eve.reads("again").await;
        eve.photograph("wrong number").await;
        assert!(!eve.sees_now(&heading("Waiting to be let in")).await);
        eve.is_accessible("wrong number").await;
    })
    .await;
}

#[tokio::test]
async fn a_customer_starts_a_session_and_reads_out_the_number() {
    play("walk in", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        let pin = cleo.starts_own_session(stage, Mode::Video).await;
        cleo.photograph("the number to read out").await;
        cleo.turns_camera_on(Talk::Page).await;
        cleo.is_ready().await;
        ana.joins(&pin).await;
        cleo.photograph("an agent came").await;
        if cleo.sees_now(&button("Accept")).await {
            cleo.press_button("Accept").await;
        }
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}
