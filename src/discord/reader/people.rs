//! Who wrote and who reacted: what a message that is read over REST does not tell.

use serenity::http::Route;
use serenity::model::channel::Message as DiscordMessage;
use serenity::model::guild::Member;
use serenity::model::id::{ChannelId as DiscordChannel, GuildId, RoleId};
use serenity::model::user::User;

use super::{PAGE, Reader};
use crate::app::answer::{CHECK_MARK, CROSS};
use crate::app::event::{Place, Reaction};
use crate::discord::rest::{Call, RestError};
use crate::discord::{render, translate};
use crate::domain::ids::{MessageId, ServerId, UserId};

fn has(message: &DiscordMessage, emoji: &str) -> bool {
    let reactions = message.reactions.iter();
    reactions
        .map(|on| translate::emoji_text(&on.reaction_type))
        .any(|on| on == emoji)
}

/// Whether a message carries a reaction that may say something of a question.
pub(super) fn is_marked(message: &DiscordMessage) -> bool {
    has(message, CHECK_MARK) || has(message, CROSS)
}

impl Reader {
    /// Every ✅ and ❌ on a message; `None` where Discord does not tell whose they are.
    pub(super) async fn reactions(
        &self,
        place: &Place,
        message: &DiscordMessage,
    ) -> Result<Option<Vec<Reaction>>, RestError> {
        /// The message, or the last such reaction on it, went meanwhile.
        const GONE: [i64; 2] = [10_008, 10_014];
        let id = MessageId::new(message.id.get());
        let mut reactions = Vec::new();
        for emoji in [CHECK_MARK, CROSS] {
            if !has(message, emoji) {
                continue;
            }
            match self.reactions_with(place, id, emoji).await {
                Ok(found) => reactions.extend(found),
                Err(RestError::Denied { code, .. }) if GONE.contains(&code) => {}
                Err(RestError::Denied { .. } | RestError::Refused { .. }) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(Some(reactions))
    }

    async fn reactions_with(
        &self,
        place: &Place,
        message: MessageId,
        emoji: &str,
    ) -> Result<Vec<Reaction>, RestError> {
        let reaction = render::reaction(emoji);
        let mut reactions = Vec::new();
        let mut after = None;
        loop {
            let route = Route::ChannelMessageReactionEmoji {
                channel_id: DiscordChannel::new(place.channel.get()),
                message_id: message.get().into(),
                reaction: &reaction,
            };
            let mut call = Call::get(route).param("limit", PAGE);
            if let Some(after) = after {
                call = call.param("after", after);
            }
            let users: Vec<User> = self.list(call).await?;
            for user in &users {
                self.learn_roles(place, user, false).await?;
                reactions.push(Reaction {
                    place: *place,
                    message,
                    person: self.directory.person(place, user, None, None, false),
                    emoji: emoji.to_owned(),
                });
            }
            after = users.iter().map(|user| user.id).max();
            if users.len() < PAGE {
                return Ok(reactions);
            }
        }
    }

    /// Messages that are read over REST do not tell their author's roles, by which staff are known.
    /// Each person is asked about once.
    pub(super) async fn learn_roles(
        &self,
        place: &Place,
        user: &User,
        is_webhook: bool,
    ) -> Result<(), RestError> {
        let person = UserId::new(user.id.get());
        let is_known = || self.directory.roles_of(place.server, person).is_some();
        if is_webhook || user.bot || is_known() || !self.roles_matter(place) {
            return Ok(());
        }
        let roles = self.roles(place.server, person).await?;
        self.directory.learn_roles(place.server, person, &roles);
        Ok(())
    }

    /// Learns which roles Beadle itself holds on a server.
    ///
    /// # Errors
    /// As [`Rest::fetch`](crate::discord::rest::Rest::fetch).
    pub async fn learn_own_roles(&self, server: ServerId) -> Result<(), RestError> {
        let me = self.app.me();
        let roles = self.roles(server, me).await?;
        self.directory.learn_own_roles(server, me, &roles);
        Ok(())
    }

    async fn roles(&self, server: ServerId, person: UserId) -> Result<Vec<RoleId>, RestError> {
        let route = Route::GuildMember {
            guild_id: GuildId::new(server.get()),
            user_id: person.get().into(),
        };
        match self.rest.fetch::<Member>(Call::get(route)).await {
            Ok(member) => Ok(member.roles),
            // Who has left holds no role.
            Err(RestError::Denied { .. }) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Whether roles say who is staff there. Where the course names no staff roles and nothing on
    /// the server gives the Manage Messages permission, nobody's roles can make a difference.
    fn roles_matter(&self, place: &Place) -> bool {
        self.app.courses().watching(place).is_some_and(|served| {
            !served.course.staff_roles.is_empty()
                || self.directory.anyone_manages_messages(place.server)
        })
    }
}
