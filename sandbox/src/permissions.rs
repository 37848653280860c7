//! Permission bits, by the names Discord gives them. What a member may do in a channel is computed in
//! `world::access`; here are only the numbers.
//!
//! Source: Discord's documentation, "Permissions", table "Bitwise Permission Flags".

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        $($(#[$doc])* pub const $name: u64 = 1 << $bit;)*

        /// Every permission of this module with its name, lowest bit first.
        pub const ALL: &[(&str, u64)] = &[$((stringify!($name), 1 << $bit)),*];
    };
}

permissions! {
    /// Make invites.
    CREATE_INSTANT_INVITE = 0;
    /// Kick members.
    KICK_MEMBERS = 1;
    /// Ban members.
    BAN_MEMBERS = 2;
    /// Everything, past all overwrites.
    ADMINISTRATOR = 3;
    /// Change channels and their overwrites.
    MANAGE_CHANNELS = 4;
    /// Change the server.
    MANAGE_GUILD = 5;
    /// Put a new emoji under a message.
    ADD_REACTIONS = 6;
    /// Share a screen or a camera.
    STREAM = 9;
    /// See a channel, and read what is said there from now on.
    VIEW_CHANNEL = 10;
    /// Write in a channel; in a forum, open a post.
    SEND_MESSAGES = 11;
    /// Have a message read aloud.
    SEND_TTS_MESSAGES = 12;
    /// Delete and pin other people's messages.
    MANAGE_MESSAGES = 13;
    /// Have links previewed and embeds shown.
    EMBED_LINKS = 14;
    /// Upload files.
    ATTACH_FILES = 15;
    /// Read what was said before.
    READ_MESSAGE_HISTORY = 16;
    /// Ping everyone, here, and roles that are not mentionable.
    MENTION_EVERYONE = 17;
    /// Use emoji of other servers.
    USE_EXTERNAL_EMOJIS = 18;
    /// Join a voice channel.
    CONNECT = 20;
    /// Speak in a voice channel.
    SPEAK = 21;
    /// Speak without pressing a key.
    USE_VAD = 25;
    /// Change one's own nickname.
    CHANGE_NICKNAME = 26;
    /// Change other people's nicknames.
    MANAGE_NICKNAMES = 27;
    /// Change roles below one's own.
    MANAGE_ROLES = 28;
    /// Change webhooks.
    MANAGE_WEBHOOKS = 29;
    /// Use slash commands.
    USE_APPLICATION_COMMANDS = 31;
    /// Ask to speak on a stage.
    REQUEST_TO_SPEAK = 32;
    /// Archive, lock, rename and delete threads.
    MANAGE_THREADS = 34;
    /// Start public threads.
    CREATE_PUBLIC_THREADS = 35;
    /// Start private threads.
    CREATE_PRIVATE_THREADS = 36;
    /// Use stickers of other servers.
    USE_EXTERNAL_STICKERS = 37;
    /// Write in threads.
    SEND_MESSAGES_IN_THREADS = 38;
    /// Start activities.
    USE_EMBEDDED_ACTIVITIES = 39;
    /// Time members out.
    MODERATE_MEMBERS = 40;
    /// Play sounds.
    USE_SOUNDBOARD = 42;
    /// Play sounds of other servers.
    USE_EXTERNAL_SOUNDS = 45;
    /// Send voice messages.
    SEND_VOICE_MESSAGES = 46;
    /// Start polls.
    SEND_POLLS = 49;
    /// Let apps a member brought along answer in public.
    USE_EXTERNAL_APPS = 50;
    /// Pin messages.
    PIN_MESSAGES = 51;
}

/// What `@everyone` may do on a server that nobody has configured.
pub const EVERYONE_BY_DEFAULT: u64 = CREATE_INSTANT_INVITE
    | ADD_REACTIONS
    | STREAM
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_EXTERNAL_EMOJIS
    | CONNECT
    | SPEAK
    | USE_VAD
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | REQUEST_TO_SPEAK
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | USE_EXTERNAL_STICKERS
    | SEND_MESSAGES_IN_THREADS
    | USE_EMBEDDED_ACTIVITIES
    | USE_SOUNDBOARD
    | USE_EXTERNAL_SOUNDS
    | SEND_VOICE_MESSAGES
    | SEND_POLLS
    | USE_EXTERNAL_APPS;

/// Every bit there is; what owners and administrators have.
pub const EVERYTHING: u64 = (1 << 53) - 1;

/// The names of the permissions in `bits`, for messages to people.
#[must_use]
pub fn names(bits: u64) -> Vec<&'static str> {
    ALL.iter()
        .filter(|(_, bit)| bits & bit != 0)
        .map(|(name, _)| *name)
        .collect()
}
