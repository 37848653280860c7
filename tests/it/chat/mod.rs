//! Beadle as people meet it: over the sandbox, as a chat.

mod commands;
mod digest;
mod lectures;
mod life;
mod living;
mod lookup;
mod questions;
mod setup;
mod topics;
mod without_words;
