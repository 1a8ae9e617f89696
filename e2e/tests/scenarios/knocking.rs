//! A number that is read out over the phone leads to the door; the agent opens it.

use farhand_e2e::{
    find::{button, heading},
    person::{Agent, Customer, Invite, Mode, Start, Talk},
    play, play_with,
    stack::Options,
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
        ana.reads("waiting 0:").await;
        ana.photograph("somebody knocks").await;
        cleo.is_accessible("knocking").await;
        ana.press_button("Ask for a moment").await;
        cleo.reads("The agent knows that you are here and lets you in soon.")
            .await;
        ana.reads("They know that you have seen them.").await;
        cleo.is_accessible("knocking, noticed").await;
        cleo.photograph("knocking, noticed").await;
        cleo.reload().await;
        cleo.reads("The agent knows that you are here and lets you in soon.")
            .await;
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
        // The own picture and the number stand on one screen.
        cleo.sees_the_picture_move(Some("Your camera")).await;
        assert_eq!(cleo.reads_pin().await, pin);
        ana.joins(&pin).await;
        cleo.photograph("an agent came").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_numbers_even_the_right_one_must_wait() {
    play("guessing", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;
        let wrong = if pin == "000000" { "000001" } else { "000000" };
        let eve = Customer::with_phone(stage, "Eve").await;
        for _ in 0..5 {
            eve.knocks(stage, wrong).await;
            eve.reads("This PIN leads nowhere.").await;
        }
        eve.knocks(stage, &pin).await;
        eve.reads("Too many wrong PINs were typed.").await;
        eve.reads("Or open the link in the message from your agent.").await;
        eve.photograph("must wait").await;
        assert!(!ana.sees_now(&button("Admit")).await);
    })
    .await;
}

#[tokio::test]
async fn a_number_that_has_run_out_is_replaced_and_opens_nothing() {
    play_with(
        "number expired",
        Options::default().with("pin-ttl", "4s"),
        async |stage| {
            let ana = Agent::first(stage, "Ana").await;
            ana.starts_session(&Start::video(Invite::Link)).await;
            let old = ana.reads_pin().await;
            let eve = Customer::with_phone(stage, "Eve").await;
            ana.finds_in_text("another number", |text| {
                let grouped = format!("{} {}", &old[..3], &old[3..]);
                (text.contains("Read aloud") && !text.contains(&grouped)).then_some(())
            })
            .await;
            eve.knocks(stage, &old).await;
            eve.reads("This PIN leads nowhere. It may have been replaced.").await;
            assert!(!ana.sees_now(&button("Admit")).await);
        },
    )
    .await;
}
