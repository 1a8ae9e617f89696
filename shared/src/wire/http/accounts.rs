//! Accounts of agents: sign-up, sign-in, reset, and what an administrator sees.
//!
//! Every request here that changes something is a `POST`, `PATCH` or `DELETE` from our own pages; the server refuses
//! them from any other site. `Debug` of everything that carries a password, a link's secret or an address hides it.

use crate::id::{AgentId, SessionId};
use crate::session::Channel;
use crate::time::Time;
use core::fmt;
use serde::{Deserialize, Serialize};

/// Fewest characters of a password. Long beats complicated.
pub const PASSWORD_MIN_CHARS: usize = 10;
/// Most characters of a password: hashing must not become a way to keep the server busy.
pub const PASSWORD_MAX_CHARS: usize = 200;

/// `Debug` that says only the type's name.
macro_rules! hidden_debug {
    ($($name:ident),+ $(,)?) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(••••)"))
            }
        }
    )+};
}
hidden_debug!(
    SignUp,
    SignIn,
    RequestReset,
    ConfirmReset,
    Verify,
    FirstAdmin,
    ChangeMe,
    ChangePassword,
    Me,
    AgentRow,
    OutboxItem
);

/// `POST /api/accounts/sign-up`. Answers 202 with an empty object whether or not the address has an account: what comes
/// next stands in a mail to it. 403 `invalid_email_domain` when an administrator has not allowed the domain.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// Address in any case.
    pub email: String,
    /// What customers will see.
    pub name: String,
    /// The chosen password.
    pub password: String,
}

/// `POST /api/accounts/verify`: the mailed link of a sign-up was opened. The password is asked once more, so that nobody
/// can have somebody else prove an address for them. Signs in and answers with [`Me`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verify {
    /// The secret from the link's fragment.
    pub token: String,
    /// The password chosen at sign-up.
    pub password: String,
}

/// `POST /api/accounts/sign-in`. Answers with [`Me`] and sets the cookie; 401 `wrong_credentials`, 403 `email_not_verified`
/// or `account_disabled` (only to the right password), 429 `too_many_requests`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Address in any case.
    pub email: String,
    /// The password.
    pub password: String,
}

/// `POST /api/accounts/sign-out`. Answers 204 also when nobody was signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut {
    /// Every browser of this agent, not only this one.
    #[serde(default)]
    pub everywhere: bool,
}

/// `POST /api/accounts/reset/request`. Answers 202 with an empty object whether or not the address has an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestReset {
    /// Address in any case.
    pub email: String,
}

/// `POST /api/accounts/reset/confirm`: answers 204; every browser of the agent is signed out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmReset {
    /// The secret from the link's fragment.
    pub token: String,
    /// The new password.
    pub password: String,
}

/// `POST /api/accounts/first-admin`: makes the first administrator by the link printed at start. Signs in and answers with
/// [`Me`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstAdmin {
    /// The secret from the link's fragment.
    pub token: String,
    /// Address in any case.
    pub email: String,
    /// What customers will see.
    pub name: String,
    /// The chosen password.
    pub password: String,
}

/// `GET /api/me`: who is signed in; 401 `not_signed_in` otherwise.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The agent.
    pub id: AgentId,
    /// Lowercased.
    pub email: String,
    /// What customers see.
    pub name: String,
    /// May administer the installation.
    pub admin: bool,
    /// The organisation.
    pub company: String,
    /// Visitors of the organisation's website can be invited by one click (see [`super::site`]).
    #[serde(default)]
    pub site: bool,
    /// The operator lets agents show a camera of their own.
    #[serde(default = "yes")]
    pub cameras: bool,
    /// The operator lets agents report problems.
    #[serde(default = "yes")]
    pub problem_reports: bool,
}

const fn yes() -> bool {
    true
}

/// `PATCH /api/me`: changes what is given and answers with [`Me`].
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMe {
    /// New shown name.
    #[serde(default)]
    pub name: Option<String>,
    /// New password; signs every other browser out.
    #[serde(default)]
    pub password: Option<ChangePassword>,
}

/// A new password with the proof that the right person asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The present password.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// One row of `GET /api/admin/domains`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRow {
    /// Lowercased, without the `@`.
    pub domain: String,
    /// It stands in the server's configuration and cannot be taken off here.
    pub configured: bool,
}

/// `POST /api/admin/domains`: allows a domain and answers with all rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowDomain {
    /// Such as `example.org`; a leading `@` and capitals are forgiven.
    pub domain: String,
}

/// One row of `GET /api/admin/agents?offset=…`, 100 at a time, by name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRow {
    /// The agent.
    pub id: AgentId,
    /// Lowercased.
    pub email: String,
    /// What customers see.
    pub name: String,
    /// May administer the installation.
    pub admin: bool,
    /// May not sign in.
    pub disabled: bool,
    /// Has proved the address.
    pub verified: bool,
    /// When the account was made.
    pub created_at: Time,
}

/// `PATCH /api/admin/agents/{id}`: changes what is given and answers with the [`AgentRow`]. 409 `last_admin` when nobody
/// would be left to administer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeAgent {
    /// Lock out (signs them out everywhere) or let in again.
    #[serde(default)]
    pub disabled: Option<bool>,
    /// Make or unmake an administrator.
    #[serde(default)]
    pub admin: Option<bool>,
}

/// One row of `GET /api/admin/audit`, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When.
    pub at: Time,
    /// Who, if somebody was signed in.
    pub by: Option<AgentId>,
    /// What, as `thing.verb`.
    pub action: String,
    /// An id or a domain.
    pub target: String,
    /// Anything more.
    pub note: String,
}

/// One row of `GET /api/outbox`, the latest first: what would have been sent while no provider is configured. Agents see
/// messages of their own sessions, administrators all.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxItem {
    /// The session it invites to; none for account mail.
    pub session: Option<SessionId>,
    /// How it would have travelled.
    pub channel: Channel,
    /// To whom.
    pub to: String,
    /// Subject; empty for a text message.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When.
    pub at: Time,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_passwords_secrets_and_addresses() {
        let sign_in = SignIn {
            email: "ann@example.org".into(),
            password: "hunter2hunter2".into(),
        };
        assert_eq!(format!("{sign_in:?}"), "SignIn(••••)");
    }

    #[test]
    fn what_is_not_given_is_not_changed() -> Result<(), serde_json::Error> {
        assert_eq!(serde_json::from_str::<ChangeAgent>("{}")?, ChangeAgent::default());
        assert!(serde_json::from_str::<ChangeMe>("{}")? == ChangeMe::default());
        assert!(!serde_json::from_str::<SignOut>("{}")?.everywhere);
        Ok(())
    }
}
