//! Invitations: one trait, real providers, and a visible outbox by default.
