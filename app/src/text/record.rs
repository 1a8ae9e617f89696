//! What is written down of a session, and finding it again.

use super::camera::app_name;
use super::{agent, agent_call, quality};
use farhand_shared::id::PersonId;
use farhand_shared::role::Role;
use farhand_shared::session::{Camera, Creator, Delivery, Event, FileKind, Torch};
use farhand_shared::wire::http::sessions::Arrival;

pub const PAGE_TITLE: &str = "Session details";
pub const TITLE: &str = "What happened";
pub const NOTES: &str = "Notes";
pub const NOTES_LEAD: &str = "For you and your colleagues. The customer never sees them.";
pub const SAVED: &str = "Saved";
pub const SAVING: &str = "Saving…";
pub const UNSAVED: &str = "Not saved yet. We keep trying.";
pub const MINE: &str = "Keep mine";
pub const THEIRS: &str = "Take theirs";
pub const LOADING: &str = "Loading…";
pub const REFRESH: &str = "Look again";
pub const EXPORT: &str = "Save as a text file";
pub const NOTHING: &str = "Nothing has happened yet.";
pub const DETAILS: &str = "Details";
pub const SYSTEM: &str = "Farhand";

pub const PROBLEM: &str = "Report a problem";
pub const PROBLEM_LABEL: &str = "What did not work, and what did you expect?";
pub const PROBLEM_LEAD: &str = "Your administrator gets this with the record of this session.";
pub const PROBLEM_SEND: &str = "Send report";
pub const PROBLEM_SENT: &str = "Thank you. Your administrator can see it now.";
pub const PROBLEMS: &str = "Reported problems";
pub const NO_PROBLEMS: &str = "Nobody has reported a problem.";
pub const RATINGS: &str = "Ratings";
pub const NO_RATINGS: &str = "Nobody has rated a session yet.";

pub const FIND: &str = "Find a session";
pub const FIND_HINT: &str = "Case ID, name, session number, phone number or e-mail address.";
pub const FIND_GO: &str = "Find";
pub const FOUND_NOTHING: &str = "Nothing found. Numbers and addresses must be whole.";
pub const FIND_CLEAR: &str = "Show recent sessions";

/// Somebody else changed the notes while these were being written.
pub fn conflict(by: &str) -> String {
    [
        if by.is_empty() { "A colleague" } else { by },
        " has changed these notes meanwhile. Theirs:",
    ]
    .concat()
}

/// Somebody without a name.
pub const fn nameless(role: Role) -> &'static str {
    agent_call::role(role)
}

/// Stars in words, such as `4 of 5`.
pub fn stars(count: u8) -> String {
    [&count.to_string(), " of 5"].concat()
}

/// The name of the exported file.
pub fn file_name(session: &str) -> String {
    let short: String = session.chars().take(8).collect();
    ["session-", &short, ".txt"].concat()
}

/// A page that a link has opened, whether or not anything was pressed there.
pub fn opened(page: &Arrival) -> String {
    let mut text = ["The link was opened on: ", &agent_call::device(&page.device)].concat();
    if let Some(app) = page.in_app {
        text.extend([", inside ", app_name(app)]);
    }
    if page.no_program {
        text += ". The page cannot run there: Lockdown Mode, or a browser too old for it";
    }
    text
}

/// How lines call somebody.
pub type Naming<'a> = &'a dyn Fn(PersonId) -> String;

/// One event as a line; none for what nobody would miss.
pub fn line(event: &Event, name: Naming<'_>) -> Option<String> {
    of_session(event)
        .or_else(|| of_people(event, name))
        .or_else(|| of_devices(event, name))
        .or_else(|| of_pictures(event, name))
}

fn of_session(event: &Event) -> Option<String> {
    let text = match event {
        Event::Created {
            creator, mode, case_id, ..
        } => {
            let who = match creator {
                Creator::Agent(_) => "An agent made the session: ",
                Creator::Customer => "The customer started the session: ",
            };
            let case = case_id
                .as_ref()
                .map(|case| [", case ", case].concat())
                .unwrap_or_default();
            [who, &agent::mode(*mode).to_lowercase(), &case].concat()
        }
        Event::Invited { to, .. } if to.is_empty() => "An invite link was made".to_owned(),
        Event::Invited { to, .. } => ["An invitation to ", to, " was made"].concat(),
        Event::InvitationMoved { delivery, .. } => match delivery {
            Delivery::Made => return None,
            Delivery::Sent => "The invitation was sent",
            Delivery::Delivered => "The invitation was delivered",
            Delivery::Opened => "The invitation was opened",
            Delivery::Failed => "The invitation could not be delivered",
            Delivery::Declined => "The customer said not now",
            Delivery::Revoked => "The invitation was taken back",
        }
        .to_owned(),
        Event::CaseSet { case_id: Some(case) } => ["The case ID is now ", case].concat(),
        Event::CaseSet { case_id: None } => "The case ID was cleared".to_owned(),
        Event::ModeChanged { mode, .. } => ["The mode is now ", &agent::mode(*mode).to_lowercase()].concat(),
        Event::RingStopped { by: None } => "Nobody answered the call".to_owned(),
        Event::CallStarted => "The call started".to_owned(),
        Event::EndUndone { .. } => "The end was taken back".to_owned(),
        Event::Ended { reason } => ["The session ended. ", agent_call::ended(*reason)].concat(),
        _ => return None,
    };
    Some(text)
}

fn of_people(event: &Event, name: Naming<'_>) -> Option<String> {
    let (who, what) = match event {
        Event::Knocked { person, .. } => (person, " waits at the door"),
        Event::Admitted { person } => (person, " was let in"),
        Event::PatienceAsked { person } => (person, " was asked for a moment at the door"),
        Event::Declined { person } => (person, " was not let in"),
        Event::Ejected { person } => (person, " was sent away"),
        Event::Joined {
            person, role, device, ..
        } => {
            let what = device.as_ref().map(agent_call::device).filter(|what| !what.is_empty());
            let what = what.map(|what| [" (", &what, ")"].concat()).unwrap_or_default();
            let role = agent_call::role(*role).to_lowercase();
            return Some([&name(*person), " came in as ", &role, &what].concat());
        }
        Event::Renamed { person, name: new } => return Some([&name(*person), " now goes by ", new].concat()),
        Event::Connected { person, .. } => (person, " is connected"),
        Event::Disconnected { person } => (person, " lost the connection"),
        Event::Readied { person } => (person, " is ready"),
        Event::Rang { by, .. } => (by, " calls"),
        Event::RingStopped { by: Some(by) } => (by, " declined the call"),
        Event::AwayChanged { person, away: Some(_) } => (person, " left the page: screen off or in another app"),
        Event::AwayChanged { person, away: None } => (person, " is back on the page"),
        Event::Left { person } => (person, " left"),
        Event::EndAsked { by, .. } => (by, " pressed End"),
        _ => return None,
    };
    Some([&name(*who), what].concat())
}

fn of_devices(event: &Event, name: Naming<'_>) -> Option<String> {
    let (who, what) = match event {
        Event::CameraChanged {
            camera: Camera::Unknown,
            ..
        } => return None,
        Event::CameraChanged { person, camera } => (person, ["camera: ", &agent_call::camera(*camera).what].concat()),
        Event::MicChanged { person, mic } => (person, agent_call::mic(*mic)?.to_owned()),
        Event::TorchChanged {
            person,
            torch: Torch::On,
            ..
        } => (person, "light on".to_owned()),
        Event::TorchChanged {
            person,
            torch: Torch::Off,
            ..
        } => (person, "light off".to_owned()),
        Event::Paused { person, on: true } => (person, "picture paused".to_owned()),
        Event::Paused { person, on: false } => (person, "picture shown again".to_owned()),
        Event::Granted { person, grants } => (person, super::visits::granted(*grants)),
        Event::Held { person, on: true } => (person, "camera put on hold".to_owned()),
        Event::Held { person, on: false } => (person, "camera shown again".to_owned()),
        Event::QualityChanged { person, quality } => (person, ["connection: ", quality::word(*quality)].concat()),
        _ => return None,
    };
    Some([&name(*who), ", ", &what].concat())
}

fn of_pictures(event: &Event, name: Naming<'_>) -> Option<String> {
    let text = match event {
        Event::FileExpected { kind, from, .. } => {
            let what = match kind {
                FileKind::Still => "a screenshot",
                FileKind::Photo => "a photo",
                FileKind::Picture => "a picture",
                FileKind::Annotated => "a picture with what was drawn on it",
                FileKind::Document => "a document",
            };
            [&name(*from), " makes or sends ", what].concat()
        }
        Event::FileFailed { .. } => "A picture or file could not be made or sent".to_owned(),
        Event::FileDeleted { .. } => "A picture or file was deleted".to_owned(),
        Event::FileRestored { .. } => "The deleting was taken back".to_owned(),
        Event::FileOpened { .. } => "A picture was opened for everybody".to_owned(),
        Event::FileClosed { .. } => "Back to the live picture".to_owned(),
        Event::MarksCleared { .. } => "The drawing on a picture was cleared".to_owned(),
        Event::MarksRestored { .. } => "The cleared drawing came back".to_owned(),
        Event::Said { person, text, file } => {
            let text = if text.is_empty() && file.is_some() {
                "(a file)"
            } else {
                text
            };
            [&name(*person), ": ", text].concat()
        }
        Event::PhotoAsked { text, .. } => ["A photo was asked for: ", text].concat(),
        _ => return None,
    };
    Some(text)
}
