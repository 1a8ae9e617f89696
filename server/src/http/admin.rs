//! `/api/admin/…`: allowed domains, agents, the audit trail. Administrators only.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, patch};
use axum::{Json, Router};
use farhand_shared::wire::http::accounts::{AgentRow, AllowDomain, AuditRow, ChangeAgent, DomainRow};
use serde::Deserialize;
use uuid::Uuid;

use super::input::Input;
use crate::accounts::{self, Admin, domains};
use crate::error::ApiError;
use crate::room::time;
use crate::state::AppState;
use crate::store::{Agent, StoreError};

const AGENTS_AT_ONCE: u32 = 100;
const AUDIT_AT_ONCE: u32 = 200;

/// What this family answers.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/admin/domains", get(list_domains).post(allow_domain))
        .route("/api/admin/domains/{domain}", delete(remove_domain))
        .route("/api/admin/agents", get(list_agents))
        .route("/api/admin/agents/{id}", patch(change_agent))
        .route("/api/admin/audit", get(list_audit))
}

async fn list_domains(State(state): State<AppState>, _: Admin) -> Result<Json<Vec<DomainRow>>, ApiError> {
    Ok(Json(domains::list(&state).await?))
}

async fn allow_domain(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Input(body): Input<AllowDomain>,
) -> Result<Json<Vec<DomainRow>>, ApiError> {
    domains::allow(&state, &admin, &body.domain).await?;
    Ok(Json(domains::list(&state).await?))
}

async fn remove_domain(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(domain): Path<String>,
) -> Result<StatusCode, ApiError> {
    domains::remove(&state, &admin, &domain).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    offset: u32,
}

async fn list_agents(
    State(state): State<AppState>,
    _: Admin,
    Query(page): Query<Page>,
) -> Result<Json<Vec<AgentRow>>, ApiError> {
    let agents = state.store.agents(page.offset, AGENTS_AT_ONCE).await?;
    Ok(Json(agents.iter().map(row).collect()))
}

fn row(agent: &Agent) -> AgentRow {
    AgentRow {
        id: agent.id.into(),
        email: agent.email.expose().to_owned(),
        name: agent.name.clone(),
        admin: agent.admin,
        disabled: agent.disabled,
        verified: agent.verified_at.is_some(),
        created_at: time(agent.created_at),
    }
}

async fn change_agent(
    State(state): State<AppState>,
    Admin(admin): Admin,
    Path(id): Path<Uuid>,
    Input(body): Input<ChangeAgent>,
) -> Result<Json<AgentRow>, ApiError> {
    let before = state.store.agent(id).await?.ok_or_else(ApiError::not_found)?;
    let disabled = body.disabled.unwrap_or(before.disabled);
    let is_admin = body.admin.unwrap_or(before.admin);
    let after = match state.store.set_standing(id, disabled, is_admin).await {
        Ok(after) => after.ok_or_else(ApiError::not_found)?,
        Err(StoreError::LastAdmin) => {
            return Err(ApiError::new(
                StatusCode::CONFLICT,
                "last_admin",
                "This is the last administrator.",
                "Make somebody else an administrator first.",
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let note = format!("disabled: {disabled}, admin: {is_admin}");
    accounts::audit(&state, Some(admin.id), "agent.change", &id.to_string(), &note).await?;
    Ok(Json(row(&after)))
}

async fn list_audit(State(state): State<AppState>, _: Admin) -> Result<Json<Vec<AuditRow>>, ApiError> {
    let entries = state.store.audit_entries(AUDIT_AT_ONCE).await?;
    let rows = entries.into_iter().map(|entry| AuditRow {
        at: time(entry.at),
        by: entry.by.map(Into::into),
        action: entry.action,
        target: entry.target,
        note: entry.note,
    });
    Ok(Json(rows.collect()))
}
