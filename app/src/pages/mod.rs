//! Screens: they lay parts out and decide nothing.

pub mod customer;
