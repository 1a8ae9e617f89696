//! Sentences to be shown once.

use super::{Agent, refusals};
use farhand_shared::client::Notice;
use farhand_shared::role::Role;
use farhand_shared::session::{Answer, Ask};

/// What a customer reads. `agent` is the one who asked.
pub fn customer(notice: &Notice, agent: &Agent) -> String {
    match notice {
        Notice::Refused(why) => {
            let say = refusals::rejection(*why);
            [&say.what, " ", &say.next].concat()
        }
        Notice::AgentDid(what, _) => [agent.first(), " ", did(*what)].concat(),
        Notice::AskAnswered(what, answer) => answered(*what, *answer).to_owned(),
        Notice::LightFailed => "The light doesn't work right now. Try again, or use another lamp.".to_owned(),
        Notice::FlipFailed => "The other camera didn't open. You still have the first one.".to_owned(),
        Notice::Opened(..) => opened(agent.first()),
        Notice::Came(_) => came(agent.first()),
        Notice::Went(_) => went(agent.first()),
        Notice::BackAgain => "You're connected again.".to_owned(),
    }
}

/// Somebody as the customer knows them: who is neither customer nor agent comes with what they are.
pub fn who(name: &str, role: Role) -> String {
    let what = match role {
        Role::Customer | Role::Agent => "",
        Role::Guest => " (guest)",
        Role::Viewer => " (viewer)",
    };
    [name, what].concat()
}

/// Somebody has come in.
pub fn came(name: &str) -> String {
    [name, " is here now."].concat()
}

/// Somebody has gone.
pub fn went(name: &str) -> String {
    [name, " has left."].concat()
}

/// Somebody has opened a picture that was there already.
pub fn opened(name: &str) -> String {
    [name, " opened a picture. It is open for everybody."].concat()
}

const fn did(what: Ask) -> &'static str {
    match what {
        Ask::Torch(true) => "switched on your light.",
        Ask::Torch(false) => "switched off your light.",
        Ask::Flip => "changed your camera.",
        Ask::Zoom(_) => "zoomed your camera.",
    }
}

/// What an agent reads about the customer's phone.
pub const fn answered(what: Ask, answer: Answer) -> &'static str {
    match (what, answer) {
        (Ask::Torch(true), Answer::Done) => "The light is on.",
        (Ask::Torch(false), Answer::Done) => "The light is off.",
        (Ask::Torch(_), Answer::No) => "The customer said no to the light.",
        (Ask::Torch(_), Answer::Failed) => "The phone couldn't switch its light.",
        (Ask::Flip, Answer::Done) => "The customer's phone shows its other camera.",
        (Ask::Flip, Answer::No) => "The customer said no to the other camera.",
        (Ask::Flip, Answer::Failed) => "The phone couldn't open its other camera.",
        (Ask::Zoom(_), Answer::Done) => "The phone zoomed.",
        (Ask::Zoom(_), Answer::No) => "The customer said no to zooming.",
        (Ask::Zoom(_), Answer::Failed) => "The phone can't zoom that far.",
    }
}
