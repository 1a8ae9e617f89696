//! The people of a scenario. Their methods are named like what people do; the words are those of the product.

mod customer;

pub use customer::{Customer, Mode, Talk};
