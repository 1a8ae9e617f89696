//! An agent asks a colleague to take the call over and leaves; the customer keeps talking.

use farhand_e2e::{
    find::{Thing, button, heading},
    person::{Agent, in_call},
    play,
};

const PICTURE: &str = "Customer's camera";

/// Opens the dialog and asks Ben.
async fn asks_ben(ana: &Agent) {
    ana.press_button("Add people").await;
    ana.sees(button("Ask Ben")).await;
    ana.reads("Ben Online").await;
    ana.is_accessible("colleagues to ask").await;
    ana.photograph("colleagues to ask").await;
    ana.press_button("Ask Ben").await;
    ana.reads("It rings at Ben's desk. The call goes on with you.").await;
}

#[tokio::test]
async fn a_colleague_says_no_then_takes_over_and_the_call_goes_on() {
    play("handover", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let ben = Agent::signs_up(stage, "Ben").await;
        ben.reads("With Ana · Video").await;
        ben.sees(button("Join Cleo")).await;
        ben.is_accessible("colleagues' sessions").await;
        ben.photograph("colleagues' sessions").await;
        ana.press_button("Add people").await;
        ana.reads("Ben Offline").await;
        ana.press_button("Close").await;
        ben.goes_online().await;

        asks_ben(&ana).await;
        ben.reads("Ana asks you to help, or take over: Cleo").await;
        ben.is_accessible("asked to take over").await;
        ben.photograph("asked to take over").await;
        ben.press_button("Not now").await;
        ben.reads_no_more("asks you to help, or take over").await;
        ana.reads("Ben cannot come now.").await;
        ana.is_accessible("colleague cannot come").await;
        ana.press(button("Close")).await;
        ana.reads_no_more("Ben cannot come now.").await;

        // Taken back, it rings no longer.
        asks_ben(&ana).await;
        ben.reads("asks you to help, or take over").await;
        ana.press_button("Ask no longer").await;
        ben.reads_no_more("asks you to help, or take over").await;

        asks_ben(&ana).await;
        // A reload forgets nothing.
        ana.reload().await;
        ana.reads("It rings at Ben's desk.").await;
        ben.press_button("Accept Cleo").await;
        ben.sees_the_picture_move(Some(PICTURE)).await;
        ana.reads("Ben is here. You can leave: the call goes on.").await;
        ana.photograph("colleague is here").await;
        ana.press_button("Leave the call to them").await;
        ana.sees(heading("You left the session")).await;
        cleo.is_seen_by("Ben").await;
        ben.sees_the_picture_move(Some(PICTURE)).await;
        ben.sees_no_more(Thing::new("button", "Leave the call to them")).await;
    })
    .await;
}
