//! The live stream breaks off, Discord shuts the door, the process is told to stop.

mod gaps;
mod refusals;
mod shards;
mod signals;
