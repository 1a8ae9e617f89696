//! Addresses of the console. Secrets of mailed links stand in the fragment and never become part of a route.

use farhand_shared::id::SessionId;

/// Where in the console somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// The cards and the list of sessions.
    Home,
    /// Sign in.
    SignIn,
    /// Make an account.
    SignUp,
    /// Ask for a link to choose a new password.
    Forgot,
    /// A mailed link that proves an address.
    Verify,
    /// A mailed link to choose a new password.
    NewPassword,
    /// The printed link to make the first administrator.
    FirstAdmin,
    /// What would have been sent.
    Outbox,
    /// Allowed domains and agents, for administrators.
    Admin,
    /// One session.
    Session(SessionId),
    /// What is written down of a session.
    Record(SessionId),
    /// Which browsers customers can use.
    Browsers,
    /// How it works, and what to do when it does not.
    Help,
    /// The field for a session's number, on a page of its own: something to link to.
    Join,
    /// A visitor of the organisation's website, whom a CRM's link names in its fragment.
    Visitor,
    /// A guest's or viewer's link, for people without an account.
    Visit,
    /// No such page.
    Unknown,
}

impl Route {
    /// Reads an address. `fragment` is what follows the `#`.
    pub fn read(path: &str, fragment: &str) -> Self {
        if path == "/visit" {
            return Self::Visit;
        }
        let rest = path.strip_prefix("/agent").unwrap_or(path).trim_matches('/');
        let secret = |kind: &str| fragment.strip_prefix(kind).is_some_and(|rest| rest.starts_with('='));
        match rest {
            "" if secret("first-admin") => Self::FirstAdmin,
            "" if secret("verify") => Self::Verify,
            "" if secret("reset") => Self::NewPassword,
            "" => Self::Home,
            "sign-in" => Self::SignIn,
            "sign-up" => Self::SignUp,
            "forgot" => Self::Forgot,
            "outbox" => Self::Outbox,
            "admin" => Self::Admin,
            "browsers" => Self::Browsers,
            "help" => Self::Help,
            "join" => Self::Join,
            "visitor" => Self::Visitor,
            _ => {
                let id = |kind: &str| rest.strip_prefix(kind).and_then(|id| id.parse().ok());
                let record = id("r/").map(Self::Record);
                id("s/").map(Self::Session).or(record).unwrap_or(Self::Unknown)
            }
        }
    }

    /// Its address. Pages behind mailed links have none of their own.
    pub fn path(self) -> String {
        match self {
            Self::Home | Self::Verify | Self::NewPassword | Self::FirstAdmin | Self::Unknown => "/agent".to_owned(),
            Self::SignIn => "/agent/sign-in".to_owned(),
            Self::SignUp => "/agent/sign-up".to_owned(),
            Self::Forgot => "/agent/forgot".to_owned(),
            Self::Outbox => "/agent/outbox".to_owned(),
            Self::Admin => "/agent/admin".to_owned(),
            Self::Browsers => "/agent/browsers".to_owned(),
            Self::Help => "/agent/help".to_owned(),
            Self::Session(id) => ["/agent/s/", &id.to_string()].concat(),
            Self::Record(id) => ["/agent/r/", &id.to_string()].concat(),
            Self::Visit => "/visit".to_owned(),
            Self::Join => "/agent/join".to_owned(),
            Self::Visitor => "/agent/visitor".to_owned(),
        }
    }

    /// Whether it is for people who are not signed in.
    pub const fn is_door(self) -> bool {
        matches!(
            self,
            Self::SignIn | Self::SignUp | Self::Forgot | Self::Verify | Self::NewPassword | Self::FirstAdmin
        )
    }
}
