//! Accounts of agents: sign-up, sign-in, reset, and what an administrator sees.
