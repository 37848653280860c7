//! What becomes of a thread once it is there: archived and back, locked, tagged, joined, removed.

use serde_json::json;

use super::World;
use super::messages::add_guild;
use super::refusal::Refusal;
use super::state::{Channel, ThreadState};
use super::threads::{check_name, check_tags};
use crate::intents;
use crate::permissions as may;
use crate::time::Snowflake;

/// A change to a thread; what is `None` stays.
#[derive(Debug, Default)]
pub(crate) struct ThreadChange {
    pub name: Option<String>,
    pub archived: Option<bool>,
    pub locked: Option<bool>,
    pub applied_tags: Option<Vec<Snowflake>>,
}

impl World {
    /// Renames, archives, locks or tags a thread.
    pub fn change_thread(
        &mut self,
        who: Snowflake,
        id: Snowflake,
        change: ThreadChange,
    ) -> Result<(), Refusal> {
        let channel = self.channel(id)?;
        self.may_change_thread(channel, who, &change)?;
        let forum = channel.parent.and_then(|parent| self.channels.get(&parent));
        if let (Some(forum), Some(thread), Some(tags)) =
            (forum, &channel.thread, &change.applied_tags)
        {
            let held = self.permissions_in(channel, who);
            check_tags(forum, tags, &thread.applied_tags, held)?;
        }
        if let Some(name) = &change.name {
            check_name(name)?;
        }
        let now_ms = self.now_ms();
        let channel = self.channel_mut(id)?;
        channel.name = change.name.unwrap_or(std::mem::take(&mut channel.name));
        if let Some(thread) = &mut channel.thread {
            thread.set_archived(change.archived.unwrap_or(thread.archived), now_ms);
            thread.locked = change.locked.unwrap_or(thread.locked);
            thread.applied_tags = change
                .applied_tags
                .unwrap_or(std::mem::take(&mut thread.applied_tags));
        }
        self.tell_thread_changed(id);
        Ok(())
    }

    /// Owners may do all but lock; writers may bring an unlocked thread back; the rest needs a permission.
    fn may_change_thread(
        &self,
        channel: &Channel,
        who: Snowflake,
        change: &ThreadChange,
    ) -> Result<(), Refusal> {
        let held = self.require(channel, who, 0)?;
        let thread = channel
            .thread
            .as_ref()
            .ok_or_else(Refusal::wrong_channel_type)?;
        if held & may::MANAGE_THREADS != 0 {
            return Ok(());
        }
        let only_unarchives = change.archived == Some(false)
            && change.name.is_none()
            && change.locked.is_none()
            && change.applied_tags.is_none();
        if thread.archived && change.archived != Some(false) {
            return Err(Refusal::thread_archived());
        }
        let is_allowed = !thread.locked
            && change.locked.is_none()
            && (thread.owner == who
                || only_unarchives && held & may::SEND_MESSAGES_IN_THREADS != 0);
        if is_allowed {
            Ok(())
        } else {
            Err(Refusal::missing_permissions())
        }
    }

    /// Writing in an archived thread brings it back, unless it is locked.
    pub(super) fn unarchive_to_write(&mut self, id: Snowflake, held: u64) -> Result<(), Refusal> {
        let now_ms = self.now_ms();
        let Some(thread) = &mut self.channel_mut(id)?.thread else {
            return Ok(());
        };
        if thread.locked && held & may::MANAGE_THREADS == 0 {
            return Err(Refusal::thread_locked());
        }
        if thread.archived {
            thread.set_archived(false, now_ms);
            self.tell_thread_changed(id);
        }
        Ok(())
    }

    fn tell_thread_changed(&mut self, id: Snowflake) {
        let event = self.channel_shape(id, None);
        self.tell_channel("THREAD_UPDATE", id, (intents::GUILDS, 0), &event);
    }

    /// Takes `who` into a thread, or out of it.
    pub fn set_thread_member(
        &mut self,
        id: Snowflake,
        who: Snowflake,
        is_member: bool,
    ) -> Result<(), Refusal> {
        self.require(self.channel(id)?, who, 0)?;
        let now_ms = self.now_ms();
        let thread = self
            .channel_mut(id)?
            .thread
            .as_mut()
            .ok_or_else(Refusal::wrong_channel_type)?;
        if thread.archived {
            return Err(Refusal::thread_archived());
        }
        if is_member {
            thread.members.entry(who).or_insert(now_ms);
        } else {
            thread.members.remove(&who);
        }
        Ok(())
    }

    /// Removes a thread for good.
    pub fn remove_thread(&mut self, id: Snowflake) -> Result<(), Refusal> {
        let channel = self.channel(id)?;
        let mut event = json!({
            "id": id.to_string(),
            "parent_id": channel.parent.map(|parent| parent.to_string()),
            "type": channel.kind,
        });
        add_guild(&mut event, channel.guild);
        self.tell_channel("THREAD_DELETE", id, (intents::GUILDS, 0), &event);
        self.channels.remove(&id);
        Ok(())
    }
}

impl ThreadState {
    fn set_archived(&mut self, archived: bool, now_ms: u64) {
        if self.archived != archived {
            self.archived = archived;
            self.archive_changed_at_ms = now_ms;
        }
    }
}
