//! The call in a window of its own, on another monitor.

use farhand_e2e::{
    find::{Thing, button},
    page::LiveInk,
    person::in_call,
    play, see,
    see::PATIENCE,
};

/// Without windows that stay in front, which headless browsers do not have, a plain window is opened.
const PLAIN: &str = "delete window.documentPictureInPicture; return true;";

#[tokio::test]
async fn the_call_moves_to_a_window_of_its_own_and_comes_back_when_that_is_closed() {
    play("own window", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.waits_for::<bool>("plain windows", PLAIN, vec![]).await;
        ana.press(Thing::new("group", "Customer's camera")).await;
        ana.keys("o").await;
        ana.reads("The call is in a window of its own.").await;
        ana.is_accessible("call elsewhere").await;
        ana.photograph("call elsewhere").await;

        ana.turns_to_the_new_window().await;
        ana.sees_the_customer().await;
        ana.is_accessible("own window").await;
        ana.photograph("own window").await;
        // The tools work there: a line is drawn and arrives.
        ana.press_button("Draw").await;
        let (from, to) = (
            ana.spot("Customer's camera", (0.3, 0.4)).await,
            ana.spot("Customer's camera", (0.7, 0.6)).await,
        );
        ana.draws(from, to).await;
        let seen = see::until(PATIENCE, async || {
            (cleo.painted("Your camera", LiveInk::Agents).await.0 > 100).then_some(())
        });
        assert!(seen.await.is_ok(), "the customer sees no ink from the other window");

        ana.closes_the_new_window().await;
        ana.sees_no_more(Thing::new("button", "Bring it back")).await;
        ana.sees_the_customer().await;
        ana.sees(button("Pop out")).await;
        ana.draws(from, to).await;
    })
    .await;
}
