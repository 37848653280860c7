//! What the tests stand on: a class, a host, databases of their own.

pub mod class;
pub mod databases;
pub mod dice;
pub mod host;
pub mod machine;
pub mod postgres;
pub mod reverse_proxy;
pub mod running;
pub mod strikes;
