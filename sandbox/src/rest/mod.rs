//! Discord's REST API, version 10: a table of routes over plain functions on the world. HTTP itself is in `server`.

mod applications;
mod bucket;
mod channels;
mod guilds;
mod interactions;
mod messages;
mod reactions;
mod read;
pub(crate) mod server;
mod threads;
mod trouble;
mod users;

use serde_json::Value;

use crate::time::Snowflake;
use crate::world::World;
use crate::world::draft::Upload;
use crate::world::refusal::Refusal;

/// Names and values, in the order they came.
pub(crate) type Pairs = Vec<(String, String)>;

/// A request that has been read and whose sender is known.
pub(crate) struct Call {
    /// The bot that asks; 0 on a route that asks for no token.
    pub bot: Snowflake,
    /// What stands in the route's braces, decoded.
    pub params: Pairs,
    pub query: Pairs,
    pub body: Value,
    pub uploads: Vec<Upload>,
}

/// What a route answers when all went well.
#[derive(Debug)]
pub(crate) enum Answer {
    Ok(Value),
    Created(Value),
    NoContent,
}

type Handler = fn(&mut World, Call) -> Result<Answer, Refusal>;

/// A method and a path, and the function that serves them.
pub(crate) struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub handler: Handler,
}

const fn route(method: &'static str, path: &'static str, handler: Handler) -> Route {
    Route {
        method,
        path,
        handler,
    }
}

/// Every route, in the words of Discord's own description. A fixed segment stands before a braced one.
pub(crate) const ROUTES: &[Route] = &[
    route("GET", "/gateway", users::gateway),
    route("GET", "/gateway/bot", users::gateway_bot),
    route("GET", "/users/@me", users::me),
    route("GET", "/users/@me/guilds", users::my_guilds),
    route("POST", "/users/@me/channels", users::open_direct),
    route("GET", "/users/{user_id}", users::user),
    route("GET", "/oauth2/applications/@me", applications::me),
    route("GET", "/applications/@me", applications::me),
    route(
        "GET",
        "/applications/{application_id}/commands",
        applications::list,
    ),
    route(
        "PUT",
        "/applications/{application_id}/commands",
        applications::replace,
    ),
    route(
        "POST",
        "/applications/{application_id}/commands",
        applications::create,
    ),
    route(
        "GET",
        "/applications/{application_id}/commands/{command_id}",
        applications::command,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/commands/{command_id}",
        applications::change,
    ),
    route(
        "DELETE",
        "/applications/{application_id}/commands/{command_id}",
        applications::delete,
    ),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        applications::list,
    ),
    route(
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        applications::replace,
    ),
    route(
        "POST",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        applications::create,
    ),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        applications::command,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        applications::change,
    ),
    route(
        "DELETE",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        applications::delete,
    ),
    route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions::answer,
    ),
    route(
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        interactions::follow_up,
    ),
    route(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        interactions::message,
    ),
    route(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        interactions::edit,
    ),
    route(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        interactions::delete,
    ),
    route(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        interactions::message,
    ),
    route(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        interactions::edit,
    ),
    route(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        interactions::delete,
    ),
    route("GET", "/guilds/{guild_id}", guilds::guild),
    route("GET", "/guilds/{guild_id}/channels", guilds::channels),
    route("GET", "/guilds/{guild_id}/roles", guilds::roles),
    route(
        "GET",
        "/guilds/{guild_id}/members/{user_id}",
        guilds::member,
    ),
    route("GET", "/guilds/{guild_id}/threads/active", threads::active),
    route("GET", "/channels/{channel_id}", channels::channel),
    route("PATCH", "/channels/{channel_id}", channels::change),
    route("DELETE", "/channels/{channel_id}", channels::delete),
    route("POST", "/channels/{channel_id}/typing", channels::typing),
    route("POST", "/channels/{channel_id}/threads", threads::start),
    route(
        "GET",
        "/channels/{channel_id}/threads/archived/public",
        threads::archived_public,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/thread-members/@me",
        threads::join,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/thread-members/@me",
        threads::leave,
    ),
    route("GET", "/channels/{channel_id}/messages", messages::list),
    route("POST", "/channels/{channel_id}/messages", messages::create),
    route(
        "POST",
        "/channels/{channel_id}/messages/bulk-delete",
        messages::bulk_delete,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}",
        messages::message,
    ),
    route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        messages::edit,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}",
        messages::delete,
    ),
    route(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        threads::start_from,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions",
        reactions::clear,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::list,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::clear_emoji,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::add,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::remove_own,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        reactions::remove,
    ),
];

/// The route of a request and what stands in its braces, still escaped.
pub(crate) fn find(method: &str, path: &str) -> Result<(&'static Route, Pairs), Refusal> {
    let mut path_is_known = false;
    for route in ROUTES {
        let Some(params) = matched(route.path, path) else {
            continue;
        };
        if route.method == method {
            return Ok((route, params));
        }
        path_is_known = true;
    }
    Err(if path_is_known {
        Refusal::method_not_allowed()
    } else {
        Refusal::not_found()
    })
}

fn matched(template: &str, path: &str) -> Option<Pairs> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut params = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(wanted), Some(given)) => match wanted.strip_prefix('{') {
                Some(name) if !given.is_empty() => {
                    params.push((name.trim_end_matches('}').to_owned(), given.to_owned()));
                }
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

impl Route {
    /// Whether it asks for no bot's token: it tells where the gateway is, or its path holds a token of its own.
    pub fn is_open(&self) -> bool {
        self.path == "/gateway"
            || self.path.contains("{interaction_token}")
            || self.path.contains("{webhook_token}")
    }
}

impl Call {
    /// An id in the path.
    pub fn id(&self, name: &str) -> Result<Snowflake, Refusal> {
        let text = self.param(name);
        text.parse().map_err(|_| not_a_snowflake(name, text))
    }

    /// Anything in the path; empty for what is not there.
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// A value of the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// An id in the query.
    pub fn query_id(&self, name: &str) -> Result<Option<Snowflake>, Refusal> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        text.parse()
            .map(Some)
            .map_err(|_| not_a_snowflake(name, text))
    }

    /// The query's `limit`, which must lie in a range.
    pub fn limit(&self, least: usize, most: usize, default: usize) -> Result<usize, Refusal> {
        let Some(text) = self.query("limit") else {
            return Ok(default);
        };
        match text.parse() {
            Ok(limit) if (least..=most).contains(&limit) => Ok(limit),
            Ok(limit) if limit < least => {
                let sentence = format!("int value should be greater than or equal to {least}.");
                Err(Refusal::field("limit", "NUMBER_TYPE_MIN", sentence))
            }
            Ok(_) => {
                let sentence = format!("int value should be less than or equal to {most}.");
                Err(Refusal::field("limit", "NUMBER_TYPE_MAX", sentence))
            }
            Err(_) => {
                let sentence = format!("Value \"{text}\" is not int.");
                Err(Refusal::field("limit", "NUMBER_TYPE_COERCE", sentence))
            }
        }
    }
}

fn not_a_snowflake(name: &str, text: &str) -> Refusal {
    let sentence = format!("Value \"{text}\" is not snowflake.");
    Refusal::field(name, "NUMBER_TYPE_COERCE", sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_route_and_a_fixed_segment_wins_over_a_braced_one() {
        assert_eq!(find("GET", "/users/@me").unwrap().0.path, "/users/@me");
        let (route, params) = find("PATCH", "/channels/1/messages/2").unwrap();
        assert_eq!(route.path, "/channels/{channel_id}/messages/{message_id}");
        assert_eq!(params[1], ("message_id".into(), "2".into()));
    }

    #[test]
    fn an_unknown_path_and_an_unknown_method_are_told_apart() {
        assert_eq!(find("GET", "/nowhere").err().unwrap().status, 404);
        assert_eq!(find("PUT", "/users/@me").err().unwrap().status, 405);
    }
}
