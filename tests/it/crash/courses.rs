//! The courses of the class: one for each start of the bot, since a course has one digest a day.

use beadle::domain::ids::{ChannelId, MessageId, ServerId};
use beadle::store::Store;
use beadle::store::courses::course_seen;
use beadle::store::cursors::{Cursor, advance_cursors};
use sandbox::{Channel, Role, Sandbox, Server};

use crate::support::machine::Machine;

/// A course with a channel to ask in and a channel for its digest.
pub struct Course {
    pub slug: String,
    pub lecture: Channel,
    pub staff_room: Channel,
    /// The number of the first start at which it has a digest hour, if there was one yet.
    pub digest_since: Option<usize>,
}

impl Course {
    /// A course whose digest hour is not set yet.
    pub fn new(number: usize, server: &Server) -> Self {
        Self {
            slug: format!("course-{number}"),
            lecture: server.text_channel(&format!("lecture-{number}")),
            staff_room: server.text_channel(&format!("staff-{number}")),
            digest_since: None,
        }
    }

    /// Writes its file. Its digest, if it has one, is half an hour late or more, and due at once.
    pub fn write(&self, machine: &Machine, server: &Server, staff: &Role, timezone: &str) {
        let digest = match self.digest_since {
            None => String::new(),
            Some(_) => format!(
                "[digest]\nchannel = \"{}\"\nat = \"11:30\"\n",
                self.staff_room.id()
            ),
        };
        let text = format!(
            "[course]\nslug = \"{}\"\nname = \"{0}\"\nserver = \"{}\"\ntimezone = \"{timezone}\"\n\
             staff_roles = [\"{}\"]\nwatch = [\"{}\"]\n{digest}\
             [lookup]\nrepeat_s = 0\nper_user = 0\n\
             [[lecture]]\nslug = \"1\"\ntitle = \"Bounds\"\ndate = 2025-01-06\nduration = \"1:00:00\"\n",
            self.slug,
            server.id(),
            staff.id(),
            self.lecture.id(),
        );
        machine.put_course(&self.slug, &text);
    }

    /// Makes it known to the database as if it had been served for two days and nothing been said:
    /// a digest of today is then due, and every message is one that was missed.
    pub async fn serve_since_yesterday(&self, store: &Store, server: &Server, now_ms: u64) {
        const TWO_DAYS_MS: i64 = 48 * 60 * 60 * 1_000;
        let mut tx = store.begin().await.expect("a transaction");
        let server = ServerId::new(server.id());
        let since_ms = i64::try_from(now_ms).expect("a moment") - TWO_DAYS_MS;
        let seen = course_seen(&mut tx, &self.slug, server, since_ms).await;
        seen.expect("a course");
        let nothing = MessageId::new(self.lecture.id());
        let cursor = Cursor {
            message: nothing,
            since: nothing,
        };
        let channel = ChannelId::new(self.lecture.id());
        let moved = advance_cursors(&mut tx, &[(channel, cursor)]).await;
        moved.expect("a cursor");
        tx.commit().await.expect("a commit");
    }
}

/// A time zone in which it is between noon and one o'clock now: no date changes while a test runs.
pub fn where_it_is_noon(discord: &Sandbox) -> String {
    let hour = i64::try_from(discord.now_ms() / 3_600_000 % 24).expect("an hour");
    // The names of these zones count westwards: Etc/GMT-5 is five hours ahead of UTC.
    match hour - 12 {
        0 => "Etc/GMT".to_owned(),
        west => format!("Etc/GMT{west:+}"),
    }
}
