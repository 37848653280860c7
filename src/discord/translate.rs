//! From serenity's events to Beadle's.

mod places;

use std::collections::HashSet;

use jiff::Timestamp;
use serenity::model::channel::{Message as DiscordMessage, MessageType, ReactionType};
use serenity::model::event::{Event as DiscordEvent, MessageUpdateEvent};

use super::directory::Directory;
use crate::app::event::{Delivery, Event, Message, Person, Place, Reaction, RepliedTo};
use crate::domain::ids::{ChannelId, MessageId, ServerId, UserId};

/// What an event of the gateway means for Beadle.
pub(super) enum Meaning {
    /// Something happened that Beadle deals with.
    Event(Box<Event>),
    /// A server was joined, or came back.
    ServerIsThere(ServerId),
    /// A server was left, or cannot be reached for a while.
    ServerIsGone {
        /// Which.
        server: ServerId,
        /// Whether Discord has trouble with it; otherwise Beadle is no member any more.
        unavailable: bool,
    },
    /// Channels or threads came to be, or threads changed, which may be worth reading.
    ChannelsAreThere(Vec<ChannelId>),
    /// A channel or thread was deleted, and with it all of these: itself and its threads.
    ChannelIsGone(Place, Vec<ChannelId>),
    /// What happens in these channels was hidden from Beadle until now.
    Revealed(HashSet<ChannelId>, ServerId),
    /// Nothing to do beyond what the directory has learned.
    Nothing,
}

/// Understands an event of the gateway, and teaches the directory what it tells of the servers.
/// `me` is Beadle's own id.
pub(super) fn understand(event: &DiscordEvent, directory: &Directory, me: UserId) -> Meaning {
    match event {
        DiscordEvent::MessageCreate(event) => message_posted(&event.message, directory),
        DiscordEvent::MessageUpdate(event) => message_edited(event, directory),
        DiscordEvent::MessageDelete(event) => deleted(event.channel_id.get(), &[event.message_id]),
        DiscordEvent::MessageDeleteBulk(event) => deleted(event.channel_id.get(), &event.ids),
        DiscordEvent::ReactionAdd(event) => reacted(&event.reaction, directory),
        DiscordEvent::ReactionRemove(event) => unreacted(
            event.reaction.message_id.get(),
            event.reaction.user_id.map(|id| UserId::new(id.get())),
            Some(emoji_text(&event.reaction.emoji)),
        ),
        DiscordEvent::ReactionRemoveAll(event) => unreacted(event.message_id.get(), None, None),
        DiscordEvent::ReactionRemoveEmoji(event) => unreacted(
            event.reaction.message_id.get(),
            None,
            Some(emoji_text(&event.reaction.emoji)),
        ),
        _ => places::learn(event, directory, me),
    }
}

fn message_posted(message: &DiscordMessage, directory: &Directory) -> Meaning {
    let Some(server) = message.guild_id else {
        return Meaning::Nothing;
    };
    let place = directory.place(
        ServerId::new(server.get()),
        ChannelId::new(message.channel_id.get()),
    );
    match message_of(message, place, Delivery::Live, directory) {
        Some(message) => Meaning::Event(Box::new(Event::Posted(Box::new(message)))),
        None => Meaning::Nothing,
    }
}

/// A message as Beadle sees it; `None` for what nobody wrote, such as "joined the server".
pub(super) fn message_of(
    message: &DiscordMessage,
    place: Place,
    delivery: Delivery,
    directory: &Directory,
) -> Option<Message> {
    if !is_written(message.kind) {
        return None;
    }
    let member = message.member.as_deref();
    let author = directory.person(
        &place,
        &message.author,
        member.and_then(|member| member.nick.as_deref()),
        member.map(|member| member.roles.as_slice()),
        message.webhook_id.is_some(),
    );
    Some(Message {
        id: MessageId::new(message.id.get()),
        title: post_title(&place, message.id.get(), directory),
        reply_to: replied_to(message, &place, directory),
        place,
        author,
        text: message.content.clone(),
        posted_at: moment(message.timestamp)?,
        edited_at: message.edited_timestamp.and_then(moment),
        gather: false,
        delivery,
    })
}

const fn is_written(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

fn post_title(place: &Place, message: u64, directory: &Directory) -> Option<String> {
    let opens_a_post = place.in_forum && place.channel.get() == message;
    opens_a_post
        .then(|| directory.channel(place.channel).map(|post| post.name))
        .flatten()
}

fn replied_to(message: &DiscordMessage, place: &Place, directory: &Directory) -> Option<RepliedTo> {
    if message.kind != MessageType::InlineReply {
        return None;
    }
    let id = message.message_reference.as_ref()?.message_id?;
    let said = message.referenced_message.as_deref().map(|said| {
        let author = directory.person(place, &said.author, None, None, said.webhook_id.is_some());
        (author, said.content.clone())
    });
    Some(RepliedTo {
        id: MessageId::new(id.get()),
        said,
    })
}

/// Discord also tells of an update when a link got its preview; only people's edits count.
fn message_edited(event: &MessageUpdateEvent, directory: &Directory) -> Meaning {
    let edit = (|| {
        let server = ServerId::new(event.guild_id?.get());
        let edited_at = moment(event.edited_timestamp?)?;
        if !is_written(event.kind.unwrap_or(MessageType::Regular)) {
            return None;
        }
        let place = directory.place(server, ChannelId::new(event.channel_id.get()));
        let member = event.member.as_ref().and_then(Option::as_deref);
        let author = directory.person(
            &place,
            event.author.as_ref()?,
            member.and_then(|member| member.nick.as_deref()),
            member.map(|member| member.roles.as_slice()),
            event.webhook_id.flatten().is_some(),
        );
        let id = MessageId::new(event.id.get());
        let reference = event.message_reference.as_ref().and_then(Option::as_ref);
        let replied = event.referenced_message.as_ref().and_then(Option::as_deref);
        let posted_at = event.timestamp.and_then(moment);
        Some(Message {
            id,
            title: post_title(&place, id.get(), directory),
            reply_to: reference
                .and_then(|reference| reference.message_id)
                .map(|id| RepliedTo {
                    id: MessageId::new(id.get()),
                    said: replied.map(|said| {
                        let by = directory.person(
                            &place,
                            &said.author,
                            None,
                            None,
                            said.webhook_id.is_some(),
                        );
                        (by, said.content.clone())
                    }),
                }),
            place,
            author,
            text: event.content.clone()?,
            posted_at: posted_at
                .or_else(|| Timestamp::from_millisecond(id.created_at_ms()).ok())?,
            edited_at: Some(edited_at),
            gather: false,
            delivery: Delivery::Live,
        })
    })();
    match edit {
        Some(message) => Meaning::Event(Box::new(Event::Edited(Box::new(message)))),
        None => Meaning::Nothing,
    }
}

fn deleted(channel: u64, messages: &[serenity::model::id::MessageId]) -> Meaning {
    Meaning::Event(Box::new(Event::Deleted {
        channel: ChannelId::new(channel),
        messages: messages.iter().map(|id| MessageId::new(id.get())).collect(),
    }))
}

fn reacted(reaction: &serenity::model::channel::Reaction, directory: &Directory) -> Meaning {
    let (Some(server), Some(member)) = (reaction.guild_id, &reaction.member) else {
        return Meaning::Nothing;
    };
    let place = directory.place(
        ServerId::new(server.get()),
        ChannelId::new(reaction.channel_id.get()),
    );
    let person = directory.person(
        &place,
        &member.user,
        member.nick.as_deref(),
        Some(&member.roles),
        false,
    );
    reaction_of(
        place,
        reaction.message_id.get(),
        person,
        emoji_text(&reaction.emoji),
    )
}

fn reaction_of(place: Place, message: u64, person: Person, emoji: String) -> Meaning {
    let reaction = Reaction {
        place,
        message: MessageId::new(message),
        person,
        emoji,
    };
    Meaning::Event(Box::new(Event::Reacted(Box::new(reaction))))
}

fn unreacted(message: u64, person: Option<UserId>, emoji: Option<String>) -> Meaning {
    Meaning::Event(Box::new(Event::Unreacted {
        message: MessageId::new(message),
        person,
        emoji,
    }))
}

/// An emoji as Beadle writes it: itself, or `name:id` for a server's own.
pub(super) fn emoji_text(emoji: &ReactionType) -> String {
    match emoji {
        ReactionType::Custom { id, name, .. } => {
            format!("{}:{id}", name.as_deref().unwrap_or("emoji"))
        }
        ReactionType::Unicode(text) => text.clone(),
        _ => String::new(),
    }
}

fn moment(at: serenity::model::Timestamp) -> Option<Timestamp> {
    Timestamp::from_millisecond(unix_ms(at)).ok()
}

/// One of Discord's moments in UTC milliseconds.
pub(super) fn unix_ms(at: serenity::model::Timestamp) -> i64 {
    // Within a few hundred million years of 1970.
    (at.unix_timestamp_nanos() / 1_000_000) as i64
}
