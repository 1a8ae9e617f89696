pub mod store;
pub mod turn;
