//! Agents, allowed e-mail domains, signed-in browsers, one-time links and the audit trail.

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    StoreError, UnixMs,
    secret::{Private, SecretHash},
    stored_as_text,
};

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The agent.
    pub id: Uuid,
    /// Lowercased, unique.
    pub email: Private,
    /// What customers see.
    pub name: String,
    /// May administer the installation.
    pub admin: bool,
    /// May not sign in.
    pub disabled: bool,
    /// When the address was proved by a mailed link; `None` means not yet.
    pub verified_at: Option<UnixMs>,
    /// When the account was made.
    pub created_at: UnixMs,
}

/// An agent together with what proves who they are.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The agent.
    pub agent: Agent,
    /// argon2id in PHC text form.
    pub password_hash: Private,
}

/// An account about to be made.
pub type NewAgent = Credentials;

/// A domain whose addresses may sign up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailDomain {
    /// Lowercased, without the `@`.
    pub domain: String,
    /// The administrator who added it; `None` for the configuration.
    pub added_by: Option<Uuid>,
    /// When.
    pub added_at: UnixMs,
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSession {
    /// Hash of the cookie's secret.
    pub token: SecretHash,
    /// Who is signed in.
    pub agent_id: Uuid,
    /// When they signed in.
    pub created_at: UnixMs,
    /// When the browser was last heard of (rounded by the caller to spare writes).
    pub last_seen_at: UnixMs,
    /// From then on it is signed out.
    pub expires_at: UnixMs,
    /// The browser as it names itself, shortened.
    pub user_agent: String,
}

stored_as_text! {
    /// What a one-time link is good for.
    TokenKind {
        /// Make the first administrator.
        FirstAdmin = "first_admin",
        /// Prove an e-mail address.
        VerifyEmail = "verify_email",
        /// Choose a new password.
        ResetPassword = "reset_password",
    }
}

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTime {
    /// Hash of the link's secret.
    pub token: SecretHash,
    /// What it is good for.
    pub kind: TokenKind,
    /// For whom; `None` for the first administrator, who does not exist yet.
    pub agent_id: Option<Uuid>,
    /// When it was made.
    pub created_at: UnixMs,
    /// From then on it does nothing.
    pub expires_at: UnixMs,
}

/// Who did what to whom. Holds ids and domains, never addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The entry.
    pub id: Uuid,
    /// When.
    pub at: UnixMs,
    /// Who; `None` for the system or somebody not signed in.
    pub by: Option<Uuid>,
    /// What, as `thing.verb`.
    pub action: String,
    /// To whom or what: an id or a domain.
    pub target: String,
    /// Anything more, in plain words.
    pub note: String,
}

/// Keeps accounts.
#[async_trait]
pub trait AccountStore: Send + Sync {
    /// Makes an account. [`StoreError::Taken`] when the address has one.
    async fn create_agent(&self, new: &NewAgent) -> Result<(), StoreError>;

    /// Uses up a first-administrator link and makes `new` in one transaction. `false`, and nothing is made, when the
    /// link is unknown, used, expired or an administrator exists already.
    async fn claim_first_admin(&self, link: &SecretHash, new: &NewAgent, now: UnixMs) -> Result<bool, StoreError>;

    /// One agent.
    async fn agent(&self, id: Uuid) -> Result<Option<Agent>, StoreError>;

    /// Looks up by address; the address must be lowercased.
    async fn credentials(&self, email: &Private) -> Result<Option<Credentials>, StoreError>;

    /// Agents by name, at most `limit` after skipping `offset`.
    async fn agents(&self, offset: u32, limit: u32) -> Result<Vec<Agent>, StoreError>;

    /// Whether an enabled administrator exists.
    async fn has_admin(&self) -> Result<bool, StoreError>;

    /// Changes the shown name.
    async fn rename_agent(&self, id: Uuid, name: &str) -> Result<(), StoreError>;

    /// Replaces the password hash and signs every browser of the agent out, in one transaction.
    async fn set_password(&self, id: Uuid, password_hash: &Private) -> Result<(), StoreError>;

    /// Replaces the password hash by one of the same password made with newer parameters; nobody is signed out.
    async fn refresh_password_hash(&self, id: Uuid, hash: &Private) -> Result<(), StoreError>;

    /// Notes that the address is proved; the first time counts.
    async fn mark_verified(&self, id: Uuid, now: UnixMs) -> Result<(), StoreError>;

    /// Disables or enables, and makes or unmakes an administrator; a disabled agent is signed out everywhere in the
    /// same transaction. `None` for an unknown agent. [`StoreError::LastAdmin`] when nobody would be left to
    /// administer.
    async fn set_standing(&self, id: Uuid, disabled: bool, admin: bool) -> Result<Option<Agent>, StoreError>;

    /// Domains that may sign up, in alphabetical order.
    async fn email_domains(&self) -> Result<Vec<EmailDomain>, StoreError>;

    /// Allows a domain; allowing it again changes nothing.
    async fn allow_domain(&self, domain: &EmailDomain) -> Result<(), StoreError>;

    /// Takes a domain off; `false` when it was not there. Accounts made under it stay.
    async fn remove_domain(&self, domain: &str) -> Result<bool, StoreError>;

    /// Signs a browser in.
    async fn start_web_session(&self, session: &WebSession) -> Result<(), StoreError>;

    /// The signed-in browser and its agent, unless expired or disabled.
    async fn web_session(&self, token: &SecretHash, now: UnixMs) -> Result<Option<(WebSession, Agent)>, StoreError>;

    /// Notes that the browser was heard of, and until when it may now stay silent.
    async fn touch_web_session(&self, token: &SecretHash, now: UnixMs, expires_at: UnixMs) -> Result<(), StoreError>;

    /// Signs one browser out.
    async fn end_web_session(&self, token: &SecretHash) -> Result<(), StoreError>;

    /// Signs every browser of the agent out; says how many there were.
    async fn end_web_sessions(&self, agent: Uuid) -> Result<u64, StoreError>;

    /// Keeps a one-time link. Earlier unused links of the same kind for the same agent stop working.
    async fn put_one_time(&self, link: &OneTime) -> Result<(), StoreError>;

    /// The link, if it would work now; uses nothing up.
    async fn one_time(&self, kind: TokenKind, token: &SecretHash, now: UnixMs) -> Result<Option<OneTime>, StoreError>;

    /// Uses a link up and says whose it was. `None` when unknown, of another kind, used or expired; of two callers
    /// only one gets it.
    async fn use_one_time(
        &self,
        kind: TokenKind,
        token: &SecretHash,
        now: UnixMs,
    ) -> Result<Option<OneTime>, StoreError>;

    /// Adds to the audit trail.
    async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// The latest audit entries first.
    async fn audit_entries(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
}
