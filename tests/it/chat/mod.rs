//! Beadle as people meet it: over the sandbox, as a chat.

mod lookup;
mod questions;
