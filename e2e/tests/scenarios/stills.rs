//! Looking at a frozen picture together: it opens on both sides, both draw, each takes back their own, and it goes away or
//! into the chat.

use farhand_e2e::{
    find::{Thing, button, tab},
    page::keyboard::{CONTROL, ENTER},
    page::{Page, Spot},
    person::{Agent, Customer, in_call},
    play, see,
    see::PATIENCE,
};

/// How long both draw at once.
const AT_ONCE: std::time::Duration = std::time::Duration::from_secs(5);

/// An arrow in a row of its own, so that strokes do not lie on each other.
fn arrow(row: u32) -> [Spot; 3] {
    let y = 0.2 + 0.1 * f64::from(row % 7);
    [(0.25, y), (0.4, y + 0.02), (0.6, y)]
}

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
async fn everybody_draws_on_a_picture_and_takes_back_their_own() {
    play("still marks", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&ana, &ana, &cleo).await;
        cleo.sees_the_picture_move(Some("Your camera")).await;
        ana.press_button("Arrow").await;
        cleo.press_button("Arrow").await;
        ana.draws_on_still(&arrow(0)).await;
        ana.sees_still("Picture 1 with 1 mark by you").await;
        cleo.draws_on_still(&arrow(1)).await;
        ana.draws_on_still(&arrow(2)).await;
        let (two, one) = (
            "Picture 1 with 1 mark by Cleo and 2 by you",
            "Picture 1 with 2 marks by Ana and 1 by you",
        );
        both_see(&ana, &cleo, two, one).await;
        ana.photograph("drawn").await;
        cleo.photograph("drawn").await;
        ana.is_accessible("still").await;
        cleo.is_accessible("still").await;

        // The customer's undo takes the customer's mark, though the agent's is newer.
        cleo.press_button("Undo").await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 2 marks by you",
            "Picture 1 with 2 marks by Ana",
        )
        .await;
        cleo.press_button("Redo").await;
        both_see(&ana, &cleo, two, one).await;
        ana.press_button("Undo all").await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by Cleo",
            "Picture 1 with 1 mark by you",
        )
        .await;
        ana.press_button("Redo").await;
        both_see(&ana, &cleo, two, one).await;

        ana.press_button("Clear everyone's").await;
        both_see(&ana, &cleo, "Picture 1", "Picture 1").await;
        ana.press_button("Undo clear").await;
        both_see(&ana, &cleo, two, one).await;
    })
    .await;
}

#[tokio::test]
async fn a_deleted_picture_goes_at_once_and_comes_back_within_six_seconds() {
    play("still deleted", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&cleo, &ana, &cleo).await;
        cleo.press_button("Arrow").await;
        cleo.draws_on_still(&arrow(0)).await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by Cleo",
            "Picture 1 with 1 mark by you",
        )
        .await;
        ana.press_button("Delete").await;
        // At once: the six seconds run.
        cleo.press_button("Undo delete").await;
        both_see(
            &ana,
            &cleo,
            "Picture 1 with 1 mark by Cleo",
            "Picture 1 with 1 mark by you",
        )
        .await;
        cleo.press_button("Delete").await;
        ana.sees(button("Undo delete")).await;
        ana.photograph("deleted").await;
        cleo.photograph("deleted").await;
        ana.sees_the_customer().await;
        // After the six seconds nothing is offered any more, and the list is empty.
        ana.sees_no_more(button("Undo delete")).await;
        ana.sees_no_more(Thing::new("button", "Open Picture 1").loosely()).await;
    })
    .await;
}

#[tokio::test]
async fn a_tap_right_after_a_quick_stroke_counts() {
    play("still quick", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&ana, &ana, &cleo).await;
        cleo.press_button("Arrow").await;
        for row in 0..3 {
            cleo.draws_on_still(&arrow(row)).await;
            // No wait: a browser that took the stroke for a fling would swallow this tap.
            cleo.press_button("Undo").await;
            both_see(&ana, &cleo, "Picture 1", "Picture 1").await;
        }
    })
    .await;
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
async fn both_draw_at_once_and_have_the_same_picture_even_after_a_reload() {
    play("still at once", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&ana, &ana, &cleo).await;
        ana.press_button("Arrow").await;
        cleo.press_button("Arrow").await;
        let draws = async |page: &Page| {
            let start = std::time::Instant::now();
            let mut row = 0;
            while start.elapsed() < AT_ONCE {
                page.draws_on_still(&arrow(row)).await;
                row += 1;
            }
            row
        };
        let (by_ana, by_cleo) = tokio::join!(draws(&ana), draws(&cleo));
        assert!(by_ana > 1 && by_cleo > 1, "{by_ana} and {by_cleo} strokes");
        let marks = |count: u32| if count == 1 { "mark" } else { "marks" };
        let agent = format!(
            "Picture 1 with {by_cleo} {} by Cleo and {by_ana} by you",
            marks(by_cleo)
        );
        let customer = format!("Picture 1 with {by_ana} {} by Ana and {by_cleo} by you", marks(by_ana));
        both_see(&ana, &cleo, &agent, &customer).await;
        let before = same_scene(&ana, &cleo).await;
        cleo.comes_back().await;
        cleo.sees_still(&customer).await;
        ana.reload().await;
        ana.sees_still(&agent).await;
        assert_eq!(same_scene(&ana, &cleo).await, before);
    })
    .await;
}

#[tokio::test]
async fn numbers_words_and_what_is_hidden_go_into_the_chat_as_one_picture() {
    play("still sent", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        picture(&ana, &ana, &cleo).await;
        ana.press_button("Number").await;
        for place in [(0.2, 0.25), (0.2, 0.5)] {
            ana.draws_on_still(&[place]).await;
        }
        ana.press_button("Text").await;
        ana.draws_on_still(&[(0.3, 0.5)]).await;
        ana.fill("Words on the picture", "This screw").await;
        ana.keys(ENTER).await;
        ana.press_button("Rectangle").await;
        ana.draws_on_still(&[(0.28, 0.4), (0.35, 0.45), (0.5, 0.6)]).await;
        ana.press_button("Highlighter").await;
        ana.draws_on_still(&[(0.3, 0.8), (0.4, 0.8), (0.5, 0.8)]).await;
        ana.sees_still("Picture 1 with 5 marks by you").await;
        ana.press(tab("Pictures")).await;
        let small = small_picture(&ana, 1, None).await;
        ana.press_button("Blur").await;
        // The edge of the black corner lies inside of a coarse square, and is no edge any more.
        ana.draws_on_still(&[(0.7, 0.05), (0.8, 0.3), (0.98, 0.45)]).await;
        ana.sees_still("Picture 1 with 6 marks by you").await;
        ana.photograph("all tools").await;
        cleo.photograph("all tools").await;
        // The relay knows of it.
        cleo.sees_still("Picture 1 with 6 marks by Ana").await;
        let file = ana.still_file().await;
        // A coarse square holds a fifth or more of the background, whose colour is that of the moment.
        let background = brightness(&ana, &file, (0.6, 0.917)).await;
        let shown = brightness(&ana, &file, (0.928, 0.917)).await;
        let hidden = brightness(&ana, &file, (0.928, 0.083)).await;
        assert!(
            shown < 30.0 && background > 80.0,
            "the other corner is as it was: {shown} on {background}"
        );
        assert!(
            hidden > shown + background / 10.0,
            "the served picture is pixelated there: {hidden}, {shown}, {background}"
        );

        // What was loaded before shows too much, so it is loaded anew.
        small_picture(&ana, 1, Some((&small, &file))).await;

        ana.press_button("Send to chat").await;
        ana.sees_no_more(Page::still()).await;
        cleo.sees_no_more(Page::still()).await;
        ana.sees(Thing::new("button", "Open Picture 2").loosely()).await;
        cleo.sees(Thing::new("button", "Open Picture 2").loosely()).await;
        ana.photograph("sent").await;
        cleo.photograph("sent").await;
        ana.ends().await;
        cleo.sees(Thing::new("heading", "Session ended")).await;
        for side in [&*ana as &Page, &*cleo] {
            side.sees(Thing::new("img", "Picture 2").loosely()).await;
            side.sees(button("Save picture 2")).await;
            side.is_accessible("pictures after the end").await;
            side.photograph("after the end").await;
        }
    })
    .await;
}

/// The brightest channel of one place of the picture that the server gives out.
async fn brightness(page: &Page, file: &str, place: Spot) -> f64 {
    let script = r#"
        const [file, [x, y]] = arguments;
        const key = `served ${file} ${x} ${y}`;
        window[key] ??= fetch(`/api/files/${file}?size=whole`).then((answer) => answer.blob()).then(createImageBitmap)
          .then((image) => {
            const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
            pen.drawImage(image, 0, 0);
            const { data } = pen.getImageData(Math.round(x * image.width), Math.round(y * image.height), 1, 1);
            window[key].found = [Math.max(data[0], data[1], data[2])];
          });
        return window[key].found ?? null;"#;
    let arguments = vec![serde_json::json!(file), serde_json::json!(place)];
    let [brightest] = page
        .waits_for::<[f64; 1]>("the served picture", script, arguments)
        .await;
    brightest
}

/// The address of a small picture in the agent's list; once it is another than one before and shows what is served for its
/// file now, if these are given.
async fn small_picture(ana: &Page, number: u32, other_than: Option<(&str, &str)>) -> String {
    let script = r#"
        const [name, other] = arguments;
        const [before, file] = other ?? [];
        const image = findAll({ role: "button", name, exact: false })[0]?.querySelector("img");
        if (!image?.complete || !image.naturalWidth || image.src === before) return null;
        const pixels = (picture, width, height) => {
          const pen = new OffscreenCanvas(width, height).getContext("2d");
          pen.drawImage(picture, 0, 0);
          return pen.getImageData(0, 0, width, height).data.join();
        };
        if (!file) return image.src;
        window.farhandSmall ??= fetch(`/api/files/${file}?size=thumb`).then((answer) => answer.blob()).then(createImageBitmap)
          .then((served) => (window.farhandSmall.found = pixels(served, served.width, served.height)));
        const shown = pixels(image, image.naturalWidth, image.naturalHeight);
        return shown === window.farhandSmall.found ? image.src : null;"#;
    let name = format!("Open Picture {number}");
    ana.waits_for(
        "the small picture",
        script,
        vec![serde_json::json!(name), serde_json::json!(other_than)],
    )
    .await
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
        ana.chord(&[CONTROL], "z").await;
        ana.sees_still("Picture 1 with 1 mark by you").await;
        ana.chord(&[CONTROL], "\u{e003}").await;
        ana.sees_still("Picture 1").await;
        // Space is the live picture again, and freezes it.
        ana.keys(" ").await;
        cleo.sees_no_more(Page::still()).await;
        ana.sees_no_more(Page::still()).await;
        ana.waits_for::<bool>("the focus on the stage", focus, vec![]).await;
        ana.keys(" ").await;
        cleo.sees_still("Picture 2").await;
    })
    .await;
}
