//! Roles.

use std::sync::Arc;

use super::Overwritable;
use crate::shared::Shared;
use crate::time::Snowflake;

/// A role of a server.
#[derive(Clone)]
pub struct Role {
    shared: Arc<Shared>,
    guild: Snowflake,
    id: Snowflake,
}

impl Role {
    pub(super) fn new(shared: Arc<Shared>, guild: Snowflake, id: Snowflake) -> Self {
        Self { shared, guild, id }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Gives it exactly these permissions.
    pub fn set_permissions(&self, permissions: u64) {
        self.shared.write(|world| {
            world.change_role(self.guild, self.id, |role| role.permissions = permissions);
        });
    }

    /// Lets everybody mention it, or not. At first, not.
    pub fn set_mentionable(&self, mentionable: bool) {
        self.shared.write(|world| {
            world.change_role(self.guild, self.id, |role| role.mentionable = mentionable);
        });
    }

    /// Deletes it, and takes it from everybody who had it.
    pub fn delete(&self) {
        self.shared
            .write(|world| world.remove_role(self.guild, self.id));
    }
}

impl Overwritable for Role {
    fn target_id(&self) -> Snowflake {
        self.id
    }

    fn is_role(&self) -> bool {
        true
    }
}
