//! Somebody with a problem and a phone.

use std::{ops::Deref, sync::Arc};

use crate::{
    Stage,
    browser::Kind,
    find::{Thing, button, dialog, field, heading, radio},
    page::{Chosen, Page},
};

/// How a customer shows the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Video,
    Photo,
}

/// How a customer talks with the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// By the phone call that is going on anyway.
    PhoneCall,
    /// By the page's microphone.
    Page,
}

/// A customer. What any person can do with a page, a customer can, too.
pub struct Customer {
    page: Arc<Page>,
}

impl Deref for Customer {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Customer {
    /// A customer with a phone.
    pub async fn with_phone(stage: &Stage, name: &str) -> Self {
        Self::with(stage, name, Kind::phone()).await
    }

    /// A customer with any browser.
    pub async fn with(stage: &Stage, name: &str, kind: Kind) -> Self {
        Self {
            page: stage.person(name, kind).await,
        }
    }

    /// Taps the link of an invitation.
    pub async fn taps_link(&self, link: &str) {
        self.open(link).await;
        self.sees(button("Turn on camera")).await;
    }

    /// Reads who wants to help, chooses how to talk, and turns the camera on.
    pub async fn turns_camera_on(&self, talk: Talk) {
        self.press(radio(match talk {
            Talk::PhoneCall => "Our phone call",
            Talk::Page => "This page",
        }))
        .await;
        self.press_button("Turn on camera").await;
    }

    /// Reloads the page in the call. The camera, which was allowed, comes back by itself.
    pub async fn comes_back(&self) {
        self.reload().await;
        self.sees_the_picture_move(Some("Your camera")).await;
    }

    /// Takes a photo with the phone's own camera app, in photo mode: its file comes back like one that was chosen.
    pub async fn takes_photo_with_the_camera_app(&self) {
        let picture = Chosen::Picture {
            width: 900,
            height: 700,
        };
        self.chooses("Take photo with the camera app", "IMG_1.png", picture)
            .await;
    }

    /// Types the number that the agent read out, and knocks with it.
    pub async fn knocks(&self, stage: &Stage, pin: &str) {
        self.open(&stage.stack.server.address("/")).await;
        self.fill("Your 6-digit number", pin).await;
        self.press_button("Join").await;
    }

    /// Starts a session of their own, and says the number to read out.
    pub async fn starts_own_session(&self, stage: &Stage, mode: Mode) -> String {
        self.open(&stage.stack.server.address("/")).await;
        self.press_button("Start a new session").await;
        let choices = dialog("How do you want to show it?");
        let choice = match mode {
            Mode::Video => "Video Mode",
            Mode::Photo => "Photo Mode",
        };
        self.press(button(choice).loosely().within(choices)).await;
        self.reads_pin().await
    }

    /// The six digits that the page says to read out.
    pub async fn reads_pin(&self) -> String {
        self.finds_in_text("a number of six digits", super::six_digits).await
    }

    /// Waits until the preview is there and nothing is shared yet.
    pub async fn is_ready(&self) {
        self.sees(heading("You're ready")).await;
    }

    /// Waits until the page says that this agent sees the camera.
    pub async fn is_seen_by(&self, agent: &str) {
        self.reads(&format!("{agent} can see your camera")).await;
    }

    /// Waits until the page says that this agent does not see the camera.
    pub async fn is_not_seen_by(&self, agent: &str) {
        self.reads(&format!("{agent} can't see you now")).await;
    }

    /// Ends the session and does not take it back.
    pub async fn ends(&self) {
        self.press_button("End").await;
        self.sees(heading("Session ended")).await;
    }

    /// Ends the session, and takes it back while it is still possible.
    pub async fn ends_but_stays(&self) {
        self.press_button("End").await;
        self.press_button("Stay").await;
        self.sees_no_more(button("Stay")).await;
    }

    /// What is typed into the field for the number right now.
    pub async fn typed_pin(&self) -> String {
        self.sees(field("Your 6-digit number")).await;
        self.value_of("Your 6-digit number").await
    }

    /// The customer's own picture on their own screen.
    pub fn own_picture() -> Thing {
        Thing::new("video", "Your camera")
    }
}
