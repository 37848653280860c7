//! What the tests stand on: databases of their own.

pub mod class;
pub mod databases;
pub mod dice;
pub mod machine;
mod postgres;
