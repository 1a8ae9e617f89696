//! Somebody who helps, at a laptop.

use std::{ops::Deref, sync::Arc};

use serde_json::json;

use super::{Mode, Talk};
use crate::{
    Stage,
    browser::{Kind, Permission},
    find::{Thing, button, dialog, entry, field, heading, link, radio, switch},
    page::Page,
    see::{self, PATIENCE},
};

/// A password that every rule accepts.
const PASSWORD: &str = "four quiet yellow ladders";

/// Redeems the link of the first administrator; the browser keeps the cookie.
const TAKE_LINK: &str = r#"
const headers = { "content-type": "application/json" };
const body = JSON.stringify(arguments[0]);
return fetch("/api/accounts/first-admin", { method: "POST", headers, body }).then((answer) => answer.ok);
"#;

/// How the customer hears of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invite {
    /// To a phone number, as typed.
    Sms(String),
    /// To an e-mail address.
    Mail(String),
    /// Nothing is sent; the agent passes the link on.
    Link,
}

/// What an agent fills in to start a session.
#[derive(Debug, Clone)]
pub struct Start {
    pub mode: Mode,
    pub talk: Talk,
    pub invite: Invite,
    pub case_id: String,
    pub customer_name: String,
}

impl Start {
    /// Video, talking through the page, invited this way, for customer Cleo.
    pub fn video(invite: Invite) -> Self {
        Self {
            mode: Mode::Video,
            talk: Talk::Page,
            invite,
            case_id: "T-1001".to_owned(),
            customer_name: "Cleo".to_owned(),
        }
    }
}

/// An agent. What any person can do with a page, an agent can, too.
pub struct Agent {
    page: Arc<Page>,
    name: String,
    email: String,
}

impl Deref for Agent {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Agent {
    /// The person who runs the server: makes the first account from the printed link, and is at home.
    pub async fn first(stage: &Stage, name: &str) -> Self {
        Self::first_with(stage, name, Kind::laptop()).await
    }

    /// The same with any browser.
    pub async fn first_with(stage: &Stage, name: &str, kind: Kind) -> Self {
        let agent = Self::nobody_yet(stage, name, kind).await;
        agent.becomes_administrator(stage).await;
        agent
    }

    /// The same with a script that runs before everything else in each page.
    pub async fn first_watched(stage: &Stage, name: &str, script: &str) -> Self {
        let agent = Self::nobody_yet(stage, name, Kind::laptop()).await;
        agent.browser().before_every_page(script).await;
        agent.becomes_administrator(stage).await;
        agent
    }

    /// A colleague: signs up, follows the link in the mail, and is at home.
    pub async fn signs_up(stage: &Stage, name: &str) -> Self {
        let agent = Self::nobody_yet(stage, name, Kind::laptop()).await;
        agent.open(&stage.stack.server.address("/agent/sign-up")).await;
        agent.fill("E-mail address", &agent.email).await;
        agent.fill("Your name", name).await;
        agent.fill("Password", PASSWORD).await;
        agent.press_button("Create account").await;
        let mail = stage.stack.mail.mail_for(&agent.email, "").await;
        agent.open(&mail.link("#")).await;
        agent.fill("Password", PASSWORD).await;
        agent.press_button("Confirm and sign in").await;
        agent.is_home().await;
        agent
    }

    /// The person who runs the server, who fills in the form of the printed link like everybody.
    pub async fn first_by_form(stage: &Stage, name: &str) -> Self {
        let agent = Self::nobody_yet(stage, name, Kind::laptop()).await;
        agent.open(&stage.stack.server.first_admin_link().await).await;
        agent.fill("E-mail address", &agent.email).await;
        agent.fill("Your name", &agent.name).await;
        agent.fill("Password", PASSWORD).await;
        agent.press_button("Create administrator").await;
        agent.is_home().await;
        agent
    }

    /// What the form sends, without typing it: nearly every scenario begins like this.
    async fn becomes_administrator(&self, stage: &Stage) {
        // A small page of the same server will do.
        self.open(&stage.stack.server.address("/healthz")).await;
        let link = stage.stack.server.first_admin_link().await;
        let (_, token) = link.split_once('=').unwrap_or_else(|| panic!("no token in {link}"));
        let form = json!({ "token": token, "email": self.email, "name": self.name, "password": PASSWORD });
        let taken = self.try_script::<bool>(TAKE_LINK, vec![form]).await;
        assert_eq!(taken, Some(true), "the link of the first administrator");
        self.open(&stage.stack.server.address("/agent")).await;
        self.is_home().await;
    }

    async fn nobody_yet(stage: &Stage, name: &str, kind: Kind) -> Self {
        Self {
            page: stage.person(name, kind).await,
            name: name.to_owned(),
            email: format!("{}@farhand.test", name.to_lowercase()),
        }
    }

    /// As customers read it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn email(&self) -> &str {
        &self.email
    }

    /// What an agent types to sign in.
    pub fn password(&self) -> &'static str {
        PASSWORD
    }

    /// Waits until the home page is there.
    pub async fn is_home(&self) {
        self.sees(heading("Your sessions")).await;
    }

    /// Goes home by the page's own link, which does not end a call.
    pub async fn goes_home(&self) {
        self.press(link("Farhand, your sessions")).await;
        self.is_home().await;
    }

    /// Rings when customers wait.
    pub async fn goes_online(&self) {
        self.press(switch("Go online")).await;
    }

    pub async fn signs_in(&self, stage: &Stage) {
        self.open(&stage.stack.server.address("/agent")).await;
        self.fill("E-mail address", &self.email).await;
        self.fill("Password", PASSWORD).await;
        self.press_button("Sign in").await;
        self.is_home().await;
    }

    pub async fn signs_out(&self) {
        self.press_button("Profile").await;
        self.press(entry("Sign out")).await;
        self.sees(button("Sign in")).await;
    }

    /// Fills in the card "Start session" and sends it; the session is open when this returns.
    pub async fn starts_session(&self, start: &Start) {
        self.sees(heading("Start session")).await;
        self.press(radio(match start.mode {
            Mode::Video => "Video",
            Mode::Photo => "Photo",
        }))
        .await;
        let send = match &start.invite {
            Invite::Sms(number) => {
                self.press(radio("Text message")).await;
                self.fill("Customer's phone number", number).await;
                "Send & join"
            }
            Invite::Mail(address) => {
                self.press(radio("E-mail")).await;
                self.fill("Customer's e-mail address", address).await;
                "Send & join"
            }
            Invite::Link => {
                self.press(radio("Link only")).await;
                "Create link & join"
            }
        };
        self.press(radio(match start.talk {
            Talk::PhoneCall => "Phone call",
            Talk::Page => "This page",
        }))
        .await;
        self.fill("Case ID", &start.case_id).await;
        self.fill("Customer's name", &start.customer_name).await;
        self.press_button(send).await;
        self.sees(button("Leave session").loosely()).await;
    }

    /// Joins a session by the number that somebody read out.
    pub async fn joins(&self, pin: &str) {
        self.fill("Session number (PIN)", pin).await;
        self.press_button("Join").await;
        self.sees(button("Leave session").loosely()).await;
    }

    /// Lets somebody in who waits at the door.
    pub async fn admits(&self) {
        self.press_button("Admit").await;
    }

    /// Refuses somebody who waits at the door.
    pub async fn declines(&self) {
        self.press_button("Decline").await;
    }

    /// Starts the call once the customer is in.
    pub async fn starts_call(&self) {
        self.press_button("Start the call").await;
    }

    /// Reads the session's number from the page.
    pub async fn reads_pin(&self) -> String {
        self.finds_in_text("a number of six digits", super::six_digits).await
    }

    /// Takes the invite link out of what "Copy link" put on the clipboard.
    pub async fn copies_link(&self) -> String {
        self.browser().permit("clipboard-read", Permission::Allowed, None).await;
        self.press_button("Copy link").await;
        let read = "return navigator.clipboard.readText();";
        let link = see::until(PATIENCE, async || {
            self.try_script::<String>(read, vec![])
                .await
                .filter(|text| text.contains("/j#"))
        });
        match link.await {
            Ok(link) => link,
            Err(_) => self.give_up("for the link on the clipboard").await,
        }
    }

    /// Waits until the customer's picture arrives and moves.
    pub async fn sees_the_customer(&self) {
        self.sees_the_picture_move(Some("Customer's camera")).await;
    }

    /// Goes away; the session goes on.
    pub async fn leaves(&self) {
        self.press(button("Leave session").loosely()).await;
    }

    /// Ends the session for everyone and does not take it back.
    pub async fn ends(&self) {
        self.press_button("Other ways to leave").await;
        self.press(entry("End for everyone")).await;
        self.sees(heading("Session ended")).await;
    }

    /// What is shown of the customer.
    pub fn stage() -> Thing {
        Thing::new("video", "Customer's camera")
    }

    /// The dialog with the code to scan.
    pub async fn shows_qr(&self) {
        self.press_button("QR code").await;
        self.sees(dialog("Scan with the customer's phone")).await;
    }

    /// The field of the number to join by.
    pub fn pin_field() -> Thing {
        field("Session number (PIN)")
    }
}
