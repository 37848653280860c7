//! Beadle as people meet it: over the sandbox, as a chat.

mod asking;
mod digest;
mod forums;
mod life;
mod listing;
mod lookup;
mod menus;
mod questions;
mod turning;
