//! What Discord grants to Beadle, and what a person has to click to grant the rest.
//!
//! It only reads. It must never know how its findings are shown.

use serde::Deserialize;
use serenity::http::Route;
use serenity::model::channel::GuildChannel;
use serenity::model::guild::{Member, PartialGuild};
use serenity::model::permissions::Permissions;

use super::invite;
use super::rest::{Call, Rest, RestError};
use super::solved;
use crate::domain::course::Course;
use crate::domain::ids::{ChannelId, UserId};

/// What to do where the Message Content intent is off.
pub const INTENT_MISSING: &str = "the Message Content intent is off; in the developer portal, under \
     Bot › Privileged Gateway Intents, turn Message Content Intent on";

/// What becomes of Beadle where the Message Content intent is off.
pub const WITHOUT_IT: &str = "until then slash commands, menus and mentions work, but nothing is \
     gathered by itself and what stands behind a prefix is not heard";

/// The application that a token belongs to.
#[derive(Debug, Clone, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: UserId,
    #[serde(default)]
    flags: u64,
}

impl Application {
    /// GATEWAY_MESSAGE_CONTENT, and the form of it for applications on few servers (Discord's
    /// reference, "Application Flags").
    const MESSAGE_CONTENT: u64 = 1 << 18 | 1 << 19;

    /// Whether it may be granted the Message Content intent.
    pub fn may_read_messages(&self) -> bool {
        self.flags & Self::MESSAGE_CONTENT != 0
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: String,
    /// What is wrong and what to click; `None`: all is right.
    pub mend: Option<String>,
}

/// The application that the token belongs to.
///
/// # Errors
/// When Discord refuses the token or does not answer.
pub async fn application(rest: &Rest) -> Result<Application, RestError> {
    rest.fetch(Call::get(Route::Oauth2ApplicationCurrent)).await
}

/// What Beadle may do in every channel that a course names.
pub async fn channels_of(rest: &Rest, course: &Course, me: UserId) -> Vec<Finding> {
    let (server, member) = match server_of(rest, course, me).await {
        Ok(found) => found,
        Err(error) => return vec![not_there(course, me, &error)],
    };
    let mut findings = Vec::new();
    let digest = course.digest.as_ref().map(|digest| digest.channel);
    let mut channels = course.read_channels();
    channels.extend(digest.filter(|channel| !channels.contains(channel)));
    for id in channels {
        findings.push(channel(rest, course, id, &server, &member).await);
    }
    findings
}

async fn server_of(
    rest: &Rest,
    course: &Course,
    me: UserId,
) -> Result<(PartialGuild, Member), RestError> {
    let guild_id = course.server.get().into();
    let server = rest.fetch(Call::get(Route::Guild { guild_id })).await?;
    let route = Route::GuildMember {
        guild_id,
        user_id: me.get().into(),
    };
    Ok((server, rest.fetch(Call::get(route)).await?))
}

fn not_there(course: &Course, me: UserId, error: &RestError) -> Finding {
    let url = invite::url(me);
    Finding {
        what: format!("course {}: server {}", course.slug, course.server),
        mend: Some(format!(
            "{error}; if Beadle is not there yet, invite it: {url}"
        )),
    }
}

async fn channel(
    rest: &Rest,
    course: &Course,
    id: ChannelId,
    server: &PartialGuild,
    member: &Member,
) -> Finding {
    let what = format!("course {}: channel {id}", course.slug);
    let route = Route::Channel {
        channel_id: id.get().into(),
    };
    let channel: GuildChannel = match rest.fetch(Call::get(route)).await {
        Ok(channel) => channel,
        Err(error) => {
            let mend = format!(
                "{error}; correct the id in the course, or in Discord, under Edit Channel › Permissions, \
                 allow View Channel to Beadle"
            );
            return Finding {
                what,
                mend: Some(mend),
            };
        }
    };
    let what = format!("course {}: #{}", course.slug, channel.name);
    if channel.guild_id != server.id {
        let mend = "belongs to another server; correct the id in the course".to_owned();
        return Finding {
            what,
            mend: Some(mend),
        };
    }
    let held = server.user_permissions_in(&channel, member);
    let mut needed = Permissions::from_bits_truncate(invite::PERMISSIONS);
    // Whoever answers a post may have its tag set.
    needed.set(
        Permissions::MANAGE_THREADS,
        solved::tag_of(&channel).is_some(),
    );
    Finding {
        what,
        mend: missing(held, needed),
    }
}

/// What to click for the permissions that are missing.
fn missing(held: Permissions, needed: Permissions) -> Option<String> {
    let lacks = lacks_of(held, needed);
    (!lacks.is_empty()).then(|| {
        format!(
            "under Edit Channel › Permissions, allow to Beadle: {}",
            lacks.join(", ")
        )
    })
}

/// The permissions that are missing, as Discord's settings call them. While a channel cannot be seen,
/// nothing else shows.
pub(super) fn lacks(held: Permissions) -> Vec<String> {
    lacks_of(held, Permissions::from_bits_truncate(invite::PERMISSIONS))
}

fn lacks_of(held: Permissions, needed: Permissions) -> Vec<String> {
    let lacks = match held.contains(Permissions::VIEW_CHANNEL) {
        true => needed - held,
        false => Permissions::VIEW_CHANNEL,
    };
    let names = lacks.get_permission_names();
    names.into_iter().map(str::to_owned).collect()
}
