//! A Discord on loopback, for trying and testing bots without a server, without a network and without a token.
//!
//! [`Sandbox::start`] opens a REST API (version 10) and a gateway on a free port of 127.0.0.1. A bot is pointed at
//! [`Sandbox::url`] and cannot tell the difference; people are made with [`Server::member`] and talk:
//!
//! ```no_run
//! # async fn example() -> Result<(), sandbox::StartError> {
//! let discord = sandbox::Sandbox::start().await?;
//! let bot = discord.bot("Echo");
//! let server = discord.server("Kitchen");
//! server.invite(&bot, sandbox::permissions::SEND_MESSAGES);
//! // … start the bot with `bot.token()` and `discord.url()` …
//! discord.wait_connected(&bot).await;
//!
//! let general = server.text_channel("general");
//! let maya = server.member("maya", &[]);
//! let reply = maya.says(&general, "hello?").await.reply().await;
//! assert_eq!(reply.content, "hello!");
//! # Ok(()) }
//! ```
//!
//! What a bot may not do, it cannot do here either: permissions, limits and forms are checked as Discord checks them, and
//! [`Sandbox::refusals`] tells what was refused. What can go wrong, goes wrong on demand: see [`Fault`].
//!
//! # Panics
//!
//! This is a crate for tests. A wait that is not fulfilled, and a person who does what they may not, panic with
//! a sentence that says so and a transcript of what was said.

mod builder;
mod cuttable;
mod fault;
mod gateway;
mod handles;
pub mod intents;
pub mod permissions;
mod record;
mod rest;
mod sandbox;
#[cfg_attr(not(feature = "openapi"), path = "schema_absent.rs")]
mod schema;
mod shared;
pub mod time;
mod world;

pub use builder::SandboxBuilder;
pub use fault::{Fault, RestFault};
pub use handles::bot::Bot;
pub use handles::channel::{Channel, Cursor, Thread};
pub use handles::message::Message;
pub use handles::modal::{Modal, ModalField};
pub use handles::person::Person;
pub use handles::person::commands::Choice;
pub use handles::role::Role;
pub use handles::server::Server;
pub use handles::used::Used;
pub use handles::view::{MessageView, ReactionView};
pub use handles::{Account, InChannel, Overwritable};
pub use record::{RecordedRequest, Request};
pub use sandbox::{Sandbox, StartError};
pub use time::Snowflake;
pub use world::refusal::Refusal;
pub use world::state::{Attachment, Mentions};
