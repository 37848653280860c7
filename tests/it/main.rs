//! What a person would see, from outside; the folders mirror `src`.

mod chat;
mod cli;
mod delivery;
mod demo;
mod gateway;
mod house;
mod store;
mod support;
