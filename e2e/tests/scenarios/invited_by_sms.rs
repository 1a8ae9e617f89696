//! The main job: an agent sends a link by text message, the customer taps it and shows the problem.

use farhand_e2e::{
    find::button,
    person::{Agent, Customer, Invite, Start, Talk},
    play,
    sound::Voice,
};

#[tokio::test]
async fn a_customer_invited_by_text_message_shows_the_camera_and_both_hear_each_other() {
    play("invited by sms", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.reads("Ask the customer to put the phone on speaker before they tap the link.")
            .await;
        ana.starts_session(&Start::video(Invite::Sms("+49 1512 3456789".into())))
            .await;

        let sms = stage.stack.phones.sms_for("+4915123456789").await;
        stage.stack.phones.report(&sms, "delivered").await;
        ana.reads("Delivered").await;

        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.taps_link(&sms.link()).await;
        cleo.photograph("who wants to help").await;
        cleo.turns_camera_on(Talk::Page).await;

        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
        ana.hears(Voice::Phone).await;
        ana.press_button("Microphone").await;
        cleo.hears(Voice::Computer).await;
        ana.photograph("in the call").await;
        cleo.photograph("in the call").await;

        cleo.press_button("Mute").await;
        ana.hears_nothing().await;
        cleo.press_button("Camera off").await;
        ana.sees_the_picture_stop(None).await;
        cleo.press_button("Camera on").await;
        ana.sees_the_customer().await;

        cleo.ends_but_stays().await;
        ana.sees_the_customer().await;
        cleo.ends().await;
        ana.reads("Session ended").await;
        cleo.sees(button("Rejoin session")).await;
    })
    .await;
}
