//! What goes wrong in the middle of a call, and comes right by itself.

use std::time::Duration;

use farhand_e2e::{
    find::button,
    person::{NUMBER, in_call},
    play,
};

#[tokio::test]
async fn a_killed_server_stops_no_picture_and_forgets_nothing() {
    play("server killed", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.fill("Case ID", "T-2002").await;
        ana.reads("Saved").await;

        stage.stack.server.kill();
        let freeze = ana
            .longest_freeze(Some("Customer's camera"), Duration::from_secs(3))
            .await;
        assert!(
            freeze < Duration::from_secs(1),
            "the picture stood still for {freeze:?}"
        );
        cleo.reads("Connection lost").await;
        stage.stack.server.start_again().await;
        cleo.reads_no_more("Connection lost").await;

        // Both follow what happens from now on, and remember what happened before.
        cleo.press_button("Camera off").await;
        ana.sees_the_picture_stop(Some("Customer's camera")).await;
        cleo.press_button("Camera on").await;
        ana.sees_the_customer().await;
        assert_eq!(ana.value_of("Case ID").await, "T-2002");
    })
    .await;
}

#[tokio::test]
async fn a_closed_tab_is_opened_again_by_the_same_link() {
    play("tab closed", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        cleo.close_tab().await;
        ana.sees_the_picture_stop(Some("Customer's camera")).await;
        cleo.open(&link).await;
        cleo.press(button("Turn on camera")).await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn a_reloaded_console_is_back_in_the_call() {
    play("console reloaded", async |stage| {
        let (ana, _cleo) = in_call(stage).await;
        ana.reload().await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_slept_comes_back_by_itself() {
    play("phone slept", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        cleo.browser().sleep();
        ana.sees_the_picture_stop(Some("Customer's camera")).await;
        cleo.browser().wake();
        ana.sees_the_customer().await;
        cleo.is_seen_by("Ana").await;
    })
    .await;
}
