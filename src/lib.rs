//! Beadle carries a class's questions to its teachers: a self-hosted Discord bot for courses whose
//! lectures are recordings.
//!
//! ```text
//! Discord ──► discord::gateway ──► Event ──► App::handle ──► Effect ──► discord::outbox ──► Discord
//!                                             │    ▲
//!                                    reading, domain (pure)
//!                                             ▼    │
//!                                             store (SQLite, PostgreSQL)
//! ```
//!
//! One way in ([`app::event::Event`]), one way out ([`app::effect::Effect`]), and one place where
//! state changes ([`app::App::handle`]). The modules, in the order of that flow:

pub mod clock;
pub mod config;
pub mod crash;
pub mod domain;
pub mod formats;
pub mod reading;
pub mod store;

pub mod app;
pub mod discord;

pub mod cli;
pub mod demo;
