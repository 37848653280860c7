//! The sandbox seen from outside: over raw HTTP and WebSocket, and by a real client library.

mod serenity_client;
mod support;
