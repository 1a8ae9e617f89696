//! Sessions and seats as the relay itself makes them, past its HTTP: for tests and benchmarks of what comes after.

use farhand_server::AppState;
use farhand_server::room::NewSession;
use farhand_server::store::Seat;
use farhand_server::store::secret::Secret;
use farhand_shared::id::{AgentId, PersonId, SessionId};
use farhand_shared::role::Role;
use farhand_shared::session::{Creator, Intake, Mode, Talk};
use uuid::Uuid;

/// A session that an agent with this account has made.
pub async fn session(state: &AppState, customer_name: Option<String>) -> (SessionId, AgentId) {
    let session = SessionId::from(Uuid::new_v4());
    let account = AgentId::from(Uuid::new_v4());
    let new = NewSession {
        creator: Creator::Agent(account),
        company: "Acme".to_owned(),
        mode: Mode::Video,
        talk: Talk::PhoneCall,
        case_id: None,
        customer_name,
    };
    state.rooms.create(session, new).await.expect("a session");
    (session, account)
}

/// A person who joins it, called like their role.
pub async fn join(state: &AppState, session: SessionId, role: Role, account: Option<AgentId>) -> PersonId {
    let person = PersonId::from(Uuid::new_v4());
    let join = Intake::Join {
        person,
        role,
        account,
        name: format!("{role:?}"),
        device: None,
    };
    state.rooms.intake(session, join).await.expect("a seat");
    person
}

/// A token for a person who has a seat.
pub async fn token(state: &AppState, session: SessionId, person: PersonId) -> Secret {
    let secret = Secret::random().expect("randomness");
    let seat = Seat {
        token: secret.hash(),
        session_id: session.uuid(),
        person_id: person.uuid(),
        invite_id: None,
        device: String::new(),
        created_at: 0,
        expires_at: i64::MAX / 2,
        revoked_at: None,
    };
    state.store.put_seat(&seat).await.expect("a stored seat");
    secret
}
