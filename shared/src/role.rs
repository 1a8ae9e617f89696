//! Who may do what: one table, read by the server before every command and by the pages to know which controls to show.

use serde::{Deserialize, Serialize};

/// What a person is in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Needs help; has no account.
    Customer,
    /// Signed-in helper.
    Agent,
    /// Invited third person.
    Guest,
    /// External expert with a view-only link.
    Viewer,
}

/// The kinds of things people do, one per row of the table in [`may`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Change one's own display name.
    Rename,
    /// Report the state of one's own camera, microphone, light, connection or presence.
    Report,
    /// Start or accept the call.
    Start,
    /// Refuse an incoming call.
    DeclineCall,
    /// Switch between video and photo mode.
    SetMode,
    /// Change the mode because one's own connection cannot carry video, or can again.
    AdaptMode,
    /// Choose whether to talk by the phone call or by the page.
    SetTalk,
    /// Tie the session to another ticket system.
    SetCase,
    /// Hide one's picture for a while without leaving.
    Pause,
    /// Ask somebody's phone for light, the other camera or zoom.
    Ask,
    /// Let somebody in who knocked, or not.
    Admit,
    /// Send a guest or viewer away.
    Eject,
    /// Hide the picture of a customer or guest until it is wanted again.
    Hold,
    /// Freeze or photograph what the customer's camera sees; open, close and delete pictures for everybody.
    TakePicture,
    /// Add a picture or document of one's own.
    Share,
    /// Draw, and undo what one has drawn.
    Draw,
    /// Clear what everyone has drawn.
    ClearMarks,
    /// Write in the chat.
    Say,
    /// Go without ending the session for the others.
    Leave,
    /// End the session for everyone, or take that back.
    End,
    /// Come back to an ended session.
    Rejoin,
}

impl Act {
    /// Every act, for tests that walk the table.
    pub const ALL: [Self; 21] = [
        Self::Rename,
        Self::Report,
        Self::Start,
        Self::DeclineCall,
        Self::SetMode,
        Self::AdaptMode,
        Self::SetTalk,
        Self::SetCase,
        Self::Pause,
        Self::Ask,
        Self::Admit,
        Self::Eject,
        Self::Hold,
        Self::TakePicture,
        Self::Share,
        Self::Draw,
        Self::ClearMarks,
        Self::Say,
        Self::Leave,
        Self::End,
        Self::Rejoin,
    ];
}

/// Whether `role` may do `act` at all. The status of the session may still forbid it at the moment.
pub const fn may(role: Role, act: Act) -> bool {
    let [customer, agent, guest, viewer] = match act {
        //                   customer agent guest  viewer
        Act::Rename => [true, true, true, true],
        Act::Report => [true, true, true, true],
        Act::Start => [true, true, true, false],
        Act::DeclineCall => [true, true, false, false],
        Act::SetMode => [true, true, false, false],
        Act::AdaptMode => [true, false, false, false],
        Act::SetTalk => [true, true, false, false],
        Act::SetCase => [false, true, false, false],
        Act::Pause => [true, true, true, false],
        Act::Ask => [false, true, false, false],
        Act::Admit => [false, true, false, false],
        Act::Eject => [false, true, false, false],
        Act::Hold => [false, true, false, false],
        Act::TakePicture => [true, true, false, false],
        Act::Share => [true, true, true, false],
        Act::Draw => [true, true, true, false],
        Act::ClearMarks => [false, true, false, false],
        Act::Say => [true, true, true, false],
        Act::Leave => [false, true, true, true],
        Act::End => [true, true, false, false],
        Act::Rejoin => [true, true, false, false],
    };
    match role {
        Role::Customer => customer,
        Role::Agent => agent,
        Role::Guest => guest,
        Role::Viewer => viewer,
    }
}
