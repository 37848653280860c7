//! What Beadle sees of a server, and may do there: told with the interactions that set up a course or
//! ask how it is, by whoever knows Discord.

use jiff::Timestamp;

use crate::domain::ids::ChannelId;

/// A server as Beadle sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// What it is called.
    pub name: String,
    /// The language of the server, or of whoever asks where that says more: `en-US`, `de`.
    pub language: String,
    /// Its channels and forums, as far as Beadle may see them.
    pub channels: Vec<Ground>,
}

/// A channel or forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its id.
    pub id: ChannelId,
    /// What Beadle may not do there but needs, in the words of Discord's settings.
    pub lacks: Vec<String>,
    /// Since when what is said there cannot be read, and why.
    pub unread: Option<(Timestamp, String)>,
}

impl Grounds {
    /// A channel, if Beadle may see it.
    pub fn channel(&self, id: ChannelId) -> Option<&Ground> {
        self.channels.iter().find(|ground| ground.id == id)
    }
}
