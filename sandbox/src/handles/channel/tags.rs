//! Tags of forums and of their posts.

use super::Channel;
use crate::time::Snowflake;
use crate::world::World;

impl Channel {
    /// The names of a post's tags.
    #[must_use]
    pub fn applied_tags(&self) -> Vec<String> {
        self.shared.read(|world| world.applied_tags(self.id))
    }

    /// Waits until a post has exactly these tags.
    ///
    /// # Panics
    ///
    /// When it does not get them in time.
    pub async fn wait_for_tags(&self, names: &[&str]) {
        let has_them = |world: &World| (world.applied_tags(self.id) == names).then_some(());
        if self.shared.wait(has_them).await.is_none() {
            self.shared
                .give_up(&format!("{} was not tagged {names:?}", self.name()));
        }
    }

    /// The id of one of a forum's tags.
    #[must_use]
    pub fn tag_id(&self, name: &str) -> Option<Snowflake> {
        self.shared.read(|world| {
            let tags = &world.channels.get(&self.id)?.tags;
            tags.iter().find(|tag| tag.name == name).map(|tag| tag.id)
        })
    }

    /// Leaves one of a forum's tags to those who manage threads.
    pub fn moderate_tag(&self, name: &str) {
        self.shared.write(|world| {
            world.change_channel(self.id, |forum| {
                let mut tags = forum.tags.iter_mut();
                if let Some(tag) = tags.find(|tag| tag.name == name) {
                    tag.is_moderated = true;
                }
            });
        });
    }
}

impl World {
    fn applied_tags(&self, id: Snowflake) -> Vec<String> {
        let Some(channel) = self.channels.get(&id) else {
            return Vec::new();
        };
        let forum = channel.parent.and_then(|parent| self.channels.get(&parent));
        let (Some(thread), Some(forum)) = (&channel.thread, forum) else {
            return Vec::new();
        };
        let name_of = |tag: &Snowflake| {
            forum
                .tags
                .iter()
                .find(|known| known.id == *tag)
                .map(|known| known.name.clone())
        };
        thread.applied_tags.iter().filter_map(name_of).collect()
    }
}
