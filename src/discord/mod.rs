//! Discord: the only place that knows serenity.
//!
//! What happens there is translated into [`crate::app::event::Event`]s, and what Beadle decides is
//! carried out by the outbox. Nothing here decides anything about a question, a lookup or a digest.

pub mod bot;
mod catch_up;
pub mod check;
mod directory;
mod gateway;
mod hear;
mod interactions;
pub mod invite;
mod outbox;
mod owed;
mod parts;
mod queue;
mod reader;
mod redraw;
mod render;
pub mod rest;
mod scheduler;
mod solved;
mod translate;
mod troubles;
mod watching;
