//! What every backend of the store must do. Each test is written once against `dyn Store` and run on every backend.

mod accounts;
mod arrivals;
mod deliveries;
mod events;
mod files;
mod handovers;
mod invites;
mod pins;
mod ratings;
mod records;

use std::sync::Arc;

use uuid::Uuid;

use super::{
    Agent, Channel, Invite, NewAgent, SessionRow, Store, StoredEvent,
    secret::{Private, Secret, SecretHash},
    sqlite::SqliteStore,
};

pub(super) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A moment to count from.
pub(super) const T0: i64 = 1_800_000_000_000;

/// Runs each test of the contract on a fresh, empty SQLite store.
macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $name() -> super::super::Outcome {
                let folder = tempfile::tempdir()?;
                let store = super::super::fresh_sqlite(folder.path()).await?;
                super::$name(store.as_ref()).await?;
                store.close().await;
                Ok(())
            })+
        }
    };
}
pub(super) use contract;

async fn fresh_sqlite(folder: &std::path::Path) -> Result<Arc<dyn Store>, Box<dyn std::error::Error>> {
    Ok(Arc::new(SqliteStore::open(&folder.join("farhand.db")).await?))
}

fn hash() -> Result<SecretHash, Box<dyn std::error::Error>> {
    Ok(Secret::random()?.hash())
}

fn session_row(id: Uuid) -> SessionRow {
    SessionRow {
        id,
        status: "confirmed".into(),
        mode: "video".into(),
        case_id: Some("CASE-7".into()),
        customer_name: None,
        created_by: None,
        agents: Vec::new(),
        created_at: T0,
        last_at: T0,
        ended_at: None,
    }
}

fn event(seq: u64) -> StoredEvent {
    StoredEvent {
        seq,
        at_ms: T0 + i64::try_from(seq).unwrap_or(0),
        by: Some(Uuid::from_u128(seq.into())),
        cause: None,
        body: format!(r#"{{"n":{seq}}}"#),
    }
}

/// A session with one event, for what must belong to a session.
async fn a_session(store: &dyn Store) -> Result<Uuid, super::StoreError> {
    let id = Uuid::new_v4();
    store.append(&session_row(id), 1, &[event(1)]).await?;
    Ok(id)
}

fn new_agent(email: &str) -> NewAgent {
    NewAgent {
        agent: Agent {
            id: Uuid::new_v4(),
            email: Private::new(email),
            name: "Ann".into(),
            admin: false,
            disabled: false,
            verified_at: None,
            created_at: T0,
        },
        password_hash: Private::new("$argon2id$first"),
    }
}

fn invite(session_id: Uuid) -> Result<Invite, Box<dyn std::error::Error>> {
    Ok(Invite {
        role: crate::store::InviteRole::Customer,
        id: Uuid::new_v4(),
        secret: hash()?,
        session_id,
        channel: Channel::Sms,
        created_by: None,
        created_at: T0,
        expires_at: T0 + 1_000,
        revoked_at: None,
    })
}
