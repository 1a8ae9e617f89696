//! Every screen of the customer: nothing for axe-core to complain about, the keyboard alone leads everywhere, and all
//! of it fits however one looks at it.

use farhand_e2e::{
    find::{button, dialog, heading},
    page::THUMB,
    person::{Agent, Customer, Invite, Mode, NUMBER, Start, Talk},
    play,
};

#[tokio::test]
async fn the_way_into_a_call_and_out_of_it_is_for_everybody() {
    play("customer screens", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        let link = stage.stack.phones.sms_for(NUMBER).await.link();
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.taps_link(&link).await;
        cleo.is_for_everybody(THUMB, "who wants to help").await;
        cleo.turns_camera_on(Talk::Page).await;
        cleo.is_seen_by("Ana").await;
        cleo.is_for_everybody(THUMB, "in the call").await;
        ana.press_button("Camera").await;
        cleo.sees(button("Small picture")).await;
        cleo.is_for_everybody(THUMB, "with the agent's picture").await;
        cleo.press_button("Camera off").await;
        cleo.is_not_seen_by("Ana").await;
        cleo.is_for_everybody(THUMB, "camera off").await;
        cleo.press_button("End").await;
        cleo.sees(button("Stay")).await;
        cleo.is_accessible_in_every_light("ending").await;
        cleo.sees(heading("Session ended")).await;
        cleo.is_for_everybody(THUMB, "session ended").await;
        cleo.press_button("HERE").await;
        cleo.sees(dialog("If the camera doesn't work")).await;
        cleo.is_for_everybody(THUMB, "camera steps").await;
        cleo.press_button("Close").await;
        cleo.press_button("Join new session").await;
        cleo.sees(heading("Get help by camera")).await;
    })
    .await;
}

#[tokio::test]
async fn home_and_waiting_are_for_everybody() {
    play("customer home", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.open(&stage.stack.server.address("/")).await;
        cleo.sees(button("Start a new session")).await;
        for help in ["Which browsers work?", "Put this on my home screen"] {
            cleo.press_button(help).await;
        }
        cleo.is_for_everybody(THUMB, "home").await;
        cleo.press_button("Start a new session").await;
        cleo.sees(dialog("How do you want to show it?")).await;
        cleo.is_for_everybody(THUMB, "which mode").await;
        cleo.press_button("Cancel").await;
        let pin = cleo.starts_own_session(stage, Mode::Video).await;
        cleo.is_for_everybody(THUMB, "a number to read out").await;
        cleo.turns_camera_on(Talk::PhoneCall).await;
        cleo.is_ready().await;
        cleo.is_for_everybody(THUMB, "ready").await;
        ana.joins(&pin).await;
        cleo.is_seen_by("Ana").await;
    })
    .await;
}

#[tokio::test]
async fn the_steps_to_the_home_screen_are_written_and_the_shortcut_works_without_network() {
    play("home screen", async |stage| {
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.open(&stage.stack.server.address("/")).await;
        cleo.press_button("Put this on my home screen").await;
        cleo.reads("Scroll down and tap Add to Home Screen.").await;
        cleo.reads("Tap Add to Home screen.").await;
        let manifest = r#"
            window.farhandManifest ??= (async () => {
              const answer = await fetch(document.querySelector("link[rel=manifest]").href);
              const { icons, display, start_url } = await answer.json();
              const found = await Promise.all(icons.map(async ({ src }) => (await fetch(new URL(src, answer.url))).ok));
              return { icons: found, display, start_url };
            })();
            farhandManifest.then((value) => (window.farhandAnswer = value));
            return window.farhandAnswer ?? null;"#;
        let manifest: serde_json::Value = cleo.waits_for("the manifest", manifest, vec![]).await;
        assert_eq!(manifest["display"], "browser", "{manifest}");
        let icons = manifest["icons"].as_array().expect("icons");
        assert!(icons.len() >= 2 && icons.iter().all(|found| found == true), "{manifest}");

        let kept = r#"
            navigator.serviceWorker.ready.then((worker) => (window.farhandReady = worker.active?.state === "activated"));
            return window.farhandReady ?? false;"#;
        cleo.waits_for::<bool>("the worker", kept, vec![]).await;
        stage.stack.server.stop();
        cleo.reload().await;
        cleo.sees(button("Start a new session")).await;
        cleo.press_button("Start a new session").await;
        cleo.press(button("Video Mode").loosely()).await;
        cleo.reads("We can't reach our service.").await;
        stage.stack.server.start_again().await;
    })
    .await;
}
