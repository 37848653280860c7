//! What is shown when a wait gives up: everything that was said, and the last requests.

use crate::shared::Shared;
use crate::world::World;
use crate::world::state::Channel;

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
        let skipped = channel.messages.len().saturating_sub(SHOWN);
        if skipped > 0 {
            text.push_str(&format!("  … {skipped} earlier\n"));
        }
        for message in channel.messages.values().skip(skipped) {
            let author = self
                .users
                .get(&message.author)
                .map_or("?", |user| &user.name);
            let view = super::view::MessageView::of(message).to_string();
            text.push_str(&format!("  {author}: {}\n", view.replace('\n', "\n    ")));
        }
        text
    }
}
