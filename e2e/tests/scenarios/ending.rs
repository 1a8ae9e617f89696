//! How a session ends, and how it goes on after all.

use farhand_e2e::{
    find::{button, heading},
    person::in_call,
    play,
};

#[tokio::test]
async fn an_ended_session_is_rejoined_when_both_want_it() {
    play("rejoin", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.ends().await;
        cleo.sees(heading("Session ended")).await;
        cleo.is_accessible("session ended").await;
        cleo.photograph("session ended").await;
        ana.is_accessible("session ended").await;

        cleo.press_button("Rejoin session").await;
        cleo.reads("Waiting for the agent to rejoin").await;
        ana.press_button("Rejoin session").await;
        cleo.is_seen_by("Ana").await;
        ana.sees_the_customer().await;
    })
    .await;
}

#[tokio::test]
async fn the_only_agent_who_leaves_ends_the_call_and_the_customer_is_told_so() {
    play("leave", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.leaves().await;
        ana.sees(heading("You left the session")).await;
        ana.is_accessible("left").await;
        cleo.sees(heading("Session ended")).await;
        cleo.reads("The agent left the session.").await;
        cleo.sees(button("Rejoin session")).await;
    })
    .await;
}
