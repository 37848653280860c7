//! Topic tables and discussions, in and out.
