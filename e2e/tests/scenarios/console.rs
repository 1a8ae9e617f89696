//! Every screen of the agent's console: nothing for axe-core to complain about, and the keyboard alone leads everywhere.

use farhand_e2e::{
    browser::Kind,
    find::{Thing, button, checkbox, dialog, entry, field, heading, link, tab},
    page::MOUSE,
    page::keyboard::{CONTROL, DOWN, ENTER, ESCAPE, SHIFT, TAB, UP},
    person::{Agent, Customer, Invite, NUMBER, Start, Talk, in_call},
    play, play_with,
    stack::Options,
};

#[tokio::test]
async fn the_doors_of_the_console_are_for_everybody() {
    play("console doors", async |stage| {
        let eve = stage.person("Eve", Kind::laptop()).await;
        let server = &stage.stack.server;
        let first = server.first_admin_link().await;
        for (address, title) in [
            (server.address("/agent"), "Sign in"),
            (server.address("/agent/sign-up"), "Create your account"),
            (server.address("/agent/forgot"), "Choose a new password"),
            (server.address("/agent#verify=x"), "Confirm your address"),
            (server.address("/agent#reset=x"), "Choose a new password"),
            (first, "Create the first administrator"),
        ] {
            // Another fragment alone would load nothing.
            eve.open("about:blank").await;
            eve.open(&address).await;
            eve.sees(heading(title)).await;
            eve.is_for_everybody(MOUSE, title).await;
        }
    })
    .await;
}

#[tokio::test]
async fn home_outbox_and_administration_are_for_everybody() {
    let options = Options::default()
        .outbox()
        .with("agent-cameras", "no")
        .with("problem-reports", "no");
    play_with("console pages", options, async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Sms(NUMBER.into()))).await;
        ana.is_for_everybody(MOUSE, "before the call").await;
        // The operator keeps agents off camera, and wants no reports.
        ana.sees(button("Microphone")).await;
        assert!(!ana.sees_now(&button("Camera")).await);
        ana.press(tab("Notes")).await;
        ana.sees(field("Notes")).await;
        assert!(!ana.sees_now(&button("Report a problem")).await);
        ana.is_for_everybody(MOUSE, "notes before the call").await;
        ana.shows_qr().await;
        ana.is_for_everybody(MOUSE, "QR code").await;
        ana.press_button("Close").await;
        ana.press_button("Another way or number").await;
        ana.sees(dialog("Another way or number")).await;
        ana.is_for_everybody(MOUSE, "another way").await;
        ana.press_button("Close").await;

        let pin = ana.reads_pin().await;
        ana.goes_home().await;
        ana.goes_online().await;
        ana.is_for_everybody(MOUSE, "home").await;
        for (typed, found) in [(&*pin, true), ("000 000", false)] {
            ana.fill("Find a session", typed).await;
            ana.press_button("Find").await;
            match found {
                true => ana.sees(button("Show recent sessions")).await,
                false => ana.reads("Nothing found.").await,
            }
            assert_eq!(ana.sees_now(&link("Details").loosely()).await, found, "{typed}");
        }
        ana.press_button("Profile").await;
        ana.sees(entry("Sign out")).await;
        ana.is_for_everybody(MOUSE, "profile menu").await;
        ana.press(entry("Outbox")).await;
        ana.sees(heading("Outbox")).await;
        ana.is_for_everybody(MOUSE, "outbox").await;
        ana.press_button("Profile").await;
        ana.press(entry("Administration")).await;
        ana.sees(heading("Administration")).await;
        ana.sees(field("Domain")).await;
        ana.is_for_everybody(MOUSE, "administration").await;
        ana.open(&stage.stack.server.address("/agent/join")).await;
        ana.sees(field("Session number (PIN)")).await;
        ana.is_for_everybody(MOUSE, "join by number").await;
        ana.open(&stage.stack.server.address("/agent/nowhere")).await;
        ana.sees(heading("There is no such page")).await;
        ana.is_for_everybody(MOUSE, "no such page").await;
        ana.press(link("Go to your sessions")).await;
        ana.is_home().await;
    })
    .await;
}

#[tokio::test]
async fn a_call_is_for_everybody_and_its_ways_out_work_by_keyboard() {
    play("console call", async |stage| {
        let (ana, cleo) = in_call(stage).await;
        ana.is_for_everybody(MOUSE, "in the call").await;
        ana.press_button("Shortcuts").await;
        ana.sees(dialog("Shortcuts")).await;
        ana.is_for_everybody(MOUSE, "shortcuts").await;
        ana.press_button("Close").await;

        // Everything by name: a few letters and Enter.
        ana.chord(&[CONTROL], "k").await;
        ana.sees(dialog("Commands")).await;
        ana.is_for_everybody(MOUSE, "commands").await;
        ana.fill("Find a command", "mirr").await;
        ana.photograph("commands").await;
        ana.keys(ENTER).await;
        ana.sees_no_more(dialog("Commands")).await;
        let mirrored = "const [tool] = findAll({ role: 'button', name: 'Mirror', exact: true, within: null }); \
                        return tool?.ariaPressed === 'true';";
        ana.waits_for::<bool>("the mirrored picture", mirrored, vec![]).await;
        ana.chord(&[CONTROL], "k").await;
        ana.fill("Find a command", "xyz").await;
        ana.reads("There is no such command now.").await;
        ana.keys(ESCAPE).await;
        ana.sees_no_more(dialog("Commands")).await;
        ana.chord(&[CONTROL], "k").await;
        ana.fill("Find a command", "add pe").await;
        ana.keys(ENTER).await;
        ana.sees(dialog("Add people")).await;
        ana.press(button("Close").within(dialog("Add people"))).await;

        single_keys_can_be_switched_off(&ana).await;
        single_keys_lead_to_the_panel_and_to_help(&ana).await;

        // One button with a menu beside it: leaving is one press, the end for everyone two.
        let more = button("Other ways to leave");
        focus(&ana, "Other ways to leave").await;
        ana.keys(ENTER).await;
        ana.sees(entry("End for everyone")).await;
        has_focus(&ana, "End for everyone").await;
        ana.is_accessible_in_every_light("ways out").await;
        ana.photograph("ways out").await;
        ana.keys(ESCAPE).await;
        ana.sees_no_more(entry("End for everyone")).await;
        has_focus(&ana, "Other ways to leave").await;
        ana.keys(DOWN).await;
        has_focus(&ana, "End for everyone").await;
        ana.keys(TAB).await;
        ana.sees_no_more(entry("End for everyone")).await;
        focus(&ana, "Other ways to leave").await;
        ana.keys(UP).await;
        has_focus(&ana, "End for everyone").await;
        ana.keys(ENTER).await;
        ana.sees(button("Stay")).await;
        // The end comes in five seconds, in which nobody walks through the whole page.
        ana.is_accessible("ending").await;
        focus(&ana, "Stay").await;
        ana.keys(ENTER).await;
        cleo.is_seen_by("Ana").await;
        assert!(ana.sees_now(&more).await);

        ana.chord(&[CONTROL, SHIFT], "x").await;
        ana.sees(button("Stay")).await;
        ana.sees(heading("Session ended")).await;
        ana.is_for_everybody(MOUSE, "session ended").await;
    })
    .await;
}

/// F fills the screen while the picture has the focus, unless single keys were switched off.
async fn single_keys_can_be_switched_off(ana: &Agent) {
    let full = "return (document.fullscreenElement !== null) === arguments[0];";
    let picture = || Thing::new("group", "Customer's camera");
    ana.press(picture()).await;
    ana.keys("f").await;
    ana.waits_for::<bool>("the full screen", full, vec![true.into()]).await;
    ana.photograph("full screen").await;
    ana.keys("f").await;
    ana.waits_for::<bool>("the window again", full, vec![false.into()])
        .await;

    let letters = checkbox("Single keys work on the picture");
    let rotated = "return document.querySelector('.stage-picture').style.transform.includes('rotate(90deg)');";
    for on in [false, true] {
        ana.press_button("Shortcuts").await;
        ana.press(letters.clone()).await;
        ana.press(button("Close").within(dialog("Shortcuts"))).await;
        ana.press(picture()).await;
        ana.keys("r").await;
        // What the key does not do, the next one would show: zooming has a button of its own.
        ana.press_button("Zoom in").await;
        ana.reads("125 %").await;
        assert_eq!(
            ana.try_script::<bool>(rotated, vec![]).await,
            Some(on),
            "R with single keys {on}"
        );
        ana.press_button("Fit").await;
    }
    ana.press(picture()).await;
    for _ in 0..3 {
        ana.keys("r").await;
    }
}

/// 1 to 4 open the tabs beside the picture, the question mark the list of shortcuts.
async fn single_keys_lead_to_the_panel_and_to_help(ana: &Agent) {
    let picture = || Thing::new("group", "Customer's camera");
    let chosen = "return findAll({ role: 'tab', name: arguments[0], exact: false, within: null }) \
                  .some((tab) => tab.ariaSelected === 'true');";
    for (key, name) in [("4", "Notes"), ("3", "Pictures"), ("2", "Customer"), ("1", "Chat")] {
        ana.press(picture()).await;
        ana.keys(key).await;
        ana.waits_for::<bool>(&format!("the tab {name}"), chosen, vec![name.into()])
            .await;
    }
    ana.press(picture()).await;
    ana.keys("?").await;
    ana.press(button("Close").within(dialog("Shortcuts"))).await;
}

#[tokio::test]
async fn a_whole_session_from_sign_in_to_its_end_needs_no_mouse() {
    play("keyboard alone", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.signs_out().await;
        ana.tabs_to("E-mail address").await;
        ana.keys(ana.email()).await;
        ana.tabs_to("Password").await;
        ana.keys(ana.password()).await;
        ana.keys(ENTER).await;
        ana.is_home().await;
        ana.tabs_to("Customer's phone number").await;
        ana.keys(NUMBER).await;
        ana.keys(ENTER).await;
        ana.sees(button("Leave session").loosely()).await;

        let sms = stage.stack.phones.sms_for(NUMBER).await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.taps_link(&sms.link()).await;
        cleo.turns_camera_on(Talk::Page).await;
        ana.sees_the_customer().await;
        ana.tabs_to("Message").await;
        ana.keys("Show me the label, please").await;
        ana.keys(ENTER).await;
        ana.reads("Show me the label, please").await;
        ana.chord(&[CONTROL], "e").await;
        cleo.sees_the_picture_move(Some("Ana")).await;
        let mic = |on: &str| format!("const [it] = findAll({{ role: 'button', name: 'Microphone', exact: true, within: null }}); return it.ariaPressed === '{on}';");
        ana.chord(&[CONTROL], "d").await;
        ana.waits_for::<bool>("the microphone on", &mic("true"), vec![]).await;
        ana.chord(&[CONTROL], "d").await;
        ana.waits_for::<bool>("the microphone off", &mic("false"), vec![]).await;
        ana.chord(&[CONTROL], "k").await;
        ana.sees(dialog("Commands")).await;
        ana.keys("end for everyone").await;
        ana.keys(ENTER).await;
        ana.sees(heading("Session ended")).await;
        cleo.sees(heading("Session ended")).await;
    })
    .await;
}

#[tokio::test]
async fn somebody_who_left_or_was_replaced_or_is_called_is_for_everybody() {
    play("console after", async |stage| {
        let ana = Agent::first(stage, "Ana").await;
        ana.starts_session(&Start::video(Invite::Link)).await;
        let pin = ana.reads_pin().await;
        let cleo = Customer::with_phone(stage, "Cleo").await;
        cleo.knocks(stage, &pin).await;
        ana.sees(button("Admit")).await;
        ana.is_for_everybody(MOUSE, "somebody knocks").await;
        ana.leaves().await;
        ana.sees(heading("You left the session")).await;
        ana.is_for_everybody(MOUSE, "left").await;
    })
    .await;
}

async fn focus(ana: &Agent, name: &str) {
    let script = "const [it] = findAll({ role: 'button', name: arguments[0], exact: true, within: null }); \
                  it?.focus(); return document.activeElement === it;";
    ana.waits_for::<bool>(&format!("the focus on {name}"), script, vec![name.into()])
        .await;
}

async fn has_focus(ana: &Agent, name: &str) {
    let script = "return nameOf(document.activeElement) === arguments[0];";
    ana.waits_for::<bool>(&format!("the focus on {name}"), script, vec![name.into()])
        .await;
}
