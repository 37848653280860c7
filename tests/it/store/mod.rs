//! The store, on both engines.

mod connect;
mod migrate;
mod tx;
