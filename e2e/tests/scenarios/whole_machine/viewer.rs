//! Somebody who looks on. The phone sends its large picture to two: that takes a machine of its own.

use std::time::Instant;

use farhand_e2e::{
    browser::Kind,
    find::{Thing, button, field},
    page::Page,
    person::in_call_with,
    play_alone, see,
    see::PATIENCE,
    sound::Voice,
    stack::Options,
};

use crate::visits::{PICTURE, comes, dialog, lists, makes_link};

#[tokio::test]
async fn a_viewer_looks_on_until_the_link_is_taken_back_and_the_call_goes_on() {
    play_alone("viewer", Options::default(), async |stage| {
        let (ana, cleo) = in_call_with(stage, Kind::laptop(), Kind::phone_with_large_picture()).await;
        let link = makes_link(&ana, "Make an external view link").await;
        let heading = "Ana invites you to watch a video session";
        let vera = comes(stage, "Vera", &link, heading, "Watch").await;
        cleo.reads("Vera (viewer) is here now.").await;
        vera.sees_the_picture_move(Some(PICTURE)).await;
        vera.reads("You are watching. Nobody sees or hears you.").await;
        // The phone's line belongs to who helps: who looks on gets a smaller picture.
        let side = async |page: &Page| {
            page.glimpse(Some(PICTURE))
                .await
                .map(|glimpse| glimpse.width.min(glimpse.height))
        };
        let smaller = see::until(PATIENCE, async || {
            let (helps, looks_on) = (side(&ana).await?, side(&vera).await?);
            (looks_on <= 480 && looks_on < helps).then_some(())
        });
        assert!(
            smaller.await.is_ok(),
            "{:?} and {:?} pixels",
            side(&ana).await,
            side(&vera).await
        );
        vera.hears(Voice::Phone).await;
        lists(&ana, "Vera", "Viewer · watching").await;
        for (name, role) in [
            ("Ana", "Agent"),
            ("Cleo", "Customer"),
            ("Vera (you)", "Viewer · watching"),
        ] {
            lists(&vera, name, role).await;
        }
        for tool in ["Draw", "Microphone", "Camera", "Screenshot", "Send"] {
            assert!(!vera.sees_now(&button(tool)).await, "a viewer has no {tool}");
        }
        assert!(!vera.sees_now(&field("Message")).await, "a viewer writes nothing");
        vera.is_accessible("viewer in the call").await;
        vera.photograph("watching").await;

        // The still is seen by viewers as well.
        let pressed = Instant::now();
        ana.press_button("Screenshot").await;
        vera.sees_still_sharp().await;
        let sharp = format!("sharp at the viewer's {:?} after the press\n", pressed.elapsed());
        stage.evidence().note("still.txt", &sharp);
        ana.press_button("Close").await;
        vera.sees_no_more(Page::still()).await;

        ana.press_button("Add people").await;
        ana.reads("1 person has come by it").await;
        ana.press(button("Take back external view link").within(dialog())).await;
        vera.sees(Thing::new("heading", "You are not in this session")).await;
        ana.reads("No links yet.").await;
        ana.press(button("Close").within(dialog())).await;
        vera.reload().await;
        vera.reads("This link was withdrawn.").await;
        ana.sees_the_customer().await;
        cleo.is_seen_by("Ana").await;
    })
    .await;
}
