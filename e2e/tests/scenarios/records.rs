//! What is written down of a session: notes, what happened, problems, and finding it all again.

use farhand_e2e::{
    find::{button, entry, heading, link, tab},
    page::{MOUSE, Page},
    person::{Agent, Invite, Start, in_call},
    play,
};

/// Keeps the text of what is saved to the person's own files.
const KEEP_SAVED: &str = r#"
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  blob.text().then((text) => (window.farhandSaved = text));
  return make.call(URL, blob);
};
return true;
"#;

async fn notes_are(page: &Page, text: &str) {
    let script = "return document.getElementById('notes')?.value === arguments[0];";
    let argument = vec![serde_json::json!(text)];
    page.waits_for::<bool>("the notes", script, argument).await;
}

/// Writes over what is there, and waits until it is kept.
async fn writes(page: &Page, text: &str) {
    page.fill("Notes", text).await;
    page.reads("Saved").await;
    notes_are(page, text).await;
}

#[tokio::test]
async fn a_session_is_written_down_found_again_and_reported() {
    play("records", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.press(tab("Notes")).await;
        writes(&ana, "0.4 bar, refilled").await;
        ana.reads("The link was opened on: Phone · Android 16 · Chrome").await;
        ana.reads("Cleo came in as customer").await;
        ana.reads("The call started").await;
        ana.is_accessible_in_every_light("notes").await;
        ana.photograph("notes").await;
        ana.press(tab("Chat")).await;
        ana.press(tab("Notes")).await;
        notes_are(&ana, "0.4 bar, refilled").await;
        ana.reload().await;
        ana.sees_the_customer().await;
        ana.press(tab("Notes")).await;
        notes_are(&ana, "0.4 bar, refilled").await;

        ana.press_button("Report a problem").await;
        ana.fill("What did not work, and what did you expect?", "The picture froze twice")
            .await;
        ana.press_button("Send report").await;
        ana.reads("Your administrator can see it now.").await;

        ana.waits_for::<bool>("the page", KEEP_SAVED, vec![]).await;
        ana.press_button("Save as a text file").await;
        let saved: String = ana
            .waits_for("the file", "return window.farhandSaved ?? null;", vec![])
            .await;
        for words in ["T-1001", "The call started", "Cleo came in as customer"] {
            assert!(saved.contains(words), "no {words:?} in {saved}");
        }
        assert!(!saved.contains("+49151"), "no phone number leaves in a file: {saved}");

        ana.ends().await;
        cleo.sees(heading("Session ended")).await;
        ana.goes_home().await;
        for text in ["t-1001", "cleo", "+49 151 23456789"] {
            ana.fill("Find a session", text).await;
            ana.press_button("Find").await;
            ana.sees(button("Show recent sessions")).await;
            ana.sees(link("Details Cleo")).await;
            ana.press_button("Show recent sessions").await;
        }
        ana.fill("Find a session", "T-9").await;
        ana.press_button("Find").await;
        ana.reads("Nothing found.").await;
        ana.is_accessible_in_every_light("nothing found").await;
        ana.fits_however_looked_at(MOUSE, "nothing found").await;
        ana.press_button("Show recent sessions").await;

        ana.press(link("Details Cleo")).await;
        ana.sees(heading("What happened")).await;
        ana.reads("The session ended.").await;
        notes_are(&ana, "0.4 bar, refilled").await;
        ana.is_for_everybody(MOUSE, "record").await;
        ana.photograph("record").await;

        ana.press_button("Profile").await;
        ana.press(entry("Administration")).await;
        ana.reads("The picture froze twice").await;
        ana.reads("Nobody has rated a session yet.").await;
        ana.is_accessible_in_every_light("reported problems").await;
        ana.fits_however_looked_at(MOUSE, "reported problems").await;
        ana.photograph("reported problems").await;
    })
    .await;
}

#[tokio::test]
async fn two_agents_never_overwrite_each_others_notes_unseen() {
    play("notes of two", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;
        let ben = Agent::signs_up(stage, "Ben").await;
        ben.joins(&pin).await;
        for agent in [&ana, &ben] {
            agent.press(tab("Notes")).await;
            agent.reads("Saved").await;
        }
        writes(&ana, "0.4 bar").await;
        ben.fill("Notes", "The valve is open").await;
        ben.reads("Ana has changed these notes meanwhile. Theirs:").await;
        ben.is_accessible_in_every_light("two versions").await;
        ben.fits_however_looked_at(MOUSE, "two versions").await;
        ben.photograph("two versions").await;
        ben.press_button("Keep mine").await;
        ben.reads("Saved").await;
        ana.fill("Notes", "1.5 bar").await;
        ana.reads("The valve is open").await;
        ana.press_button("Take theirs").await;
        notes_are(&ana, "The valve is open").await;
        ana.reads("Saved").await;
    })
    .await;
}
