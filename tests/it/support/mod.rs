//! What the tests stand on: a class, a host, databases of their own.

pub mod class;
pub mod databases;
pub mod host;
mod postgres;
pub mod running;
pub mod strikes;
