//! What a person would see, from outside; the folders mirror `src`.

mod chat;
mod cli;
mod crash;
mod database;
mod delivery;
mod demo;
mod gateway;
mod hearing;
mod house;
mod reading;
mod sending;
mod store;
mod support;
mod tags;
