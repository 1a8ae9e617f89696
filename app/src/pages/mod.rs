//! Screens: they lay parts out and decide nothing.

pub mod agent;
pub mod customer;
