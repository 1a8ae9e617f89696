//! Looking at a frozen picture together: it opens on both sides, both draw, each takes back their own, and it goes away or
//! into the chat.

use farhand_e2e::{
    page::{Page, Spot},
    person::{Agent, Customer, in_call},
    play, see,
    see::PATIENCE,
};

/// A picture is taken by `by` and is all there on both sides.
async fn picture(by: &Page, ana: &Agent, cleo: &Customer) {
    by.press_button("Screenshot").await;
    for side in [&**ana as &Page, &**cleo] {
        side.sees(Page::still()).await;
        side.sees_still_sharp().await;
    }
}

async fn both_see(ana: &Agent, cleo: &Customer, agent: &str, customer: &str) {
    ana.sees_still(agent).await;
    cleo.sees_still(customer).await;
    same_scene(ana, cleo).await;
}

/// Waits until both sides show the same marks, and says which.
async fn same_scene(ana: &Page, cleo: &Page) -> String {
    let same = see::until(PATIENCE, async || {
        let scene = ana.scene().await;
        (scene == cleo.scene().await).then_some(scene)
    });
    same.await.expect("both sides show the same marks")
}

#[tokio::test]
async fn a_rough_circle_becomes_an_ellipse_and_undo_gives_the_stroke_back() {
    play("still shapes", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&ana, &ana, &cleo).await;
        let round: Vec<Spot> = (0..=24)
            .map(|step| {
                let angle = f64::from(step) * core::f64::consts::TAU / 24.0;
                let trembles = 1.0 + 0.03 * f64::from(step % 3);
                (0.5 + 0.15 * trembles * angle.cos(), 0.5 + 0.2 * trembles * angle.sin())
            })
            .collect();
        let none = ana.scene().await;
        ana.draws_on_still(&round).await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by you",
            "Picture 1 with 1 mark by Ana",
        )
        .await;
        let snapped = ana.scene().await;
        ana.photograph("snapped").await;
        ana.press_button("Undo").await;
        let rough = see::until(PATIENCE, async || {
            let scene = ana.scene().await;
            (scene != snapped && scene != none).then_some(scene)
        });
        rough.await.expect("the stroke as it was drawn comes back");
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by you",
            "Picture 1 with 1 mark by Ana",
        )
        .await;
        ana.press_button("Undo").await;
        both_see(&ana, &cleo, "Picture 1", "Picture 1").await;
    })
    .await;
}

#[tokio::test]
async fn an_agent_marks_a_picture_by_keyboard_alone() {
    play("still keyboard", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        // Focus on the stage as the Tab key would bring it there.
        let focus = "const stage = findAll({ role: 'group', name: \"Customer's camera\", exact: true })[0];
            stage?.focus(); return document.activeElement === stage;";
        ana.waits_for::<bool>("the focus on the stage", focus, vec![]).await;
        ana.keys("s").await;
        ana.sees(Page::still()).await;
        ana.sees_still_sharp().await;
        cleo.sees_still_sharp().await;
        ana.keys("a").await;
        // The arrow keys move the pointer, Enter marks its tail and its head.
        ana.keys("\u{e014}\u{e007}\u{e014}\u{e014}\u{e014}\u{e015}\u{e015}\u{e007}")
            .await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by you",
            "Picture 1 with 1 mark by Ana",
        )
        .await;
        ana.keys("n\u{e012}\u{e007}").await;
        ana.sees_still("Picture 1 with 2 marks by you").await;
        ana.photograph("by keyboard").await;
        ana.chord('\u{e009}', "z").await;
        ana.sees_still("Picture 1 with 1 mark by you").await;
        ana.chord('\u{e009}', "\u{e003}").await;
        ana.sees_still("Picture 1").await;
    })
    .await;
}
