//! Emoji under messages.

use serde_json::{Value, json};

use super::World;
use super::message_shapes::emoji_shape;
use super::messages::{add_guild, refuse_archived};
use super::refusal::Refusal;
use super::state::{Message, Reaction};
use crate::intents;
use crate::permissions as may;
use crate::time::Snowflake;

/// Different emoji that one message holds.
const EMOJI_MAX: usize = 20;

const REACTIONS: (u64, u64) = (
    intents::GUILD_MESSAGE_REACTIONS,
    intents::DIRECT_MESSAGE_REACTIONS,
);

impl World {
    /// Puts `who`'s emoji under a message; a second time changes nothing.
    pub fn add_reaction(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        emoji: &str,
    ) -> Result<(), Refusal> {
        let channel = self.channel(channel_id)?;
        let held = self.require(channel, who, may::READ_MESSAGE_HISTORY)?;
        let message = self.message(channel_id, id)?;
        check_emoji(emoji)?;
        refuse_archived(channel)?;
        let is_new = message
            .reactions
            .iter()
            .all(|reaction| reaction.emoji != emoji);
        if is_new && held & may::ADD_REACTIONS == 0 {
            return Err(Refusal::missing_permissions());
        }
        if is_new && message.reactions.len() >= EMOJI_MAX {
            return Err(Refusal::too_many_reactions());
        }
        if !put(self.message_mut(channel_id, id)?, who, emoji) {
            return Ok(());
        }
        let event = self.reaction_added(who, channel_id, id, emoji)?;
        self.tell_channel("MESSAGE_REACTION_ADD", channel_id, REACTIONS, &event);
        Ok(())
    }

    /// Takes `whose` emoji away: one's own, or any with the permission to manage messages.
    pub fn remove_reaction(
        &mut self,
        who: Snowflake,
        whose: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        emoji: &str,
    ) -> Result<(), Refusal> {
        let needed = if who == whose {
            0
        } else {
            may::MANAGE_MESSAGES
        };
        self.require(self.channel(channel_id)?, who, needed)?;
        check_emoji(emoji)?;
        let message = self.message_mut(channel_id, id)?;
        if !take(message, whose, emoji) {
            // Discord answers as if it had been there, and tells nobody.
            return Ok(());
        }
        let mut event = about_emoji(message, emoji);
        event["user_id"] = json!(whose.to_string());
        event["burst"] = json!(false);
        event["type"] = json!(0);
        self.tell_channel("MESSAGE_REACTION_REMOVE", channel_id, REACTIONS, &event);
        Ok(())
    }

    /// Takes away everybody's reactions: of one emoji, or all.
    pub fn clear_reactions(
        &mut self,
        who: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        emoji: Option<&str>,
    ) -> Result<(), Refusal> {
        self.require(self.channel(channel_id)?, who, may::MANAGE_MESSAGES)?;
        let message = self.message_mut(channel_id, id)?;
        message
            .reactions
            .retain(|reaction| emoji.is_some_and(|emoji| emoji != reaction.emoji));
        match emoji {
            Some(emoji) => {
                let event = about_emoji(message, emoji);
                self.tell_channel(
                    "MESSAGE_REACTION_REMOVE_EMOJI",
                    channel_id,
                    REACTIONS,
                    &event,
                );
            }
            None => {
                let event = about(message);
                self.tell_channel("MESSAGE_REACTION_REMOVE_ALL", channel_id, REACTIONS, &event);
            }
        }
        Ok(())
    }

    /// Who put this emoji under a message, by id.
    pub fn reactors(
        &self,
        reader: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        emoji: &str,
    ) -> Result<Vec<Snowflake>, Refusal> {
        self.require(self.channel(channel_id)?, reader, may::READ_MESSAGE_HISTORY)?;
        check_emoji(emoji)?;
        let message = self.message(channel_id, id)?;
        let reaction = message
            .reactions
            .iter()
            .find(|reaction| reaction.emoji == emoji);
        let mut users = reaction.map_or_else(Vec::new, |reaction| reaction.users.clone());
        users.sort_unstable();
        Ok(users)
    }

    fn reaction_added(
        &self,
        who: Snowflake,
        channel_id: Snowflake,
        id: Snowflake,
        emoji: &str,
    ) -> Result<Value, Refusal> {
        let message = self.message(channel_id, id)?;
        let mut event = about_emoji(message, emoji);
        event["user_id"] = json!(who.to_string());
        event["burst"] = json!(false);
        event["type"] = json!(0);
        if !self
            .users
            .get(&message.author)
            .is_some_and(|author| author.is_webhook)
        {
            event["message_author_id"] = json!(message.author.to_string());
        }
        if let Some(member) = message
            .guild
            .and_then(|guild| self.member_shape(guild, who))
        {
            event["member"] = member;
        }
        Ok(event)
    }
}

fn about(message: &Message) -> Value {
    let mut event = json!({
        "channel_id": message.channel.to_string(),
        "message_id": message.id.to_string(),
    });
    add_guild(&mut event, message.guild);
    event
}

fn about_emoji(message: &Message, emoji: &str) -> Value {
    let mut event = about(message);
    event["emoji"] = emoji_shape(emoji);
    event
}

fn put(message: &mut Message, who: Snowflake, emoji: &str) -> bool {
    let reactions = &mut message.reactions;
    if let Some(reaction) = reactions
        .iter_mut()
        .find(|reaction| reaction.emoji == emoji)
    {
        let is_new = !reaction.users.contains(&who);
        if is_new {
            reaction.users.push(who);
        }
        return is_new;
    }
    reactions.push(Reaction {
        emoji: emoji.to_owned(),
        users: vec![who],
    });
    true
}

fn take(message: &mut Message, whose: Snowflake, emoji: &str) -> bool {
    let Some(reaction) = message
        .reactions
        .iter_mut()
        .find(|reaction| reaction.emoji == emoji)
    else {
        return false;
    };
    let before = reaction.users.len();
    reaction.users.retain(|user| *user != whose);
    let was_there = reaction.users.len() < before;
    message
        .reactions
        .retain(|reaction| !reaction.users.is_empty());
    was_there
}

/// Refuses what is no emoji. The sandbox has none of its own, so only Unicode's count, and it knows those
/// by what they are not: letters, blanks, punctuation.
fn check_emoji(emoji: &str) -> Result<(), Refusal> {
    let is_keycap = emoji.ends_with('\u{20E3}');
    let is_plain =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii() || c.is_control();
    let looks_right = !emoji.is_empty() && emoji.chars().count() <= 12;
    if looks_right && (is_keycap || !emoji.chars().any(is_plain)) {
        Ok(())
    } else {
        Err(Refusal::unknown_emoji())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_emoji_and_words_are_not() {
        for emoji in ["📌", "✅", "❌", "👆", "1️⃣", "👩‍🏫", "🇬🇧", "❤️"]
        {
            assert_eq!(check_emoji(emoji), Ok(()), "{emoji}");
        }
        for word in ["", "pin", "pin:123", ":pin:", "é"] {
            assert_eq!(check_emoji(word), Err(Refusal::unknown_emoji()), "{word}");
        }
    }
}
