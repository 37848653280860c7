//! What a person would see, from outside; the folders mirror `src`.

mod chat;
mod cli;
mod crash;
mod delivery;
mod demo;
mod house;
mod store;
mod support;
