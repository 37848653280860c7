//! What is shown when a wait gives up: everything that was said, and the last requests.

use std::collections::BTreeMap;

use super::view::MessageView;
use crate::shared::Shared;
use crate::time::Snowflake;
use crate::world::World;
use crate::world::interactions::Ephemeral;
use crate::world::state::{Channel, Message};

/// Messages shown of each channel, and requests shown in all.
const SHOWN: usize = 30;

impl Shared {
    /// Panics with what was waited for and what happened instead.
    pub fn give_up(&self, what: &str) -> ! {
        let transcript = self.read(World::transcript);
        let waited = self.patience;
        panic!("{what} (waited {waited:?})\n\n{transcript}");
    }
}

impl World {
    /// Everything that was said, channel by channel, and the latest requests.
    pub fn transcript(&self) -> String {
        let channels = self
            .channels
            .values()
            .map(|channel| self.channel_transcript(channel));
        let mut text: String = channels.collect();
        if !self.record.requests.is_empty() {
            text.push_str("requests\n");
        }
        let skipped = self.record.requests.len().saturating_sub(SHOWN);
        for recorded in self.record.requests.iter().skip(skipped) {
            let status = recorded
                .status
                .map_or("dropped".to_owned(), |status| status.to_string());
            let refusal = recorded
                .refusal
                .as_ref()
                .map_or(String::new(), |refusal| format!(" {refusal}"));
            let request = &recorded.request;
            text.push_str(&format!(
                "  {status} {} {}{refusal}\n",
                request.method, request.path
            ));
        }
        text
    }

    fn channel_transcript(&self, channel: &Channel) -> String {
        let mut text = format!("#{}\n", channel.name);
        let lines = self.lines_of(channel);
        let skipped = lines.len().saturating_sub(SHOWN);
        if skipped > 0 {
            text.push_str(&format!("  … {skipped} earlier\n"));
        }
        for line in lines.values().skip(skipped) {
            text.push_str(&format!("  {}\n", line.replace('\n', "\n    ")));
        }
        text
    }

    /// What was said and done in a channel, in order: messages, those that only one person sees, and what people did
    /// with bots.
    fn lines_of(&self, channel: &Channel) -> BTreeMap<Snowflake, String> {
        let messages = channel.messages.values();
        let mut lines: BTreeMap<Snowflake, String> = messages
            .map(|message| (message.id, self.said(message, "")))
            .collect();
        for Ephemeral { viewer, message } in self.ephemerals.values() {
            if message.channel == channel.id {
                let mark = format!(" (only to {})", self.name(*viewer));
                lines.insert(message.id, self.said(message, &mark));
            }
        }
        for interaction in self.interactions.values() {
            let deed = &interaction.deed;
            if deed.channel == channel.id {
                let unanswered = match interaction.answer {
                    Some(_) => "",
                    None => " (no answer)",
                };
                let line = format!("{} → {}{unanswered}", self.name(deed.user), deed.words);
                lines.insert(interaction.id, line);
            }
        }
        lines
    }

    fn said(&self, message: &Message, mark: &str) -> String {
        let view = MessageView::of(message);
        format!("{}{mark}: {view}", self.name(message.author))
    }

    fn name(&self, user: Snowflake) -> &str {
        self.users.get(&user).map_or("?", |user| &user.name)
    }
}
