//! The sandbox seen from outside: over raw HTTP and WebSocket, and by a real client library.

mod gateway_events;
mod gateway_faults;
mod gateway_sessions;
mod interaction_answers;
mod interaction_commands;
mod people;
mod rest_faults;
mod rest_limits;
mod rest_messages;
mod rest_permissions;
mod rest_places;
mod serenity_client;
mod serenity_interactions;
mod shapes;
mod support;
