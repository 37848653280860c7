//! What the tests stand on: databases of their own.

pub mod class;
pub mod databases;
mod postgres;
pub mod reverse_proxy;
