//! Beadle as people meet it: over the sandbox, as a chat.

mod asking;
mod commands;
mod digest;
mod forums;
mod lectures;
mod life;
mod listing;
mod living;
mod lookup;
mod menus;
mod questions;
mod setup;
mod topics;
mod turning;
mod without_words;
