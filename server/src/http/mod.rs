//! HTTP handlers, one file per family; each offers `routes()`.

pub mod accounts;
pub mod admin;
pub mod assets;
pub mod beacon;
pub mod caller;
pub mod contact;
pub mod deliveries;
pub mod files;
pub mod handovers;
pub mod health;
pub mod input;
pub mod invites;
pub mod outbox;
pub mod photos;
pub mod pins;
mod plain;
pub mod ratings;
pub mod records;
pub mod security;
pub mod sessions;
pub mod site;
pub mod visits;
