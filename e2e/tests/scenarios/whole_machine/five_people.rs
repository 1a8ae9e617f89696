//! Five people in one call: a customer, two agents, a guest and a viewer.

use farhand_e2e::{
    find::Thing,
    page::Page,
    person::{Agent, in_call},
    play_alone,
    stack::Options,
};

use crate::visits::{PICTURE, comes, guest, makes_link};

#[tokio::test]
async fn five_people_share_a_call_and_leaving_keeps_it() {
    play_alone("five people", Options::default(), async |stage| {
        let (ana, cleo) = in_call(stage).await;
        let pin = ana.reads_pin().await;
        let ben = Agent::signs_up(stage, "Ben").await;
        ben.joins(&pin).await;
        let to_guests = makes_link(&ana, "Make a guest link").await;
        let gil = guest(stage, &ana, "Gil", &to_guests).await;
        let to_viewers = makes_link(&ana, "Make an external view link").await;
        let heading = "Ana invites you to watch a video session";
        let vera = comes(stage, "Vera", &to_viewers, heading, "Watch").await;
        for page in [&*ana as &Page, &*ben, &gil, &vera] {
            page.sees_the_picture_move(Some(PICTURE)).await;
        }
        ben.press_button("Camera").await;
        for page in [&*ana as &Page, &gil, &vera] {
            page.sees_the_picture_move(Some("Ben")).await;
        }
        ana.photograph("five people").await;
        vera.photograph("five people").await;

        // The agent who started goes; the call stays with the other.
        ana.leaves().await;
        for page in [&*ben as &Page, &gil, &vera] {
            page.sees_the_picture_move(Some(PICTURE)).await;
        }
        gil.press_button("Leave").await;
        gil.sees(Thing::new("heading", "You have left")).await;
        ben.sees_the_picture_move(Some(PICTURE)).await;
        ben.ends().await;
        vera.sees(Thing::new("heading", "The session has ended")).await;
        cleo.sees(Thing::new("heading", "Session ended")).await;
    })
    .await;
}
