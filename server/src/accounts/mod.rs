//! People who sign in: accounts, passwords, cookies.
