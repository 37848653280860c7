//! Who is notified by a message: what its text names, narrowed by what its sender allows.
//!
//! Source: Discord's documentation, "Message", "Allowed Mentions Object".

use serde_json::Value;

use super::World;
use super::draft::snowflake;
use super::refusal::FieldErrors;
use super::state::{Channel, Mentions};
use crate::permissions as may;
use crate::time::Snowflake;

/// What a sender lets a text mention. Left out altogether, everything may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AllowedMentions {
    pub every_user: bool,
    pub every_role: bool,
    pub everyone: bool,
    pub users: Vec<Snowflake>,
    pub roles: Vec<Snowflake>,
    pub replied_user: bool,
}

impl AllowedMentions {
    /// What holds when nothing is said.
    pub fn everything() -> Self {
        Self {
            every_user: true,
            every_role: true,
            everyone: true,
            replied_user: true,
            ..Self::default()
        }
    }

    /// Reads and checks the object; `None` where there is none.
    pub fn parse(value: &Value, errors: &mut FieldErrors) -> Option<Self> {
        if value.is_null() {
            return None;
        }
        let mut allowed = Self {
            users: ids(&value["users"]),
            roles: ids(&value["roles"]),
            replied_user: value["replied_user"].as_bool().unwrap_or(false),
            ..Self::default()
        };
        for (n, kind) in value["parse"].as_array().into_iter().flatten().enumerate() {
            match kind.as_str() {
                Some("users") => allowed.every_user = true,
                Some("roles") => allowed.every_role = true,
                Some("everyone") => allowed.everyone = true,
                _ => errors.add(
                    &format!("allowed_mentions.parse.{n}"),
                    "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'roles', 'everyone').",
                ),
            }
        }
        allowed.check(value, errors);
        Some(allowed)
    }

    fn check(&self, value: &Value, errors: &mut FieldErrors) {
        let lists = [
            ("users", self.every_user, &self.users),
            ("roles", self.every_role, &self.roles),
        ];
        for (key, parsed, listed) in lists {
            if parsed && !listed.is_empty() {
                let sentence =
                    format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
                errors.add(
                    "allowed_mentions",
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    sentence,
                );
            }
            if listed.len() > 100 {
                let path = format!("allowed_mentions.{key}");
                errors.add(
                    &path,
                    "BASE_TYPE_MAX_LENGTH",
                    "Must be 100 or fewer in length.",
                );
            }
            let given = value[key].as_array().map_or(0, Vec::len);
            if given != listed.len() {
                let path = format!("allowed_mentions.{key}");
                errors.add(&path, "NUMBER_TYPE_COERCE", "Value is not snowflake.");
            }
        }
    }
}

fn ids(value: &Value) -> Vec<Snowflake> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(snowflake)
        .collect()
}

impl World {
    /// Whom `text`, written by `author` in `channel`, mentions. `held` is what the author may do there.
    pub fn mentions_of(
        &self,
        channel: &Channel,
        held: u64,
        text: &str,
        allowed: &AllowedMentions,
        replied: Option<Snowflake>,
    ) -> Mentions {
        let named = named_in(text);
        let may_ping_all = held & may::MENTION_EVERYONE != 0;
        let guild = channel.guild.and_then(|id| self.guilds.get(&id));
        let mut users: Vec<Snowflake> = named
            .users
            .into_iter()
            .filter(|id| self.users.contains_key(id))
            .filter(|id| allowed.every_user || allowed.users.contains(id))
            .collect();
        if let Some(replied) = replied
            && allowed.replied_user
            && !users.contains(&replied)
        {
            users.push(replied);
        }
        let roles = named
            .roles
            .into_iter()
            .filter(|id| allowed.every_role || allowed.roles.contains(id))
            .filter(|id| {
                let role = guild.and_then(|guild| guild.roles.get(id));
                role.is_some_and(|role| role.mentionable || may_ping_all)
            })
            .collect();
        Mentions {
            users,
            roles,
            everyone: named.everyone && allowed.everyone && may_ping_all && guild.is_some(),
        }
    }
}

/// What a text names, whether or not it may. Spans and blocks of code name nobody.
fn named_in(text: &str) -> Mentions {
    let text = without_code(text);
    let mut named = Mentions {
        everyone: text.contains("@everyone") || text.contains("@here"),
        ..Mentions::default()
    };
    for part in text.split("<@").skip(1) {
        let Some((inner, _)) = part.split_once('>') else {
            continue;
        };
        let (list, digits) = match inner.strip_prefix('&') {
            Some(digits) => (&mut named.roles, digits),
            None => (&mut named.users, inner.strip_prefix('!').unwrap_or(inner)),
        };
        if let Ok(id) = digits.parse()
            && !list.contains(&id)
        {
            list.push(id);
        }
    }
    named
}

fn without_code(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let fence = if rest[start..].starts_with("```") {
            "```"
        } else {
            "`"
        };
        let inside = &rest[start + fence.len()..];
        let Some(end) = inside.find(fence) else { break };
        plain.push_str(&rest[..start]);
        rest = &inside[end + fence.len()..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_names_users_roles_and_everyone_but_not_within_code() {
        let named = named_in("<@1> and <@!2>, <@&3> @here, <@1> again, `<@4>` ```<@5>```");
        assert_eq!(named.users, [1, 2]);
        assert_eq!(named.roles, [3]);
        assert!(named.everyone);
    }

    #[test]
    fn allowing_all_users_and_listing_some_is_a_contradiction() {
        let mut errors = FieldErrors::default();
        AllowedMentions::parse(&json!({"parse": ["users"], "users": ["1"]}), &mut errors);
        assert!(errors.finish().is_err());
    }

    #[test]
    fn an_unknown_kind_of_mention_is_refused() {
        let mut errors = FieldErrors::default();
        AllowedMentions::parse(&json!({"parse": ["channels"]}), &mut errors);
        assert!(errors.finish().is_err());
    }
}
