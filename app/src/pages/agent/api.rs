//! Every request of the console, by name.

use crate::platform::http::{self, HttpFault};
use farhand_shared::id::{AgentId, InvitationId, SessionId};
use farhand_shared::wire::http::accounts::{
    AgentRow, AllowDomain, ChangeAgent, ConfirmReset, DomainRow, FirstAdmin, Me, OutboxItem, RequestReset, SignIn,
    SignOut, SignUp, Verify,
};
use farhand_shared::wire::http::handovers::{AskHandover, AtDesk, Colleague, DeskStatus, Handover};
use farhand_shared::wire::http::ratings::RatingRow;
use farhand_shared::wire::http::records::{FindSessions, Notes, ProblemRow, ReportProblem, SessionRecord, WriteNotes};
use farhand_shared::wire::http::sessions::{
    Arrival, InvitationMade, Invite, JoinSession, RecentSession, Seated, SessionStarted, StartSession,
};
use farhand_shared::wire::http::site::SiteVisitor;
use farhand_shared::wire::http::visits::{
    LookAtVisit, MakeVisitLink, OpenVisit, VisitAs, VisitLink, VisitLinkMade, VisitLook, Visiting,
};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// What a request brings.
pub type Answer<T> = Result<T, HttpFault>;

/// Sends `body` where the answer says nothing more than that it worked.
async fn tell(path: &str, body: &impl Serialize) -> Answer<()> {
    let _: IgnoredAny = http::post(path, body).await?;
    Ok(())
}

/// Any other method with a body.
async fn send<R: DeserializeOwned>(method: &str, path: &str, body: Option<&impl Serialize>) -> Answer<R> {
    let body = body
        .map(crate::json::to_string)
        .transpose()
        .map_err(|_| HttpFault::Garbled)?;
    let text = http::send(method, path, body.as_deref()).await?;
    crate::json::from_str(&text).map_err(|_| HttpFault::Garbled)
}

/// Who is signed in.
pub async fn me() -> Answer<Me> {
    http::get("/api/me").await
}

/// Signs in.
pub async fn sign_in(body: SignIn) -> Answer<Me> {
    http::post("/api/accounts/sign-in", &body).await
}

/// Signs this browser out.
pub async fn sign_out() -> Answer<()> {
    tell("/api/accounts/sign-out", &SignOut::default()).await
}

/// Makes an account; what comes next stands in a mail.
pub async fn sign_up(body: SignUp) -> Answer<()> {
    tell("/api/accounts/sign-up", &body).await
}

/// Proves the address of a new account.
pub async fn verify(body: Verify) -> Answer<Me> {
    http::post("/api/accounts/verify", &body).await
}

/// Asks for a mail with a link to choose a new password.
pub async fn request_reset(body: RequestReset) -> Answer<()> {
    tell("/api/accounts/reset/request", &body).await
}

/// Chooses a new password.
pub async fn confirm_reset(body: ConfirmReset) -> Answer<()> {
    tell("/api/accounts/reset/confirm", &body).await
}

/// Makes the first administrator.
pub async fn first_admin(body: FirstAdmin) -> Answer<Me> {
    http::post("/api/accounts/first-admin", &body).await
}

/// Starts a session and invites the customer.
pub async fn start(body: StartSession) -> Answer<SessionStarted> {
    http::post("/api/sessions", &body).await
}

/// Visitors who have a page of the organisation's website open, longest first.
pub async fn visitors() -> Answer<Vec<SiteVisitor>> {
    http::get("/api/site/visitors").await
}

/// This visitor, if they have one open. The characters of an id need no escaping.
pub async fn visitor(id: &str) -> Answer<Option<SiteVisitor>> {
    http::get(&["/api/site/visitors/", id].concat()).await
}

/// Takes an agent's seat.
pub async fn join(body: JoinSession) -> Answer<Seated> {
    http::post("/api/sessions/join", &body).await
}

/// The agent's sessions and the customers who wait, newest first.
pub async fn recent() -> Answer<Vec<RecentSession>> {
    http::get("/api/sessions/recent").await
}

/// Colleagues' sessions that run.
pub async fn live() -> Answer<Vec<RecentSession>> {
    http::get("/api/sessions/live").await
}

fn of_session(session: SessionId, what: &str) -> String {
    ["/api/sessions/", &session.to_string(), "/", what].concat()
}

/// Invites once more.
pub async fn invite(session: SessionId, body: Invite) -> Answer<InvitationMade> {
    http::post(&of_session(session, "invitations"), &body).await
}

/// Makes a link for a guest or viewer.
pub async fn make_visit_link(session: SessionId, role: VisitAs) -> Answer<VisitLinkMade> {
    http::post(&of_session(session, "visits"), &MakeVisitLink { role }).await
}

/// The links for guests and viewers that open something.
pub async fn visit_links(session: SessionId) -> Answer<Vec<VisitLink>> {
    http::get(&of_session(session, "visits")).await
}

/// Takes a link back and sends away who came by it.
pub async fn revoke_visit_link(session: SessionId, link: InvitationId) -> Answer<()> {
    let path = [&of_session(session, "visits"), "/", &link.to_string()].concat();
    http::send("DELETE", &path, None).await.map(drop)
}

/// The page that the customer's link has opened last.
pub async fn arrival(session: SessionId) -> Answer<Option<Arrival>> {
    http::get(&of_session(session, "arrival")).await
}

/// Tells whether calls are taken here.
pub async fn at_desk(status: DeskStatus) -> Answer<()> {
    tell("/api/me/desk", &AtDesk { status }).await
}

/// All other agents who can sign in, by name.
pub async fn colleagues() -> Answer<Vec<Colleague>> {
    http::get("/api/colleagues").await
}

/// How the latest asking of a session stands.
pub async fn handover(session: SessionId) -> Answer<Option<Handover>> {
    http::get(&of_session(session, "handover")).await
}

/// Asks a colleague to take a session over.
pub async fn ask_handover(session: SessionId, colleague: AgentId) -> Answer<Handover> {
    http::post(&of_session(session, "handover"), &AskHandover { colleague }).await
}

/// Asks no longer.
pub async fn withdraw_handover(session: SessionId) -> Answer<()> {
    http::send("DELETE", &of_session(session, "handover"), None)
        .await
        .map(drop)
}

/// Cannot take it over now.
pub async fn decline_handover(session: SessionId) -> Answer<()> {
    http::send("POST", &of_session(session, "handover/decline"), None)
        .await
        .map(drop)
}

/// What a guest's or viewer's link leads to.
pub async fn look_at_visit(secret: String) -> Answer<VisitLook> {
    http::post("/api/visits/look", &LookAtVisit { secret }).await
}

/// Asks to be let in, or looks on.
pub async fn open_visit(body: OpenVisit) -> Answer<Visiting> {
    http::post("/api/visits/open", &body).await
}

/// What would have been sent.
pub async fn outbox() -> Answer<Vec<OutboxItem>> {
    http::get("/api/outbox").await
}

/// The domains whose people may sign up.
pub async fn domains() -> Answer<Vec<DomainRow>> {
    http::get("/api/admin/domains").await
}

/// Allows a domain.
pub async fn allow_domain(domain: String) -> Answer<Vec<DomainRow>> {
    http::post("/api/admin/domains", &AllowDomain { domain }).await
}

/// Allows a domain no longer. Its characters are those of host names, so the path needs no escaping.
pub async fn remove_domain(domain: String) -> Answer<()> {
    http::send("DELETE", &["/api/admin/domains/", &domain].concat(), None)
        .await
        .map(drop)
}

/// The first hundred agents, by name.
pub async fn agents() -> Answer<Vec<AgentRow>> {
    http::get("/api/admin/agents").await
}

/// Locks an agent out, lets them in again, makes or unmakes them an administrator.
pub async fn change_agent(id: AgentId, body: ChangeAgent) -> Answer<AgentRow> {
    send("PATCH", &["/api/admin/agents/", &id.to_string()].concat(), Some(&body)).await
}

/// What happened in a session.
pub async fn record(session: SessionId) -> Answer<SessionRecord> {
    http::get(&of_session(session, "record")).await
}

/// The notes about a session.
pub async fn notes(session: SessionId) -> Answer<Notes> {
    http::get(&of_session(session, "notes")).await
}

/// Writes notes in place of the version they were made from.
pub async fn write_notes(session: SessionId, body: WriteNotes) -> Answer<Notes> {
    send("PUT", &of_session(session, "notes"), Some(&body)).await
}

/// Tells the administrator what did not work.
pub async fn report_problem(session: SessionId, text: String) -> Answer<()> {
    tell(&of_session(session, "problems"), &ReportProblem { text }).await
}

/// What was reported, newest first.
pub async fn problems() -> Answer<Vec<ProblemRow>> {
    http::get("/api/admin/problems").await
}

/// How people liked their sessions, newest first.
pub async fn ratings() -> Answer<Vec<RatingRow>> {
    http::get("/api/admin/ratings").await
}

/// Sessions by case id, name, number or address.
pub async fn find(text: String) -> Answer<Vec<RecentSession>> {
    http::post("/api/sessions/find", &FindSessions { text }).await
}
