//! Which of a computer's cameras is shown.

use farhand_e2e::{
    browser::Kind,
    find::choice,
    page::Page,
    person::{Agent, Customer, Invite, NUMBER, Start, Talk},
    play, see,
    see::PATIENCE,
};
use serde_json::json;

/// What the picture with this name comes from.
async fn source(page: &Page, label: &str) -> String {
    let script = "const [it] = findAll({ role: 'video', name: arguments[0], exact: true, within: null });
        return it?.srcObject?.getVideoTracks()[0]?.label || null;";
    page.waits_for("the camera's name", script, vec![json!(label)]).await
}

/// Waits until the picture with this name comes from another camera than that, and says from which.
async fn turns_from(page: &Page, label: &str, camera: &str) -> String {
    let script = "const [it] = findAll({ role: 'video', name: arguments[0], exact: true, within: null });
        const now = it?.srcObject?.getVideoTracks()[0]?.label;
        return now && now !== arguments[1] ? now : null;";
    page.waits_for("the other camera", script, vec![json!(label), json!(camera)])
        .await
}

/// Waits until pictures follow one another, whatever they show.
async fn sees_pictures(page: &Page, label: &str) {
    let frames = async || page.glimpse(Some(label)).await.map(|glimpse| glimpse.frames);
    let first = see::until(PATIENCE, frames).await.unwrap_or_default();
    let more = see::until(PATIENCE, async || frames().await.filter(|now| *now > first + 5));
    assert!(more.await.is_ok(), "{} sees no pictures of {label}", page.who());
}

#[tokio::test]
async fn customer_and_agent_choose_among_the_cameras_of_their_computers() {
    play("three cameras", async |stage| {
        let ana = Agent::first_with(stage, "Ana", Kind::laptop_with_three_cameras()).await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        // Before the call the agent tries the cameras; nobody sees it.
        ana.press_button("Camera").await;
        sees_pictures(&ana, "Your camera").await;
        ana.sees(choice("Which camera")).await;
        ana.is_accessible("own camera before the call").await;
        ana.photograph("own camera before the call").await;
        ana.press_button("Camera").await;
        ana.sees_no_more(choice("Which camera")).await;
        // Nobody has started the call yet.
        ana.leaves().await;
        let cleo = Customer::with(stage, "Cleo", Kind::laptop_with_three_cameras()).await;
        cleo.taps_link(&link).await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_ready().await;
        let first = source(&cleo, "Your camera").await;
        cleo.press_button("Flip").await;
        let dark = turns_from(&cleo, "Your camera", &first).await;
        cleo.press_button("Flip").await;
        let third = turns_from(&cleo, "Your camera", &dark).await;
        assert_ne!(third, first, "one after the other");
        cleo.photograph("the other camera").await;

        ana.press_button("Come back").await;
        cleo.is_seen_by("Ana").await;
        sees_pictures(&ana, "Customer's camera").await;
        assert_eq!(source(&cleo, "Your camera").await, third, "the same in the call");
        // The agent asks for the other one.
        ana.press_button("Flip").await;
        assert_eq!(turns_from(&cleo, "Your camera", &third).await, first);
        sees_pictures(&ana, "Customer's camera").await;

        ana.press_button("Camera").await;
        sees_pictures(&cleo, "Ana").await;
        let mine = source(&ana, "Your camera").await;
        ana.sees(choice("Which camera")).await;
        let names = "const [it] = findAll({ role: 'combobox', name: 'Which camera', exact: true, within: null });
            return [...it.options].map((option) => option.text);";
        let names: Vec<String> = ana.waits_for("the cameras", names, vec![]).await;
        assert_eq!((names.len(), &names[0]), (3, &mine), "{names:?}");
        let other = &names[2];
        ana.is_accessible("which camera").await;
        ana.photograph("which camera").await;
        ana.choose("Which camera", other).await;
        assert_eq!(turns_from(&ana, "Your camera", &mine).await, *other);
        sees_pictures(&cleo, "Ana").await;
    })
    .await;
}
